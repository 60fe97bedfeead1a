package dev.dorm.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.HoldingProxy;
import dev.dorm.cache.testing.HoldingProxy.Point;
import dev.dorm.cache.testing.Item;
import dev.dorm.cache.testing.RedisServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A first connection that takes longer than a call may: what is read first is cached all the same. */
class FirstConnectionIT {

    private static final Duration TIMEOUT = Duration.ofMillis(100);

    @Test
    void isWaitedForBeforeAnythingIsRead() throws IOException {
        int port = URI.create(RedisServer.shared().url()).getPort();
        try (HoldingProxy proxy = new HoldingProxy(port)) {
            HoldingProxy.Stop first = proxy.holdAt(1, Point.BEFORE_THE_SERVER);
            CompletableFuture<CachedFactory> building =
                    CompletableFuture.supplyAsync(() -> CachedFactory.on(CacheBackend.REDIS, Item.class)
                            .set("hibernate.cache.dorm.location", proxy.url())
                            .set("hibernate.cache.dorm.timeout", TIMEOUT)
                            .build());
            assertThat(first.reachedBy(building)).isTrue();
            // Longer than a call may take, and the session factory is not given out.
            await().during(TIMEOUT.multipliedBy(4))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> !building.isDone());
            first.release();

            try (CachedFactory factory = building.join()) {
                factory.inTransaction(session -> session.persist(new Item(1, "a", "one")));
                factory.inTransaction(session -> session.find(Item.class, 1L));
                assertThat(factory.cache().statistics().getHits()).isEqualTo(1);
                assertThat(factory.cache().statistics().getBypassedCalls()).isZero();
                assertThat(factory.cache().statistics().getFailedCalls()).isZero();
            }
        }
    }
}
