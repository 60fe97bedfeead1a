package dev.dorm.cache.internal.region;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.DormCache;
import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.internal.codec.Mutator;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.testing.CacheBackend;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.Item;
import dev.dorm.cache.testing.LoadedClasses;
import dev.dorm.cache.testing.Mutants;
import dev.dorm.cache.testing.TestSecrets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.hibernate.cache.spi.access.EntityDataAccess;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Bytes under a row's key that nobody with the key has signed for that row and version: none is an entry, none is an
 * exception, none loads a class. {@code -Ddorm.mutants=1000000} tries more, {@code -Ddorm.mutants.seed=7} others.
 */
class ForgedMutantsIT {

    private static final List<String> MARKS = List.of(
            "dormsig2:",
            "DORMSIG1:",
            "dormsig1",
            "dormsig:",
            "dormlock1:0",
            "dormlock1:1|a=",
            "dormtomb1:",
            " dormsig1:",
            "\u00ef\u00bb\u00bfdormsig1:",
            "");
    private static final List<String> VERSIONS = List.of(
            "v0|", "v-1|", "v|", "V1|", "v01|", "v+1|", "v1.0|", "v\u00b9|", "v99999999999999999999|", "v1:", "1|");

    private final Random random = new Random(Mutants.seed());
    private CachedFactory factory;
    private CachedFactory stranger;
    private Backend backend;
    private String key;
    private final List<byte[]> genuine = new ArrayList<>();
    private final Map<Counter, Long> verdicts = new EnumMap<>(Counter.class);

    @BeforeEach
    void cacheTwoItems() {
        factory = CachedFactory.on(CacheBackend.LOCMEM, Item.class)
                .set("hibernate.cache.dorm.signing_key_fallbacks", TestSecrets.OLDER_KEY)
                .build();
        stranger = factory.another(Item.class)
                .set("hibernate.cache.dorm.signing_key", TestSecrets.ANOTHER_KEY)
                .build();
        factory.inTransaction(session -> {
            session.persist(new Item(1, "a", "one"));
            session.persist(new Item(2, "b", "two", "tag"));
        });
        backend = factory.cache().backend();
        String prefix = "dormrow:" + factory.cache().cacheNamespace(Item.class) + ":";
        key = prefix + 1;
        for (int generation = 0; generation < 2; generation++) {
            if (generation == 1) {
                factory.cache().bumpModelVersion(Item.class);
                factory.inTransaction(session -> session.find(Item.class, 1L));
            }
            factory.inTransaction(session -> session.find(Item.class, 1L));
            factory.inTransaction(session -> session.find(Item.class, 2L));
            genuine.add(backend.get(prefix + 1));
            genuine.add(backend.get(prefix + 2));
        }
    }

    @AfterEach
    void close() {
        stranger.close();
        factory.close();
    }

    @Test
    void areNoEntriesAndNoExceptions() throws Exception {
        byte[] right = genuine.get(2);
        EntityPersister persister = factory.get().getMappingMetamodel().getEntityDescriptor(Item.class);
        EntityDataAccess access = persister.getCacheAccessStrategy();
        int count = Mutants.count();
        LoadedClasses.beforehand();
        long start = System.nanoTime();
        factory.inTransaction(opened -> {
            var session = (SharedSessionContractImplementor) opened;
            Object cacheKey = access.generateCacheKey(1L, persister, session.getFactory(), null);
            backend.set(key, right);
            assertThat(access.get(session, cacheKey)).isNotNull();
            try (LoadedClasses classes = LoadedClasses.fromNowOn()) {
                Mutator mutator = new Mutator(Mutants.seed(), false, List.of("a"));
                for (int i = 0; i < count; i++) {
                    byte[] mutant = mutant(mutator);
                    if (!Arrays.equals(mutant, right)) {
                        attempt(access, session, cacheKey, mutant, i);
                    }
                }
                assertThat(names(classes)).isEmpty();
            }
        });
        long millis = (System.nanoTime() - start) / 1_000_000;
        Mutants.print("forged, JSON", count, millis, "0 accepted, 0 exceptions, 0 classes loaded; " + verdicts());
        assertThat(factory.count(Counter.REJECTED_BAD_SIGNATURE)).isPositive();
        assertThat(factory.count(Counter.REJECTED_WRONG_KEY)).isPositive();
        assertThat(factory.count(Counter.REJECTED_UNSIGNED)).isPositive();
    }

