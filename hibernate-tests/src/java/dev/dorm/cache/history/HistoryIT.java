package dev.dorm.cache.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Several JVMs, one Redis, one PostgreSQL: no transaction reads from the cache what was old when it began. */
class HistoryIT {

    private static void assertSound(Outcome outcome) {
        assertThat(outcome.violations()).as(outcome.findings()).isZero();
        assertThat(outcome.of(Tally.ERRORS)).as(outcome.findings()).isZero();
        assertThat(outcome.of(Tally.COMMITS)).isPositive();
        assertThat(outcome.hitRatio()).as("hit ratio").isGreaterThan(0.05);
    }

    private static void assertPerfect(Outcome outcome) {
        assertSound(outcome);
        assertThat(outcome.windows()).as(outcome.findings()).isZero();
        assertThat(outcome.of(Tally.OUTAGES)).isZero();
    }

    @Test
    void readWriteIsNeverStale() {
        assertPerfect(new Run("READ_WRITE", "READ_WRITE").run());
    }

    @Test
    void transactionalIsNeverStale() {
        assertPerfect(new Run("TRANSACTIONAL", "TRANSACTIONAL").run());
    }

    @Test
    void readWriteSurvivesKillsAndFlushes() {
        assertSound(withKillsAndFlushes("READ_WRITE").run());
    }

    @Test
    void transactionalSurvivesKillsAndFlushes() {
        assertSound(withKillsAndFlushes("TRANSACTIONAL").run());
    }

    private static Run withKillsAndFlushes(String strategy) {
        return new Run(strategy + " with kills and flushes", strategy)
                .kills(Duration.ofSeconds(6))
                .set("haltOneIn", 400)
                .flushes(Duration.ofSeconds(2));
    }

    @Test
    void readWriteWaitsForAPausedRedis() {
        Outcome outcome = new Run("READ_WRITE with pauses", "READ_WRITE")
                .pauses(Duration.ofSeconds(4), Duration.ofMillis(1_500))
                .run();
        assertPerfect(outcome);
    }

    @Test
    void transactionalDoesNotCommitWhatItCannotLock() {
        Outcome outcome = new Run("TRANSACTIONAL with pauses longer than the timeout", "TRANSACTIONAL")
                .pauses(Duration.ofSeconds(4), Duration.ofMillis(1_500))
                .set("timeout", "400ms")
                .set("outage", "fail")
                .run();
        assertSound(outcome);
        assertThat(outcome.windows()).as(outcome.findings()).isZero();
    }

    @Test
    void bypassIsStaleOnlyUntilItsDebtsArePaid() {
        assertSound(new Run("READ_WRITE, bypass, with pauses longer than the timeout", "READ_WRITE")
                .pauses(Duration.ofSeconds(4), Duration.ofMillis(1_500))
                .set("timeout", "400ms")
                .run());
    }

    @Test
    void nonstrictIsStaleOnlyUntilItsInvalidation() {
        Outcome outcome = new Run("NONSTRICT_READ_WRITE", "NONSTRICT_READ_WRITE").run();
        assertSound(outcome);
    }

    @Test
    void factoriesKeysAndMappingsMayDiffer() {
        assertPerfect(new Run("READ_WRITE, two factories each, another key, another mapping", "READ_WRITE")
                .set("factories", 2)
                .process(1, options -> options.set("key", "the key of another application"))
                .process(2, options -> options.set("withoutNotes", true))
                .run());
    }

    @Test
    void locksInOneJvmAreNotEnough() {
        Outcome outcome = new Run("the control: locks in one JVM only", "READ_WRITE")
                .set("control", true)
                .run();
        assertThat(outcome.violations())
                .as("stale reads that the oracle caught")
                .isPositive();
    }
}
