package dev.dorm.cache.internal.settlement;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.backend.StepExecutor;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.metrics.Counters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The batches that were sent after completed transactions, for whose replies nobody waits. Each ends locks that stand, or
 * fills the cache: until it has arrived, other processes miss. This process need not: a later step that comes to the same
 * place is sent behind it, or waits for it, so that the steps of one process on one place keep their order. Thread-safe.
 */
public final class Settlements {

    /** So many batches are under way at once: each has a connection, and those who wait need some, too. */
    static final int MOST = 16;

    /** So many steps are under way at once, all batches together. */
    static final int MOST_STEPS = 10_000;

    private final Map<Object, List<UnderWay>> byPlace = new ConcurrentHashMap<>();
    private final Map<Long, UnderWay> all = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();
    private final AtomicInteger batches = new AtomicInteger();
    private final AtomicInteger steps = new AtomicInteger();
    private final Consumer<CompletableFuture<?>> waiting;
    private final Counters counters;

    /**
     * Creates the settlements of a backend.
     *
     * @param waiting waits until something is done, for one timeout at the most
     * @param counters where to count
     */
    public Settlements(Consumer<CompletableFuture<?>> waiting, Counters counters) {
        this.waiting = waiting;
        this.counters = counters;
    }

    /** A batch that was sent and is not answered. */
    public final class UnderWay {

        private final List<Object> places;
        private final int size;
        private final Long number = last.incrementAndGet();
        private final CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
        private volatile @Nullable CompletableFuture<Replies> replies;

        private UnderWay(List<? extends Step<?>> sent) {
            this.places = Places.changed(sent);
            this.size = sent.size();
        }

        /** Says which replies of the backend it will be answered by: until then nothing can be sent behind it. */
        public void sent(CompletableFuture<Replies> coming) {
            replies = coming;
        }

        /** Says that it was answered or has failed, and that everything was learned from that. Idempotent. */
        public void end() {
            if (all.remove(number, this)) {
                places.forEach(place -> byPlace.computeIfPresent(place, (same, there) -> without(there)));
                leave(size);
                over.complete(null);
            }
        }

        private @Nullable List<UnderWay> without(List<UnderWay> there) {
            List<UnderWay> others = there.stream().filter(each -> each != this).toList();
            return others.isEmpty() ? null : others;
        }

        private List<UnderWay> beside(@Nullable List<UnderWay> there) {
            return there == null
                    ? List.of(this)
                    : Stream.concat(there.stream(), Stream.of(this)).toList();
        }
    }

    /**
     * Takes note of steps that are about to be sent.
     *
     * @return what their sender ends; null when too much is under way, so that the sender has to wait for the replies
     */
    public @Nullable UnderWay begin(List<? extends Step<?>> sent) {
        int size = sent.size();
        boolean many = batches.incrementAndGet() > MOST;
        boolean large = steps.addAndGet(size) > MOST_STEPS;
        if (many || large) {
            leave(size);
            return null;
        }
        UnderWay begun = new UnderWay(sent);
        all.put(begun.number, begun);
        begun.places.forEach(place -> byPlace.compute(place, (same, there) -> begun.beside(there)));
        return begun;
    }

    private void leave(int size) {
        steps.addAndGet(-size);
        batches.decrementAndGet();
    }

    /**
     * Returns what to run steps by so that they overtake nothing that is under way to one of their places. It waits for that
     * where the backend cannot keep the order.
     */
    public StepExecutor before(List<? extends Step<?>> later, Backend backend) {
        if (batches.get() == 0) {
            return backend;
        }
        Set<UnderWay> found = new LinkedHashSet<>();
        for (Step<?> step : later) {
            Places.visited(step, place -> found.addAll(byPlace.getOrDefault(place, List.of())));
        }
        if (found.isEmpty()) {
            return backend;
        }
        StepExecutor behind = behind(found, backend);
        if (behind != null) {
            return behind;
        }
        await(found);
        return backend;
    }

    private static @Nullable StepExecutor behind(Set<UnderWay> found, Backend backend) {
        List<CompletableFuture<Replies>> earlier = new ArrayList<>(found.size());
        for (UnderWay each : found) {
            CompletableFuture<Replies> replies = each.replies;
            if (replies == null) {
                return null;
            }
            earlier.add(replies);
        }
        return backend.behind(earlier);
    }

    /** Waits for everything that is under way. */
    public void awaitAll() {
        await(List.copyOf(all.values()));
    }

    /** Waits for all of them together, so that several take no longer than one. */
    private void await(Collection<UnderWay> settling) {
        if (settling.isEmpty()) {
            return;
        }
        counters.count(Counter.SETTLEMENT_AWAITED);
        waiting.accept(
                CompletableFuture.allOf(settling.stream().map(each -> each.over).toArray(CompletableFuture[]::new)));
        // What has not come by then is not waited for again: what becomes of it is told all the same.
        settling.forEach(UnderWay::end);
    }
}
