package dev.dorm.cache.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.TestSecrets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Several JVMs, one Redis, one PostgreSQL: no transaction reads from the cache what was old when it began. */
class HistoryIT {

    /** The unversioned entity by the one strategy, the versioned one by the other. */
    private static final String BOTH = "READ_WRITE,TRANSACTIONAL";

    @Test
    void nobodyReadsWhatIsStale() {
        assertPerfect(new Run("READ_WRITE and TRANSACTIONAL", BOTH).run());
    }

    @Test
    void nobodyReadsWhatIsStaleAfterKillsAndFlushes() {
        Outcome outcome = withKillsAndFlushes("READ_WRITE and TRANSACTIONAL", BOTH);
        assertThat(outcome.of(Tally.KILLS_BEFORE_COMMIT)).isPositive();
        assertThat(outcome.of(Tally.KILLS_AFTER_COMMIT)).isPositive();
        assertThat(outcome.of(Tally.FLUSHES)).isPositive();
    }

    @Test
    void factoriesKeysAndMappingsMayDiffer() {
        assertPerfect(new Run("READ_WRITE, two factories each, another key, another mapping", "READ_WRITE")
                .set("factories", 2)
                .process(1, options -> options.set("key", TestSecrets.ANOTHER_KEY))
                .process(2, options -> options.set("withoutNotes", true))
                .run());
    }

    @Test
    void whatIsKeptNearIsStaleOnlyWithinTheWindow() {
        assertNear(near("READ_WRITE, near", "READ_WRITE", "all").run());
    }

    @Test
    @EnabledIfSystemProperty(named = "history.minutes", matches = ".+")
    void whatIsKeptNearSurvivesKillsAndFlushes() {
        Outcome outcome = near("READ_WRITE, near, with kills and flushes", "READ_WRITE", "all")
                .kills(Duration.ofSeconds(15))
                .flushes(Duration.ofSeconds(2))
                .run();
        assertNear(outcome, Tally.WINDOW_FLUSH, Tally.WINDOW_KILLED);
    }

    @Test
    @EnabledIfSystemProperty(named = "history.minutes", matches = ".+")
    void nonstrictThatIsKeptNearIsStaleOnlyWithinTheWindows() {
        assertNear(
                near("NONSTRICT_READ_WRITE, near", "NONSTRICT_READ_WRITE", "on").run(), Tally.WINDOW_NONSTRICT);
    }

    /** As in a deploy that changes them, while old and new processes work side by side. */
    @Test
    @EnabledIfSystemProperty(named = "history.minutes", matches = ".+")
    void timesMayDiffer() {
        assertPerfect(withSeveralTimes(new Run("READ_WRITE and TRANSACTIONAL, several ttl and timeout", BOTH), 5)
                .run());
        assertNear(withSeveralTimes(near("READ_WRITE, near, several ttl and timeout", "READ_WRITE", "all"), 1)
                .run());
    }

    private static Run withSeveralTimes(Run run, int seconds) {
        return run.process(0, options -> options.set("timeout", seconds + "s").set("dorm.ttl", "2s"))
                .process(1, options -> options.set("timeout", 2 * seconds + "s").set("dorm.ttl", "0"))
                .process(2, options -> options.set("timeout", 4 * seconds + "s").set("dorm.ttl", "10m"));
    }

    private static Run near(String title, String strategy, String near) {
        return new Run(title, strategy).set("near", near).set("timeout", "1s");
    }

