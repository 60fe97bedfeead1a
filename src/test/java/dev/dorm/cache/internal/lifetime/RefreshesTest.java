package dev.dorm.cache.internal.lifetime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.internal.signing.Stamp;
import java.time.Duration;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RefreshesTest {

    private static final long WRITTEN = 1_700_000_000_000_000L;
    private static final long TTL = 100_000_000L;
    private static final Lifetime LIFETIME = new Lifetime(Duration.ofSeconds(100), 10, 20, 42);

    private final Refreshes<String> refreshes = new Refreshes<>(LIFETIME);

    private static byte[] entry(long micros) {
        String signature = "0123456789abcdef".repeat(4);
        return ("dormsig1:" + signature + ":v7|" + Stamp.at(micros) + "|key|body").getBytes(ISO_8859_1);
    }

    @Test
    void itIsLoadedAnewBeforeTheFirstMayEndAndNotMuchEarlier() {
        TreeSet<Long> ages = new TreeSet<>();
        for (int i = 0; i < 1_000; i++) {
            long written = WRITTEN + i * 1_003L;
            ages.add(refreshes.from(entry(written), 7) - written);
        }
        assertThat(ages.first()).isGreaterThanOrEqualTo(TTL * 70 / 100).isLessThan(TTL * 71 / 100);
        assertThat(ages.last()).isLessThanOrEqualTo(TTL * 90 / 100).isGreaterThan(TTL * 89 / 100);
    }

    @Test
    void processesHaveTimesOfTheirOwn() {
        Refreshes<String> another = new Refreshes<>(new Lifetime(Duration.ofSeconds(100), 10, 20, 43));
        byte[] entry = entry(WRITTEN);
        assertThat(another.from(entry, 7)).isNotEqualTo(refreshes.from(entry, 7));
    }

    @Test
    void whatDoesNotEndIsNotLoadedAnew() {
        byte[] entry = entry(WRITTEN);
        for (Lifetime endless : new Lifetime[] {
            new Lifetime(Duration.ZERO, 10, 20, 1),
            new Lifetime(Duration.ofSeconds(Long.MAX_VALUE / 1000), 10, 20, 1),
            new Lifetime(Duration.ofSeconds(100), 10, 0, 1)
        }) {
            assertThat(new Refreshes<>(endless).from(entry, 7)).isEqualTo(Refreshes.NEVER);
        }
    }

    @Test
    void whatHasNoStampIsNotLoadedAnew() {
        assertThat(refreshes.from("v7|".getBytes(ISO_8859_1), 7)).isEqualTo(Refreshes.NEVER);
        assertThat(refreshes.from(entry(WRITTEN), 8)).isEqualTo(Refreshes.NEVER);
    }

    @Test
    void oneThatBeganSinceItWasMetHasItsTurnOnce() {
        byte[] entry = entry(WRITTEN);
        assertThat(refreshes.isTurn("row", entry, 1_000, 999)).as("meets it").isFalse();
        assertThat(refreshes.isTurn("row", entry, 1_001, 1_000))
                .as("is no younger")
                .isFalse();
        assertThat(refreshes.isTurn("row", entry, 1_002, 1_001)).isTrue();
        assertThat(refreshes.isTurn("row", entry, 1_003, 1_002))
                .as("another one")
                .isFalse();
        long later = 1_002 + Refreshes.PATIENCE.toNanos();
        assertThat(refreshes.isTurn("row", entry, later, later - 1))
                .as("the first did not store it")
                .isTrue();
        assertThat(refreshes.isTurn("row", entry(WRITTEN + 1), later, later - 1))
                .as("meets another entry")
                .isFalse();
    }

    @Test
    void onlyWhoBeganSinceItWasMetMayReplaceIt() {
        byte[] entry = entry(WRITTEN);
        assertThat(refreshes.replaceable("row", 999)).isNull();
        refreshes.isTurn("row", entry, 1_000, 999);
        assertThat(refreshes.replaceable("row", 1_000)).isNull();
        assertThat(refreshes.replaceable("row", 1_001)).isNotNull();
        assertThat(refreshes.replaceable("another", 1_001)).isNull();
        long over = 1_001 + Duration.ofSeconds(20).toNanos();
        assertThat(refreshes.replaceable("row", over)).as("it has ended").isNull();
        refreshes.stored("row");
        assertThat(refreshes.replaceable("row", 1_001)).as("another one stands").isNull();
    }
}
