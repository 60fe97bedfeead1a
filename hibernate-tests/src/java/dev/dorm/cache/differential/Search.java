package dev.dorm.cache.differential;

import dev.dorm.cache.testing.RunLength;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Runs one program after the other, shrinks those that fail, and prints what is left of them. */
final class Search {

    private final Bench bench;
    private final Features features;
    private final Tally tally = new Tally();
    private final List<String> findings = new ArrayList<>();
    private final Set<String> known = new HashSet<>();

    Search(Bench bench, Features features) {
        this.bench = bench;
        this.features = features;
        features.setups().forEach(bench::cached);
    }

    void run(long firstSeed, RunLength length, int mostFindings) {
        Lockstep lockstep = new Lockstep(bench, tally);
        for (long round = 0; length.goesOn(round) && findings.size() < mostFindings; round++) {
            long seed = firstSeed + round;
            Program program = new Generator(seed, features).program();
            Finding finding = lockstep.run(program);
            if (finding != null) {
                found(seed, program, finding);
            }
        }
    }

    private void found(long seed, Program program, Finding finding) {
        Lockstep again = new Lockstep(bench, new Tally());
        Program small = new Shrinker(candidate -> finding.alike(again.run(candidate))).shrink(program);
        Finding last = again.run(small);
        if (known.add(Signature.of(small, last == null ? finding : last))) {
            String text = "# seed %d%n%s# %s%n"
                    .formatted(
                            seed,
                            Programs.text(small),
                            last == null ? "once, and not again: " + finding.text() : last.text());
            findings.add(text);
            System.out.println(text);
        }
    }

    /** What is wrong, as programs. */
    List<String> findings() {
        return List.copyOf(findings);
    }

    /** How much was compared, and how much of it came from the cache. */
    String summary() {
        return "Differential check: %s; from the cache: %s".formatted(tally, Hits.of(bench.cachedSides()));
    }
}
