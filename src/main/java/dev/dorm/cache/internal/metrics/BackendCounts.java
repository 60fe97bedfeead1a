package dev.dorm.cache.internal.metrics;

import dev.dorm.cache.BackendStatistics;

/** Reads the statistics of backends from what was counted of one alias, or of several. */
abstract class BackendCounts extends EntryCounts implements BackendStatistics {

    @Override
    public final long getBumps() {
        return get(Counter.BUMP);
    }

    @Override
    public final long getRenewals() {
        return get(Counter.RENEWAL);
    }

    @Override
    public final long getCalls() {
        return get(Counter.CALL);
    }

    @Override
    public final long getAnsweredCalls() {
        return get(Counter.ANSWER);
    }

    @Override
    public final long getAnsweredNanos() {
        return get(Counter.ANSWER_NANOS);
    }

    @Override
    public final long getSettlements() {
        return get(Counter.SETTLEMENT);
    }

    @Override
    public final long getAwaitedSettlements() {
        return get(Counter.SETTLEMENT_AWAITED);
    }

    @Override
    public final long getFailedCalls() {
        return get(Counter.OUTAGE);
    }

    @Override
    public final long getBypassedCalls() {
        return get(Counter.BYPASSED);
    }

    @Override
    public final long getBreakerOpenings() {
        return get(Counter.BREAKER_OPENED);
    }

    /** What was counted, for one line. */
    final String backends() {
        return ("bumps=%d, renewals=%d, calls=%d, answeredCalls=%d, answeredNanos=%d, settlements=%d, awaitedSettlements=%d, failedCalls=%d, bypassedCalls=%d, "
                        + "breakerOpenings=%d, pendingInvalidations=%d")
                .formatted(
                        getBumps(),
                        getRenewals(),
                        getCalls(),
                        getAnsweredCalls(),
                        getAnsweredNanos(),
                        getSettlements(),
                        getAwaitedSettlements(),
                        getFailedCalls(),
                        getBypassedCalls(),
                        getBreakerOpenings(),
                        getPendingInvalidations());
    }
}
