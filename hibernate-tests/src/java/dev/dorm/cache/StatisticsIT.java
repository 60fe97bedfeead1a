package dev.dorm.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.Item;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.util.Set;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is counted is shown in three places, as long as the session factory lives. */
class StatisticsIT {

    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

    private static CachedFactory named(CacheBackend backend, String name) {
        return CachedFactory.on(backend, Item.class)
                .set("hibernate.session_factory_name", name)
                .set("hibernate.session_factory_name_is_jndi", "false")
                .build();
    }

    private static ObjectName bean(String name) throws Exception {
        return new ObjectName("dev.dorm.cache:type=Cache,factory=" + ObjectName.quote(name));
    }

    private static String read(CachedFactory factory) {
        return factory.fromTransaction(session -> session.find(Item.class, 1L).name());
    }

    @ParameterizedTest
    @EnumSource(CacheBackend.class)
    void hitsMissesAndRejectionsAreCountedByReason(CacheBackend backend) {
        try (CachedFactory factory = named(backend, "counted")) {
            CacheStatistics statistics = factory.cache().statistics();
            factory.inTransaction(session -> session.persist(new Item(1, "a", "one")));
            read(factory);
            long hits = statistics.getHits();
            read(factory);
            assertThat(statistics.getHits()).isEqualTo(hits + 1);
            assertThat(statistics.getPuts()).isPositive();

            String key = "dormrow:" + factory.cache().cacheNamespace(Item.class) + ":1";
            byte[] entry = factory.cache().backend().get(key);
            entry[15] ^= 1;
            factory.cache().backend().set(key, entry);
            read(factory);
            assertThat(statistics.getRejectedEntries()).containsEntry("bad_signature", 1L);
            factory.cache().backend().set(key, "nothing of ours".getBytes(UTF_8));
            read(factory);
            assertThat(statistics.getRejectedEntries()).containsEntry("unsigned", 1L);
            assertThat(statistics.getMisses()).containsEntry("unverified", 2L).containsEntry("outage", 0L);

            factory.get().getCache().evict(Item.class, 1L);
            read(factory);
            assertThat(statistics.getMisses().get("tombstone")).isPositive();
            assertThat(statistics.getInvalidations()).isPositive();
            factory.inTransaction(session -> session.find(Item.class, 1L).rename("two"));
            assertThat(statistics.getLocks()).isPositive();
            factory.get().getCache().evictEntityData(Item.class);
            assertThat(statistics.getBumps()).isPositive();
            read(factory);
            assertThat(statistics.getRefusedPuts().values().stream()
                            .mapToLong(n -> n)
                            .sum())
                    .isPositive();
            assertThat(statistics.getBreakers()).containsEntry("default", "CLOSED");
            assertThat(statistics.getPendingBumps()).isZero();
            assertThat(statistics.getFailedCalls() + statistics.getBypassedCalls())
                    .isZero();
            assertThat(statistics.getRenewals()).isPositive();
        }
    }

    @Test
    void eachFactoryIsAJmxBeanOfItsOwnWhileItLives() throws Exception {
        CachedFactory one = named(CacheBackend.LOCMEM, "jmx");
        CachedFactory two = named(CacheBackend.LOCMEM, "jmx");
        one.inTransaction(session -> session.persist(new Item(1, "a", "one")));
        read(one);
        read(one);
        CacheStatistics ofOne = JMX.newMXBeanProxy(BEANS, bean("jmx"), CacheStatistics.class);
        CacheStatistics ofTwo = JMX.newMXBeanProxy(BEANS, bean("jmx#2"), CacheStatistics.class);
        assertThat(ofOne.getHits())
                .isPositive()
                .isEqualTo(one.cache().statistics().getHits());
        assertThat(ofOne.getMisses()).isEqualTo(one.cache().statistics().getMisses());
        assertThat(ofOne.getBreakers()).containsEntry("default", "CLOSED");
        assertThat(ofTwo.getHits()).isZero();
        one.close();
        assertThat(BEANS.isRegistered(bean("jmx"))).isFalse();
        two.close();
        assertThat(BEANS.queryNames(new ObjectName("dev.dorm.cache:factory=\"jmx*\",*"), null))
                .isEqualTo(Set.of());
    }

    @Test
    void micrometersGlobalRegistryHasItsMetersWhileItLives() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Metrics.addRegistry(registry);
        try {
            CachedFactory factory = named(CacheBackend.LOCMEM, "metered");
            factory.inTransaction(session -> session.persist(new Item(1, "a", "one")));
            read(factory);
            read(factory);
            Tags tags = Tags.of("factory", "metered");
            CacheStatistics statistics = factory.cache().statistics();
            assertThat(registry.get("dorm.cache.hits")
                            .tags(tags)
                            .functionCounter()
                            .count())
                    .isPositive()
                    .isEqualTo(statistics.getHits());
            statistics.getMisses().forEach((reason, count) -> assertThat(registry.get("dorm.cache.misses")
                            .tags(tags.and("reason", reason))
                            .functionCounter()
                            .count())
                    .isEqualTo(count.doubleValue()));
            assertThat(registry.get("dorm.cache.breaker.open")
                            .tags(tags.and("alias", "default"))
                            .gauge()
                            .value())
                    .isZero();
            assertThat(registry.get("dorm.cache.pending.bumps")
                            .tags(tags)
                            .gauge()
                            .value())
                    .isZero();
            factory.close();
            assertThat(registry.find("dorm.cache.hits").tags(tags).meters()).isEmpty();
        } finally {
            Metrics.removeRegistry(registry);
        }
    }
}
