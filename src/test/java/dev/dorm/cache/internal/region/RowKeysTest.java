package dev.dorm.cache.internal.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Ids that were lately rendered are not rendered again, and none is taken for another. */
class RowKeysTest {

    private final RowKeys keys = new RowKeys();

    private void render(Object id) {
        keys.remember(RowKey.of(id, () -> "rendered " + id), null);
    }

    @Test
    void itIsKnown() {
        render(1L);
        RowKey known = keys.known(1L, null);
        assertThat(known).hasToString("rendered 1");
        assertThat(known.original()).isEqualTo(1L);
    }

    @Test
    void theKeyHasTheIdThatWasAskedFor() {
        String one = new String("one");
        String other = new String("one");
        render(one);
        assertThat(keys.known(other, null).original()).isSameAs(other);
    }

    @Test
    void ofTwoTypesEachIsItsOwn() {
        render(1L);
        assertThat(keys.known(1, null)).isNull();
    }

    @Test
    void tenantsShareNothing() {
        render(1L);
        assertThat(keys.known(1L, "one")).isNull();
        keys.remember(RowKey.of(2L, () -> "one:2"), "one");
        assertThat(keys.known(2L, null)).isNull();
    }

    @Test
    void whatCanChangeIsRenderedEachTime() {
        byte[] id = {1};
        render(id);
        assertThat(keys.known(id, null)).isNull();
    }

    @Test
    void longTextIsNotKept() {
        String id = "x".repeat(1_000);
        render(id);
        assertThat(keys.known(id, null)).isNull();
    }

    @Test
    void ofVeryManyEachIsItselfOrUnknown() {
        LongStream.range(0, 100_000).forEach(this::render);
        long known = LongStream.range(0, 100_000)
                .filter(id -> {
                    RowKey key = keys.known(id, null);
                    assertThat(key == null ? "rendered " + id : key.toString()).isEqualTo("rendered " + id);
                    return key != null;
                })
                .count();
        assertThat(known).isBetween(1L, (long) RowKeys.MOST);
    }
}
