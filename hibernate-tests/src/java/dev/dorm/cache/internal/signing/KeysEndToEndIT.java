package dev.dorm.cache.internal.signing;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.Item;
import dev.dorm.cache.testing.TestSecrets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the settings of signing do to entries that an application finds in its store. */
@ParameterizedClass
@EnumSource(CacheBackend.class)
class KeysEndToEndIT {

    private static final String KEY = "hibernate.cache.dorm.signing_key";
    private static final String INSECURE = "hibernate.cache.dorm.insecure_unsigned";

    private final CacheBackend on;

    KeysEndToEndIT(CacheBackend on) {
        this.on = on;
    }

    private static String key(CachedFactory factory) {
        return "dormrow:" + factory.cache().cacheNamespace(Item.class) + ":1";
    }

    private static byte[] stored(CachedFactory factory) {
        return factory.cache().backend().get(key(factory));
    }

    private static String read(CachedFactory factory) {
        return factory.fromTransaction(session -> session.find(Item.class, 1L).name());
    }

    /** Caches an item, and takes the envelope from its entry. */
    private static byte[] unsign(CachedFactory factory) {
        factory.inTransaction(session -> session.persist(new Item(1, "a", "one")));
        read(factory);
        byte[] entry = stored(factory);
        assertThat(entry).startsWith(RowFormat.ENTRY.getBytes(UTF_8));
        byte[] unsigned = Arrays.copyOfRange(entry, RowFormat.PAYLOAD, entry.length);
        assertThat(new String(unsigned, UTF_8)).startsWith("v").contains("|" + key(factory) + "|");
        factory.cache().backend().set(key(factory), unsigned);
        return unsigned;
    }

    @Test
    void insecureUnsignedReadsWhatHasNoSignatureAndWritesSigned() {
        try (CachedFactory factory =
                CachedFactory.on(on, Item.class).set(INSECURE, true).build()) {
            unsign(factory);
            long hits = factory.count(Counter.HIT);
            String name = assertThatCache(factory)
                    .readsWithoutSql(session -> session.find(Item.class, 1L).name());
            assertThat(name).isEqualTo("one");
            assertThat(factory.count(Counter.HIT)).isGreaterThan(hits);
            assertThat(factory.get().getCache().contains(Item.class, 1L)).isTrue();

            factory.inTransaction(session -> session.find(Item.class, 1L).rename("two"));
            for (int pass = 0; pass < 3; pass++) {
                assertThat(read(factory)).isEqualTo("two");
            }
            assertThat(stored(factory)).startsWith(RowFormat.ENTRY.getBytes(UTF_8));
            assertThat(factory.cache().verifyPayload(stored(factory))).isNotNull();
        }
    }

    /** First every process learns the new key, then every process signs with it, then the old one is dropped. */
    @Test
    void rotatingKeysInThreeStepsLosesNoHit() {
        String fallbacks = "hibernate.cache.dorm.signing_key_fallbacks";
        String first = TestSecrets.OLDER_KEY;
        String second = TestSecrets.NEXT_KEY;
        try (CachedFactory before =
                        CachedFactory.on(on, Item.class).set(KEY, first).build();
                CachedFactory learning = before.another(Item.class)
                        .set(KEY, first)
                        .set(fallbacks, second)
                        .build();
                CachedFactory signing = before.another(Item.class)
                        .set(KEY, second)
                        .set(fallbacks, first)
                        .build();
                CachedFactory after =
                        before.another(Item.class).set(KEY, second).build()) {
            before.inTransaction(session -> session.persist(new Item(1, "a", "one")));
            read(before);
            for (CachedFactory each : new CachedFactory[] {before, learning, signing}) {
                assertThatCache(each).readsWithoutSql(session -> session.find(Item.class, 1L));
            }
            signing.inTransaction(session -> session.find(Item.class, 1L).rename("two"));
            for (CachedFactory each : new CachedFactory[] {learning, signing, after}) {
                Item found = assertThatCache(each).readsWithoutSql(session -> session.find(Item.class, 1L));
                assertThat(found.name()).isEqualTo("two");
            }
            long misses = before.count(Counter.MISS_UNVERIFIED);
            assertThat(read(before)).isEqualTo("two");
            assertThat(before.count(Counter.MISS_UNVERIFIED)).isEqualTo(misses + 1);
        }
    }

    @Test
    void insecureUnsignedStillRefusesAnotherKeyOrVersion() {
        try (CachedFactory factory =
                CachedFactory.on(on, Item.class).set(INSECURE, true).build()) {
            String unsigned = new String(unsign(factory), UTF_8);
            for (String forged : new String[] {
                unsigned.replace(key(factory) + "|", key(factory) + "0|"), unsigned.replaceFirst("^v", "v1")
            }) {
                factory.cache().backend().set(key(factory), forged.getBytes(UTF_8));
                long misses = factory.count(Counter.MISS_UNVERIFIED);
                assertThat(read(factory)).isEqualTo("one");
                assertThat(factory.count(Counter.MISS_UNVERIFIED)).isEqualTo(misses + 1);
            }
        }
    }

    @Test
    void withoutItWhatHasNoSignatureIsAMiss() {
        try (CachedFactory factory = CachedFactory.on(on, Item.class).build()) {
            unsign(factory);
            long misses = factory.count(Counter.MISS_UNVERIFIED);
            factory.statements().clear();
            assertThat(read(factory)).isEqualTo("one");
            assertThat(factory.statements().all()).isNotEmpty();
            assertThat(factory.count(Counter.MISS_UNVERIFIED)).isEqualTo(misses + 1);
            assertThat(factory.get().getCache().contains(Item.class, 1L)).isFalse();
        }
    }

    @Test
    void factoriesOfOneProcessReadEachOthersEntriesWithoutAKey() {
        try (CachedFactory one = CachedFactory.on(on, Item.class).without(KEY).build();
                CachedFactory two = one.another(Item.class).without(KEY).build()) {
            one.inTransaction(session -> session.persist(new Item(1, "a", "one")));
            for (int pass = 0; pass < 3; pass++) {
                read(one);
            }
            String name = assertThatCache(two)
                    .readsWithoutSql(session -> session.find(Item.class, 1L).name());
            assertThat(name).isEqualTo("one");
        }
    }
}
