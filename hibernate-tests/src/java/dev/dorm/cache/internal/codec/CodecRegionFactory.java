package dev.dorm.cache.internal.codec;

import dev.dorm.cache.internal.entity.RowCodec;
import dev.dorm.cache.internal.io.Format;
import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.boot.spi.SessionFactoryOptions;
import org.hibernate.cache.cfg.spi.DomainDataRegionBuildingContext;
import org.hibernate.cache.cfg.spi.DomainDataRegionConfig;
import org.hibernate.cache.spi.CacheKeysFactory;
import org.hibernate.cache.spi.QueryKey;
import org.hibernate.cache.spi.support.DomainDataStorageAccess;
import org.hibernate.cache.spi.support.RegionFactoryTemplate;
import org.hibernate.cache.spi.support.StorageAccess;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.collection.CollectionPersister;
import org.hibernate.persister.entity.EntityPersister;

/** A region factory that keeps the bytes of every entry, and so shows the codec what Hibernate really puts. */
public final class CodecRegionFactory extends RegionFactoryTemplate {

    static final String FORMAT = "test.codec.format";

    final Map<String, byte[]> rows = new ConcurrentHashMap<>();
    final Map<String, byte[]> results = new ConcurrentHashMap<>();
    final Set<String> problems = ConcurrentHashMap.newKeySet();
    private Format format = Format.JSON;
    private Codecs codecs;

    @Override
    protected void prepareForUse(SessionFactoryOptions settings, Map<String, Object> configValues) {
        format = Format.of(String.valueOf(configValues.getOrDefault(FORMAT, "json")));
    }

    @Override
    protected void releaseFromUse() {
        rows.clear();
    }

    @Override
    protected CacheKeysFactory getImplicitCacheKeysFactory() {
        return new Keys();
    }

    @Override
    protected DomainDataStorageAccess createDomainDataStorageAccess(
            DomainDataRegionConfig regionConfig, DomainDataRegionBuildingContext context) {
        codecs(context.getSessionFactory());
        return new Rows();
    }

    Codecs codecs() {
        return codecs;
    }

    private Codecs codecs(SessionFactoryImplementor factory) {
        if (codecs == null) {
            codecs = new Codecs(factory, format, Set.of("dev.dorm.cache.internal.codec.Everything$Allowed"));
        }
        return codecs;
    }

    @Override
    protected StorageAccess createQueryResultsRegionStorageAccess(String name, SessionFactoryImplementor factory) {
        codecs(factory);
        return new Results();
    }

    @Override
    protected StorageAccess createTimestampsRegionStorageAccess(String name, SessionFactoryImplementor factory) {
        return new Heap();
    }

    String text() {
        StringBuilder text = new StringBuilder();
        rows.forEach((key, bytes) ->
                text.append(key).append(" = ").append(new String(bytes)).append('\n'));
        results.forEach((key, bytes) ->
                text.append(key).append(" = ").append(new String(bytes)).append('\n'));
        return text.toString();
    }

    private String rendered(String name, Rendered rendered) {
        try {
            return name + ":" + rendered.id();
        } catch (UnsupportedValueException e) {
            problems.add(e.getMessage());
            return "unsupported";
        }
    }

    private interface Rendered {
        String id() throws UnsupportedValueException;
    }

    private record Key(String rendered, Object id, RowCodec codec) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.rendered.equals(rendered);
        }

        @Override
        public int hashCode() {
            return rendered.hashCode();
        }
    }

    private final class Keys implements CacheKeysFactory {

        @Override
        public Object createCollectionKey(
                Object id, CollectionPersister persister, SessionFactoryImplementor factory, String tenant) {
            String name = rendered(persister.getRole(), () -> codecs.ids().collection(id, persister, tenant));
            return new Key(name, id, codecs.forCollection(persister));
        }

        @Override
        public Object createEntityKey(
                Object id, EntityPersister persister, SessionFactoryImplementor factory, String tenant) {
            String name =
                    rendered(persister.getRootEntityName(), () -> codecs.ids().entity(id, persister, tenant));
            return new Key(name, id, codecs.forEntity(persister));
        }

        @Override
        public Object createNaturalIdKey(
                Object values, EntityPersister persister, SharedSessionContractImplementor session) {
            String name = rendered(persister.getRootEntityName() + "##NaturalId", () -> codecs.ids()
                    .naturalId(values, persister, session.getTenantIdentifier(), session));
            return new Key(name, values, codecs.forNaturalId(persister));
        }

        @Override
        public Object getEntityId(Object cacheKey) {
            return ((Key) cacheKey).id;
        }

        @Override
        public Object getCollectionId(Object cacheKey) {
            return ((Key) cacheKey).id;
        }

        @Override
        public Object getNaturalIdValues(Object cacheKey) {
            return ((Key) cacheKey).id;
        }
    }

    private final class Rows implements DomainDataStorageAccess {

        @Override
        public Object getFromCache(Object key, SharedSessionContractImplementor session) {
            byte[] bytes = rows.get(((Key) key).rendered);
            try {
                return bytes == null ? null : ((Key) key).codec.decode(bytes, 0, bytes.length, session);
            } catch (UndecodableException e) {
                problems.add(key + ": " + e.getMessage());
                return null;
            }
        }

        @Override
        public void putIntoCache(Object key, Object value, SharedSessionContractImplementor session) {
            try {
                rows.put(((Key) key).rendered, ((Key) key).codec.encode(value));
            } catch (UnsupportedValueException e) {
                problems.add(e.getMessage());
            }
        }

        @Override
        public boolean contains(Object key) {
            return rows.containsKey(((Key) key).rendered);
        }

        @Override
        public void evictData() {
            rows.clear();
        }

        @Override
        public void evictData(Object key) {
            rows.remove(((Key) key).rendered);
        }

        @Override
        public void release() {}
    }

    private final class Results implements StorageAccess {

        @Override
        public Object getFromCache(Object key, SharedSessionContractImplementor session) {
            byte[] bytes = results.get(digest(key, session));
            try {
                return bytes == null ? null : codecs.queries().decode(bytes, 0, bytes.length);
            } catch (UndecodableException e) {
                problems.add(e.getMessage());
                return null;
            }
        }

        @Override
        public void putIntoCache(Object key, Object value, SharedSessionContractImplementor session) {
            try {
                results.put(digest(key, session), codecs.queries().encode((QueryKey) key, value, session));
            } catch (UnsupportedValueException e) {
                problems.add(e.getMessage());
            }
        }

        private String digest(Object key, SharedSessionContractImplementor session) {
            return rendered("query", () -> codecs.queries().digest((QueryKey) key, session, null));
        }

        @Override
        public boolean contains(Object key) {
            throw new UnsupportedOperationException("Hibernate asks for results with their session");
        }

        @Override
        public void evictData() {
            results.clear();
        }

        @Override
        public void evictData(Object key) {
            throw new UnsupportedOperationException("Hibernate evicts results all together");
        }

        @Override
        public void release() {}
    }

    private static final class Heap implements StorageAccess {

        private final Map<Object, Object> values = new ConcurrentHashMap<>();

        @Override
        public Object getFromCache(Object key, SharedSessionContractImplementor session) {
            return values.get(key);
        }

        @Override
        public void putIntoCache(Object key, Object value, SharedSessionContractImplementor session) {
            values.put(key, value);
        }

        @Override
        public boolean contains(Object key) {
            return values.containsKey(key);
        }

        @Override
        public void evictData() {
            values.clear();
        }

        @Override
        public void evictData(Object key) {
            values.remove(key);
        }

        @Override
        public void release() {}
    }
}
