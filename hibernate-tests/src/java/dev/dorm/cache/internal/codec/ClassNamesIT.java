package dev.dorm.cache.internal.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A class name in an entry, even in one that is signed, is looked up among those known, and loads nothing. */
class ClassNamesIT {

    private static final String FLAG = "dorm.test.initialised";

    /** What a payload must not wake up. */
    static final class Sleeping {
        static {
            System.setProperty(FLAG, "yes");
        }
    }

    @Entity(name = "Typeful")
    @Cacheable
    static class Typeful {
        @Id
        Long id = 1L;

        Class<?> type = Typeful.class;
    }

    /** Sees what is asked for. */
    private static final class Watching extends ClassLoader {
        private final Set<String> asked = ConcurrentHashMap.newKeySet();

        Watching(ClassLoader parent) {
            super(parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            asked.add(name);
            return super.loadClass(name, resolve);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"class\":\"%s\"}",
                "{\"enum\":[\"%s\",\"A\"]}",
                "{\"enum:%s[]\":[]}",
                "{\"bean\":[\"%s\",{}]}",
                "{\"mapped\":[\"%s\",1]}",
                "{\"any\":[\"%s\",1]}"
            })
    void loadNothing(String value) {
        String name = getClass().getName() + "$Sleeping";
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Watching watching = new Watching(before);
        Thread.currentThread().setContextClassLoader(watching);
        try (CachedFactory factory =
                CachedFactory.on(CacheBackend.LOCMEM, Typeful.class).build()) {
            forge(factory, String.format(value, name));
            long misses = factory.count(Counter.MISS_UNDECODABLE);
            Class<?> read = factory.fromTransaction(session -> session.find(Typeful.class, 1L).type);
            assertThat(read).isEqualTo(Typeful.class);
            assertThat(factory.count(Counter.MISS_UNDECODABLE)).isEqualTo(misses + 1);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
        assertThat(watching.asked).doesNotContain(name);
        assertThat(System.getProperty(FLAG)).isNull();
    }

    @Test
    void whatTheApplicationWroteIsKnown() {
        try (CachedFactory factory =
                CachedFactory.on(CacheBackend.LOCMEM, Typeful.class).build()) {
            forge(factory, "{\"class\":\"" + String.class.getName() + "\"}");
            Class<?> read = factory.fromTransaction(session -> session.find(Typeful.class, 1L).type);
            assertThat(read).isEqualTo(String.class);
        }
    }

    /** Replaces the attribute in the cached row, signed as the application itself would. */
    private static void forge(CachedFactory factory, String value) {
        factory.inTransaction(session -> session.persist(new Typeful()));
        factory.inTransaction(session -> session.find(Typeful.class, 1L));
        String key = "dormrow:" + factory.cache().cacheNamespace(Typeful.class) + ":1";
        byte[] entry = factory.cache().backend().get(key);
        String payload = new String(Arrays.copyOfRange(entry, RowFormat.PAYLOAD, entry.length), UTF_8);
        String known = "{\"class\":\"" + Typeful.class.getName() + "\"}";
        assertThat(payload).contains(known);
        factory.cache()
                .backend()
                .set(
                        key,
                        factory.cache()
                                .signPayload(payload.replace(known, value).getBytes(UTF_8)));
    }
}
