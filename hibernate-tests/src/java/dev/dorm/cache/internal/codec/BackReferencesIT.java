package dev.dorm.cache.internal.codec;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.Printed;
import jakarta.persistence.Cacheable;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToMany;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hibernate keeps a marker in the state of an element whose owner alone maps the reference. */
class BackReferencesIT {

    @Entity(name = "Fleet")
    @Cacheable
    static class Fleet {

        @Id
        long id;

        @OneToMany(cascade = CascadeType.ALL)
        @JoinColumn(name = "fleet", nullable = false)
        List<Ship> ships = new ArrayList<>();
    }

    @Entity(name = "Ship")
    @Cacheable
    static class Ship {

        @Id
        long id;

        String name;
    }

    private CachedFactory factory;

    @BeforeEach
    void aFleetOfOne() {
        factory = CachedFactory.on(CacheBackend.LOCMEM, Fleet.class, Ship.class)
                .cacheAll(AccessType.READ_WRITE)
                .build();
        factory.inTransaction(session -> {
            Fleet fleet = new Fleet();
            Ship ship = new Ship();
            ship.name = "Beagle";
            fleet.ships.add(ship);
            session.persist(fleet);
        });
        factory.get().getCache().evictAllRegions();
    }

    @AfterEach
    void close() {
        factory.close();
    }

    @Test
    void anElementThatDoesNotKnowItsOwnerIsServed() {
        factory.inTransaction(session -> session.find(Ship.class, 0L));
        factory.statements().clear();
        factory.inTransaction(
                session -> assertThat(session.find(Ship.class, 0L).name).isEqualTo("Beagle"));
        assertThatCache(factory).statements(0);
    }

    /** Of what was changed Hibernate reads all attributes anew, the marker too. */
    @Test
    void ofAChangeNobodyIsWarned() {
        factory.inTransaction(session -> session.find(Ship.class, 0L));
        try (Printed printed = Printed.onStandardError()) {
            factory.inTransaction(session -> session.find(Ship.class, 0L).name = "Endeavour");
            assertThat(printed.lines("Not cached")).isEmpty();
        }
        factory.inTransaction(
                session -> assertThat(session.find(Ship.class, 0L).name).isEqualTo("Endeavour"));
    }
}
