package dev.dorm.cache.backend;

import org.jspecify.annotations.Nullable;

/**
 * One method for each kind of {@link Step}: what a backend does with it. This is the only place that tells the kinds apart.
 *
 * @param <T> what a method returns
 */
public interface StepVisitor<T extends @Nullable Object> {

    /**
     * Calls the method for a step's kind.
     *
     * @param step the step
     * @return what the method returns
     */
    default T visit(Step<?> step) {
        if (step instanceof Step.ReadRows it) {
            return readRows(it);
        }
        if (step instanceof Step.PutRow it) {
            return putRow(it);
        }
        if (step instanceof Step.LockRow it) {
            return lockRow(it);
        }
        if (step instanceof Step.UnlockRow it) {
            return unlockRow(it);
        }
        if (step instanceof Step.LockShard it) {
            return lockShard(it);
        }
        if (step instanceof Step.UnlockShard it) {
            return unlockShard(it);
        }
        if (step instanceof Step.BumpVersion it) {
            return bumpVersion(it);
        }
        if (step instanceof Step.ReadVersion it) {
            return readVersion(it);
        }
        return visitQueryOrRenewal(step);
    }

    private T visitQueryOrRenewal(Step<?> step) {
        if (step instanceof Step.ReadQuery it) {
            return readQuery(it);
        }
        if (step instanceof Step.PutQuery it) {
            return putQuery(it);
        }
        if (step instanceof Step.LockTables it) {
            return lockTables(it);
        }
        if (step instanceof Step.UnlockTables it) {
            return unlockTables(it);
        }
        if (step instanceof Step.SettleTables it) {
            return settleTables(it);
        }
        if (step instanceof Step.RenewShard it) {
            return renewShard(it);
        }
        if (step instanceof Step.RenewTables it) {
            return renewTables(it);
        }
        throw new IllegalArgumentException("no such step: " + step);
    }

    /** Visits a {@link Step.ReadRows}. */
    T readRows(Step.ReadRows step);

    /** Visits a {@link Step.PutRow}. */
    T putRow(Step.PutRow step);

    /** Visits a {@link Step.LockRow}. */
    T lockRow(Step.LockRow step);

    /** Visits a {@link Step.UnlockRow}. */
    T unlockRow(Step.UnlockRow step);

    /** Visits a {@link Step.LockShard}. */
    T lockShard(Step.LockShard step);

    /** Visits a {@link Step.UnlockShard}. */
    T unlockShard(Step.UnlockShard step);

    /** Visits a {@link Step.BumpVersion}. */
    T bumpVersion(Step.BumpVersion step);

    /** Visits a {@link Step.ReadVersion}. */
    T readVersion(Step.ReadVersion step);

    /** Visits a {@link Step.ReadQuery}. */
    T readQuery(Step.ReadQuery step);

    /** Visits a {@link Step.PutQuery}. */
    T putQuery(Step.PutQuery step);

    /** Visits a {@link Step.LockTables}. */
    T lockTables(Step.LockTables step);

    /** Visits a {@link Step.UnlockTables}. */
    T unlockTables(Step.UnlockTables step);

    /** Visits a {@link Step.SettleTables}. */
    T settleTables(Step.SettleTables step);

    /** Visits a {@link Step.RenewShard}. */
    T renewShard(Step.RenewShard step);

    /** Visits a {@link Step.RenewTables}. */
    T renewTables(Step.RenewTables step);

    /**
     * A visitor of some kinds of steps.
     *
     * @param <T> what a method returns
     */
    interface OfSome<T extends @Nullable Object> extends StepVisitor<T> {

        /** Visits a step for which there is no method of its own. */
        T other(Step<?> step);

        @Override
        default T readRows(Step.ReadRows step) {
            return other(step);
        }

        @Override
        default T putRow(Step.PutRow step) {
            return other(step);
        }

        @Override
        default T lockRow(Step.LockRow step) {
            return other(step);
        }

        @Override
        default T unlockRow(Step.UnlockRow step) {
            return other(step);
        }

        @Override
        default T lockShard(Step.LockShard step) {
            return other(step);
        }

        @Override
        default T unlockShard(Step.UnlockShard step) {
            return other(step);
        }

        @Override
        default T bumpVersion(Step.BumpVersion step) {
            return other(step);
        }

        @Override
        default T readVersion(Step.ReadVersion step) {
            return other(step);
        }

        @Override
        default T readQuery(Step.ReadQuery step) {
            return other(step);
        }

        @Override
        default T putQuery(Step.PutQuery step) {
            return other(step);
        }

        @Override
        default T lockTables(Step.LockTables step) {
            return other(step);
        }

        @Override
        default T unlockTables(Step.UnlockTables step) {
            return other(step);
        }

        @Override
        default T settleTables(Step.SettleTables step) {
            return other(step);
        }

        @Override
        default T renewShard(Step.RenewShard step) {
            return other(step);
        }

        @Override
        default T renewTables(Step.RenewTables step) {
            return other(step);
        }
    }
}
