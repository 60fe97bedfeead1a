package dev.dorm.cache.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.HoldingProxy;
import dev.dorm.cache.testing.HoldingProxy.Point;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A writer and a reader whose snapshot is older than the write: one side is held at each of its requests to Redis,
 * before the server hears it and before the side hears the answer, while the other runs to its end.
 */
@ParameterizedClass
@EnumSource(
        value = AccessType.class,
        names = {"READ_WRITE", "TRANSACTIONAL"})
class HeldRequestsIT {

    /** Nobody is held for long; a client that gave up meanwhile would prove nothing. */
    private static final String TIMEOUT = "60s";

    private static TwoProcesses processes;

    private final AccessType strategy;

    HeldRequestsIT(AccessType strategy) {
        this.strategy = strategy;
    }

    @BeforeParameterizedClassInvocation
    static void start(AccessType strategy) throws IOException {
        processes = new TwoProcesses(strategy, "bypass", TIMEOUT);
    }

    @AfterParameterizedClassInvocation
    static void close() throws IOException {
        processes.close();
    }

    static Stream<Arguments> cases() {
        return Stream.of(Write.values())
                .flatMap(write -> Stream.of(Point.values()).map(point -> Arguments.of(write, point)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theWriterIsHeldWhileTheReaderRuns(Write write, Point point) {
        heldAtEach(
                point,
                processes.writersProxy(),
                () -> write.in(processes.writer()),
                () -> processes.readWith(() -> {}),
                processes.writer(),
                processes.reader());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theReaderIsHeldWhileTheWriterRuns(Write write, Point point) {
        heldAtEach(
                point,
                processes.readersProxy(),
                () -> processes.readWith(() -> {}),
                () -> write.in(processes.writer()),
                processes.reader(),
                processes.writer());
    }

    private void heldAtEach(
            Point point,
            HoldingProxy proxy,
            Runnable held,
            Runnable other,
            CachedFactory heldProcess,
            CachedFactory otherProcess) {
        int requests = 1;
        Runnable settled = () -> {
            held.run();
            heldProcess.awaitSettled();
        };
        while (held(false, requests, point, proxy, settled, other, heldProcess, otherProcess)) {
            // What is cached before is met by both strategies alike.
            if (strategy == AccessType.READ_WRITE) {
                held(true, requests, point, proxy, settled, other, heldProcess, otherProcess);
            }
            requests++;
        }
        assertThat(requests).as("requests at which a side was held").isGreaterThan(2);
    }

    /** Returns whether the side came to the request. */
    private boolean held(
            boolean cached,
            int request,
            Point point,
            HoldingProxy proxy,
            Runnable side,
            Runnable other,
            CachedFactory heldProcess,
            CachedFactory otherProcess) {
        processes.reset(cached);
        long settlements = heldProcess.cache().statistics().getSettlements();
        HoldingProxy.Stop stop = proxy.holdAt(request, point);
        CompletableFuture<Void> running = CompletableFuture.runAsync(side);
        boolean reached = stop.reachedBy(running);
        try {
            if (reached) {
                other.run();
                if (cached) {
                    processes.seesTheDatabase(otherProcess);
                }
                if (cached && heldProcess.cache().statistics().getSettlements() == settlements) {
                    // What follows its commit is not held; else its other threads wait for that.
                    processes.seesTheDatabase(heldProcess);
                }
            }
        } finally {
            stop.release();
        }
        running.join();
        processes.everybodySeesTheDatabase();
        processes.isServedEverything(processes.reader());
        processes.isServedEverything(processes.writer());
        return reached;
    }
}
