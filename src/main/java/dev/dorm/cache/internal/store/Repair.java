package dev.dorm.cache.internal.store;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.Namespace;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Step;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What must be done before a backend is read again: everything is renewed that this process caches, if the backend has
 * another memory than before, and the invalidations are made that could not be sent. Thread-safe.
 */
final class Repair {

    /** So many invalidations to one round trip. */
    private static final int AT_ONCE = 1_000;

    private final GuardedCalls calls;
    private final Renewal renewal;
    private final Function<String, Namespace> namespaces;
    private final PendingInvalidations pending = new PendingInvalidations();
    private final Recovery recovery;

    /**
     * Creates the repair of a backend, which begins in the background whenever a call fails.
     *
     * @param calls call it
     * @param renewal what is renewed
     * @param namespaces lays a namespace out on it
     * @param background runs what is not waited for
     */
    Repair(GuardedCalls calls, Renewal renewal, Function<String, Namespace> namespaces, Background background) {
        this.calls = calls;
        this.renewal = renewal;
        this.namespaces = namespaces;
        this.recovery = new Recovery(background, this::recover, this::isDue);
        calls.whenFailing(recovery::begin);
    }

    /** Remembers invalidations that did not get through, and begins to send them again. */
    void owe(List<? extends Step<?>> steps) {
        steps.forEach(pending::add);
        recovery.begin();
    }

    /** Returns whether nothing has to be done first. */
    boolean isWhole(Backend current) {
        return !pending.any() && renewal.upToDate(current, current.serverEpoch());
    }

    /** Does what has to be done before a read; returns false when that does not get through. */
    boolean makeGood(Backend current, @Nullable OutageBudget budget) {
        return isWhole(current) || makeGood(current, steps -> calls.attempt(steps, budget, current));
    }

    private boolean makeGood(Backend current, Function<List<? extends Step<?>>, @Nullable Replies> run) {
        boolean renewed = renewal.upToDate(current, current.serverEpoch()) || renewal.renew(current, namespaces, run);
        return renewed && pending.settle(owed -> send(owed, run));
    }

    private static boolean send(List<Step<?>> owed, Function<List<? extends Step<?>>, @Nullable Replies> run) {
        for (int from = 0; from < owed.size(); from += AT_ONCE) {
            if (run.apply(owed.subList(from, Math.min(owed.size(), from + AT_ONCE))) == null) {
                return false;
            }
        }
        return true;
    }

    /** Asks a backend that is passed by, and does what has to be done; returns whether nothing is left to do. */
    private boolean recover() {
        boolean done = calls.recover(() -> renewal.question(namespaces), current -> {
            if (!calls.mayCall()) {
                // What tells whether it answers also tells what has become of it, and what others bumped meanwhile.
                renewal.again();
            }
            return makeGood(current, steps -> calls.probe(current, steps));
        });
        // Reads go on meanwhile: there may be a thousand of these.
        return done && pending.release(locks -> send(locks, calls::attempt)) && !isDue();
    }

    /** Returns whether there is something to do. */
    private boolean isDue() {
        return calls.failing() || pending.size() > 0 || pending.anyLocks();
    }

    /** Returns how many invalidations are owed, coalesced. */
    int owed() {
        return pending.size();
    }

    /** Ends what works in the background. */
    void close() {
        recovery.close();
    }
}
