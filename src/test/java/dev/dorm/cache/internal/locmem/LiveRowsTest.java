package dev.dorm.cache.internal.locmem;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.backend.Layout;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.internal.live.LiveShard;
import dev.dorm.cache.internal.live.LiveShard.Made;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What was made of an entry is found as long as a reading would find the entry, and no longer. */
class LiveRowsTest {

    private static final byte[] ENTRY = "an entry".getBytes(US_ASCII);
    private static final byte[] LOCK = "dormlock1:0".getBytes(US_ASCII);

    private final AtomicLong nanos = new AtomicLong();
    private final LocMemBackend backend = new LocMemBackend(BackendSettings.defaults(), nanos::get);
    private final Row row = Layout.UNDIVIDED.namespace("dormqs:books").row("1");
    private final Shard shard = row.shard();

    /** Makes something of an entry of version 7, which lives for a minute, on a shard that is met only then. */
    private LiveShard made() {
        version("7");
        backend.set(row.key(), ENTRY, Duration.ofMinutes(1));
        LiveShard live = backend.live(shard);
        live.put(row.key(), ENTRY, new Made(this, 7, "made"));
        return live;
    }

    private void version(String number) {
        backend.set(shard.versionKey(), number.getBytes(US_ASCII), Duration.ZERO);
    }

    private Object get(LiveShard live) {
        return live.get(row.key(), this);
    }

    @Test
    void itIsFoundAgain() {
        assertThat(get(made())).isEqualTo("made");
    }

    @Test
    void nobodyElseFindsIt() {
        assertThat(made().get(row.key(), "another")).isNull();
    }

    @Test
    void itEndsWithItsVersion() {
        LiveShard live = made();
        version("8");
        assertThat(get(live)).isNull();
    }

    @Test
    void itEndsWhenTheVersionIsLost() {
        LiveShard live = made();
        backend.delete(shard.versionKey());
        assertThat(get(live)).isNull();
    }

    @Test
    void itIsNotFoundUnderALockOfTheRegion() {
        LiveShard live = made();
        backend.set(shard.lockKey(), LOCK, Duration.ofSeconds(1));
        assertThat(get(live)).isNull();
    }

    @Test
    void itIsNotFoundUnderALockThatStoodBefore() {
        backend.set(shard.lockKey(), LOCK, Duration.ofSeconds(1));
        assertThat(get(made())).isNull();
    }

    @Test
    void itIsFoundWhenTheLockHasGone() {
        LiveShard live = made();
        backend.set(shard.lockKey(), LOCK, Duration.ZERO);
        backend.delete(shard.lockKey());
        assertThat(get(live)).isEqualTo("made");
    }

    @Test
    void itIsFoundWhenTheTimeOfTheLockIsOver() {
        LiveShard live = made();
        backend.set(shard.lockKey(), LOCK, Duration.ofSeconds(1));
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        backend.store().slots().cleanUp();
        assertThat(get(live)).isEqualTo("made");
    }

    @Test
    void itIsNotFoundUnderALockThatFollowsOneWhoseTimeIsOver() {
        LiveShard live = made();
        backend.set(shard.lockKey(), LOCK, Duration.ofSeconds(1));
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        backend.set(shard.lockKey(), LOCK, Duration.ofSeconds(1));
        backend.store().slots().cleanUp();
        assertThat(get(live)).isNull();
    }

    @Test
    void itEndsWithTheEntry() {
        LiveShard live = made();
        nanos.addAndGet(Duration.ofMinutes(2).toNanos());
        assertThat(get(live)).isNull();
    }

    @Test
    void whatTakesThePlaceOfTheEntryIsNotTakenForIt() {
        LiveShard live = made();
        backend.set(row.key(), ENTRY.clone(), Duration.ZERO);
        assertThat(get(live)).isNull();
        live.put(row.key(), ENTRY, new Made(this, 7, "made of what is gone"));
        assertThat(get(live)).isNull();
    }

    @Test
    void aPatternTakesItAway() {
        LiveShard live = made();
        backend.deletePattern("dormrow:*");
        assertThat(get(live)).isNull();
    }

    @Test
    void whileAStepIsTakenItIsForTheStepToSay() {
        LiveShard live = made();
        backend.store().stripes().write(shard.versionKey(), () -> {
            assertThat(get(live)).isNull();
            return true;
        });
        assertThat(get(live)).isEqualTo("made");
    }
}
