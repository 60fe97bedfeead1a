package dev.dorm.cache.backend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.RowFormat.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The part of the kit about many threads on one row. */
interface ConcurrencyContract extends ContractSubject {

    /** How many threads write, and how many read. */
    int THREADS = 4;

    /** How often each of them does. */
    int TURNS = 150;

    private static long value(RowState state) {
        String text = new String(state.bytes(), UTF_8);
        return Long.parseLong(text.substring(text.lastIndexOf('|') + 1));
    }

    private static void together(Runnable... works) {
        ExecutorService threads = Executors.newFixedThreadPool(works.length);
        try {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (Runnable work : works) {
                all.add(CompletableFuture.runAsync(work, threads));
            }
            all.forEach(CompletableFuture::join);
        } finally {
            threads.shutdownNow();
        }
    }

    /** A transaction that writes: lock, commit, unlock; or, now and then, a bulk write. */
    private void write(Row row, AtomicLong database, String token) {
        Backend backend = ThreadLocalRandom.current().nextBoolean() ? backend() : other();
        if (ThreadLocalRandom.current().nextInt(10) == 0) {
            backend.run(new Step.LockShard(row.shard(), token, Step.ANY_TIME));
            database.incrementAndGet();
            backend.run(new Step.UnlockShard(row.shard(), token));
            return;
        }
        Step.LockRow lock = new Step.LockRow(row, token);
        Replies locked = backend.execute(List.of(lock));
        long version = locked.of(lock).version();
        long value = database.incrementAndGet();
        byte[] entry = entry(row, version, String.valueOf(value));
        backend.run(new Step.UnlockRow(row, token, locked.moment(lock).written(), version, entry, Duration.ZERO));
    }

    /** A transaction that reads: what committed before it began is the least it may see; a miss loads and puts. */
    private boolean read(Row row, AtomicLong database, RowState known) {
        Backend backend = ThreadLocalRandom.current().nextBoolean() ? backend() : other();
        long floor = database.get();
        RowState state = backend.run(new Step.ReadRows(List.of(row))).get(0);
        if (state.kind() == Kind.ENTRY && !state.shardLocked()) {
            assertThat(value(state)).isGreaterThanOrEqualTo(floor);
            return true;
        }
        long loaded = database.get();
        String expected = known.kind() == Kind.TOMBSTONE ? RowFormat.digest(known.bytes()) : null;
        byte[] entry = entry(row, known.version(), String.valueOf(loaded));
        backend.run(new Step.PutRow(
                row,
                known.version(),
                known.written(),
                entry,
                Duration.ZERO,
                expected,
                false,
                null,
                Step.ANY_TIME,
                false));
        return false;
    }

    @Test
    default void nobodySeesLessThanWasCommittedBeforeItBegan() {
        Row row = row();
        AtomicLong database = new AtomicLong();
        AtomicInteger hits = new AtomicInteger();
        Runnable[] works = new Runnable[2 * THREADS];
        for (int thread = 0; thread < THREADS; thread++) {
            String name = "w" + thread;
            works[2 * thread] = () -> {
                for (int turn = 0; turn < TURNS; turn++) {
                    write(row, database, name + "-" + turn);
                }
            };
            works[2 * thread + 1] = () -> {
                for (int turn = 0; turn < 3 * TURNS; turn++) {
                    RowState known = read(row);
                    if (read(row, database, known)) {
                        hits.incrementAndGet();
                    }
                }
            };
        }
        together(works);
        assertThat(read(row).kind()).isNotEqualTo(Kind.LOCK);
        assertThat(read(row).shardLocked()).isFalse();
        read(row, database, read(row));
        RowState last = read(row);
        assertThat(last.kind()).isEqualTo(Kind.ENTRY);
        assertThat(value(last)).isEqualTo(database.get());
    }

    @Test
    default void noBumpIsLost() {
        Row row = row();
        long before = version(row);
        Runnable bumps = () -> {
            for (int turn = 0; turn < TURNS; turn++) {
                backend().run(new Step.BumpVersion(row.shard()));
            }
        };
        together(bumps, bumps, bumps, bumps);
        assertThat(version(row)).isEqualTo(before + 4 * TURNS);
    }

    @Test
    default void noTickOfTheClockIsLost() {
        Clock clock = clock();
        long before = backend().run(new Step.SettleTables(clock, List.of("a", "b")));
        Runnable[] writers = new Runnable[THREADS];
        for (int thread = 0; thread < THREADS; thread++) {
            String token = "t" + thread;
            writers[thread] = () -> {
                for (int turn = 0; turn < TURNS; turn++) {
                    long locked = backend().run(new Step.LockTables(clock, List.of("a"), token, Step.ANY_TIME));
                    long unlocked = backend().run(new Step.UnlockTables(clock, List.of("a"), token));
                    assertThat(unlocked).isGreaterThan(locked);
                }
            };
        }
        together(writers);
        long after = backend().run(new Step.SettleTables(clock, List.of("a", "b")));
        assertThat(after).isEqualTo(before + 2L * THREADS * TURNS);
    }
}
