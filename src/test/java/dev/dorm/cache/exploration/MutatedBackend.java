package dev.dorm.cache.exploration;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.Moment;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A backend from whose steps one rule is taken away. */
final class MutatedBackend extends ForwardingBackend {

    private final Mutation mutation;

    /** Takes a rule out of a step. */
    interface Mutation {

        /** Does what the step does without the rule, and returns its reply; null when the rule is not in this step. */
        @Nullable
        Object take(Backend real, Step<?> step);
    }

    MutatedBackend(Backend real, Mutation mutation) {
        super(real);
        this.mutation = mutation;
    }

    @Override
    public CompletableFuture<Replies> executeAsync(List<? extends Step<?>> steps) {
        List<Object> replies = new ArrayList<>();
        List<Moment> moments = new ArrayList<>();
        for (Step<?> step : steps) {
            Watched watched = new Watched(real);
            Object reply = mutation.take(watched, step);
            replies.add(reply != null ? reply : watched.run(step));
            moments.add(watched.last);
        }
        return CompletableFuture.completedFuture(new Replies(steps, replies, moments));
    }

    /** Keeps the moment of what was done last in place of a step. */
    private static final class Watched extends ForwardingBackend {

        private Moment last = Moment.UNTOLD;

        private Watched(Backend real) {
            super(real);
        }

        @Override
        public CompletableFuture<Replies> executeAsync(List<? extends Step<?>> steps) {
            Replies replies = real.execute(steps);
            for (Step<?> step : steps) {
                Moment moment = replies.moment(step);
                last = moment.micros() == 0 ? last : moment;
            }
            return CompletableFuture.completedFuture(replies);
        }
    }
}
