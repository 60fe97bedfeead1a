package dev.dorm.cache.internal.region;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import org.hibernate.annotations.Filter;
import org.hibernate.annotations.FilterDef;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A filter that applies to loads by id hides a row that is cached, too. */
@ParameterizedClass
@EnumSource(CacheBackend.class)
class FilteredLoadsIT {

    @Entity(name = "Draft")
    @Cacheable
    @Inheritance(strategy = InheritanceType.SINGLE_TABLE)
    @FilterDef(name = "byId", applyToLoadByKey = true, defaultCondition = "shown = true")
    @FilterDef(name = "byQuery", defaultCondition = "shown = true")
    @Filter(name = "byId")
    @Filter(name = "byQuery")
    static class Draft {
        @Id
        long id;

        boolean shown;

        Draft() {}

        Draft(long id, boolean shown) {
            this.id = id;
            this.shown = shown;
        }
    }

    @Parameter
    CacheBackend backend;

    private CachedFactory factory;

    @BeforeEach
    void build() {
        factory = CachedFactory.on(backend, Draft.class)
                .cacheAll(AccessType.READ_WRITE)
                .build();
        factory.inTransaction(session -> {
            session.persist(new Draft(1, true));
            session.persist(new Draft(2, false));
        });
        for (long id = 1; id <= 2; id++) {
            long each = id;
            factory.inTransaction(session -> session.find(Draft.class, each));
        }
        factory.statements().clear();
    }

    @AfterEach
    void close() {
        factory.close();
    }

    @Test
    void aRowThatTheFilterHidesIsNotFound() {
        factory.inTransaction(session -> {
            session.enableFilter("byId");
            assertThat(session.find(Draft.class, 2L)).isNull();
            assertThat(session.find(Draft.class, 1L)).isNotNull();
        });
        assertThat(factory.statements().all()).hasSize(2);
    }

    @Test
    void otherSessionsAreServedIt() {
        factory.inTransaction(
                session -> assertThat(session.find(Draft.class, 2L)).isNotNull());
        assertThat(factory.statements().all()).isEmpty();
    }

    @Test
    void aFilterOfQueriesHidesNoRow() {
        factory.inTransaction(session -> {
            session.enableFilter("byQuery");
            assertThat(session.find(Draft.class, 2L)).isNotNull();
        });
        assertThat(factory.statements().all()).isEmpty();
    }
}
