package dev.dorm.cache.backend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dorm.cache.DormCache;
import dev.dorm.cache.backend.TransactionalStore.Access;
import dev.dorm.cache.backend.TransactionalStore.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The kit that every {@link TransactionalStore} passes: all of {@link BackendContract}, and what the store promises by
 * itself.
 *
 * <pre>{@code
 * class MyStoreTest extends TransactionalStoreContract {
 *     @Override
 *     protected TransactionalStore newStore(BackendSettings settings) {
 *         return new MyStore(settings.withLocation(SERVER));
 *     }
 * }
 * }</pre>
 */
public abstract class TransactionalStoreContract extends BackendContract {

    private static final int THREADS = 4;
    private static final int TURNS = 100;

    private final String name = prefix() + "." + UUID.randomUUID() + ":";
    private final String left = name + "left";
    private final String right = name + "right";
    private TransactionalStore store;
    private TransactionalStore otherStore;

    /**
     * Creates a store; each that is created in a test must be over the same values.
     *
     * @param settings the settings
     * @return the store
     */
    protected abstract TransactionalStore newStore(BackendSettings settings);

    /**
     * Returns the settings of the stores and their backends.
     *
     * @return the defaults, with time for a slow machine
     */
    protected BackendSettings settings() {
        BackendSettings defaults = BackendSettings.defaults();
        return new BackendSettings(
                defaults.alias(),
                null,
                null,
                null,
                defaults.ttl(),
                Duration.ofSeconds(20),
                10_000,
                0,
                defaults.options());
    }

    @Override
    protected final Backend newBackend() {
        return DormCache.backendOver(newStore(settings()), settings());
    }

    @BeforeEach
    void openStores() {
        store = newStore(settings());
        otherStore = newStore(settings());
    }

    @AfterEach
    void closeStores() {
        store.close();
        otherStore.close();
    }

    /** Returns the access of a transaction on both keys, with groups in this order. */
    private Access both(String... groups) {
        return new Access(Set.of(left, right), new LinkedHashSet<>(List.of(groups)), false);
    }

    private static long number(byte[] bytes) {
        return bytes == null ? 0 : Long.parseLong(new String(bytes, UTF_8));
    }

    private static void put(Transaction transaction, String key, long number) {
        transaction.put(key, String.valueOf(number).getBytes(UTF_8), Duration.ZERO);
    }

    private long increment(Transaction transaction) {
        long next = number(transaction.get(left)) + 1;
        put(transaction, left, next);
        Thread.yield();
        put(transaction, right, number(transaction.get(right)) + 1);
        return next;
    }

    private long sum() {
        return otherStore.transact(
                both(), transaction -> number(transaction.get(left)) + number(transaction.get(right)));
    }

    private static void join(List<? extends Future<?>> works) throws Exception {
        for (Future<?> work : works) {
            work.get();
        }
    }

    @Test
    void aTransactionSeesWhatItDid() {
        store.transact(both("g"), transaction -> {
            put(transaction, left, 1);
            put(transaction, left, 2);
            assertThat(number(transaction.get(left))).isEqualTo(2);
            assertThat(transaction.remove(left)).isTrue();
            assertThat(transaction.get(left)).isNull();
            assertThat(transaction.remove(left)).isFalse();
            put(transaction, right, 3);
            return null;
        });
        assertThat(sum()).isEqualTo(3);
    }

    @Test
    void oneThatFailsChangesNothing() {
        store.transact(both("g"), this::increment);
        assertThatThrownBy(() -> store.transact(both("g"), transaction -> {
                    increment(transaction);
                    transaction.remove(right);
                    throw new IllegalStateException("on purpose");
                }))
                .hasStackTraceContaining("on purpose");
        assertThat(sum()).isEqualTo(2);
    }

    @Test
    void thoseOfOneGroupRunOneAfterAnother() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> works = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            TransactionalStore mine = thread % 2 == 0 ? store : otherStore;
            String group = name + thread;
            works.add(threads.submit(() -> {
                for (int turn = 0; turn < TURNS; turn++) {
                    mine.transact(both(name, group), this::increment);
                }
            }));
        }
        join(works);
        threads.shutdownNow();
        assertThat(sum()).isEqualTo(2L * THREADS * TURNS);
    }

    @Test
    void groupsAreTakenInAnyOrder() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<Future<?>> works = new ArrayList<>();
        for (TransactionalStore mine : List.of(store, otherStore)) {
            works.add(threads.submit(() -> {
                for (int turn = 0; turn < TURNS; turn++) {
                    mine.transact(both(name + "a", name + "b"), this::increment);
                    mine.transact(both(name + "b", name + "a"), this::increment);
                }
            }));
        }
        join(works);
        threads.shutdownNow();
        assertThat(sum()).isEqualTo(8L * TURNS);
    }

    @Test
    void oneForEverythingRunsAlone() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> works = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            TransactionalStore mine = thread % 2 == 0 ? store : otherStore;
            Access access = thread == 0 ? new Access(Set.of(left, right), Set.of(), true) : both(name);
            works.add(threads.submit(() -> {
                for (int turn = 0; turn < TURNS; turn++) {
                    mine.transact(access, this::increment);
                }
            }));
        }
        join(works);
        threads.shutdownNow();
        assertThat(sum()).isEqualTo(2L * THREADS * TURNS);
    }

    @Test
    void whoOnlyReadsSeesAllOfATransactionOrNothing() {
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                store.transact(both("g" + name), this::increment);
            }
        });
        try {
            for (int turn = 0; turn < 5 * TURNS; turn++) {
                boolean whole = otherStore.transact(
                        both(), transaction -> number(transaction.get(right)) == number(transaction.get(left)));
                assertThat(whole).as("left and right are of one transaction").isTrue();
            }
        } finally {
            over.set(true);
            writer.join();
        }
    }

    @Test
    void theTimeIsThatOfEverybodyAndDoesNotGoBack() {
        long last = 0;
        for (int turn = 0; turn < TURNS; turn++) {
            TransactionalStore mine = turn % 2 == 0 ? store : otherStore;
            long micros = mine.transact(both(name), Transaction::micros);
            assertThat(micros).isGreaterThanOrEqualTo(last);
            last = micros;
        }
        assertThat(last / 1000).isBetween(storeMillis() - 60_000, storeMillis() + 60_000);
    }

    @Test
    void keysAreFoundByWhatTheyBeginWith() {
        List<String> odd = List.of(name + "%a", name + "_b", name + "\\c", name + "*d");
        odd.forEach(key -> backend().set(key, new byte[] {1}, Duration.ZERO));
        assertThat(store.keys(name)).containsExactlyInAnyOrderElementsOf(odd);
        assertThat(store.keys(name + "%")).containsExactly(name + "%a");
        assertThat(store.keys(name + "_")).containsExactly(name + "_b");
        assertThat(store.keys(name + "\\")).containsExactly(name + "\\c");
        assertThat(store.keys(name + "x")).isEmpty();
    }
}
