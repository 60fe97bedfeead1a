package dev.dorm.cache.internal.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.Step;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Of a query that is asked twice in one transaction the first result is cached: Hibernate may record less the second time. */
class PendingResultsTest {

    private final PendingResults results = new PendingResults();

    private static Step.PutQuery put(String key, byte... entry) {
        return new Step.PutQuery(key, entry, Duration.ofMinutes(5));
    }

    @Test
    void theFirstOfAKeyStays() {
        assertThat(results.add(put("a", (byte) 1))).isTrue();
        assertThat(results.add(put("a", (byte) 2))).isFalse();
        assertThat(results.add(put("b", (byte) 3))).isTrue();
        assertThat(results.get("a")).containsExactly(1);
        assertThat(results.get("b")).containsExactly(3);
    }

    @Test
    void whatIsNoResultIsAlwaysTaken() {
        assertThat(results.add(null)).isTrue();
        assertThat(results.add(null)).isTrue();
    }

    @Test
    void noneIsLeftAfterTheTransaction() {
        results.add(put("a", (byte) 1));
        results.clear();
        assertThat(results.get("a")).isNull();
        assertThat(results.add(put("a", (byte) 2))).isTrue();
    }
}
