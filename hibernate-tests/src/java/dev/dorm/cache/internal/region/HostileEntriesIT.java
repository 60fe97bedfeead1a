package dev.dorm.cache.internal.region;

import static dev.dorm.cache.testing.CacheAssert.assertThatCache;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.Item;
import dev.dorm.cache.testing.TestSecrets;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** An entry that is not what this application wrote for this row and version is a counted miss, and gets replaced. */
@ParameterizedClass
@EnumSource(CacheBackend.class)
class HostileEntriesIT {

    private final CacheBackend on;
    private CachedFactory factory;
    private Backend backend;
    private String prefix;

    HostileEntriesIT(CacheBackend on) {
        this.on = on;
    }

    @BeforeEach
    void cacheTwoItems() {
        factory = CachedFactory.on(on, Item.class).build();
        factory.inTransaction(session -> {
            session.persist(new Item(1, "a", "one"));
            session.persist(new Item(2, "b", "two"));
        });
        factory.inTransaction(session -> session.find(Item.class, 1L));
        factory.inTransaction(session -> session.find(Item.class, 2L));
        backend = factory.cache().backend();
        prefix = "dormrow:" + factory.cache().cacheNamespace(Item.class) + ":";
        assertThat(backend.get(key(1))).startsWith(RowFormat.ENTRY.getBytes(UTF_8));
        assertThatCache(factory).readsWithoutSql(session -> session.find(Item.class, 1L));
    }

    @AfterEach
    void close() {
        factory.close();
    }

    private String key(long id) {
        return prefix + id;
    }

    private void tampered(Counter expected, UnaryOperator<byte[]> change) {
        backend.set(key(1), change.apply(backend.get(key(1)).clone()));
        long before = factory.count(expected);
        factory.statements().clear();

        Item loaded = factory.fromTransaction(session -> session.find(Item.class, 1L));
        assertThat(loaded.name()).isEqualTo("one");
        assertThat(factory.statements().all()).isNotEmpty();
        assertThat(factory.count(expected)).isEqualTo(before + 1);

        // Its put was refused: those bytes were seen only after it began. The next load may replace them.
        factory.inTransaction(session -> session.find(Item.class, 1L));
        Item healed = assertThatCache(factory).readsWithoutSql(session -> session.find(Item.class, 1L));
        assertThat(healed.name()).isEqualTo("one");
    }

    @Test
    void corrupted() {
        tampered(Counter.MISS_UNVERIFIED, entry -> {
            entry[entry.length - 3] ^= 1;
            return entry;
        });
    }

    @Test
    void truncated() {
        tampered(Counter.MISS_UNVERIFIED, entry -> Arrays.copyOf(entry, entry.length - 1));
    }

    @Test
    void unsigned() {
        tampered(Counter.MISS_UNVERIFIED, entry -> Arrays.copyOfRange(entry, RowFormat.PAYLOAD, entry.length));
    }

    @Test
    void signedWithAnotherKey() {
        try (CachedFactory stranger = factory.another(Item.class)
                .set("hibernate.cache.dorm.signing_key", TestSecrets.ANOTHER_KEY)
                .build()) {
            tampered(Counter.MISS_UNVERIFIED, entry -> stranger.cache()
                    .signPayload(Arrays.copyOfRange(entry, RowFormat.PAYLOAD, entry.length)));
        }
    }

    @Test
    void copiedFromAnotherKey() {
        tampered(Counter.MISS_UNVERIFIED, entry -> backend.get(key(2)));
    }

    @Test
    void ofAnOlderVersion() {
        byte[] old = backend.get(key(1));
        factory.cache().bumpModelVersion(Item.class);
        factory.inTransaction(session -> session.find(Item.class, 1L));
        tampered(Counter.MISS_DEAD, entry -> old);
    }

    @Test
    void ofAnOlderVersionDressedUpAsCurrent() {
        long version = factory.cache().modelVersion(Item.class);
        tampered(Counter.MISS_UNVERIFIED, entry -> {
            byte[] current = ("v" + version + "|").getBytes(UTF_8);
            byte[] old = factory.cache().signPayload(("v1|" + key(1) + "|{}").getBytes(UTF_8));
            System.arraycopy(current, 0, entry, RowFormat.PAYLOAD, current.length);
            System.arraycopy(old, 0, entry, 0, RowFormat.PAYLOAD);
            return entry;
        });
    }

    @Test
    void ofNoMappingWeKnow() {
        long version = factory.cache().modelVersion(Item.class);
        tampered(Counter.MISS_UNDECODABLE, entry -> factory.cache()
                .signPayload(
                        ("v" + version + "|s|" + key(1) + "|{\"f\":\"0000000000000000\",\"a\":{}}").getBytes(UTF_8)));
    }

    @Test
    void ofAnotherKindOfBytes() {
        tampered(Counter.MISS_UNVERIFIED, entry -> new byte[] {(byte) 0xAC, (byte) 0xED, 0, 5, 's', 'r'});
    }

    /**
     * The limit of it: who can write to the store and has kept an entry can put it back, over a newer one of the same
     * version, and with the version's key over one of a newer version, too.
     */
    @Test
    void aGenuineEntryOfTheSameKeyAndVersionCanBePutBack() {
        byte[] old = backend.get(key(1));
        factory.inTransaction(session -> session.find(Item.class, 1L).rename("renamed"));
        assertThat(factory.<String>fromTransaction(
                        session -> session.find(Item.class, 1L).name()))
                .isEqualTo("renamed");
        backend.set(key(1), old);
        assertThat(factory.<String>fromTransaction(
                        session -> session.find(Item.class, 1L).name()))
                .isEqualTo("one");

        String versionKey = "dormver:" + factory.cache().cacheNamespace(Item.class);
        byte[] version = backend.get(versionKey);
        factory.cache().bumpModelVersion(Item.class);
        assertThat(factory.<String>fromTransaction(
                        session -> session.find(Item.class, 1L).name()))
                .isEqualTo("renamed");
        backend.set(versionKey, version);
        backend.set(key(1), old);
        assertThat(factory.<String>fromTransaction(
                        session -> session.find(Item.class, 1L).name()))
                .isEqualTo("one");
    }

    /** What bounds it: a key that is no longer among the fallbacks verifies nothing, and a write replaces what is there. */
    @Test
    void anEntryOfADroppedKeyCannotBePutBack() {
        byte[] old = backend.get(key(1));
        try (CachedFactory rotated = factory.another(Item.class)
                .set("hibernate.cache.dorm.signing_key", TestSecrets.NEXT_KEY)
                .build()) {
            rotated.inTransaction(session -> session.find(Item.class, 1L).rename("renamed"));
            rotated.cache().backend().set(key(1), old);
            assertThat(rotated.<String>fromTransaction(
                            session -> session.find(Item.class, 1L).name()))
                    .isEqualTo("renamed");
            assertThat(rotated.count(Counter.REJECTED_BAD_SIGNATURE)).isPositive();
        }
    }

    /** An attacker who drops entries costs misses. */
    @Test
    void aDroppedEntryIsAMiss() {
        backend.delete(key(1));
        assertThat(factory.<String>fromTransaction(
                        session -> session.find(Item.class, 1L).name()))
                .isEqualTo("one");
        assertThat(factory.count(Counter.MISS_ABSENT)).isPositive();
        assertThatCache(factory).readsWithoutSql(session -> session.find(Item.class, 1L));
    }
}
