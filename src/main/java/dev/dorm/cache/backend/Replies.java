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
    private final List<Moment> moments;
    private final @Nullable Map<Step<?>, Integer> places;

    /**
     * Pairs steps with their replies, where the store tells no times.
     *
     * @param steps the steps
     * @param replies one reply for each, in their order, of the type the step names
     */
    public Replies(List<? extends Step<?>> steps, List<?> replies) {
        this(steps, replies, List.of());
    }

    /**
     * Pairs steps with their replies.
     *
     * @param steps the steps
     * @param replies one reply for each, in their order, of the type the step names
     * @param moments for each step when it was taken, in their order; empty when that is told of none
     */
    public Replies(List<? extends Step<?>> steps, List<?> replies, List<Moment> moments) {
        if (steps.size() != replies.size()) {
            throw new BackendException("%d replies to %d steps".formatted(replies.size(), steps.size()));
        }
        this.steps = steps;
        this.replies = replies;
        this.moments = moments;
        this.places = steps.size() > FEW ? new IdentityHashMap<>(steps.size()) : null;
        for (int i = 0; places != null && i < steps.size(); i++) {
            places.put(steps.get(i), i);
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
        int place = place(step);
        if (place < 0) {
            throw new BackendException("no reply to " + step.getClass().getSimpleName());
        }
        return (R) replies.get(place);
    }

    /**
     * Returns when a step of the batch was taken.
     *
     * @param step the very step that was sent
     * @return the moment; {@link Moment#UNTOLD} for a step that only reads
     */
    public Moment moment(Step<?> step) {
        int place = moments.isEmpty() ? -1 : place(step);
        return place < 0 ? Moment.UNTOLD : moments.get(place);
    }

    /**
     * Returns whether the store tells when any of the steps was taken.
     *
     * @return false for a batch that only reads
     */
    public boolean timed() {
        return !moments.isEmpty();
    }

    private int place(Step<?> step) {
        if (places != null) {
            return places.getOrDefault(step, -1);
        }
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) == step) {
                return i;
            }
        }
        return -1;
    }
}
