package dev.dorm.cache.internal.codec;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.CachedFactory;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import org.hibernate.Hibernate;
import org.hibernate.bytecode.enhance.spi.DefaultEnhancementContext;
import org.hibernate.bytecode.enhance.spi.UnloadedField;
import org.hibernate.bytecode.internal.BytecodeProviderInitiator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Attributes that bytecode enhancement makes lazy: what was not fetched is cached as such, and fetched when asked for. */
class LazyAttributesIT {

    private static Class<?> enhanced;

    /** What a build plugin does to a class, before the class is loaded. */
    @BeforeAll
    static void enhance() throws IOException, IllegalAccessException {
        if (enhanced != null) {
            return;
        }
        String name = LazyAttributesIT.class.getPackageName() + ".LazyText";
        try (InputStream in = LazyAttributesIT.class.getResourceAsStream("LazyText.class")) {
            byte[] bytes = BytecodeProviderInitiator.buildDefaultBytecodeProvider()
                    .getEnhancer(new DefaultEnhancementContext() {
                        @Override
                        public boolean hasLazyLoadableAttributes(
                                org.hibernate.bytecode.enhance.spi.UnloadedClass type) {
                            return true;
                        }

                        @Override
                        public boolean isLazyLoadable(UnloadedField field) {
                            return true;
                        }
                    })
                    .enhance(name, in.readAllBytes());
            enhanced = MethodHandles.lookup().defineClass(bytes);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.dorm.cache.internal.codec.Storing#everyWay")
    void whatWasNotFetchedIsCachedAsSuch(Storing storing) {
        try (CachedFactory factory = storing.on(enhanced).build()) {
            Texts.persist(factory);
            for (int pass = 0; pass < 3; pass++) {
                factory.inTransaction(session -> Texts.find(session));
            }
            Object cached = assertThatCache(factory).readsWithoutSql(session -> {
                Object text = Texts.find(session);
                assertThat(Hibernate.isPropertyInitialized(text, "title")).isTrue();
                assertThat(Hibernate.isPropertyInitialized(text, "text")).isFalse();
                assertThat(Hibernate.isPropertyInitialized(text, "bytes")).isFalse();
                return Texts.title(text);
            });
            assertThat(cached).isEqualTo("a title");

            factory.statements().clear();
            Object fetched = factory.fromTransaction(session -> Texts.text(Texts.find(session)));
            assertThat(fetched).isEqualTo("a text");
            assertThat(factory.statements().all()).hasSize(1);
        }
    }

    /** Hibernate knows what was not fetched by one marker's identity, also when it writes the row back. */
    @ParameterizedTest
    @MethodSource("dev.dorm.cache.internal.codec.Storing#everyWay")
    void whatWasNotFetchedSurvivesAChangeOfTheRest(Storing storing) {
        try (CachedFactory factory = storing.on(enhanced).build()) {
            Texts.persist(factory);
            for (int pass = 0; pass < 3; pass++) {
                factory.inTransaction(session -> Texts.find(session));
            }
            factory.statements().clear();
            factory.inTransaction(session -> Texts.retitle(Texts.find(session), "another title"));
            assertThatCache(factory).statements(1);
            for (int pass = 0; pass < 2; pass++) {
                // What Hibernate updates column by column it evicts (isCacheInvalidationRequired).
                factory.inTransaction(session -> Texts.find(session));
            }

            Object cached = assertThatCache(factory).readsWithoutSql(session -> {
                Object text = Texts.find(session);
                assertThat(Hibernate.isPropertyInitialized(text, "text")).isFalse();
                return Texts.title(text);
            });
            assertThat(cached).isEqualTo("another title");
            factory.inTransaction(session -> {
                Object text = Texts.find(session);
                assertThat(Texts.text(text)).isEqualTo("a text");
                assertThat(Hibernate.isPropertyInitialized(text, "bytes"))
                        .as("of another lazy group")
                        .isFalse();
            });
        }
    }

    /** The only code that knows the class, so that the test framework does not load it too early. */
    private static final class Texts {

        static void persist(CachedFactory factory) {
            factory.inTransaction(session -> session.persist(new LazyText(1L, "a title", "a text")));
            factory.get().getCache().evictAllRegions();
        }

        static Object find(org.hibernate.Session session) {
            return session.find(enhanced, 1L);
        }

        static Object title(Object text) {
            return ((LazyText) text).title();
        }

        static void retitle(Object text, String to) {
            ((LazyText) text).retitle(to);
        }

        static Object text(Object text) {
            return ((LazyText) text).text();
        }
    }
}
