package dev.dorm.cache.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Three JVMs work while their Redis goes away and comes back: no transaction fails for it, hardly any takes longer than
 * without a cache, and nothing that was written meanwhile is stale afterwards.
 */
class OutageUnderLoadIT {

    /** After which a sentinel takes a master for down unless its configuration says otherwise. */
    private static final Duration SENTINELS_DEFAULT = Duration.ofSeconds(30);

    private static final String REFUSED =
            "org.hibernate.cache.CacheException: The cache 'default' cannot be locked, so the"
                    + " transaction must not commit (setting hibernate.cache.dorm.on_outage = fail, or strategy TRANSACTIONAL)";

    /** The ways in which it goes away. */
    enum Way {
        KILLED_AND_EMPTY(Faults::killedAndEmpty),
        KILLED_AND_OLD(Faults::killedAndOld),
        FAILOVER(() -> Faults.failover(SENTINELS_DEFAULT)),
        QUICK_FAILOVER(() -> Faults.failover(Duration.ofSeconds(1))),
        FROZEN(Faults::frozen),
        RESET(Faults::reset);

        private final Supplier<Fault> fault;

        Way(Supplier<Fault> fault) {
            this.fault = fault;
        }

        /** Returns how much longer a transaction may take than without a cache. */
        double allowed(OutageOutcome outcome) {
            // With connections that are lost Redis serves all the while, and its own time is in what is measured.
            return this == RESET ? 1.5 * outcome.slowdown(Timings.Stage.BEFORE) : 2;
        }

        /** Returns whether locks cannot be had: where connections are lost, a step goes out once more on a new one. */
        boolean refuses() {
            return this != RESET;
        }

        OutageOutcome under(String policy, Duration lasting) {
            return new OutageRun(name(), policy, lasting).run(fault.get());
        }
    }

    private static Duration lasting() {
        return Duration.ofSeconds(Integer.getInteger("outage.seconds"));
    }

    /** So short an outage says nothing about a hundredth of the transactions: the first waits are more than that. */
    @Test
    void anOutageFailsNoTransactionAndLeavesNothingStale() {
        assertBypassed(Way.FROZEN.under("bypass", Duration.ofSeconds(3)));
    }

    /** Some processes already write to the new master, while the others still talk to the old one. */
    @Test
    void aDemotionInPlaceIsNeverBelieved() {
        assertNeverStale(Illness.DEMOTED, "fail", "off", Duration.ofSeconds(3));
    }

    /** Each step goes out once more on a new connection. */
    @Test
    void nobodyNoticesConnectionsThatLeadNowhere() {
        assertKept(Illness.SILENT, "bypass", "off", Duration.ofSeconds(3));
    }

    private static Stream<Arguments> illnesses() {
        return Stream.of(Illness.values())
                .flatMap(illness -> Stream.of("off", "all").map(near -> Arguments.of(illness, near)));
    }

    @ParameterizedTest
    @MethodSource("illnesses")
    @EnabledIfSystemProperty(named = "outage.seconds", matches = "\\d+")
    void anIllnessUnderBypassKeepsItsPromise(Illness illness, String near) {
        assertKept(illness, "bypass", near, lasting());
    }

    @ParameterizedTest
    @MethodSource("illnesses")
    @EnabledIfSystemProperty(named = "outage.seconds", matches = "\\d+")
    void anIllnessUnderFailLeavesNothingStale(Illness illness, String near) {
        assertNeverStale(illness, "fail", near, lasting());
    }

    private static OutageOutcome ill(Illness illness, String policy, String near, Duration lasting) {
        OutageOutcome outcome = new OutageRun(illness.name(), policy, near, lasting).run(illness.on(new Site()));
        assertSound(outcome);
        if (near.equals("all")) {
            assertThat(outcome.cached().of(Tally.NEAR_HITS)).isPositive();
        }
        return outcome;
    }

    /** Writes are refused where locks cannot be had, and nowhere else; the near tier keeps its own window. */
    private static void assertNeverStale(Illness illness, String policy, String near, Duration lasting) {
        OutageOutcome outcome = ill(illness, policy, near, lasting);
        assertThat(outcome.cached().windows())
                .as("stale reads: " + outcome)
                .isEqualTo(outcome.cached().of(Tally.WINDOW_NEAR));
        assertThat(outcome.cached().of(Tally.REFUSED) > 0)
                .as("refused writes: " + outcome)
                .isEqualTo(illness.refuses());
    }

    /** Where locks can be had, nothing is stale; else what is written without them, for a second or until it is paid. */
    private static void assertKept(Illness illness, String policy, String near, Duration lasting) {
        OutageOutcome outcome = ill(illness, policy, near, lasting);
        long known = outcome.cached().of(Tally.WINDOW_NEAR);
        if (illness.refuses()) {
            known += outcome.cached().of(Tally.WINDOW_LEASE) + outcome.cached().of(Tally.WINDOW_OUTAGE);
        }
        if (illness.losesLocks()) {
            known += outcome.cached().of(Tally.WINDOW_FLUSH);
        }
        assertThat(outcome.cached().windows()).as("stale reads: " + outcome).isEqualTo(known);
    }

    @ParameterizedTest
    @EnumSource
    @EnabledIfSystemProperty(named = "outage.seconds", matches = "\\d+")
    void aLongOutageIsHardlyNoticed(Way way) {
        OutageOutcome outcome = way.under("bypass", lasting());
        assertBypassed(outcome);
        assertThat(outcome.slowdown(Timings.Stage.OUTAGE))
                .as("p99 during the outage, to that without a cache: " + outcome)
                .isLessThanOrEqualTo(way.allowed(outcome));
    }

    @ParameterizedTest
    @EnumSource
    @EnabledIfSystemProperty(named = "outage.seconds", matches = "\\d+")
    void whatMustNotPassByTheCacheFailsAndIsRolledBack(Way way) {
        OutageOutcome outcome = way.under("fail", lasting());
        assertSound(outcome);
        assertThat(outcome.cached().windows()).as("stale reads: " + outcome).isZero();
        assertThat(outcome.cached().of(Tally.REFUSED) > 0).as("refused writes").isEqualTo(way.refuses());
        assertThat(outcome.refusals()).isEqualTo(way.refuses() ? List.of(REFUSED) : List.of());
    }

    private static void assertBypassed(OutageOutcome outcome) {
        assertSound(outcome);
        assertThat(outcome.cached().of(Tally.REFUSED)).isZero();
        assertThat(outcome.cached().windows())
                .as("stale reads outside of the windows: " + outcome)
                .isEqualTo(outcome.cached().of(Tally.WINDOW_OUTAGE)
                        + outcome.cached().of(Tally.WINDOW_FLUSH));
    }

    private static void assertSound(OutageOutcome outcome) {
        assertThat(outcome.cached().violations()).as(outcome.toString()).isZero();
        assertThat(outcome.cached().of(Tally.ERRORS)).as(outcome.toString()).isZero();
        assertThat(outcome.uncached().of(Tally.ERRORS)).as(outcome.toString()).isZero();
        assertThat(outcome.uncached().violations()).as(outcome.toString()).isZero();
        assertThat(outcome.neverCommitted()).as(outcome.toString()).isZero();
        assertThat(outcome.owed().unpaid()).as(outcome.toString()).isZero();
        assertThat(outcome.ratios().recovery()).as("hits again: " + outcome).hasValueSatisfying(time -> assertThat(time)
                .isLessThanOrEqualTo(Duration.ofSeconds(10)));
    }
}
