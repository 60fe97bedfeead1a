package dev.dorm.cache.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.exploration.ForwardingBackend;
import dev.dorm.cache.exploration.VirtualJvm;
import dev.dorm.cache.internal.locmem.VirtualLocMem;
import dev.dorm.cache.internal.row.RegionLocks;
import dev.dorm.cache.internal.store.TransactionStart;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.hibernate.cache.CacheException;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A lock that comes when its sender has given up is not taken: it is sent once more, and then the commit must not come. */
class LateLocksTest {

    private static final List<String> TABLES = List.of("t");

    private final AtomicLong nanos = new AtomicLong(1);
    private final VirtualLocMem store = new VirtualLocMem(nanos);
    private final SlowWire wire = new SlowWire(store.backend());
    private final VirtualJvm jvm = new VirtualJvm(wire, "", nanos::get, Duration.ZERO);

    /** A way on which some requests take longer than anybody waits. */
    private final class SlowWire extends ForwardingBackend {

        private int slow;
        private int requests;

        private SlowWire(Backend real) {
            super(real);
        }

        @Override
        public CompletableFuture<Replies> executeAsync(List<? extends Step<?>> steps) {
            requests++;
            if (slow > 0) {
                slow--;
                store.elapse(callTimeout().plusSeconds(1));
            }
            return super.executeAsync(steps);
        }
    }

    static Stream<Named<BiConsumer<VirtualJvm, SessionContext>>> writes() {
        return Stream.of(
                Named.of("a row", (jvm, context) -> jvm.rows.writes().lock(context, "1")),
                Named.of(
                        "a region",
                        (jvm, context) ->
                                RegionLocks.askedBy(context, () -> RegionLocks.ask(List.of(jvm.rows.rows())))),
                Named.of("a table", (jvm, context) -> context.preInvalidate(TABLES)));
    }

    private SessionContext written(BiConsumer<VirtualJvm, SessionContext> write) {
        // By the replies to these, the server's time is known.
        jvm.store.learn(List.of(jvm.shard()), null);
        jvm.clock.settle(TABLES);
        SessionContext context = jvm.begin();
        write.accept(jvm, context);
        wire.requests = 0;
        return context;
    }

    /** Nobody waits for it any more than for the others, when a commit has failed. */
    @Test
    void oneInDoubtThatIsLateIsSentAgain() {
        SessionContext context = written((one, session) -> one.rows.writes().invalidate(session, "1"));
        context.transactionCompleting();
        wire.requests = 0;
        wire.slow = 1;
        context.transactionCompleted(false);
        assertThat(wire.requests).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("writes")
    void oneThatIsLateIsSentAgain(BiConsumer<VirtualJvm, SessionContext> write) {
        SessionContext context = written(write);
        wire.slow = 1;
        context.transactionCompleting();
        assertThat(wire.requests).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("writes")
    void whereItIsLateAgainTheTransactionMustNotCommit(BiConsumer<VirtualJvm, SessionContext> write) {
        SessionContext context = written(write);
        wire.slow = 2;
        assertThatThrownBy(context::transactionCompleting).isInstanceOf(CacheException.class);
    }

    @ParameterizedTest
    @MethodSource("writes")
    void oneThatIsSoonOverIsTakenAgain(BiConsumer<VirtualJvm, SessionContext> write) {
        SessionContext context = written(write);
        context.transactionCompleting();
        context.transactionCompleting();
        assertThat(wire.requests).as("it stands").isEqualTo(1);
        store.elapse(TransactionStart.FENCE);
        context.transactionCompleting();
        assertThat(wire.requests).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("writes")
    void oneThatIsInTimeIsSentOnce(BiConsumer<VirtualJvm, SessionContext> write) {
        SessionContext context = written(write);
        context.transactionCompleting();
        assertThat(wire.requests).isEqualTo(1);
    }
}
