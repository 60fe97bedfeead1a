package dev.dorm.cache.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a process knew of a shard's writes at a moment, as far as it remembers. */
class SeenWritesTest {

    private final SeenWrites writes = new SeenWrites();

    private long before(long at) {
        return writes.before(new TransactionStart(at, 0));
    }

    @Test
    void whatWasLearnedLaterWasNotKnown() {
        writes.saw(7, 10);
        writes.saw(8, 20);
        writes.saw(6, 30);
        assertThat(before(10)).isZero();
        assertThat(before(11)).isEqualTo(7);
        assertThat(before(20)).isEqualTo(7);
        assertThat(before(31)).isEqualTo(8);
    }

    @Test
    void whatIsForgottenCountsAsNotKnown() {
        for (int i = 1; i <= 10_000; i++) {
            writes.saw(i, i);
            assertThat(before(i)).isLessThan(i);
            assertThat(before(i + 1)).isEqualTo(i);
        }
        for (int i = 1; i <= 10_000; i += 7) {
            assertThat(before(i)).isLessThan(i);
        }
        assertThat(before(10_000 - SeenWrites.MOST / 4)).isEqualTo(9_999 - SeenWrites.MOST / 4);
    }

    @Test
    void anotherMemoryMayBeBehind() {
        writes.saw(7, 10);
        writes.renewed(3, 20);
        assertThat(before(20)).isZero();
        assertThat(before(21)).isEqualTo(3);
    }
}
