package dev.dorm.cache.benchmark.stampede;

import dev.dorm.cache.benchmark.Servers;
import dev.dorm.cache.benchmark.Table;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Fills in the page, {@code stampede.md}. */
final class StampedeReport {

    private final Servers servers;
    private final Scale scale;
    private final Map<HotRead, Map<Contender, Map<Phase, Tally>>> tallies;
    private final List<Double> failovers;

    StampedeReport(
            Servers servers,
            Scale scale,
            Map<HotRead, Map<Contender, Map<Phase, Tally>>> tallies,
            List<Double> failovers) {
        this.servers = servers;
        this.scale = scale;
        this.tallies = tallies;
        this.failovers = failovers;
    }

    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("stampede.md"), text());
    }

    private String text() throws IOException {
        String text;
        try (InputStream in = Objects.requireNonNull(StampedeReport.class.getResourceAsStream("/stampede.md"))) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        for (HotRead what : HotRead.values()) {
            text = text.replace("{{title " + what + "}}", what.title()).replace("{{" + what + "}}", table(what));
        }
        return text.replace("{{date}}", LocalDate.now(ZoneOffset.UTC).toString())
                .replace("{{cores}}", "" + Runtime.getRuntime().availableProcessors())
                .replace("{{java}}", System.getProperty("java.version"))
                .replace("{{servers}}", servers.versions())
                .replace(
                        "{{load}}",
                        number(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()))
                .replace("{{all threads}}", number(scale.processes() * scale.threads()))
                .replace("{{processes}}", number(scale.processes()))
                .replace("{{threads}}", number(scale.threads()))
                .replace("{{lives}}", number(scale.lives()))
                .replace("{{ttl}}", seconds(scale.ttl()))
                .replace("{{expiries}}", seconds(scale.length(Phase.EXPIRIES)))
                .replace("{{eviction}}", seconds(scale.length(Phase.EVICTION)))
                .replace("{{failover}}", seconds(scale.length(Phase.FAILOVER)))
                .replace("{{slow}}", number(slow()))
                .replace("{{away}}", number(Collections.max(failovers)))
                .replace("{{pause}}", "" + Reader.PAUSE_MILLIS)
                .replace("{{load millis}}", "" + HotRow.LOAD_MILLIS);
    }

    /** Returns how many misses there were by an outage where there should be none. */
    private long slow() {
        return tallies.values().stream()
                .flatMap(contenders -> contenders.values().stream())
                .flatMap(phases -> phases.entrySet().stream())
                .filter(each -> each.getKey().isQuiet())
                .mapToLong(each -> each.getValue().outages())
                .sum();
    }

    private String table(HotRead what) {
        return Table.of(
                List.of(
                        "",
                        scale.lives() + " lives: SQL statements",
                        "of reads",
                        "eviction: SQL statements",
                        "failover: SQL statements",
                        "misses by the outage",
                        "of reads",
                        "the longest read"),
                tallies.getOrDefault(what, Map.of()).entrySet().stream()
                        .map(each -> row(each.getKey(), each.getValue())));
    }

    private static List<String> row(Contender contender, Map<Phase, Tally> phases) {
        Tally expiries = phases.getOrDefault(Phase.EXPIRIES, Tally.NOTHING);
        Tally eviction = phases.getOrDefault(Phase.EVICTION, Tally.NOTHING);
        @Nullable Tally failover = phases.get(Phase.FAILOVER);
        return List.of(
                contender.title(),
                number(expiries.statements()),
                reads(expiries),
                number(eviction.statements()),
                failover == null ? "-" : number(failover.statements()),
                failover == null || !contender.ours() ? "-" : number(failover.outages()),
                failover == null ? "-" : reads(failover),
                failover == null ? "-" : number(failover.longestMillis()) + " ms");
    }

    private static String reads(Tally tally) {
        return number(tally.reads()) + (tally.failed() == 0 ? "" : " + " + number(tally.failed()) + " failed");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String seconds(Duration duration) {
        double seconds = duration.toMillis() / 1e3;
        return (seconds == Math.rint(seconds) ? number(seconds) : String.valueOf(seconds)) + " s";
    }
}
