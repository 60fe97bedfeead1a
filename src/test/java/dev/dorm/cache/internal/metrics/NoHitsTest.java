package dev.dorm.cache.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class NoHitsTest {

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1);
    private final RuntimeStatistics statistics = new RuntimeStatistics();
    private final Counters region = statistics.region("books", "one");
    private final AliasCounts counts = statistics.alias("one");
    private final NoHits none = new NoHits("one", counts, counts::refusals, clock::get);

    private void missAll() {
        for (int i = 0; i < NoHits.SOME; i++) {
            region.count(Counter.MISS_OUTAGE);
        }
    }

    @Test
    void whoHasHitsIsNotLookedAtAnyMore() {
        missAll();
        region.count(Counter.HIT);
        assertThat(none.isOver()).isFalse();
        clock.addAndGet(NoHits.PATIENCE.toNanos());
        assertThat(said(none)).isEmpty();
        assertThat(none.isOver()).isTrue();
    }

    @Test
    void whoHasNoneIsToldOnceAndWhy() {
        counts.add(() -> BreakerState.CLOSED, () -> 0, () -> Map.of("here:6379", Map.of("SCRIPT LOAD", "NOPERM x")));
        missAll();
        region.count(Counter.PUT_REFUSED_UNSUPPORTED);
        assertThat(said(none)).as("too early").isEmpty();
        clock.addAndGet(NoHits.PATIENCE.toNanos());
        assertThat(said(none))
                .contains("The cache 'one' had no hit yet: " + NoHits.SOME + " misses (outage " + NoHits.SOME + ")")
                .contains("others refused (unsupported 1)")
                .contains("{here:6379={SCRIPT LOAD=NOPERM x}}");
        assertThat(said(none)).as("again").isEmpty();
    }

    @Test
    void whoIsHardlyUsedIsLookedAtLater() {
        region.count(Counter.MISS_ABSENT);
        clock.addAndGet(NoHits.PATIENCE.toNanos());
        assertThat(none.isOver()).isFalse();
        missAll();
        assertThat(none.isOver()).isTrue();
    }

    private static String said(NoHits none) {
        java.io.PrintStream before = System.err;
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        System.setErr(new java.io.PrintStream(bytes, true, java.nio.charset.StandardCharsets.UTF_8));
        try {
            none.isOver();
        } finally {
            System.setErr(before);
        }
        return bytes.toString(java.nio.charset.StandardCharsets.UTF_8);
    }
}
