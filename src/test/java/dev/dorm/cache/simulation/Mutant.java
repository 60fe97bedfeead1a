package dev.dorm.cache.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One rule taken away.
 *
 * @param rule what the rule says
 * @param edits all that has it: where two places hold it, neither is missed alone
 */
public record Mutant(String rule, List<Edit> edits) {

    /**
     * A change of a source.
     *
     * @param file the source, below {@code dev/dorm/cache/internal}, or a script: {@code lua:put_rows}
     * @param with the code that has the rule
     * @param without what stands there when it is gone
     */
    record Edit(String file, String with, String without) {}

    /** Takes a rule away that stands in one place. */
    static Mutant of(String rule, String file, String with, String without) {
        return new Mutant(rule, List.of(new Edit(file, with, without)));
    }

    /** Takes it away in another place, too. */
    Mutant and(String file, String with, String without) {
        List<Edit> both = new ArrayList<>(edits);
        both.add(new Edit(file, with, without));
        return new Mutant(rule, both);
    }

    private String kind() {
        return edits.get(0).file().startsWith("lua:") ? "script" : "code";
    }

    private static final String SEEDS = "mutants.txt";

    /** Stands there for a rule that was not missed within a minute. */
    private static final String NONE = "-";

    /** How long each is hunted for. */
    public static final Duration MOST = Duration.ofSeconds(Long.getLong("dorm.simulation.mutant.seconds", 60));

    /** Returns those that the tests try: all whose rule says so, or those of which a seed is known. */
    public static Stream<Mutant> tried(List<Mutant> all) {
        String only = System.getProperty("dorm.simulation.mutants");
        return all.stream()
                .filter(each -> only == null ? each.seed() != null : only.equals("all") || each.rule.contains(only));
    }

    /** Returns the seed with which it was found, so that a build need not look for one; null when none is known. */
    public @Nullable Long seed() {
        try (InputStream in = Objects.requireNonNull(Mutant.class.getResourceAsStream(SEEDS), SEEDS)) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .map(line -> line.split("\\s+", 3))
                    .filter(line -> line.length == 3 && line[0].equals(kind()) && line[2].equals(rule))
                    .filter(line -> !line[1].equals(NONE))
                    .findFirst()
                    .map(line -> Long.valueOf(line[1]))
                    .orElse(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the seed to begin with. */
    public long firstSeed() {
        Long known = System.getProperty("dorm.simulation.mutants") == null ? seed() : null;
        return known == null ? 1 : known;
    }

    /** Says how it was found. */
    public void report(long begin, @Nullable Object found) {
        System.out.printf("mutant %-6s %-70s %5.1f s  %s%n", kind(), rule, (System.nanoTime() - begin) / 1e9, found);
    }

    @Override
    public String toString() {
        return rule;
    }
}
