package dev.dorm.cache.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Function;
import org.assertj.core.api.AbstractAssert;
import org.hibernate.Session;

/** What tests say of a session factory: {@code assertThatCache(factory).hits(4).misses(0).puts(3).statements(0)}. */
public final class CacheAssert extends AbstractAssert<CacheAssert, CachedFactory> {

    private CacheAssert(CachedFactory actual) {
        super(actual, CacheAssert.class);
    }

    /**
     * Starts to say something of a session factory.
     *
     * @param factory the session factory
     * @return what can be said
     */
    public static CacheAssert assertThatCache(CachedFactory factory) {
        return new CacheAssert(factory);
    }

    /**
     * Says how many rows were served, of entities and collections.
     *
     * @param expected Hibernate's count
     * @return this
     */
    public CacheAssert hits(long expected) {
        assertThat(actual.statistics().getSecondLevelCacheHitCount()).as("hits").isEqualTo(expected);
        return this;
    }

    /**
     * Says how many rows were asked for in vain.
     *
     * @param expected Hibernate's count
     * @return this
     */
    public CacheAssert misses(long expected) {
        assertThat(actual.statistics().getSecondLevelCacheMissCount())
                .as("misses")
                .isEqualTo(expected);
        return this;
    }

    /**
     * Says how many rows were stored.
     *
     * @param expected Hibernate's count
     * @return this
     */
    public CacheAssert puts(long expected) {
        assertThat(actual.statistics().getSecondLevelCachePutCount()).as("puts").isEqualTo(expected);
        return this;
    }

    /**
     * Says how many query results were served.
     *
     * @param expected Hibernate's count
     * @return this
     */
    public CacheAssert queryHits(long expected) {
        assertThat(actual.statistics().getQueryCacheHitCount()).as("query hits").isEqualTo(expected);
        return this;
    }

    /**
     * Says how many natural ids were resolved.
     *
     * @param expected Hibernate's count
     * @return this
     */
    public CacheAssert naturalIdHits(long expected) {
        assertThat(actual.statistics().getNaturalIdCacheHitCount())
                .as("natural id hits")
                .isEqualTo(expected);
        return this;
    }

    /**
     * Says how many SQL statements were executed.
     *
     * @param expected their number
     * @return this
     */
    public CacheAssert statements(int expected) {
        assertThat(actual.statements().all()).as("statements").hasSize(expected);
        return this;
    }

    /**
     * Says that something is read without any SQL, in a session of its own.
     *
     * @param read what is read
     * @param <T> its type
     * @return what was read
     */
    public <T> T readsWithoutSql(Function<Session, T> read) {
        actual.statements().clear();
        T result = actual.fromTransaction(read);
        assertThat(actual.statements().all()).as("statements of a cached read").isEmpty();
        return result;
    }
}
