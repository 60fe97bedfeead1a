package dev.dorm.cache.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.internal.locmem.LocMemBackend;
import dev.dorm.cache.testing.Printed;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An outage is told of once a minute for each of its causes, and not for all that may ever be said. */
class OutageLogIT {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AtomicLong now = new AtomicLong();
    private final Backend backend = new LocMemBackend(
            new BackendSettings("log", "log", null, null, Duration.ZERO, Duration.ofSeconds(1), 1, 0, Map.of()));
    private final OutageLog log = new OutageLog("log", () -> backend, now::get);
    private Printed printed;

    @BeforeEach
    void listen() {
        printed = Printed.onStandardError();
    }

    @AfterEach
    void close() {
        printed.close();
        backend.close();
    }

    private void fail(String cause) {
        log.failed(new BackendException(cause));
    }

    @Test
    void eachCauseIsSaidOnceAMinute() {
        for (int i = 0; i < 100; i++) {
            fail("refused");
            fail("slow");
        }
        assertThat(printed.lines("The cache 'log' fails and is bypassed: refused"))
                .hasSize(1);
        assertThat(printed.lines("The cache 'log' fails and is bypassed: slow")).hasSize(1);
        now.addAndGet(MINUTE.toNanos() - 1);
        fail("slow");
        assertThat(printed.lines("slow")).hasSize(1);
        now.incrementAndGet();
        fail("slow");
        assertThat(printed.lines("slow")).hasSize(2);
    }

    @Test
    void aCauseThatIsNotKnownAtFirstIsSaidWhenItIs() {
        AtomicReference<String> known = new AtomicReference<>("no reply");
        Backend busy = (Backend) Proxy.newProxyInstance(
                Backend.class.getClassLoader(),
                new Class<?>[] {Backend.class},
                (proxy, method, args) -> CompletableFuture.completedFuture(new BackendException(known.get())));
        OutageLog slow = new OutageLog("log", () -> busy, now::get);
        slow.failed(new BackendException("no reply"));
        known.set("NOPERM");
        slow.failed(new BackendException("no reply"));
        assertThat(printed.lines("NOPERM")).as("it was asked for just now").isEmpty();
        now.addAndGet(OutageLog.AGAIN.toNanos());
        slow.failed(new BackendException("no reply"));
        assertThat(printed.lines("bypassed: no reply")).hasSize(1);
        assertThat(printed.lines("bypassed: NOPERM")).hasSize(1);
    }

    @Test
    void causesWithoutEndAreNotAllSaid() {
        for (int i = 0; i < 1_000; i++) {
            fail("request " + i);
        }
        assertThat(printed.lines("fails and is bypassed")).hasSize(OutageLog.CAUSES);
    }
}
