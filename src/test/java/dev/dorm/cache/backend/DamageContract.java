package dev.dorm.cache.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.PutReply.Outcome;
import dev.dorm.cache.backend.RowFormat.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of the kit about bytes that no protocol wrote: they cost a miss, never an error, and are replaceable. */
interface DamageContract extends ContractSubject {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage",
                "",
                "dormlock1:",
                "dormlock1:2|a=1",
                "dormlock1:0a=1",
                "dormlock1:0|a",
                "dormlock1:0|a=",
                "dormlock1:0|=5",
                "dormlock1:0|a=-5",
                "dormlock1:0|a=1e13",
                "dormlock1:0|a=1.x",
                "dormlock1:0|a=1.2.3",
                "dormlock1:0|a b=1",
                "dormlock1:1|a=9999999999999",
                "dormlock1:0|a=99999999999999999999999",
                "dormlock2:0|a=1"
            })
    default void bytesOfNoKnownFormAreReplaceableAndNeverAnError(String damage) {
        Row row = row();
        long version = version(row);
        byte[] entry = entry(row, version, "good");

        write(row.key(), damage);
        assertThat(put(row, version, entry)).isEqualTo(new PutReply(Outcome.UNEXPECTED, version, digest(damage)));
        assertThat(put(row, version, entry, digest(damage)).outcome()).isEqualTo(Outcome.STORED);
        assertThat(read(row).kind()).isEqualTo(Kind.ENTRY);

        write(row.key(), damage);
        assertThat(lock(row, "t")).isEqualTo(version);
        assertThat(text(row)).matches("dormlock1:0\\|t=\\d{13}\\.\\d{16}");
        assertThat(unlock(row, "t", version, entry)).isTrue();

        write(row.key(), damage);
        assertThat(unlock(row, "t", version, null)).isFalse();
        assertThat(text(row)).startsWith("dormtomb1:t.");
    }

    @Test
    default void aLiveTokenAmongDamagedOnesCounts() {
        Row row = row();
        long version = version(row);
        write(row.key(), lockRecord("live", Duration.ofSeconds(30)) + "|forged=9999999999999|?");
        assertThat(put(row, version, entry(row, version, "x")).outcome()).isEqualTo(Outcome.LOCKED);
        lock(row, "t");
        assertThat(text(row)).matches("dormlock1:1\\|live=\\d+\\.7\\|t=\\d+\\.\\d+");
    }

    @Test
    default void ofThousandsOfForgedTokensAThousandCount() {
        Row row = row();
        long version = version(row);
        StringBuilder forged = new StringBuilder("dormlock1:1");
        long deadline = storeMillis() + 30_000;
        for (int i = 0; i < 20_000; i++) {
            forged.append("|forged-").append(i).append('=').append(deadline);
        }
        write(row.key(), forged.toString());
        assertThat(put(row, version, entry(row, version, "x")).outcome()).isEqualTo(Outcome.LOCKED);
        lock(row, "t");
        assertThat(text(row).length()).isLessThan(30 * (RowFormat.MOST_TOKENS + 1));
        assertThat(unlock(row, "t", version, entry(row, version, "x"))).isFalse();
        assertThat(read(row).kind()).isEqualTo(Kind.LOCK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "0", "007", "1e15", "9999999999999999", "99999999999999999999", " 1", "v1", ""})
    default void aForgedVersionIsSeededAgain(String forged) {
        Row row = row();
        long version = version(row);
        write(row.shard().versionKey(), forged);
        assertThat(read(row).version()).isNotEqualTo(version);
        assertThat(put(row, version, entry(row, version, "x")).outcome()).isNotEqualTo(Outcome.STORED);
        assertThat(version(row)).isGreaterThan(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "", "dormlock1:0|a=9999999999999", "dormlock1:0|a", "dormtomb1:x"})
    default void aRegionLockThatIsNoneGoes(String damage) {
        Row row = row();
        long version = version(row);
        write(row.shard().lockKey(), damage);
        assertThat(read(row).shardLocked()).isTrue();
        assertThat(put(row, version, entry(row, version, "x")).outcome()).isEqualTo(Outcome.STORED);
        assertThat(read(row).shardLocked()).isFalse();

        write(row.shard().lockKey(), damage);
        lock(row, "t");
        assertThat(text(row)).startsWith("dormlock1:0|");

        write(row.shard().lockKey(), damage);
        backend().run(new Step.LockShard(row.shard(), "bulk", Step.ANY_TIME));
        backend().run(new Step.UnlockShard(row.shard(), "bulk"));
        assertThat(read(row).shardLocked()).isFalse();
    }

    @Test
    default void anEntryCutShortIsDead() {
        Row row = row();
        long version = version(row);
        write(row.key(), "dormsig1:abc");
        assertThat(read(row).kind()).isEqualTo(Kind.DEAD);
        assertThat(put(row, version, entry(row, version, "x")).outcome()).isEqualTo(Outcome.STORED);
    }

    @Test
    default void aVersionIsComparedWhole() {
        Row row = row();
        long version = version(row);
        put(row, version, entry(row, version, "x"));
        byte[] longer = entry(row, version * 10 + 1, "forged");
        other().set(row.key(), longer, Duration.ZERO);
        assertThat(read(row).kind()).isEqualTo(Kind.DEAD);
        assertThat(put(row, version, entry(row, version, "y")).outcome()).isEqualTo(Outcome.STORED);
    }
}
