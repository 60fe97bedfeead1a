package dev.dorm.cache.values;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.RunLength;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Random mappings and values: what a hit gives, and what is written after it, is what the database gives and holds without
 * a cache, or it is not cached and a warning says so.
 *
 * <p>{@code -Ddorm.values.entities=} says how many entities (20) or {@code -Ddorm.values.seconds=} how long,
 * {@code -Ddorm.values.seed=} repeats a run, {@code -Ddorm.values.reasons=true} shows why values were passed over, {@code -Ddorm.values.first=true} ends with the first
 * entity that something is found of.
 */
class ValuesIT {

    static final int ATTRIBUTES = 12;
    private static final int VALUES = 2;
    private static final int MORE_VALUES = 5;
    private static final int MOST_SHOWN = 20;

    private final long seed = seed();
    private final Tally tally = new Tally();

    /** Another one each time; {@code -Ddorm.values.seed=} repeats what was found. */
    private static long seed() {
        return Long.getLong("dorm.values.seed", System.nanoTime() % 1_000_000_000);
    }

    @Test
    void aHitIsWhatTheDatabaseGives() {
        RunLength length = RunLength.of("dorm.values", "entities", 20);
        List<Finding> findings = new ArrayList<>();
        Map<String, String> shown = new LinkedHashMap<>();
        try (Warnings warnings = new Warnings()) {
            for (long round = 0; length.goesOn(round) && !enough(findings); round++) {
                long now = seed + round;
                List<Finding> found = check(now, attributes(now), warnings);
                findings.addAll(found);
                for (Finding each : found) {
                    shown.putIfAbsent(kindOf(each), "seed " + now + ": " + each);
                }
            }
        }
        System.out.println("Values check, seed " + seed + ", " + length + ": " + tally);
        if (Boolean.getBoolean("dorm.values.reasons")) {
            tally.reasons().forEach((why, count) -> System.out.println(count + " " + why));
        }
        assertThat(shown.values().stream().limit(MOST_SHOWN).toList())
                .as(findings.size() + " findings of " + shown.size() + " kinds; repeat with -Ddorm.values.seed=<seed>"
                        + " -Ddorm.values.entities=1")
                .isEmpty();
        assertThat(tally.hits()).isPositive();
    }

    private static boolean enough(List<Finding> findings) {
        return Boolean.getBoolean("dorm.values.first") && !findings.isEmpty();
    }

    /** One of each kind is shown, with how many broken rules there are of it. */
    private static String kindOf(Finding finding) {
        return finding.attributes().stream().map(Attribute::kind).toList().toString();
    }

    /** {@code -Ddorm.values.kinds=<regular expression>} takes only attributes that are named so. */
    static List<Attribute> attributes(long seed) {
        Predicate<String> kinds =
                Pattern.compile(System.getProperty("dorm.values.kinds", "")).asPredicate();
        Random random = new Random(seed);
        // Only without tables of their own a row is asked for by any form of its id.
        boolean tables = random.nextInt(3) > 0;
        List<Attribute> attributes = new ArrayList<>();
        while (attributes.size() < ATTRIBUTES) {
            Attribute attribute = Attributes.of(random.nextLong(), "a" + attributes.size());
            if (kinds.test(attribute.kind()) && (tables || !attribute.hasTable())) {
                attributes.add(attribute);
            }
        }
        return attributes;
    }

