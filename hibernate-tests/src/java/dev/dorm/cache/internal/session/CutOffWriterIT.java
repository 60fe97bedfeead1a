package dev.dorm.cache.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.dorm.cache.backend.Step;
import dev.dorm.cache.testing.Ageing;
import dev.dorm.cache.testing.HoldingProxy;
import dev.dorm.cache.testing.HoldingProxy.Point;
import dev.dorm.cache.testing.Item;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A writer is cut off from Redis for good at each of its requests, before the server hears it and before the writer
 * hears the answer. Whether it commits is its own affair; the others see what the database holds, and what it left in
 * the cache heals.
 */
@ParameterizedClass
@MethodSource("outages")
class CutOffWriterIT {

    /** What a call that is lost costs the writer. */
    private static final String TIMEOUT = "300ms";

    private static final Duration A_LITTLE = Duration.ofSeconds(1);

    private static TwoProcesses processes;

    private final boolean passingTheCacheBy;
    private final Set<Write> writes;

    CutOffWriterIT(AccessType strategy, String onOutage, Set<Write> writes) {
        this.passingTheCacheBy = strategy == AccessType.READ_WRITE && onOutage.equals("bypass");
        this.writes = writes;
    }

    static Stream<Arguments> outages() {
        return Stream.of(
                Arguments.of(AccessType.READ_WRITE, "fail", EnumSet.allOf(Write.class)),
                Arguments.of(AccessType.TRANSACTIONAL, "bypass", EnumSet.of(Write.UPDATE, Write.INSERT, Write.BULK)),
                Arguments.of(AccessType.READ_WRITE, "bypass", EnumSet.of(Write.UPDATE, Write.DELETE, Write.BULK)));
    }

    @BeforeParameterizedClassInvocation
    static void start(AccessType strategy, String onOutage) throws IOException {
        processes = new TwoProcesses(strategy, onOutage, TIMEOUT);
    }

    @AfterParameterizedClassInvocation
    static void close() throws IOException {
        processes.close();
    }

    @TestFactory
    Stream<DynamicTest> whatItLeavesHeals() {
        return writes.stream().flatMap(write -> Stream.of(Point.values())
                .map(point -> dynamicTest(write + " cut off " + point, () -> cutOffAtEach(write, point))));
    }

    private void cutOffAtEach(Write write, Point point) throws IOException {
        int requests = 1;
        while (cutOff(write, requests, point)) {
            requests++;
        }
        assertThat(requests).as("requests at which the writer was cut off").isGreaterThan(2);
    }

    /** Returns whether the writer came to the request. */
    private boolean cutOff(Write write, int request, Point point) throws IOException {
        processes.reset(true);
        HoldingProxy.Stop stop = processes.writersProxy().cutAt(request, point);
        CompletableFuture<Void> outcome = new CompletableFuture<>();
        processes.readWith(() -> {
            try {
                write.in(processes.writer());
                outcome.complete(null);
            } catch (RuntimeException mayNotCommit) {
                outcome.completeExceptionally(mayNotCommit);
            }
        });
        boolean reached = stop.reachedBy(outcome);
        if (!reached) {
            processes.writersProxy().letPass();
            outcome.join();
        }
        if (passingTheCacheBy) {
            // Such a commit may come without its lock: what is cached stays until its time to live is over.
            Ageing.by(
                    processes.redis(),
                    processes.reader().cache().backend().defaultTimeout().plus(A_LITTLE));
        } else {
            processes.seesTheDatabase(processes.reader());
            Ageing.by(processes.redis(), Step.LOCK_LEASE.plus(A_LITTLE));
        }
        processes.seesTheDatabase(processes.reader());
        processes.isServedRows(processes.reader());
        if (reached) {
            processes.replaceWriter();
            processes.everybodySeesTheDatabase();
            // A reader frees a table by its own clock, which cannot be hurried; the next writer does by the server's.
            processes.writer().inTransaction(session -> session.find(Item.class, 2L)
                    .rename("healed"));
            processes.everybodySeesTheDatabase();
            processes.isServedEverything(processes.reader());
        }
        return reached;
    }
}
