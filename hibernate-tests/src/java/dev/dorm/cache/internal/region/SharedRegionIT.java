package dev.dorm.cache.internal.region;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Cacheable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToOne;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.Cache;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.stat.CacheRegionStatistics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One region for everything: entities that refer to one another in a circle and have the same ids, a collection, and
 * query results. hibernate-core asks it in {@code CircularityTest}, {@code SharedRegionTest} and
 * {@code SharedDomainDataAndQueryResultsTest}.
 */
@ParameterizedClass
@EnumSource(CacheBackend.class)
class SharedRegionIT {

    private static final String REGION = "family";

    @Entity(name = "Child")
    @Cacheable
    @org.hibernate.annotations.Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = REGION)
    static class Child {
        @Id
        long id;

        String name;

        @ManyToOne
        Parent parent;

        @ElementCollection
        @org.hibernate.annotations.Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = REGION)
        List<String> toys = new ArrayList<>();
    }

    @Entity(name = "Parent")
    @Cacheable
    @org.hibernate.annotations.Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = REGION)
    static class Parent {
        @Id
        long id;

        String name;

        @OneToOne
        Child child;

        @OneToOne
        GrandParent grandParent;
    }

    @Entity(name = "GrandParent")
    @Cacheable
    @org.hibernate.annotations.Cache(usage = CacheConcurrencyStrategy.READ_WRITE, region = REGION)
    static class GrandParent {
        @Id
        long id;

        String name;

        @OneToOne(fetch = FetchType.LAZY)
        Parent child;
    }

    private final CacheBackend backend;
    private CachedFactory factory;

    SharedRegionIT(CacheBackend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void aFamilyOfOnes() {
        factory = CachedFactory.on(backend, Child.class, Parent.class, GrandParent.class)
                .build();
        factory.inTransaction(session -> {
            Child child = new Child();
            Parent parent = new Parent();
            GrandParent grandParent = new GrandParent();
            child.id = 1;
            parent.id = 1;
            grandParent.id = 1;
            child.name = "child";
            parent.name = "parent";
            grandParent.name = "grandparent";
            child.toys.add("ball");
            session.persist(child);
            session.persist(parent);
            session.persist(grandParent);
            child.parent = parent;
            parent.child = child;
            parent.grandParent = grandParent;
            grandParent.child = parent;
        });
        for (int pass = 0; pass < 2; pass++) {
            factory.inTransaction(SharedRegionIT::walk);
            factory.inTransaction(SharedRegionIT::query);
        }
        factory.clear();
    }

    @AfterEach
    void close() {
        factory.close();
    }

    /** Round the circle, from the child. */
    private static Child walk(Session session) {
        Child child = session.find(Child.class, 1L);
        assertThat(child.parent.child).isSameAs(child);
        GrandParent grandParent = child.parent.grandParent;
        assertThat(Hibernate.unproxy(grandParent.child)).isSameAs(Hibernate.unproxy(child.parent));
        assertThat(List.of(child.name, child.parent.name, grandParent.name))
                .containsExactly("child", "parent", "grandparent");
        assertThat(child.toys).containsExactly("ball");
        return child;
    }

    private static List<String> query(Session session) {
        return session.createQuery("select name from Parent", String.class)
                .setCacheable(true)
                .setCacheRegion(REGION)
                .list();
    }

    private boolean isCached(Class<?> entity) {
        return factory.get().getCache().contains(entity, 1L);
    }

    @Test
    void aCircleIsServedWithoutSql() {
        assertThatCache(factory).readsWithoutSql(SharedRegionIT::walk);
        GrandParent grandParent = assertThatCache(factory).readsWithoutSql(session -> {
            GrandParent found = session.find(GrandParent.class, 1L);
            Parent parent = (Parent) Hibernate.unproxy(found.child);
            assertThat(Hibernate.unproxy(parent.child.parent)).isSameAs(parent);
            return found;
        });
        assertThat(grandParent.name).isEqualTo("grandparent");
    }

    @Test
    void aCircleIsLoadedWherePartOfItIsNotCached() {
        for (Class<?> part : List.of(Child.class, Parent.class, GrandParent.class)) {
            factory.get().getCache().evict(part, 1L);
            factory.inTransaction(SharedRegionIT::walk);
            factory.inTransaction(SharedRegionIT::walk);
            assertThatCache(factory).readsWithoutSql(SharedRegionIT::walk);
        }
    }

    @Test
    void aChangeIsOneOfItsEntityAlone() {
        factory.inTransaction(session -> session.find(GrandParent.class, 1L).name = "changed");
        assertThat(isCached(Child.class)).isTrue();
        assertThat(isCached(Parent.class)).isTrue();
        Child child = factory.fromTransaction(session -> session.find(Child.class, 1L));
        assertThat(child.parent.grandParent.name).isEqualTo("changed");
        List<String> result = assertThatCache(factory).readsWithoutSql(SharedRegionIT::query);
        assertThat(result).containsExactly("parent");
    }

    @Test
    void anEntityIsEvictedAlone() {
        Cache cache = factory.get().getCache();
        cache.evictEntityData(Parent.class);
        assertThat(isCached(Parent.class)).isFalse();
        assertThat(isCached(Child.class)).isTrue();
        assertThat(cache.containsCollection(Child.class.getName() + ".toys", 1L))
                .isTrue();
        assertThatCache(factory).readsWithoutSql(SharedRegionIT::query);
    }

    @Test
    void evictingTheRegionEvictsAllOfThem() {
        factory.get().getCache().evictRegion(REGION);
        assertThat(isCached(Child.class)).isFalse();
        assertThat(isCached(Parent.class)).isFalse();
        assertThat(isCached(GrandParent.class)).isFalse();
        assertThat(factory.get().getCache().containsCollection(Child.class.getName() + ".toys", 1L))
                .isFalse();
        factory.inTransaction(SharedRegionIT::query);
        assertThatCache(factory).statements(1).queryHits(0);
    }

    @Test
    void itsStatisticsAreOfAllOfThem() {
        factory.inTransaction(SharedRegionIT::walk);
        CacheRegionStatistics region = factory.statistics().getDomainDataRegionStatistics(REGION);
        assertThat(region.getHitCount()).isEqualTo(4);
        assertThat(region.getMissCount()).isZero();
        assertThat(region.getPutCount()).isZero();
        factory.inTransaction(SharedRegionIT::query);
        assertThat(region.getHitCount()).isEqualTo(5);
        assertThat(factory.statistics().getQueryRegionStatistics(REGION).getHitCount())
                .isEqualTo(5);
    }
}
