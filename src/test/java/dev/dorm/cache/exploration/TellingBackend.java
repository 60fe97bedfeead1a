package dev.dorm.cache.exploration;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.Listener;
import dev.dorm.cache.backend.Listening;
import dev.dorm.cache.backend.Moment;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.locmem.ToldTables;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** A backend that tells those who listen of the tables that its steps write, before it replies. */
final class TellingBackend extends ForwardingBackend {

    private final List<Listener> listeners = new ArrayList<>();
    private final LongSupplier millis;
    private final Predicate<Step<?>> silent;

    TellingBackend(Backend real, LongSupplier millis, Predicate<Step<?>> silent) {
        super(real);
        this.millis = millis;
        this.silent = silent;
    }

    @Override
    public CompletableFuture<Replies> executeAsync(List<? extends Step<?>> steps) {
        List<Object> replies = new ArrayList<>();
        List<Moment> moments = new ArrayList<>();
        for (Step<?> step : steps) {
            ToldTables tables = new ToldTables(real::get, millis, step);
            Replies reply = real.execute(List.of(step));
            replies.add(reply.of(step));
            moments.add(reply.moment(step));
            if (!silent.test(step)) {
                tables.after(reply.of(step)).forEach(key -> listeners.forEach(each -> each.changed(key)));
            }
        }
        return CompletableFuture.completedFuture(new Replies(steps, replies, moments));
    }

    @Override
    public Listening listen(Listener listener) {
        listeners.add(listener);
        return new Listening() {
            @Override
            public CompletableFuture<Set<String>> beat(Collection<String> channels) {
                return CompletableFuture.completedFuture(Set.copyOf(channels));
            }

            @Override
            public void close() {
                listeners.remove(listener);
            }
        };
    }
}
