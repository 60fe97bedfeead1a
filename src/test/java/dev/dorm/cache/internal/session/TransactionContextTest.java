package dev.dorm.cache.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.exploration.ForwardingBackend;
import dev.dorm.cache.exploration.VirtualJvm;
import dev.dorm.cache.internal.locmem.VirtualLocMem;
import dev.dorm.cache.internal.row.RegionLocks;
import dev.dorm.cache.internal.row.RowNamespace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** When the steps of a transaction are sent, and by which tokens. */
class TransactionContextTest {

    private static final List<String> TABLES = List.of("t");

    private final AtomicLong nanos = new AtomicLong(1);
    private final VirtualLocMem store = new VirtualLocMem(nanos);
    private final List<Step<?>> sent = new ArrayList<>();
    private final VirtualJvm jvm = new VirtualJvm(recorded(store.backend()), "", nanos::get, Duration.ZERO);
    private final SessionContext context = jvm.begin();

    /** What time it is is known, as after any reading. */
    @BeforeEach
    void learn() {
        RowNamespace rows = jvm.rows.rows();
        rows.store().learn(rows.layout().shards(), null);
        sent.clear();
    }

    private Backend recorded(Backend real) {
        return new ForwardingBackend(real) {
            @Override
            public CompletableFuture<Replies> executeAsync(List<? extends Step<?>> steps) {
                sent.addAll(steps);
                return super.executeAsync(steps);
            }
        };
    }

    private <S extends Step<?>> List<S> sent(Class<S> kind) {
        return sent.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static Named<Consumer<TransactionContextTest>> named(String name, Consumer<TransactionContextTest> write) {
        return Named.of(name, write);
    }

    static Stream<Named<Consumer<TransactionContextTest>>> writes() {
        return Stream.of(
                named("a row", test -> test.jvm.rows.writes().lock(test.context, "1")),
                named(
                        "a region",
                        test -> RegionLocks.askedBy(
                                test.context, () -> RegionLocks.ask(List.of(test.jvm.rows.rows())))),
                named("a table", test -> test.context.preInvalidate(TABLES)));
    }

    private static boolean isLock(Step<?> step) {
        return step instanceof Step.LockRow || step instanceof Step.LockShard || step instanceof Step.LockTables;
    }

    @ParameterizedTest
    @MethodSource("writes")
    void aLockIsSentJustBeforeTheCommit(Consumer<TransactionContextTest> write) {
        write.accept(this);
        assertThat(sent).noneMatch(TransactionContextTest::isLock);
        context.transactionCompleting();
        assertThat(sent).anyMatch(TransactionContextTest::isLock);
    }

    /** Nobody says any more that the commit comes. */
    @ParameterizedTest
    @MethodSource("writes")
    void oneThatIsTakenAfterwardsIsSentAtOnce(Consumer<TransactionContextTest> write) {
        context.transactionCompleting();
        assertThat(sent).noneMatch(TransactionContextTest::isLock);
        write.accept(this);
        assertThat(sent).anyMatch(TransactionContextTest::isLock);
    }

    @Test
    void theTransactionsOfASessionHaveTokensOfTheirOwn() {
        for (int transaction = 0; transaction < 2; transaction++) {
            if (transaction > 0) {
                context.transactionJoined();
            }
            jvm.rows.writes().lock(context, "1");
            context.transactionCompleting();
            context.transactionCompleted(true);
        }
        assertThat(sent(Step.LockRow.class))
                .extracting(Step.LockRow::token)
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    /** As when a process began while the server was away: a lock that is held up on its way must not be taken later. */
    @Test
    void whoWasNeverToldTheTimeIsToldItByARefusal() {
        VirtualJvm fresh = new VirtualJvm(recorded(store.backend()), "", nanos::get, Duration.ZERO);
        SessionContext first = fresh.begin();
        fresh.rows.writes().lock(first, "1");
        first.transactionCompleting();
        assertThat(sent(Step.LockRow.class)).hasSize(2).noneMatch(lock -> lock.latest() == Step.ANY_TIME);
        assertThat(store.backend().get(fresh.rows.rows().row("1").key()))
                .asString()
                .startsWith("dormlock1:");
    }

    /** Hibernate evicts without saying for whom: what a completing transaction evicts goes with all else of it. */
    @Test
    void anEvictionGoesWithTheTransactionThatThisThreadCompletes() {
        context.transactionCompleting();
        jvm.rows.writes().evict("1");
        assertThat(sent(Step.UnlockRow.class)).isEmpty();
        context.transactionCompleted(true);
        assertThat(sent(Step.UnlockRow.class)).hasSize(1);
        jvm.rows.writes().evict("1");
        assertThat(sent(Step.UnlockRow.class)).hasSize(2);
    }

    /** A transaction manager may complete on a thread of its own, and this one knows nothing of it. */
    @Test
    void anEvictionAfterACompletionElsewhereGoesAtOnce() throws InterruptedException {
        context.transactionCompleting();
        Thread elsewhere = new Thread(() -> context.transactionCompleted(true));
        elsewhere.start();
        elsewhere.join();
        context.transactionJoined();
        jvm.rows.writes().evict("1");
        assertThat(sent(Step.UnlockRow.class)).hasSize(1);
    }

    /** Hibernate 6.6 does not report a commit that failed so badly that it cannot be rolled back: it may yet come. */
    @Test
    void locksOfACommitThatNobodyReportedStand() {
        jvm.rows.writes().lock(context, "1");
        context.transactionCompleting();
        context.transactionJoined();
        context.transactionCompleting();
        context.transactionCompleted(true);
        assertThat(sent(Step.LockRow.class)).hasSize(1);
        assertThat(sent(Step.UnlockRow.class)).isEmpty();
    }
}
