package dev.dorm.cache.internal.row;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.backend.Namespace;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.RowFormat.Kind;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.locmem.LocMemBackend;
import dev.dorm.cache.internal.metrics.Counters;
import dev.dorm.cache.internal.store.ResilientStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What comes along with a row, how much of it, and for how long: what is deleted meanwhile shows when it was read. */
class PrefetchTest {

    private final Backend backend = backend();
    private final ResilientStore store = store(backend);
    private final Namespace namespace = backend.layout().namespace("dormqs:app.User");
    private final long version = backend.version(namespace);
    private final Prefetch prefetch = new Prefetch();

    private static Backend backend() {
        return new LocMemBackend(new BackendSettings(
                "default", null, null, null, Duration.ZERO, Duration.ofSeconds(1), 100_000, 0, Map.of()));
    }

    private static ResilientStore store(Backend backend) {
        return new ResilientStore("default", () -> backend, Counters.ofAlias(), System::nanoTime);
    }

    private List<Row> announced(int count) {
        List<Row> rows = IntStream.rangeClosed(1, count)
                .mapToObj(id -> namespace.row(String.valueOf(id)))
                .toList();
        rows.forEach(row -> {
            byte[] entry =
                    (RowFormat.ENTRY + "0".repeat(64) + ":v" + version + "|s|" + row.key() + "|").getBytes(ISO_8859_1);
            long written = backend.run(new Step.ReadRows(List.of(row))).get(0).written();
            backend.run(new Step.PutRow(
                    row, version, written, entry, Duration.ZERO, null, false, null, Step.ANY_TIME, false));
            prefetch.announce(store, row);
        });
        return rows;
    }

    private Kind read(Row row) {
        return prefetch.read(store, row, null).state().kind();
    }

    @Test
    void theFirstThatIsAskedForBringsTheOthers() {
        List<Row> rows = announced(3);
        assertThat(read(rows.get(1))).isEqualTo(Kind.ENTRY);
        rows.forEach(row -> backend.delete(row.key()));
        assertThat(read(rows.get(0))).isEqualTo(Kind.ENTRY);
        assertThat(read(rows.get(2))).isEqualTo(Kind.ENTRY);
    }

    @Test
    void aRowIsServedOnce() {
        List<Row> rows = announced(2);
        read(rows.get(0));
        backend.delete(rows.get(1).key());
        assertThat(read(rows.get(1))).isEqualTo(Kind.ENTRY);
        assertThat(read(rows.get(1))).isEqualTo(Kind.ABSENT);
    }

    @Test
    void whatNobodyAnnouncedBringsNothing() {
        List<Row> rows = announced(2);
        assertThat(read(namespace.row("99"))).isEqualTo(Kind.ABSENT);
        backend.delete(rows.get(0).key());
        assertThat(read(rows.get(0))).isEqualTo(Kind.ABSENT);
    }

    @Test
    void aThousandComeAtOnceAndTheOthersWithTheNextOfThem() {
        List<Row> rows = announced(Prefetch.AT_ONCE + 2);
        read(rows.get(0));
        backend.delete(rows.get(Prefetch.AT_ONCE - 1).key());
        backend.delete(rows.get(Prefetch.AT_ONCE).key());
        assertThat(read(rows.get(Prefetch.AT_ONCE - 1))).isEqualTo(Kind.ENTRY);
        assertThat(read(rows.get(Prefetch.AT_ONCE))).isEqualTo(Kind.ABSENT);
        backend.delete(rows.get(Prefetch.AT_ONCE + 1).key());
        assertThat(read(rows.get(Prefetch.AT_ONCE + 1))).isEqualTo(Kind.ENTRY);
    }

    @Test
    void noMoreThanTenThousandAreAnnounced() {
        List<Row> rows = announced(Prefetch.MAX + 1);
        assertThat(prefetch.knows(rows.get(Prefetch.MAX - 1))).isTrue();
        assertThat(prefetch.knows(rows.get(Prefetch.MAX))).isFalse();
    }

    @Test
    void whatIsForgottenIsReadAgain() {
        List<Row> rows = announced(2);
        read(rows.get(0));
        prefetch.forget();
        backend.delete(rows.get(1).key());
        assertThat(read(rows.get(1))).isEqualTo(Kind.ABSENT);
        assertThat(prefetch.isEmpty()).isTrue();
    }

    @Test
    void whatIsBumpedIsReadAgain() {
        List<Row> rows = announced(2);
        read(rows.get(0));
        backend.bumpVersion(namespace);
        store.learn(namespace.shards(), null);
        assertThat(read(rows.get(1))).isEqualTo(Kind.DEAD);
    }

    @Test
    void whatCameWithARowThatIsReadAgainIsReadAgainToo() {
        List<Row> rows = announced(3);
        Row collection = backend.layout().namespace("dormqs:app.User.tags").row("2");
        prefetch.announce(store, collection);
        read(rows.get(0));
        backend.run(Step.invalidate(rows.get(1), "t"));
        backend.run(Step.invalidate(collection, "t"));
        store.observed()
                .sawInTheWay(
                        rows.get(1), RowFormat.digest(backend.get(rows.get(1).key())));
        assertThat(read(rows.get(1))).isEqualTo(Kind.TOMBSTONE);
        assertThat(read(collection)).isEqualTo(Kind.TOMBSTONE);
    }

    @Test
    void whatIsInvalidatedIsReadAgain() {
        List<Row> rows = announced(2);
        read(rows.get(0));
        backend.run(Step.invalidate(rows.get(1), "t"));
        store.observed()
                .sawInTheWay(
                        rows.get(1), RowFormat.digest(backend.get(rows.get(1).key())));
        assertThat(read(rows.get(1))).isEqualTo(Kind.TOMBSTONE);
    }

    @Test
    void theRowsOfAnotherStoreComeSeparately() {
        List<Row> rows = announced(2);
        ResilientStore other = store(backend);
        Row there = namespace.row("there");
        prefetch.announce(other, there);
        read(rows.get(0));
        assertThat(prefetch.knows(there)).isTrue();
        backend.delete(rows.get(1).key());
        assertThat(read(rows.get(1))).isEqualTo(Kind.ENTRY);
        assertThat(prefetch.read(other, there, null).state().kind()).isEqualTo(Kind.ABSENT);
    }
}
