package dev.dorm.cache.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.ForgettingProxy;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that something on the way has forgotten, all at once: each step goes out once more, on a new one. */
class ForgottenConnectionsIT {

    private static final int IDLE = 16;

    private static Backend backend(ForgettingProxy proxy, Duration timeout) {
        return new RedisBackend(new BackendSettings(
                "default",
                proxy.url(),
                null,
                null,
                Duration.ofMinutes(5),
                timeout,
                1,
                0,
                Map.of("connectionMinimumIdleSize", "" + IDLE)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyStepIsAnsweredInTime(boolean resets) throws IOException {
        try (OwnRedis server = RedisServer.startOwn();
                ForgettingProxy proxy = new ForgettingProxy(server.port(), resets);
                Backend backend = backend(proxy, Duration.ofSeconds(2))) {
            Row row = backend.layout().namespace("dormqs:a").row("1");
            Step<?> read = new Step.ReadRows(List.of(row));
            backend.execute(List.of(read));
            for (int i = 0; i < 3; i++) {
                proxy.forget();
                // Each may meet another of the old connections.
                backend.execute(List.of(new Step.LockRow(row, "t" + i)));
                backend.execute(List.of(read));
                backend.execute(List.of(new Step.BumpVersion(row.shard()), new Step.ReadVersion(row.shard())));
            }
            assertThat(backend.serverEpoch()).isEqualTo(1);
        }
    }

    /** Each would cost half a timeout. */
    @Test
    void oneSilentConnectionIsEnoughToSuspectTheOthers() throws IOException {
        try (OwnRedis server = RedisServer.startOwn();
                ForgettingProxy proxy = new ForgettingProxy(server.port(), false);
                Backend backend = backend(proxy, Duration.ofSeconds(10))) {
            Row row = backend.layout().namespace("dormqs:a").row("1");
            List<Step<?>> read = List.of(new Step.ReadRows(List.of(row)));
            backend.execute(read);
            proxy.forget();
            backend.execute(read);
            CompletableFuture<Void> others = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 2 * IDLE; i++) {
                    backend.execute(read);
                }
            });
            assertThat(others).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    @ParameterizedTest
    @CsvSource({"true, bypass", "false, bypass", "true, fail", "false, fail"})
    void theFirstWriteIsSeenByEverybody(boolean resets, String policy) throws IOException {
        try (OwnRedis server = RedisServer.startOwn();
                ForgettingProxy proxy = new ForgettingProxy(server.port(), resets);
                CachedFactory one = CachedFactory.of(Book.class)
                        .set("hibernate.cache.dorm.location", proxy.url())
                        .set("hibernate.cache.dorm.timeout", "3s")
                        .set("hibernate.cache.dorm.on_outage", policy)
                        .build();
                CachedFactory other = one.another(Book.class)
                        .set("hibernate.cache.dorm.location", server.url())
                        .build()) {
            one.inTransaction(session -> session.persist(new Book(1, "old")));
            title(other);
            assertThat(title(other)).isEqualTo("old");
            proxy.forget();
            one.inTransaction(session -> session.find(Book.class, 1L).retitle("new"));
            assertThat(title(other)).isEqualTo("new");
            assertThat(one.count(Counter.OUTAGE)).isZero();
            assertThat(one.count(Counter.BYPASSED)).isZero();
        }
    }

    private static String title(CachedFactory factory) {
        return factory.fromTransaction(session -> session.find(Book.class, 1L).title());
    }
}
