package dev.dorm.cache.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The part of the kit about bytes under keys. */
interface PlainStoreContract extends ContractSubject {

    private String key() {
        return "dormqs:" + prefix() + "." + UUID.randomUUID();
    }

    private void fill(String... keys) {
        for (String key : keys) {
            write(key, "x");
        }
    }

    @Test
    default void anAbsentKeyHasNoBytes() {
        assertThat(backend().get(key())).isNull();
        assertThat(backend().getAsync(key()).join()).isNull();
    }

    @Test
    default void bytesComeBackAsTheyWere() {
        byte[] all = new byte[256];
        IntStream.range(0, 256).forEach(i -> all[i] = (byte) i);
        String key = key() + ":ключ:鍵:🔑";
        backend().set(key, all, Duration.ZERO);
        assertThat(other().get(key)).isEqualTo(all);
        backend().setAsync(key, new byte[0], Duration.ZERO).join();
        assertThat(other().getAsync(key).join()).isEmpty();
    }

    @Test
    default void aLargeValueComesBack() {
        byte[] large = new byte[3_000_000];
        large[2_999_999] = 7;
        String key = key();
        backend().set(key, large);
        assertThat(other().get(key)).isEqualTo(large);
    }

    @Test
    default void manyAreReadAtOnceWithoutTheAbsent() {
        String a = key();
        String b = key();
        String absent = key();
        fill(a, b);
        assertThat(backend().getMany(List.of(a, b, absent, a))).containsOnlyKeys(a, b);
        assertThat(backend().getManyAsync(Set.of()).join()).isEmpty();
    }

    @Test
    default void deleteTellsWhetherThereWasAValue() {
        String key = key();
        fill(key);
        assertThat(backend().delete(key)).isTrue();
        assertThat(backend().delete(key)).isFalse();
        assertThat(backend().deleteAsync(key).join()).isFalse();
        assertThat(other().get(key)).isNull();
    }

    @Test
    default void aTimeoutEndsAndZeroDoesNot() {
        String brief = key();
        String lasting = key();
        String prolonged = key();
        // So that a first connection does not take its part of the time.
        assertThat(other().get(brief)).isNull();
        backend().set(brief, new byte[] {1}, Duration.ofMillis(900));
        backend().set(prolonged, new byte[] {1}, Duration.ofMillis(900));
        backend().set(prolonged, new byte[] {2}, Duration.ZERO);
        backend().set(lasting, new byte[] {1}, Duration.ZERO);
        assertThat(other().getMany(List.of(brief, lasting))).hasSize(2);
        elapse(Duration.ofMillis(920));
        assertThat(other().getMany(List.of(brief, lasting, prolonged))).containsOnlyKeys(lasting, prolonged);
    }

    @Test
    default void aKeyThatExpiredCanBeSetAndDeletedByPatternAgain() {
        String key = key();
        backend().set(key, new byte[] {1}, Duration.ofMillis(50));
        elapse(Duration.ofMillis(70));
        backend().set(key, new byte[] {2}, Duration.ZERO);
        assertThat(backend().deletePattern(key + "*")).isEqualTo(1);
        assertThat(backend().get(key)).isNull();
    }

    @Test
    default void aNegativeTimeoutIsRefused() {
        assertThatThrownBy(() -> backend().set(key(), new byte[1], Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("positive");
    }

    @Test
    default void aPatternDeletesItsMatchesOnly() {
        String p = key();
        fill(p + ":a", p + ":b", p + ":abc", p + "x", p + ":a*c", p + ":[x]");
        assertThat(backend().deletePattern(p + ":\\*")).isZero();
        assertThat(backend().deletePattern(p + ":a\\*c")).isEqualTo(1);
        assertThat(backend().deletePattern(p + ":?")).isEqualTo(2);
        assertThat(backend().deletePattern(p + ":[^q][x-z]\\]")).isEqualTo(1);
        assertThat(backend().deletePatternAsync(p + ":*").join()).isEqualTo(1);
        assertThat(other().get(p + "x")).isNotNull();
        assertThat(backend().deletePattern(p + "*")).isEqualTo(1);
    }

    @Test
    default void aPatternDeletesThousands() {
        String p = key();
        Step<?>[] puts = IntStream.range(0, 2500)
                .mapToObj(i -> new Step.PutQuery(p + ":v1:" + i, new byte[] {1}, Duration.ZERO))
                .toArray(Step<?>[]::new);
        backend().execute(List.of(puts));
        assertThat(backend().deletePattern(p + ":*")).isEqualTo(2500);
    }

    @Test
    default void whatABackendIsBuiltFromItTells() {
        assertThat(backend().defaultTimeout().isNegative()).isFalse();
        assertThat(backend().callTimeout()).isPositive();
        assertThat(backend().layout().shards()).isPositive();
    }

    @Test
    default void closingTwiceIsClosingOnceAndAClosedOneFails() {
        Backend backend = backend();
        backend.close();
        backend.close();
        assertThatThrownBy(() -> backend.get("key")).isInstanceOf(BackendException.class);
        fill(key());
    }

    @Test
    default void repliesAreAskedForBySteps() {
        Replies none = backend().execute(List.of());
        assertThatThrownBy(() -> none.of(new Step.BumpVersion(row().shard()))).isInstanceOf(BackendException.class);
    }
}
