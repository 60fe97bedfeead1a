package dev.dorm.cache.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.Test;

/** What random programs read with the cache is what they read without it. */
class DifferentialIT {

    static {
        // Programs that fail in both runs are no news.
        for (String logger : List.of("org.hibernate.orm.jdbc.error", "org.hibernate.engine.jdbc.spi.SqlExceptionHelper", "org.hibernate.orm.session")) {
            System.setProperty("org.slf4j.simpleLogger.log." + logger, "off");
        }
    }

    private static final Features FEATURES = Features.of(
            System.getProperty("dorm.differential.without", ""), System.getProperty("dorm.differential.only", ""));

    @Test
    void whatIsReadIsTheSameWithTheCacheAndWithout() {
        long first = Long.getLong("dorm.differential.seed", new Random().nextInt(1_000_000_000));
        long seconds = Long.getLong("dorm.differential.seconds", 60);
        int wanted = Integer.getInteger("dorm.differential.findings", 1);
        System.out.println("Differential check, first seed " + first);
        Tally tally = new Tally();
        Map<String, String> findings = new LinkedHashMap<>();
        try (Bench bench = new Bench()) {
            Lockstep lockstep = new Lockstep(bench, tally);
            for (Setup setup : FEATURES.setups()) {
                bench.cached(setup);
            }
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            for (long seed = first; System.nanoTime() < end && findings.size() < wanted; seed++) {
                Program program = new Generator(seed, FEATURES).program();
                Finding finding = lockstep.run(program);
                if (finding != null) {
                    Lockstep again = new Lockstep(bench, new Tally());
                    Program small = new Shrinker(candidate -> finding.alike(again.run(candidate))).shrink(program);
                    Finding last = again.run(small);
                    String text = "# seed " + seed + "\n" + Programs.text(small) + "# "
                            + (last == null ? "not again: " + finding.text() : last.text());
                    String key = Signature.of(small, last == null ? finding : last);
                    if (findings.putIfAbsent(key, text) == null) {
                        System.out.println(text + "\n");
                    }
                }
            }
            System.out.println(tally + " " + hits(bench));
        }
        assertThat(findings.values()).isEmpty();
    }

    @Test
    void whatWasFoundOnceIsFoundNoMore() throws IOException {
        Map<String, String> findings = new LinkedHashMap<>();
        try (Bench bench = new Bench()) {
            for (Map.Entry<String, Program> kept : KeptPrograms.all().entrySet()) {
                if (!kept.getKey().matches(System.getProperty("dorm.differential.kept", ".*"))) {
                    continue;
                }
                Finding finding = new Lockstep(bench, new Tally()).run(kept.getValue());
                if (finding != null) {
                    findings.put(kept.getKey(), finding.text());
                    System.out.println(kept.getKey() + ": " + finding.text());
                } else {
                    System.out.println(kept.getKey() + ": as it should be");
                }
            }
        }
        assertThat(findings).isEmpty();
    }

    private static String hits(Bench bench) {
        long rows = 0;
        long naturalIds = 0;
        long queries = 0;
        for (Side side : bench.cachedSides()) {
            for (SessionFactory factory : side.factories()) {
                Statistics statistics = factory.getStatistics();
                rows += statistics.getSecondLevelCacheHitCount();
                naturalIds += statistics.getNaturalIdCacheHitCount();
                queries += statistics.getQueryCacheHitCount();
            }
        }
        return "hits: rows " + rows + ", natural ids " + naturalIds + ", queries " + queries;
    }
}
