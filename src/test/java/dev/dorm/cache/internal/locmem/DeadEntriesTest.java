package dev.dorm.cache.internal.locmem;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.backend.Namespace;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Evicting a region that holds much gives its memory back. */
class DeadEntriesTest {

    private static final int MANY = 20_000;
    private static final Duration TTL = Duration.ofHours(1);

    private final LocMemBackend backend = new LocMemBackend(
            new BackendSettings("default", null, null, null, TTL, Duration.ofSeconds(5), 10L * MANY, 0, Map.of()));
    private final InMemoryStore store = backend.store();
    private final Namespace books = backend.layout().namespace("dormqs:Book");
    private final Namespace authors = backend.layout().namespace("dormqs:Author");

    private static Shard shard(Namespace namespace) {
        return namespace.shards().get(0);
    }

    private long version(Namespace namespace) {
        return backend.version(namespace);
    }

    /** An entry as far as a store looks at it. */
    private void put(Row row, long version) {
        String entry = RowFormat.ENTRY + "0".repeat(64) + ":v" + version + "|stamp|" + row.key() + "|{}";
        store.put(row.key(), entry.getBytes(ISO_8859_1), TTL);
    }

    private void fill(Namespace namespace, int entries) {
        long version = version(namespace);
        for (int id = 0; id < entries; id++) {
            put(namespace.row("" + id), version);
        }
    }

    private long rows(Namespace namespace) {
        return store.keys().stream()
                .filter(key -> key.startsWith(shard(namespace).rowPrefix()))
                .count();
    }

    private void gone(Namespace namespace, long left) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(rows(namespace)).isEqualTo(left));
    }

    @Test
    void whatABumpMakesDeadIsRemoved() {
        fill(books, MANY);
        fill(authors, MANY);
        backend.run(new Step.BumpVersion(shard(books)));
        gone(books, 0);
        assertThat(store.slots().asMap()).hasSizeLessThan(MANY + 100);
        assertThat(rows(authors)).isEqualTo(MANY);
    }

    @Test
    void soIsWhatABulkWriteMakesDead() {
        fill(books, MANY);
        backend.run(new Step.LockShard(shard(books), "token", Step.ANY_TIME));
        backend.run(new Step.UnlockShard(shard(books), "token"));
        gone(books, 0);
    }

    @Test
    void locksAndTombstonesStay() {
        Row locked = books.row("locked");
        Row invalidated = books.row("invalidated");
        fill(books, MANY);
        backend.run(new Step.LockRow(locked, "token"));
        backend.run(Step.invalidate(invalidated, "token"));
        backend.run(new Step.BumpVersion(shard(books)));
        gone(books, 2);
        assertThat(store.get(locked.key())).isNotNull();
        assertThat(store.get(invalidated.key())).isNotNull();
    }

    @Test
    void resultsOfQueriesGoToo() {
        Shard shard = shard(books);
        long version = version(books);
        for (int n = 0; n < MANY; n++) {
            store.put(shard.resultKey(version, "" + n), new byte[10], TTL);
        }
        store.put(shard.resultKey(version + 1, "current"), new byte[10], TTL);
        backend.run(new Step.BumpVersion(shard));
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(store.keys())
                .filteredOn(key -> key.startsWith(shard.resultPrefix()))
                .containsExactly(shard.resultKey(version + 1, "current")));
    }

    /** Whoever fills the region again while the dead are removed keeps what he has put. */
    @Test
    void whatIsPutMeanwhileStays() {
        fill(books, MANY);
        for (int round = 0; round < 20; round++) {
            backend.run(new Step.BumpVersion(shard(books)));
            fill(books, MANY / 10);
        }
        long version = version(books);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(rows(books)).isLessThan(MANY));
        for (int id = 0; id < MANY / 10; id++) {
            assertThat(store.get(books.row("" + id).key()))
                    .satisfies(
                            bytes -> assertThat(RowFormat.kind(bytes, version)).isEqualTo(RowFormat.Kind.ENTRY));
        }
    }

    @Test
    void fewAreNotWorthAThread() {
        fill(books, DeadEntries.MUCH - 1);
        fill(authors, MANY);
        backend.run(new Step.BumpVersion(shard(books)));
        assertThat(rows(books)).isEqualTo(DeadEntries.MUCH - 1);
    }
}
