package dev.dorm.cache.internal.store;

import static dev.dorm.cache.threads.Threads.check;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.backend.Listener;
import dev.dorm.cache.backend.Listening;
import dev.dorm.cache.exploration.ForwardingBackend;
import dev.dorm.cache.internal.locmem.LocMemBackend;
import dev.dorm.cache.internal.near.NearRows;
import dev.dorm.cache.internal.near.NearTier;
import dev.dorm.cache.threads.Threads;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The beats of a near tier, whatever its connection does at one moment. */
class HeartbeatThreadsTest {

    /** A near tier and its beats, which are sent and answered when a test says so. */
    private static final class Line extends ForwardingBackend implements Background {

        private final NearTier tier = new NearTier(10, () -> 0);
        private volatile @Nullable CompletableFuture<Set<String>> sent;
        private Supplier<Duration> turn = () -> Duration.ZERO;
        private Runnable end = () -> {};

        private Line(Backend real) {
            super(real);
        }

        static Line open() {
            Line line = new Line(new LocMemBackend(BackendSettings.defaults()));
            NearRows.in(line.tier, null, Duration.ZERO).meet(line.layout().namespace("dormqs:app.Row"));
            new Heartbeat("default", () -> line, line.tier, () -> {}, line).start();
            return line;
        }

        @Override
        public Listening listen(Listener listener) {
            return new Listening() {
                @Override
                public CompletableFuture<Set<String>> beat(Collection<String> channels) {
                    CompletableFuture<Set<String>> answer = new CompletableFuture<>();
                    sent = answer;
                    return answer;
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public void later(String name, Duration pause, Runnable work) {
            throw new UnsupportedOperationException(name);
        }

        @Override
        public void await(CompletableFuture<?> done, Duration longest) {
            throw new UnsupportedOperationException("nothing is under way");
        }

        @Override
        public Repetition repeat(String name, Supplier<Duration> work, Runnable atEnd) {
            turn = work;
            end = atEnd;
            return () -> {};
        }

        private void answer() {
            CompletableFuture<Set<String>> answer = sent;
            if (answer != null) {
                answer.complete(tier.channels());
            }
        }

        private void turn() {
            var unused = turn.get();
        }

        private boolean serves() {
            return tier.serves(0);
        }
    }

    /** A connection that is lost while a beat is on its way. */
    public static class Connection {

        private final Line line = Line.open();

        @Operation
        public void beat() {
            line.turn();
        }

        /** An answer to what was sent before may still come. */
        @Operation
        public boolean lose() {
            CompletableFuture<Set<String>> before = line.sent;
            line.tier.lost();
            if (before != null) {
                before.complete(line.tier.channels());
            }
            return line.serves();
        }

        @Validate
        public void onlyABeatThatWasSentAfterTheLossEndsIt() {
            check(!line.serves(), "no beat was answered that was sent after the loss");
            line.answer();
            line.turn();
            line.answer();
            check(line.serves(), "a beat was answered that was sent after the loss");
        }
    }

    @Test
    void onlyABeatThatWasSentAfterALossEndsIt() {
        Threads.atOnce(Connection.class, "beat", "lose");
    }

    /** A listening that ends while a beat is on its way. */
    public static class Closing {

        private final Line line = Line.open();

        public Closing() {
            line.turn();
        }

        @Operation
        public void end() {
            line.end.run();
        }

        @Operation
        public void answer() {
            line.answer();
        }

        @Validate
        public void nobodyListens() {
            check(!line.serves(), "nobody listens");
        }
    }

    @Test
    void anAnswerThatComesWhileTheListeningEndsIsForNobody() {
        Threads.atOnce(Closing.class, "end", "answer");
    }
}
