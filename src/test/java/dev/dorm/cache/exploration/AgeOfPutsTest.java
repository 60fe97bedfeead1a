package dev.dorm.cache.exploration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.internal.locmem.VirtualLocMem;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.session.SessionContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A transaction puts only while it is younger than the shortest life that any process may give: half the time to live. */
class AgeOfPutsTest {

    @ParameterizedTest
    @CsvSource({"9, true", "11, false"})
    void whoIsOlderPutsNothing(int seconds, boolean puts) {
        AtomicLong nanos = new AtomicLong(1);
        VirtualLocMem store = new VirtualLocMem(nanos);
        VirtualJvm jvm = new VirtualJvm(store.backend(), "", nanos::get, Duration.ofSeconds(20));
        jvm.store.learn(List.of(jvm.shard()), null);
        store.elapse(Duration.ofMillis(1));
        SessionContext context = jvm.begin();
        jvm.rows.put(context, "1", 0, false);
        store.elapse(Duration.ofSeconds(seconds));
        context.transactionCompleted(true);
        assertThat(jvm.counters.get(Counter.PUT)).isEqualTo(puts ? 1 : 0);
        assertThat(jvm.counters.get(Counter.PUT_REFUSED_TRANSACTION)).isEqualTo(puts ? 0 : 1);
    }
}
