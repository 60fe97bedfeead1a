package dev.dorm.cache.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleBiFunction;
import org.jspecify.annotations.Nullable;

/** What was to be reached, and what was measured: ratios of the same rounds. */
final class Targets {

    private static final String NOT_MEASURED = "not available";

    private final Results results;
    private final List<Target> targets = new ArrayList<>();

    private Targets(Results results) {
        this.results = results;
    }

    /**
     * One of them.
     *
     * @param what what is compared
     * @param target what was to be reached
     * @param measured what was measured
     * @param verdict "met", "missed", or why neither
     */
    record Target(String what, String target, String measured, String verdict) {}

    static List<Target> of(Results results) {
        return new Targets(results).all();
    }

    private List<Target> all() {
        beyondRedis();
        inProcess();
        nearTier();
        Cell hit = find(Subject.REDIS, Place.H2_NEAR, Scenario.HIT);
        Cell farHit = find(Subject.REDIS, Place.H2_FAR, Scenario.HIT);
        Cell nearTierHit = find(Subject.NEAR, Place.H2_NEAR, Scenario.HIT);
        atMost("Redis hit / raw MGET of two keys", 1.25, hit, find(Subject.FLOOR, Place.H2_NEAR, Scenario.RAW_MGET));
        atLeast("Redisson's hit / Redis hit", 1.5, find(Subject.REDISSON, Place.H2_NEAR, Scenario.HIT), hit);
        atLeast("the same, 0.5 ms away", 2.5, find(Subject.REDISSON, Place.H2_FAR, Scenario.HIT), farHit);
        cacheTime(
                "update of 50, 0.5 ms away, cache time: Redisson's / ours", 50, Scenario.UPDATE_50, Scenario.UPDATE_50);
        cacheTime(
                "query hit of 50 cached entities, 0.5 ms away, cache time: Redisson's / ours",
                20,
                Scenario.QUERY_OF_CACHED_1_TABLE,
                Scenario.SESSION);
        cacheTime(
                "collection of 100, 0.5 ms away, cache time: Redisson's / ours",
                20,
                Scenario.COLLECTION_100,
                Scenario.SESSION);
        atMost(
                "near hit / Caffeine's hit (jcache)",
                3,
                nearTierHit,
                find(Subject.CAFFEINE, Place.H2_NEAR, Scenario.HIT));
        atLeast("Redis hit / near hit", 20, hit, nearTierHit);
        memory("JSON");
        memory("Smile");
        for (String format : List.of("JSON", "SMILE")) {
            micros("read", format);
            micros("write", format);
        }
        return targets;
    }

    /** What a round trip is waited for, and what this process adds to it. */
    private void beyondRedis() {
        beyond("miss and put / raw MGET", Scenario.MISS_AND_PUT, Scenario.RAW_MGET, 2.15, 1.15);
        beyond("update of 1, cache time / raw EVALSHA", Scenario.UPDATE_1, Scenario.RAW_SCRIPT, 3, 1.2);
        beyond("update of 50, cache time / batch of 50 SET", Scenario.UPDATE_50, Scenario.RAW_SET_50, 4.4, 1.75);
        beyond("query hit of 50 entities / raw MGET", Scenario.QUERY_1_TABLE, Scenario.RAW_MGET, 3.15, 1.15);
        beyond("collection of 100 / MGET of 100 keys", Scenario.COLLECTION_100, Scenario.RAW_MGET_100, 4.1, 2.9);
        beyond("natural id and entity / raw MGET", Scenario.NATURAL_ID_ENTITY, Scenario.RAW_MGET, 2.7, 2.1);
        eightThreads("hit by 8 threads / Lettuce's GET by as many", Scenario.RAW_GET_8_THREADS, 1.22);
        eightThreads("hit by 8 threads / Redisson's GET by as many", Scenario.RAW_POOLED_GET_8_THREADS, 0.75);
        Cell fifty = find(Subject.REDIS, Place.H2_NEAR, Scenario.UPDATE_50);
        double micros = fifty == null ? Double.NaN : fifty.redisProcessor / 1000;
        add("update of 50, Redis's processor time, in us", "at most 700", micros, micros <= 700);
    }

    private void eightThreads(String what, Scenario raw, double limit) {
        Cell floor = results.floor(Place.H2_NEAR, Scenario.HIT_8_THREADS, raw);
        atMost(what, limit, find(Subject.REDIS, Place.H2_NEAR, Scenario.HIT_8_THREADS), floor);
    }

    private void beyond(String what, Scenario scenario, Scenario raw, double near, double far) {
        beyond(what, Place.H2_NEAR, scenario, raw, near);
        beyond(what + ", 0.5 ms away", Place.H2_FAR, scenario, raw, far);
    }

    /** An update is compared without what it takes when nothing is cached; of what is read the session's time is little. */
    private void beyond(String what, Place place, Scenario scenario, Scenario raw, double limit) {
        Cell ours = find(Subject.REDIS, place, scenario);
        Cell none = find(Subject.NONE, place, scenario);
        Cell floor = results.floor(place, scenario, raw);
        double ratio = Double.NaN;
        if (ours != null && floor != null) {
            ratio = scenario.hits() || none == null ? ours.times(floor) : ours.minus(none) / floor.medianNanos();
        }
        add(what, "at most " + number(limit), ratio, ratio <= limit);
    }

