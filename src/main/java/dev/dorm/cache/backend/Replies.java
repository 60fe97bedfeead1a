package dev.dorm.cache.backend;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The replies to a batch of steps. */
public final class Replies {

    /** So many are looked through; a map of them would cost more. */
    private static final int FEW = 4;

    private final List<? extends Step<?>> steps;
    private final List<?> replies;
    private final @Nullable Map<Step<?>, Object> byStep;

    /**
     * Pairs steps with their replies.
     *
     * @param steps the steps
     * @param replies one reply for each, in their order, of the type the step names
     */
    public Replies(List<? extends Step<?>> steps, List<?> replies) {
        if (steps.size() != replies.size()) {
            throw new BackendException("%d replies to %d steps".formatted(replies.size(), steps.size()));
        }
        this.steps = steps;
        this.replies = replies;
        this.byStep = steps.size() > FEW ? new IdentityHashMap<>() : null;
        for (int i = 0; byStep != null && i < steps.size(); i++) {
            byStep.put(steps.get(i), replies.get(i));
        }
    }

    /**
     * Returns the reply to a step of the batch.
     *
     * @param step the very step that was sent
     * @param <R> the reply's type
     * @return its reply
     */
    @SuppressWarnings("unchecked") // a backend replies with the type that the step names
    public <R> R of(Step<R> step) {
        Object reply = byStep == null ? among(step) : byStep.get(step);
        if (reply == null) {
            throw new BackendException("no reply to " + step.getClass().getSimpleName());
        }
        return (R) reply;
    }

    private @Nullable Object among(Step<?> step) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) == step) {
                return replies.get(i);
            }
        }
        return null;
    }
}
