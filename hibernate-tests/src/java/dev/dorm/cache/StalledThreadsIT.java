package dev.dorm.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.RedisServer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.CountDownLatch;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** When the threads that read replies do not run in this process, Redis is passed by, and it is no outage. */
class StalledThreadsIT {

    private static String read(CachedFactory factory) {
        return factory.get()
                .fromTransaction(session -> session.find(Book.class, 1L).title());
    }

    @Test
    void isNoOutage() {
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        Config config = new Config().setEventLoopGroup(loop);
        config.useSingleServer().setAddress(RedisServer.shared().url());
        RedissonClient client = Redisson.create(config);
        CountDownLatch stalled = new CountDownLatch(1);
        try (CachedFactory factory = CachedFactory.on(CacheBackend.REDIS, Book.class)
                .cacheAll(AccessType.READ_WRITE)
                .without("hibernate.cache.dorm.location")
                .set("hibernate.cache.dorm.client", client)
                .set("hibernate.cache.dorm.timeout", "250ms")
                .build()) {
            factory.inTransaction(session -> session.persist(new Book(1, "Emma")));
            factory.fromTransaction(session -> session.find(Book.class, 1L).title());
            loop.execute(() -> {
                try {
                    stalled.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            assertThat(read(factory)).isEqualTo("Emma");
            stalled.countDown();
            assertThat(factory.count(Counter.MISS_OUTAGE)).isEqualTo(1);
            assertThat(factory.count(Counter.OUTAGE)).as("failed calls").isZero();
        } finally {
            stalled.countDown();
            client.shutdown();
            loop.shutdownGracefully();
        }
    }
}
