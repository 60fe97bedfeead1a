package dev.dorm.cache.internal.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ObjectPoolTest {

    @Test
    void whatWasTakenIsNobodyElses() {
        ObjectPool<AtomicBoolean> spares = new ObjectPool<>(AtomicBoolean::new);
        AtomicInteger shared = new AtomicInteger();
        IntStream.range(0, 200_000).parallel().forEach(i -> {
            AtomicBoolean mine = spares.take();
            if (!mine.compareAndSet(false, true)) {
                shared.incrementAndGet();
            }
            AtomicBoolean another = spares.take();
            if (another == mine) {
                shared.incrementAndGet();
            }
            mine.set(false);
            spares.give(mine);
            spares.give(another);
        });
        assertThat(shared).hasValue(0);
    }

    @Test
    void whatIsGivenBackIsTakenAgain() {
        AtomicInteger made = new AtomicInteger();
        ObjectPool<Integer> spares = new ObjectPool<>(made::incrementAndGet);
        for (int i = 0; i < 100; i++) {
            spares.give(spares.take());
        }
        assertThat(made).hasValue(1);
    }
}