    /** A map of objects is what nothing in a process can be faster than. */
    private void inProcess() {
        String ours = "in process, ";
        beside(ours + "hit", Subject.LOCMEM, Scenario.HIT, 1.32);
        beside(ours + "query hit of 50 entities", Subject.LOCMEM, Scenario.QUERY_1_TABLE, 1.32);
        beside(ours + "query hit of 50 cached entities", Subject.LOCMEM, Scenario.QUERY_OF_CACHED_1_TABLE, 1.35);
        beside(ours + "collection of 100", Subject.LOCMEM, Scenario.COLLECTION_100, 1.28);
        beside(ours + "100 ids at once", Subject.LOCMEM, Scenario.IDS_100, 1.4);
        beside(ours + "natural id and entity", Subject.LOCMEM, Scenario.NATURAL_ID_ENTITY, 1.47);
        beside(ours + "update of 1", Subject.LOCMEM, Scenario.UPDATE_1, 1.41);
        beside(ours + "update of 50", Subject.LOCMEM, Scenario.UPDATE_50, 1.18);
    }

    private void nearTier() {
        String ours = "near, ";
        beside(ours + "query hit of 50 entities", Subject.NEAR, Scenario.QUERY_1_TABLE, 1.47);
        beside(ours + "query hit of 50 cached entities", Subject.NEAR, Scenario.QUERY_OF_CACHED_1_TABLE, 1.35);
        beside(ours + "collection of 100", Subject.NEAR, Scenario.COLLECTION_100, 1.13);
        beside(ours + "100 ids at once", Subject.NEAR, Scenario.IDS_100, 1.17);
        beside(ours + "natural id and entity", Subject.NEAR, Scenario.NATURAL_ID_ENTITY, 1.47);
    }

    private void beside(String what, Subject subject, Scenario scenario, double limit) {
        atMost(
                what + " / Caffeine (jcache)",
                limit,
                find(subject, Place.H2_NEAR, scenario),
                find(Subject.CAFFEINE, Place.H2_NEAR, scenario));
    }

    private @Nullable Cell find(Subject subject, Place place, Scenario scenario) {
        return results.find(subject, place, scenario);
    }

    private void atMost(String what, double limit, @Nullable Cell cell, @Nullable Cell other) {
        double ratio = compare(cell, other, Cell::times);
        add(what, "at most " + number(limit), ratio, ratio <= limit);
    }

    private void atLeast(String what, double limit, @Nullable Cell cell, @Nullable Cell other) {
        double ratio = compare(cell, other, Cell::times);
        add(what, "at least " + number(limit), ratio, ratio >= limit);
    }

    /** Compares what is left when the time of something without a cache is taken away. */
    private void cacheTime(String what, double limit, Scenario scenario, Scenario without) {
        Cell none = find(Subject.NONE, Place.H2_FAR, without);
        double theirs = less(find(Subject.REDISSON, Place.H2_FAR, scenario), none);
        double ours = less(find(Subject.REDIS, Place.H2_FAR, scenario), none);
        add(what, "at least " + number(limit), theirs / ours, theirs / ours >= limit);
    }

    private static double less(@Nullable Cell cell, @Nullable Cell none) {
        if (cell == null || none == null) {
            return Double.NaN;
        }
        return cell.scenario == none.scenario ? cell.minus(none) : cell.medianNanos() - none.medianNanos();
    }

    private static double compare(@Nullable Cell cell, @Nullable Cell other, ToDoubleBiFunction<Cell, Cell> how) {
        return cell == null || other == null ? Double.NaN : how.applyAsDouble(cell, other);
    }

    private void memory(String format) {
        double ours = Double.NaN;
        double theirs = Double.NaN;
        for (Memory each : results.memory()) {
            if (each.title().endsWith(format)) {
                ours = each.entryBytes();
            } else if (each.title().startsWith("Redisson")) {
                theirs = each.entryBytes();
            }
        }
        add(
                "Redis memory of an entity, " + format + " / Redisson's default codec",
                "at most 1",
                ours / theirs,
                ours <= theirs);
    }

    /** What verifying and decoding, or encoding and signing, an entity of twelve attributes takes. */
    private void micros(String operation, String format) {
        double measured = results.parts().stream()
                .filter(part -> part.name().equals("CodecBenchmark." + operation)
                        && format.equals(part.parameters().get("format")))
                .mapToDouble(Microbenchmarks.Score::score)
                .findFirst()
                .orElse(Double.NaN);
        add(operation + " an entity, " + format + ", in us", "at most 4", measured, measured <= 4);
    }

    private void add(String what, String target, double measured, boolean met) {
        boolean known = !Double.isNaN(measured);
        targets.add(new Target(
                what, target, known ? number(measured) : NOT_MEASURED, !known ? NOT_MEASURED : met ? "met" : "missed"));
    }

    private static String number(double value) {
        return value >= 10 || value == Math.rint(value)
                ? String.valueOf(Math.round(value))
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
