package dev.dorm.cache.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.RedisCluster;
import jakarta.persistence.Cacheable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * In a cluster each master reads its own keys when it comes to it. So what comes along could have been read before what it belongs to, and
 * be older: it is read after it there.
 */
class LikelyReadsInClusterIT {

    private static final int SHIPS = 10;

    private final RedisCluster cluster = new RedisCluster();
    private CachedFactory factory;

    LikelyReadsInClusterIT() throws IOException {
        cluster.join(cluster.ports());
    }

    @BeforeEach
    void fill() {
        factory = CachedFactory.of(Ship.class)
                .set("hibernate.cache.dorm.location", RedisCluster.url(cluster.ports()))
                .set("hibernate.cache.dorm.timeout", "30s")
                .build();
        factory.inTransaction(session -> LongStream.rangeClosed(1, SHIPS).forEach(id -> session.persist(new Ship(id))));
        for (int pass = 0; pass < 2; pass++) {
            LongStream.rangeClosed(1, SHIPS).forEach(this::visit);
        }
        factory.awaitSettled();
        factory.statements().clear();
    }

    @AfterEach
    void close() throws IOException {
        factory.close();
        cluster.close();
    }

    private void visit(long id) {
        factory.inTransaction(session -> {
            Ship ship = session.bySimpleNaturalId(Ship.class).load("c" + id);
            assertThat(ship.flags).hasSize(1);
            assertThat(ship.crew).hasSize(1);
        });
    }

    @Test
    void whatBelongsToARowIsReadAfterIt() {
        // The natural id; the row; the EAGER collection; the lazy one.
        long calls = factory.cache().statistics().getCalls();
        visit(7);
        assertThat(factory.cache().statistics().getCalls() - calls).isEqualTo(4);
        assertThat(factory.statements().all()).isEmpty();
    }

    @Entity(name = "Ship")
    @Cacheable
    @NaturalIdCache
    static class Ship {
        @Id
        long id;

        @Version
        int version;

        @NaturalId
        String code;

        @ElementCollection(fetch = FetchType.EAGER)
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
        Set<String> flags = new HashSet<>();

        @ElementCollection
        @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
        Set<String> crew = new HashSet<>();

        Ship() {
            this(0);
        }

        Ship(long id) {
            this.id = id;
            this.code = "c" + id;
            flags.addAll(List.of("f" + id));
            crew.addAll(List.of("w" + id));
        }
    }
}