    /** A machine that is slower than the timeout opens the window of an outage. */
    private static void assertNear(Outcome outcome, Tally... others) {
        assertSound(outcome);
        long known = outcome.of(Tally.WINDOW_NEAR) + outcome.of(Tally.WINDOW_OUTAGE);
        for (Tally other : others) {
            known += outcome.of(other);
        }
        assertThat(outcome.windows()).as(outcome.findings()).isEqualTo(known);
        assertThat(outcome.of(Tally.NEAR_HITS)).isPositive();
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

    @Test
    @EnabledIfSystemProperty(named = "history.minutes", matches = ".+")
    void readWriteIsNeverStale() {
        assertPerfect(new Run("READ_WRITE", "READ_WRITE").run());
    }

    @Test
    @EnabledIfSystemProperty(named = "history.minutes", matches = ".+")
    void transactionalIsNeverStale() {
        assertPerfect(new Run("TRANSACTIONAL", "TRANSACTIONAL").run());
    }

    @Test
    @EnabledIfSystemProperty(named = "history.minutes", matches = ".+")
    void readWriteSurvivesKillsAndFlushes() {
        withKillsAndFlushes("READ_WRITE", "READ_WRITE");
    }

    @Test
    @EnabledIfSystemProperty(named = "history.minutes", matches = ".+")
    void transactionalSurvivesKillsAndFlushes() {
        withKillsAndFlushes("TRANSACTIONAL", "TRANSACTIONAL");
    }

    @Test
    @EnabledIfSystemProperty(named = "history.minutes", matches = ".+")
    void readWriteWaitsForAPausedRedis() {
        assertPerfect(withPauses("READ_WRITE with pauses", "READ_WRITE").run());
    }

    @Test
    @EnabledIfSystemProperty(named = "history.minutes", matches = ".+")
    void transactionalDoesNotCommitWhatItCannotLock() {
        Outcome outcome = withPauses("TRANSACTIONAL, fail, with pauses beyond the timeout", "TRANSACTIONAL")
                .set("timeout", "400ms")
                .set("outage", "fail")
                .run();
        assertSound(outcome);
        assertThat(outcome.windows()).as(outcome.findings()).isZero();
    }

    @Test
    @EnabledIfSystemProperty(named = "history.minutes", matches = ".+")
    void bypassIsStaleOnlyUntilItsDebtsArePaid() {
        Outcome outcome = withPauses("READ_WRITE, bypass, with pauses beyond the timeout", "READ_WRITE")
                .set("timeout", "400ms")
                .run();
        assertSound(outcome);
        assertThat(outcome.windows()).as(outcome.findings()).isEqualTo(outcome.of(Tally.WINDOW_OUTAGE));
    }

    @Test
    @EnabledIfSystemProperty(named = "history.minutes", matches = ".+")
    void restartsFromOldSnapshotsBringNothingBack() {
        withRestarts("from snapshots", true);
    }

    @Test
    @EnabledIfSystemProperty(named = "history.minutes", matches = ".+")
    void emptyRestartsBringNothingBack() {
        withRestarts("empty", false);
    }

    private static void withRestarts(String how, boolean fromSnapshots) {
        Outcome outcome = new Run("READ_WRITE, bypass, with restarts, " + how, "READ_WRITE")
                .restarts(Duration.ofSeconds(8), Duration.ofSeconds(1), fromSnapshots)
                .set("timeout", "400ms")
                .run();
        assertSound(outcome);
        assertThat(outcome.of(Tally.RESTARTS)).isPositive();
        assertThat(outcome.windows())
                .as(outcome.findings())
                .isEqualTo(outcome.of(Tally.WINDOW_OUTAGE) + outcome.of(Tally.WINDOW_FLUSH));
    }

    @Test
    @EnabledIfSystemProperty(named = "history.minutes", matches = ".+")
    void nonstrictIsStaleOnlyUntilItsInvalidation() {
        Outcome outcome = new Run("NONSTRICT_READ_WRITE", "NONSTRICT_READ_WRITE").run();
        assertSound(outcome);
        assertThat(outcome.windows()).as(outcome.findings()).isEqualTo(outcome.of(Tally.WINDOW_NONSTRICT));
    }

    /** A flush takes locks away, and a killed writer does not come back for its own: those windows are documented. */
    private static Outcome withKillsAndFlushes(String title, String strategy) {
        Outcome outcome = new Run(title + " with kills and flushes", strategy)
                .kills(Duration.ofSeconds(15))
                .flushes(Duration.ofSeconds(2))
                .run();
        assertSound(outcome);
        assertThat(outcome.windows())
                .as(outcome.findings())
                .isEqualTo(outcome.of(Tally.WINDOW_FLUSH) + outcome.of(Tally.WINDOW_KILLED));
        return outcome;
    }

    private static Run withPauses(String title, String strategy) {
        return new Run(title, strategy).pauses(Duration.ofSeconds(4), Duration.ofMillis(1_500));
    }

    private static void assertPerfect(Outcome outcome) {
        assertSound(outcome);
        assertThat(outcome.windows()).as(outcome.findings()).isZero();
        assertThat(outcome.of(Tally.OUTAGES)).isZero();
    }

    private static void assertSound(Outcome outcome) {
        assertThat(outcome.violations()).as(outcome.findings()).isZero();
        assertThat(outcome.of(Tally.ERRORS)).as(outcome.findings()).isZero();
        assertThat(outcome.of(Tally.COMMITS)).isPositive();
        assertThat(outcome.hitRatio()).as("hit ratio").isGreaterThan(0.05);
    }
}
