package dev.dorm.cache.internal.codec;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.annotations.JavaType;
import org.hibernate.query.NativeQuery;
import org.hibernate.type.BasicType;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.StringJavaType;
import org.hibernate.type.descriptor.jdbc.VarcharJdbcType;
import org.hibernate.type.internal.BasicTypeImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Hibernate tells the types of a native query's columns by identity: they come back as the reading factory's own, and a
 * column whose type cannot is not cached.
 */
@ParameterizedClass
@EnumSource(CacheBackend.class)
class NativeColumnTypesIT {

    /** Text, and yet not the type that the registry has for it. */
    static final class Loud extends StringJavaType {

        private static final long serialVersionUID = 1L;

        public Loud() {}

        @Override
        public <X> String wrap(X value, WrapperOptions options) {
            return value == null ? null : value.toString().toUpperCase(Locale.ROOT);
        }
    }

    @Entity(name = "Call")
    static class Call {
        @Id
        long id;

        String soft;

        @JavaType(Loud.class)
        String loud;
    }

    private final CacheBackend backend;
    private CachedFactory factory;

    NativeColumnTypesIT(CacheBackend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void oneCall() {
        factory = CachedFactory.on(backend, Call.class).build();
        factory.inTransaction(session -> {
            Call call = new Call();
            call.id = 1;
            call.soft = "hush";
            call.loud = "hey";
            session.persist(call);
        });
    }

    @AfterEach
    void close() {
        factory.close();
    }

    private static NativeQuery<Object[]> sql(Session session) {
        return session.createNativeQuery("select soft, loud, id from Call", Object[].class)
                .addSynchronizedEntityClass(Call.class)
                .setCacheable(true);
    }

    private static List<Object> row(NativeQuery<Object[]> query) {
        return List.of(query.list().get(0));
    }

    private static Function<Session, List<Object>> typedBy(CachedFactory reader) {
        var call = reader.get().getMappingMetamodel().getEntityDescriptor(Call.class);
        return session -> row(sql(session)
                .addScalar("soft", (BasicType<?>) call.getPropertyType("soft"))
                .addScalar("loud", (BasicType<?>) call.getPropertyType("loud"))
                .addScalar("id", Long.class));
    }

    @Test
    void anAttributesTypeIsTheReadersOwn() {
        List<Object> loaded = factory.fromTransaction(typedBy(factory));
        assertThat(loaded).containsExactly("hush", "HEY", 1L);
        List<Object> served = assertThatCache(factory).readsWithoutSql(typedBy(factory));
        assertThat(served).isEqualTo(loaded);
        try (CachedFactory other = factory.another(Call.class).build()) {
            for (int pass = 0; pass < 2; pass++) {
                other.statements().clear();
                assertThat(other.fromTransaction(typedBy(other))).isEqualTo(loaded);
            }
            assertThatCache(other).statements(0);
            assertThat(other.fromTransaction(typedBy(other))).isEqualTo(loaded);
        }
    }

    /** Since 7.1.20, 7.2.8 and 7.3.1 a cached result tells all its types; before, only those that nobody declared. */
    private static boolean typesAreCached() throws ClassNotFoundException {
        return Stream.of(Class.forName("org.hibernate.sql.results.jdbc.internal.CachedJdbcValuesMetadata")
                        .getDeclaredFields())
                .anyMatch(field -> field.getName().equals("valueIndexesToCacheIndexes"));
    }

    @Test
    void aTypeThatNobodyKnowsIsWarnedOfOnceAndNotCached() throws ClassNotFoundException {
        BasicType<String> unknown = new BasicTypeImpl<>(new Loud(), VarcharJdbcType.INSTANCE);
        Function<Session, List<Object>> query = session -> row(sql(session)
                .addScalar("soft", unknown)
                .addScalar("loud", String.class)
                .addScalar("id", Long.class));
        String log = logOf(() -> {
            for (int pass = 1; pass < 4; pass++) {
                assertThat(factory.fromTransaction(query)).containsExactly("HUSH", "hey", 1L);
            }
        });
        if (!typesAreCached()) {
            assertThatCache(factory).queryHits(2);
            return;
        }
        assertThatCache(factory).queryHits(0);
        assertThat(log.lines().filter(line -> line.contains("Not cached")))
                .singleElement()
                .asString()
                .contains("a native query has a column of type")
                .contains("which neither the registry nor an attribute has");
        assertThat(factory.count(Counter.PUT_REFUSED_UNSUPPORTED)).isEqualTo(3);
    }

    private static String logOf(Runnable work) {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(log, true, UTF_8));
        try {
            work.run();
        } finally {
            System.setErr(before);
        }
        return log.toString(UTF_8);
    }
}
