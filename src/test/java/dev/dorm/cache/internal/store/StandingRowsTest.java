package dev.dorm.cache.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.Layout;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.RowState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a process knows to stand, and so does not put again: never longer than it is said. */
class StandingRowsTest {

    private static final Duration NANO = Duration.ofNanos(1);

    private final AtomicLong clock = new AtomicLong();
    private final ObservedState observed = new ObservedState(clock::get);
    private final Row row = Layout.UNDIVIDED.namespace("dormqs:Book").row("1");
    private final Row other = Layout.UNDIVIDED.namespace("dormqs:Book").row("2");

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private static RowState read(String bytes) {
        return new RowState(7, false, bytes == null ? null : bytes.getBytes(StandardCharsets.US_ASCII), 0);
    }

    @Test
    void thatWhichWasPutStandsForAWhile() {
        observed.sawStanding(row, 7, 1, Duration.ZERO);
        assertThat(observed.stands(row, 7, 1)).isTrue();
        assertThat(observed.stands(other, 7, 1)).isFalse();
        pass(ObservedState.STANDING.minus(NANO));
        assertThat(observed.stands(row, 7, 1)).isTrue();
        pass(NANO);
        assertThat(observed.stands(row, 7, 1)).isFalse();
    }

    @Test
    void itStandsForATenthOfAShortLife() {
        observed.sawStanding(row, 7, 1, Duration.ofSeconds(20));
        pass(Duration.ofSeconds(2).minus(NANO));
        assertThat(observed.stands(row, 7, 1)).isTrue();
        pass(NANO);
        assertThat(observed.stands(row, 7, 1)).isFalse();
    }

    @Test
    void anotherValueOrVersionDoesNotStand() {
        observed.sawStanding(row, 7, 1, Duration.ZERO);
        assertThat(observed.stands(row, 7, 2)).isFalse();
        assertThat(observed.stands(row, 8, 1)).isFalse();
    }

    @Test
    void aTombstoneEndsIt() {
        observed.sawStanding(row, 7, 1, Duration.ZERO);
        observed.sawInTheWay(row, "digest");
        assertThat(observed.stands(row, 7, 1)).isFalse();
    }

    @Test
    void aReadingThatMissesEndsIt() {
        String entry = "dormsig1:" + "0".repeat(64) + ":v%d|0123456789abcdef|key|body";
        String lock = "dormlock1:0|token=9999999999999.1";
        Map<String, RowFormat.Kind> read = new HashMap<>();
        read.put(null, RowFormat.Kind.ABSENT);
        read.put("dormtomb1:token.1", RowFormat.Kind.TOMBSTONE);
        read.put(lock, RowFormat.Kind.LOCK);
        read.put("what is this", RowFormat.Kind.UNREADABLE);
        read.put(entry.formatted(6), RowFormat.Kind.DEAD);
        read.put(entry.formatted(7), RowFormat.Kind.ENTRY);
        assertThat(read.values()).containsExactlyInAnyOrder(RowFormat.Kind.values());
        read.forEach((bytes, kind) -> {
            assertThat(read(bytes).kind()).isEqualTo(kind);
            observed.sawStanding(row, 7, 1, Duration.ZERO);
            observed.saw(row, read(bytes));
            assertThat(observed.stands(row, 7, 1)).as("%s", kind).isEqualTo(kind == RowFormat.Kind.ENTRY);
        });
    }
}