    /** One entity, in one way, in two processes. */
    private List<Finding> check(long now, List<Attribute> attributes, Warnings warnings) {
        Random random = new Random(now);
        MadeEntity made;
        try {
            made = new MadeEntity(attributes, new MadeId(random.nextLong()));
        } catch (AssertionError e) {
            throw new AssertionError("seed " + now + ": " + e.getMessage(), e);
        }
        Way way = Way.of(random.nextLong());
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        List<Finding> findings = new ArrayList<>();
        Jvm one;
        try {
            one = Jvm.of("America/New_York", "de", made.type().getClassLoader(), way.start(made.all()), url, warnings);
        } catch (RuntimeException e) {
            // Hibernate does not take this mapping.
            System.out.println("seed " + now + " " + e);
            return shrinkMapping(now, attributes, warnings);
        }
        try (CachedFactory first = one.factory()) {
            Jvm other = Jvm.of(
                    "Asia/Kolkata",
                    "fr-CA",
                    made.type().getClassLoader(),
                    way.describe(first.another(made.all())),
                    url,
                    warnings);
            try (CachedFactory second = other.factory()) {
                one.factory().inTransaction(made::prepare);
                LobCheck.prepare(one, random);
                List<Jvm> jvms = List.of(one, other);
                if (way.near()) {
                    jvms.forEach(ValuesIT::awaitNear);
                }
                rows(made, way, jvms, findings);
                jvms.forEach(LobCheck::check);
                jvms.forEach(jvm -> new Reasons(jvm, way, made, findings).check());
                refused(one, way, made, random, findings);
            }
        }
        tally.entity(made);
        return findings;
    }

    /** Until it hears of changes, a process keeps no rows near. */
    private static void awaitNear(Jvm jvm) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(20))
                .until(() -> {
                    long before = jvm.factory().count(Counter.NEAR_HIT);
                    jvm.in(() -> jvm.factory().fromTransaction(session -> session.find(Samples.Target.class, 1L)));
                    return jvm.factory().count(Counter.NEAR_HIT) > before;
                });
    }

    /** A class that is not there is refused when the session factory is built, with the name of the setting. */
    private static void refused(Jvm jvm, Way way, MadeEntity made, Random random, List<Finding> findings) {
        if (random.nextInt(4) > 0) {
            return;
        }
        CachedFactory.Builder wrong = way.start(made.all())
                .set("hibernate.cache.dorm.allowed_types", "com.example.Nope")
                .set("hibernate.cache.use_query_cache", random.nextBoolean());
        String found;
        try (CachedFactory built = jvm.in(wrong::build)) {
            found = "it starts";
        } catch (RuntimeException e) {
            found = Reasons.of(e);
        }
        if (!found.contains("hibernate.cache.dorm.allowed_types") || !found.contains("com.example.Nope")) {
            findings.add(new Finding("a setting that is wrong", List.of(), way.toString(), "", "is refused", found));
        }
    }

    /** Leaves out the attributes that Hibernate refuses. */
    private List<Finding> shrinkMapping(long now, List<Attribute> attributes, Warnings warnings) {
        if (attributes.size() <= 1) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>(check(now, attributes.subList(0, attributes.size() / 2), warnings));
        findings.addAll(check(now, attributes.subList(attributes.size() / 2, attributes.size()), warnings));
        return findings;
    }

    /** A row for each attribute and value alone, so that what is found needs no shrinking, and one with all of them. */
    private void rows(MadeEntity made, Way way, List<Jvm> jvms, List<Finding> findings) {
        long number = 0;
        List<RowCheck> rows = new ArrayList<>();
        for (Attribute attribute : made.attributes()) {
            for (int i = 0; i < (attribute.isOfManyKinds() ? MORE_VALUES : VALUES); i++) {
                Map<Attribute, Object> set = new LinkedHashMap<>();
                set.put(attribute, made.valueOf(attribute));
                rows.add(new RowCheck(made, way, jvms, number++, set, findings, tally));
            }
        }
        Map<Attribute, Object> all = new LinkedHashMap<>();
        for (RowCheck row : prepared(rows, jvms)) {
            if (row.check() && row.isSteady()) {
                all.putAll(row.set());
            }
        }
        RowCheck whole = new RowCheck(made, way, jvms, number, all, findings, tally);
        prepared(List.of(whole), jvms).forEach(RowCheck::check);
    }

    /** What the cache got of them is what was set, and not what the database made of it. */
    private static List<RowCheck> prepared(List<RowCheck> rows, List<Jvm> jvms) {
        List<RowCheck> prepared = rows.stream().filter(RowCheck::prepare).toList();
        jvms.forEach(jvm -> jvm.factory().get().getCache().evictAllRegions());
        return prepared;
    }
}
