package dev.dorm.cache;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.locmem.LocMemBackend;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.Item;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How an application chooses the cache, and how it learns that a setting is wrong. */
class StartupIT {

    private static CachedFactory.Builder factory() {
        return CachedFactory.on(CacheBackend.LOCMEM, Item.class);
    }

    private static void cachesAnItem(CachedFactory factory) {
        factory.inTransaction(session -> session.persist(new Item(1, "a", "one")));
        Item found = assertThatCache(factory).readsWithoutSql(session -> session.find(Item.class, 1L));
        assertThat(found.name()).isEqualTo("one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dorm", "dev.dorm.cache.DormRegionFactory"})
    void theFactoryIsNamedByItsShortNameOrItsClass(String name) {
        try (CachedFactory factory =
                factory().set("hibernate.cache.region.factory_class", name).build()) {
            assertThat(factory.get().getCache().getRegionFactory()).isInstanceOf(DormRegionFactory.class);
            cachesAnItem(factory);
        }
    }

    @Test
    void aWrongSettingFailsTheStartAndSaysWhy() {
        wrong("hibernate.cache.dorm.tll", "5s", "Unknown setting hibernate.cache.dorm.tll; did you mean");
        wrong("hibernate.cache.dorm.ttl", "soon", "Setting hibernate.cache.dorm.ttl: 'soon' is not accepted");
        wrong("hibernate.cache.dorm.near", "yes", "off, on, or all");
        wrong("hibernate.cache.dorm.format", "xml", "expected json or smile");
        wrong("hibernate.cache.dorm.allowed_types", "com.example.Nope", "'com.example.Nope' is not accepted");
        wrong("hibernate.cache.dorm.signing_key", "short", "expected at least 16 bytes");
        wrong("hibernate.cache.dorm.regions.nobody.alias", "nowhere", "caches.<alias>.*");
        wrong("hibernate.cache.dorm.backend", "java.lang.String", "a class that implements " + Backend.class.getName());
        wrong("hibernate.cache.dorm.backend", "memcached", "expected locmem, redis, or the name of a class");
        wrong("hibernate.cache.dorm.backend", Unbuildable.class.getName(), "a public constructor");
    }

    private static void wrong(String name, String value, String message) {
        for (String queries : new String[] {"true", "false"}) {
            assertThatThrownBy(() -> factory()
                            .set("hibernate.cache.use_query_cache", queries)
                            .set(name, value)
                            .build())
                    .hasStackTraceContaining(message)
                    .hasStackTraceContaining(name);
        }
    }

    @Test
    void aSigningKeyMayBeRequired() {
        assertThatThrownBy(() -> factory()
                        .without("hibernate.cache.dorm.signing_key")
                        .set("hibernate.cache.dorm.require_signing_key", "true")
                        .build())
                .hasStackTraceContaining("neither hibernate.cache.dorm.signing_key nor");
    }

    @Test
    void anApplicationMayBringItsOwnBackend() {
        try (CachedFactory factory = factory()
                .set("hibernate.cache.dorm.backend", Counting.class.getName())
                .build()) {
            assertThat(factory.cache().backend()).isInstanceOf(Counting.class);
            cachesAnItem(factory);
            assertThat(((Counting) factory.cache().backend()).executed).hasPositiveValue();
        }
    }

    @Test
    void anotherCacheIsToldApart() {
        try (CachedFactory jcacheLess = factory()
                .without("hibernate.cache.region.factory_class")
                .set("hibernate.cache.use_second_level_cache", "false")
                .set("hibernate.cache.use_query_cache", "false")
                .build()) {
            assertThatThrownBy(jcacheLess::cache)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("set hibernate.cache.region.factory_class to dorm");
        }
    }

    /** A backend of an application's own. */
    public static final class Counting implements Backend {

        private final Backend delegate;
        private final AtomicInteger executed = new AtomicInteger();

        /**
         * Creates the backend.
         *
         * @param settings the alias's settings
         */
        public Counting(BackendSettings settings) {
            delegate = new LocMemBackend(settings);
        }

        @Override
        public CompletableFuture<byte[]> getAsync(String key) {
            return delegate.getAsync(key);
        }

        @Override
        public CompletableFuture<Map<String, byte[]>> getManyAsync(Collection<String> keys) {
            return delegate.getManyAsync(keys);
        }

        @Override
        public CompletableFuture<Void> setAsync(String key, byte[] value, Duration timeout) {
            return delegate.setAsync(key, value, timeout);
        }

        @Override
        public CompletableFuture<Boolean> deleteAsync(String key) {
            return delegate.deleteAsync(key);
        }

        @Override
        public CompletableFuture<Long> deletePatternAsync(String pattern) {
            return delegate.deletePatternAsync(pattern);
        }

        @Override
        public CompletableFuture<Replies> executeAsync(List<? extends Step<?>> steps) {
            executed.incrementAndGet();
            return delegate.executeAsync(steps);
        }

        @Override
        public Duration defaultTimeout() {
            return delegate.defaultTimeout();
        }

        @Override
        public Duration callTimeout() {
            return delegate.callTimeout();
        }

        @Override
        public void close() {
            delegate.close();
        }
    }

    /** A class that lacks the constructor. */
    public abstract static class Unbuildable implements Backend {}
}