    private void attempt(
            EntityDataAccess access,
            SharedSessionContractImplementor session,
            Object cacheKey,
            byte[] mutant,
            int number) {
        backend.set(key, mutant);
        Object found;
        try {
            found = access.get(session, cacheKey);
            DormCache cache = factory.cache();
            byte[] payload = cache.verifyPayload(mutant);
            // What an older version or another row was signed for is signed, and still no entry of this one.
            assertThat(payload == null || genuine.stream().anyMatch(each -> Arrays.equals(each, mutant)))
                    .as("mutant %d is verified", number)
                    .isTrue();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | LinkageError e) {
            throw new AssertionError("mutant " + number + ": " + new String(mutant, ISO_8859_1), e);
        }
        assertThat(found)
                .as("mutant %d: %s", number, new String(mutant, ISO_8859_1))
                .isNull();
    }

    private static Set<String> names(LoadedClasses classes) {
        try {
            return classes.names();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String verdicts() {
        for (Counter counter : Counter.values()) {
            if (counter.name().startsWith("MISS_") || counter.name().startsWith("REJECTED_")) {
                long count = factory.count(counter);
                if (count > 0) {
                    verdicts.put(counter, count);
                }
            }
        }
        return verdicts.toString();
    }

    private byte[] mutant(Mutator mutator) {
        byte[] one = genuine.get(random.nextInt(genuine.size()));
        byte[] two = genuine.get(random.nextInt(genuine.size()));
        String text = new String(one, ISO_8859_1);
        String payload = text.substring(RowFormat.PAYLOAD);
        switch (random.nextInt(16)) {
            case 0:
                // The signature of one, the payload of the other.
                byte[] crossed = two.clone();
                System.arraycopy(one, 0, crossed, 0, Math.min(RowFormat.PAYLOAD, crossed.length));
                return crossed;
            case 1:
                return (MARKS.get(random.nextInt(MARKS.size())) + text.substring(RowFormat.ENTRY.length()))
                        .getBytes(ISO_8859_1);
            case 2:
                String digits = text.substring(RowFormat.ENTRY.length(), RowFormat.PAYLOAD - 1);
                return (RowFormat.ENTRY + cased(digits) + ":" + payload).getBytes(ISO_8859_1);
            case 3:
                return signedByTheStranger(payload);
            case 4:
                String version = VERSIONS.get(random.nextInt(VERSIONS.size()));
                return (text.substring(0, RowFormat.PAYLOAD) + version + payload.substring(payload.indexOf('|') + 1))
                        .getBytes(ISO_8859_1);
            case 5:
                return payload.getBytes(ISO_8859_1);
            case 6:
                // An envelope within an envelope.
                return signedByTheStranger(text);
            case 7:
                byte[] longer = Arrays.copyOf(one, one.length + random.nextInt(1, 10_000));
                return longer;
            case 8:
                byte[] noise = new byte[random.nextInt(200)];
                random.nextBytes(noise);
                return noise;
            case 9:
                return two;
            default:
                return mutator.bytes(one, two);
        }
    }

    private String cased(String digits) {
        char[] cased = digits.toCharArray();
        int at = random.nextInt(cased.length);
        for (int i = at; i < cased.length; i++) {
            cased[i] = Character.toUpperCase(cased[i]);
        }
        return new String(cased);
    }

    private byte[] signedByTheStranger(String payload) {
        return stranger.cache().signPayload(payload.getBytes(random.nextBoolean() ? ISO_8859_1 : UTF_8));
    }
}
