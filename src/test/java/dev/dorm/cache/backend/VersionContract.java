package dev.dorm.cache.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of the kit about model versions. */
interface VersionContract extends ContractSubject {

    @Test
    default void aVersionIsSeededFromTheStoresTimeInMicroseconds() {
        Row row = namespace().row("1");
        assertThat(read(row).version()).isZero();
        long micros = storeMillis() * 1000;
        long version = version(row);
        assertThat(version).isBetween(micros - 60_000_000, micros + 60_000_000);
        assertThat(version(row)).isEqualTo(version);
        assertThat(read(row).version()).isEqualTo(version);
    }

    @Test
    default void aBumpIsOneMoreForEverybody() {
        Namespace namespace = namespace();
        long before = backend().version(namespace);
        assertThat(backend().bumpVersion(namespace))
                .isEqualTo(before + namespace.shards().size());
        assertThat(other().version(namespace))
                .isEqualTo(before + namespace.shards().size());
    }

    @Test
    default void aShardIsRenewedOnceUnderOneMemory() {
        Row row = row();
        long renewed = backend().run(new Step.RenewShard(row.shard()));
        assertThat(other().run(new Step.RenewShard(row.shard()))).isEqualTo(renewed);
        assertThat(version(row)).isEqualTo(renewed);
        Row fresh = namespace().row("1");
        assertThat(backend().run(new Step.RenewShard(fresh.shard()))).isEqualTo(version(fresh));
    }

    @Test
    default void aBumpSeedsWhatIsAbsent() {
        Row row = namespace().row("1");
        long micros = storeMillis() * 1000;
        assertThat(backend().run(new Step.BumpVersion(row.shard()))).isGreaterThan(micros - 60_000_000);
    }

    @Test
    default void aLostVersionNeverComesBackToANumberThatWasUsed() {
        Row row = row();
        long last = 0;
        for (int i = 0; i < 5; i++) {
            last = backend().run(new Step.BumpVersion(row.shard()));
        }
        backend().delete(row.shard().versionKey());
        assertThat(version(row)).isGreaterThan(last);
    }

    @Test
    default void everyStepThatMeetsALostVersionSeedsIt() {
        Row row = row();
        long old = version(row);
        String key = row.shard().versionKey();
        backend().delete(key);
        assertThat(lock(row, "t")).isGreaterThan(old);
        backend().delete(key);
        assertThat(unlock(row, "t", old, entry(row, old, "x"))).isFalse();
        assertThat(read(row).version()).isGreaterThan(old);
        backend().delete(key);
        PutReply reply = put(row, old, entry(row, old, "x"));
        assertThat(reply.outcome()).isEqualTo(PutReply.Outcome.VERSION);
        assertThat(reply.version()).isGreaterThan(old).isEqualTo(read(row).version());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "-5", "0", "007", "1e15", "1.5", "99999999999999999999", "9007199254740993"})
    default void aVersionThatIsNoNumberIsTakenForAbsent(String garbage) {
        Row row = row();
        long old = version(row);
        write(row.shard().versionKey(), garbage);
        assertThat(read(row).version()).isNotEqualTo(old);
        long seeded = version(row);
        assertThat(seeded).isBetween(old, old + Duration.ofMinutes(1).toNanos() / 1000);
        write(row.shard().versionKey(), garbage);
        assertThat(backend().run(new Step.BumpVersion(row.shard()))).isGreaterThan(seeded);
        assertThat(read(row).version()).isGreaterThan(seeded);
    }
}
