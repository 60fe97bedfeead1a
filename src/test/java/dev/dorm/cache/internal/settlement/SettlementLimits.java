package dev.dorm.cache.internal.settlement;

/** What tests of other packages must know of the limits. */
public final class SettlementLimits {

    public static final int BATCHES = Settlements.MOST;

    private SettlementLimits() {}
}
