package dev.dorm.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.Item;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.cache.spi.access.AccessType;
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
            byte[] entry = factory.cache().backend().get(key).clone();
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
            assertThat(statistics.getPendingInvalidations()).isZero();
            assertThat(statistics.getFailedCalls() + statistics.getBypassedCalls())
                    .isZero();
            assertThat(statistics.getRenewals()).isPositive();
        }
    }

    /** So it is in Spring Boot, whose releases come with Hibernates that name a session factory differently. */
    @Test
    void theNameIsThePersistenceUnitsOnEveryHibernate() throws Exception {
        try (CachedFactory factory = CachedFactory.on(CacheBackend.LOCMEM, Item.class)
                .set("hibernate.persistenceUnitName", "orders")
                .set("hibernate.cache.region_prefix", "shop-of-orders")
                .build()) {
            assertThat(BEANS.isRegistered(bean("orders"))).isTrue();
            assertThat(BEANS.isRegistered(bean("shop-of-orders"))).isFalse();
            assertThat(factory.cache().statistics().getRegions()).isNotEmpty();
        }
    }

    @Test
    void whatIsHeldInProcessIsToldByRegion() {
        try (CachedFactory factory = CachedFactory.on(CacheBackend.LOCMEM, Item.class)
                .set("hibernate.cache.dorm.regions." + Item.class.getName() + ".max_entries", "2")
                .build()) {
            RegionStatistics items = factory.cache().statistics().getRegions().get(Item.class.getName());
            assertThat(items.getSize()).isZero();
            for (long id = 1; id <= 5; id++) {
                long each = id;
                factory.inTransaction(session -> session.persist(new Item(each, "code" + each, "one")));
                factory.inTransaction(session -> session.find(Item.class, each));
                assertThat(items.getSize()).isEqualTo(Math.min(id, 2));
            }
            assertThat(items.getEvictions()).containsEntry("size", 3L).containsEntry("expired", 0L);
        }
    }

    private static final String ITEMS = Item.class.getName();
    private static final String BOOKS = Book.class.getName();

    /** Two regions' worth of everything that an application does; books are kept elsewhere. */
    private static CachedFactory worked(CacheBackend backend) {
        CachedFactory factory = CachedFactory.on(backend, Item.class, Book.class)
                .cacheAll(AccessType.READ_WRITE)
                .set("hibernate.cache.dorm.caches.second.backend", "locmem")
                .set("hibernate.cache.dorm.caches.second.location", "second-" + UUID.randomUUID())
                .set("hibernate.cache.dorm.regions." + BOOKS + ".alias", "second")
                .set("hibernate.cache.dorm.regions.hot-list.alias", "second")
                .build();
        factory.inTransaction(session -> {
            session.persist(new Item(1, "a", "one", "red", "green"));
            session.persist(new Item(2, "b", "two"));
            session.persist(new Book(1, "first"));
        });
        for (int i = 0; i < 4; i++) {
            factory.inTransaction(
                    session -> Hibernate.initialize(session.find(Item.class, 1L).tags()));
            factory.inTransaction(
                    session -> session.bySimpleNaturalId(Item.class).load("b"));
            factory.inTransaction(session -> session.find(Book.class, 1L));
            factory.inTransaction(session -> names(session, "hot-list@60s"));
        }
        factory.inTransaction(session -> session.find(Item.class, 1L).rename("three"));
        factory.inTransaction(session -> session.find(Book.class, 1L).retitle("second"));
        factory.inTransaction(session -> names(session, "hot-list@60s"));
        factory.inTransaction(session -> names(session, null));
        factory.get().getCache().evict(Item.class, 2L);
        factory.inTransaction(session -> session.find(Item.class, 2L));
        factory.inTransaction(session ->
                session.createMutationQuery("update Item set name = 'all'").executeUpdate());
        factory.inTransaction(session -> session.find(Item.class, 2L));
        factory.get().getCache().evictQueryRegion("hot-list@60s");
        factory.inTransaction(session -> names(session, "hot-list@60s"));
        return factory;
    }

    private static List<String> names(Session session, String region) {
        return session.createQuery("select name from Item", String.class)
                .setCacheable(true)
                .setCacheRegion(region)
                .list();
    }

    @ParameterizedTest
    @EnumSource(CacheBackend.class)
    void regionsHaveTheNamesAndHitsOfHibernatesStatistics(CacheBackend backend) {
        try (CachedFactory factory = worked(backend)) {
            Map<String, RegionStatistics> regions = factory.cache().statistics().getRegions();
            Set<String> names = new TreeSet<>(Set.of(factory.statistics().getSecondLevelCacheRegionNames()));
            names.remove("default-update-timestamps-region");
            assertThat(regions.keySet())
                    .isEqualTo(names)
                    .contains(
                            ITEMS,
                            ITEMS + ".tags",
                            ITEMS + "##NaturalId",
                            BOOKS,
                            "hot-list@60s",
                            "default-query-results-region");
            regions.forEach((name, region) -> assertThat(region.getHits())
                    .as("hits in %s", name)
                    .isEqualTo(
                            factory.statistics().getCacheRegionStatistics(name).getHitCount()));
            assertThat(regions.get(ITEMS).getAlias()).isEqualTo("default");
            assertThat(regions.get(BOOKS).getAlias()).isEqualTo("second");
            assertThat(regions.get("hot-list@60s").getAlias()).isEqualTo("second");
            assertThat(regions.get("hot-list@60s").getHits()).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(CacheBackend.class)
    void everyCountIsOfOneRegionOrAlias(CacheBackend backend) throws Exception {
        try (CachedFactory factory = worked(backend)) {
            CacheStatistics all = factory.cache().statistics();
            sums(EntryStatistics.class, all, all.getRegions().values());
            sums(EntryStatistics.class, all, all.getAliases().values());
            sums(BackendStatistics.class, all, all.getAliases().values());
            assertThat(all.getRegions().get(ITEMS).getLocks()).isEqualTo(1);
            assertThat(all.getRegions().get(BOOKS).getLocks()).isEqualTo(1);
            assertThat(all.getRegions().get(ITEMS).getInvalidations()).isEqualTo(1);
            assertThat(all.getRegions().get(BOOKS).getInvalidations()).isZero();
            assertThat(all.getRegions().get(ITEMS).getMisses()).containsEntry("tombstone", 1L);
            assertThat(all.getRegions().get("hot-list@60s").getMisses())
                    .containsEntry("absent", 2L)
                    .containsEntry("stale", 1L);
            assertThat(all.getAliases()).containsOnlyKeys("default", "second");
            assertThat(all.getAliases().values()).allSatisfy(alias -> {
                assertThat(alias.getCalls()).isPositive();
                assertThat(alias.getBreaker()).isEqualTo("CLOSED");
            });
            long here = all.getAliases().get("default").getBumps();
            long there = all.getAliases().get("second").getBumps();
            factory.cache().bumpModelVersion(Book.class);
            assertThat(all.getAliases().get("default").getBumps()).isEqualTo(here);
            assertThat(all.getAliases().get("second").getBumps()).isEqualTo(there + 1);
        }
    }

    private static void sums(Class<?> type, Object total, Collection<?> parts) throws Exception {
        for (Method getter : type.getMethods()) {
            Map<Object, Long> sum = new TreeMap<>();
            for (Object part : parts) {
                counts(getter, part).forEach((reason, count) -> sum.merge(reason, count, Long::sum));
            }
            assertThat(counts(getter, total)).as(getter.getName()).isEqualTo(sum);
        }
    }

    private static Map<?, Long> counts(Method getter, Object statistics) throws Exception {
        Object value = getter.invoke(statistics);
        Map<Object, Long> counts = new TreeMap<>();
        if (value instanceof Map<?, ?> byReason) {
            byReason.forEach((reason, count) -> counts.put(reason, (Long) count));
        } else {
            counts.put("", (Long) value);
        }
        return counts;
    }

    @Test
    void aRegionOfItsOwnBoundCountsForItsAlias() {
        try (CachedFactory factory = CachedFactory.on(CacheBackend.LOCMEM, Item.class, Book.class)
                .cacheAll(AccessType.READ_WRITE)
                .set("hibernate.cache.dorm.regions." + BOOKS + ".max_entries", "10")
                .build()) {
            factory.inTransaction(session -> session.persist(new Book(1, "first")));
            factory.inTransaction(session -> session.find(Book.class, 1L));
            CacheStatistics statistics = factory.cache().statistics();
            assertThat(statistics.getAliases()).containsOnlyKeys("default");
            assertThat(statistics.getBreakers()).containsOnlyKeys("default");
            assertThat(statistics.getRegions().get(BOOKS).getAlias()).isEqualTo("default");
            assertThat(statistics.getAliases().get("default").getHits()).isEqualTo(1);
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
        assertThat(ofOne.getRegions().get(ITEMS).getHits())
                .isEqualTo(one.cache().statistics().getRegions().get(ITEMS).getHits());
        assertThat(ofOne.getAliases().get("default").getCalls())
                .isEqualTo(one.cache().statistics().getCalls());
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
            Tags alias = Tags.of("factory", "metered", "alias", "default");
            Tags items = alias.and("region", ITEMS);
            CacheStatistics statistics = factory.cache().statistics();
            assertThat(registry.get("dorm.cache.hits")
                            .tags(items)
                            .functionCounter()
                            .count())
                    .isPositive()
                    .isEqualTo(statistics.getRegions().get(ITEMS).getHits());
            factory.inTransaction(session -> names(session, "late"));
            assertThat(registry.get("dorm.cache.misses")
                            .tags(alias.and("region", "late", "reason", "absent"))
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("dorm.cache.breaker.open")
                            .tags(alias)
                            .gauge()
                            .value())
                    .isZero();
            assertThat(registry.get("dorm.cache.pending.invalidations")
                            .tags(alias)
                            .gauge()
                            .value())
                    .isZero();
            factory.close();
            assertThat(registry.find("dorm.cache.hits").tags(items).meters()).isEmpty();
        } finally {
            Metrics.removeRegistry(registry);
        }
    }
}
