package dev.dorm.cache.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dorm.cache.testing.RunLength;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.hibernate.Version;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What random programs read with the cache is what they read without it: see {@link Lockstep}. */
class DifferentialIT {

    static {
        // That statements fail, in both runs, is no news.
        for (String logger : List.of(
                "org.hibernate.orm.jdbc.error",
                "org.hibernate.engine.jdbc.spi.SqlExceptionHelper",
                "org.hibernate.orm.session")) {
            System.setProperty("org.slf4j.simpleLogger.log." + logger, "off");
        }
    }

    private static Bench bench;

    @BeforeAll
    static void build() {
        bench = new Bench();
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    @Test
    void whatFreshProgramsReadIsTheSameWithTheCacheAndWithout() {
        long seed = Long.getLong("dorm.differential.seed", new Random().nextInt(1_000_000_000));
        RunLength length = RunLength.of("dorm.differential", "programs", isJudged() ? 900 : 0);
        assumeTrue(length.goesOn(0), "what other versions of Hibernate do by themselves is told apart on 7.4 only");
        int findings = Integer.getInteger("dorm.differential.findings", 1);
        System.out.printf("Differential check: -Ddorm.differential.seed=%d%n", seed);
        Search search = new Search(bench, Features.ofThisRun());
        search.run(seed, length, findings);
        System.out.println(search.summary());
        assertThat(search.findings()).isEmpty();
    }

    private static boolean isJudged() {
        return Version.getVersionString().startsWith("7.4.");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kept")
    void whatWasFoundOnceIsFoundNoMore(String name, Program program) {
        assumeTrue(program.comparable(), "6.6 lets stateless sessions write past the cache");
        Finding finding = new Lockstep(bench, new Tally()).run(program);
        assertThat(finding == null ? null : finding.text()).as(name).isNull();
    }

    static Stream<Arguments> kept() throws IOException {
        Map<String, Program> programs = KeptPrograms.all();
        return programs.entrySet().stream().map(kept -> Arguments.of(kept.getKey(), kept.getValue()));
    }

    @Test
    void aProgramIsReadBackAsItIsPrinted() {
        for (long seed = 1; seed <= 200; seed++) {
            Program program = new Generator(seed, Features.ALL).program();
            assertThat(Programs.parse(Programs.text(program))).isEqualTo(program);
            assertThat(new Generator(seed, Features.ALL).program()).isEqualTo(program);
        }
    }

    @Test
    void theSameProgramRunsTheSameWay() {
        for (long seed = 1; seed <= 20; seed++) {
            Program program = new Generator(seed, Features.ALL).program();
            // A session factory that has never asked a query knows less of its region.
            run(program);
            assertThat(run(program)).as("seed %d", seed).isEqualTo(run(program));
        }
    }

    /** What was found, how much was compared, and how much of it came from the cache. */
    private static List<Object> run(Program program) {
        Hits before = Hits.of(bench.cachedSides());
        Tally tally = new Tally();
        Finding finding = new Lockstep(bench, tally).run(program);
        return Arrays.asList(
                finding, tally.toString(), Hits.of(bench.cachedSides()).minus(before));
    }
}
