package dev.dorm.cache.history;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.internal.redis.RedisBackend;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.hibernate.boot.spi.SessionFactoryOptions;
import org.hibernate.cache.cfg.spi.DomainDataRegionBuildingContext;
import org.hibernate.cache.cfg.spi.DomainDataRegionConfig;
import org.hibernate.cache.spi.support.DomainDataStorageAccess;
import org.hibernate.cache.spi.support.RegionFactoryTemplate;
import org.hibernate.cache.spi.support.StorageAccess;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;

/**
 * The control, which must fail: Hibernate's own read-write machinery, whose locks stand in one JVM, over the same Redis
 * as a plain store. Its entries are serialized by the JDK, which nobody but a test should do.
 */
final class InJvmLocks extends RegionFactoryTemplate {

    private static final long serialVersionUID = 1L;

    private final String redis;
    private transient Backend backend;

    InJvmLocks(String redis) {
        this.redis = redis;
    }

    @Override
    protected void prepareForUse(SessionFactoryOptions settings, Map<String, Object> configuration) {
        BackendSettings defaults = BackendSettings.defaults();
        backend = new RedisBackend(new BackendSettings(
                defaults.alias(),
                redis,
                null,
                null,
                defaults.ttl(),
                Duration.ofSeconds(20),
                defaults.maxEntries(),
                0,
                defaults.options()));
    }

    @Override
    protected void releaseFromUse() {
        backend.close();
    }

    @Override
    protected DomainDataStorageAccess createDomainDataStorageAccess(
            DomainDataRegionConfig region, DomainDataRegionBuildingContext context) {
        return new Plainly(backend, region.getRegionName());
    }

    @Override
    protected StorageAccess createQueryResultsRegionStorageAccess(String region, SessionFactoryImplementor factory) {
        return new Plainly(backend, region);
    }

    @Override
    protected StorageAccess createTimestampsRegionStorageAccess(String region, SessionFactoryImplementor factory) {
        return new Plainly(backend, region);
    }

    /** A store of values under keys, and no more. */
    private record Plainly(Backend backend, String region) implements DomainDataStorageAccess {

        @Override
        public Object getFromCache(Object key, SharedSessionContractImplementor session) {
            byte[] bytes = backend.get(name(key));
            return bytes == null ? null : deserialized(bytes);
        }

        @Override
        public void putIntoCache(Object key, Object value, SharedSessionContractImplementor session) {
            backend.set(name(key), serialized(value));
        }

        @Override
        public boolean contains(Object key) {
            return backend.get(name(key)) != null;
        }

        @Override
        public void evictData() {
            backend.deletePattern("control:" + region + ":*");
        }

        @Override
        public void evictData(Object key) {
            backend.delete(name(key));
        }

        @Override
        public void release() {
            // The backend is closed with the region factory.
        }

        private String name(Object key) {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(serialized(key));
                return "control:" + region + ":" + HexFormat.of().formatHex(digest);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        private static byte[] serialized(Object value) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(value);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }

        private static Object deserialized(byte[] bytes) {
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
                return in.readObject();
            } catch (IOException | ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
