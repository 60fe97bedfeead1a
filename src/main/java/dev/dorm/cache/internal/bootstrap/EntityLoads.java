package dev.dorm.cache.internal.bootstrap;

import dev.dorm.cache.internal.row.CachedRows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.hibernate.CacheMode;
import org.hibernate.Session;
import org.hibernate.SessionFactory;

/** Loads entities of a session factory, through the cache. */
public final class EntityLoads {

    /** So many entities share a transaction. */
    private static final int BATCH = 500;

    private EntityLoads() {}

    /** Returns the entities of these ids, in their order, without those that do not exist. */
    public static <T, K> Map<K, T> all(Session session, Class<T> entityClass, Collection<K> ids) {
        List<K> distinct = new ArrayList<>(new LinkedHashSet<>(ids));
        List<T> found = session.byMultipleIds(entityClass)
                .with(CacheMode.NORMAL)
                .enableSessionCheck(true)
                .enableOrderedReturn(true)
                .multiLoad(distinct);
        Map<K, T> byId = new LinkedHashMap<>();
        for (int i = 0; i < distinct.size(); i++) {
            if (found.get(i) != null) {
                byId.put(distinct.get(i), found.get(i));
            }
        }
        return byId;
    }

    /** Loads entities into the cache by their ids; returns how many exist. */
    public static int warm(SessionFactory factory, CachedRows rows, Class<?> entityClass, Collection<?> ids) {
        knowVersions(rows);
        int found = 0;
        List<?> all = new ArrayList<>(new LinkedHashSet<>(ids));
        for (int from = 0; from < all.size(); from += BATCH) {
            List<?> some = all.subList(from, Math.min(all.size(), from + BATCH));
            found += factory.fromTransaction(
                    session -> all(session, entityClass, some).size());
        }
        return found;
    }

    /** Loads the entities that a query selects into the cache, with its result; returns how many. */
    public static int warm(SessionFactory factory, CachedRows rows, Class<?> entityClass, String query) {
        knowVersions(rows);
        return factory.fromTransaction(session -> session.createQuery(query, entityClass)
                .setCacheable(true)
                .setCacheMode(CacheMode.PUT)
                .setReadOnly(true)
                .list()
                .size());
    }

    /** A transaction fills only what it knew the version of when it began. */
    private static void knowVersions(CachedRows rows) {
        rows.store().learn(rows.namespace().shards(), null);
    }
}
