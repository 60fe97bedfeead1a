package dev.dorm.cache.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.BackendStatistics;
import dev.dorm.cache.EntryStatistics;
import dev.dorm.cache.RegionStatistics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Micrometer says the same as the statistics, by region and by alias. */
class MetersTest {

    private final RuntimeStatistics statistics = new RuntimeStatistics();

    @Test
    void metersSayTheSame() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Metrics.addRegistry(registry);
        try (StatisticsExporter exporter = new StatisticsExporter("metered", statistics, true)) {
            // Regions and aliases come when they are first used.
            Everything.count(statistics);
            Map<String, Long> expected = new TreeMap<>();
            statistics.getRegions().forEach((name, region) -> Shown.by(EntryStatistics.class, region)
                    .forEach((getter, number) -> expected.put(
                            metered(getter, Tags.of("alias", region.getAlias(), "region", name)), number)));
            String books = tags(Tags.of("alias", "one", "region", "books"));
            expected.put("dorm.cache.size" + books, 26L);
            expected.put(
                    "dorm.cache.evictions" + tags(Tags.of("alias", "one", "region", "books", "reason", "size")), 34L);
            expected.put(
                    "dorm.cache.evictions" + tags(Tags.of("alias", "one", "region", "books", "reason", "expired")),
                    38L);
            statistics.getAliases().forEach((name, alias) -> {
                Shown.by(BackendStatistics.class, alias)
                        .forEach((getter, number) -> expected.put(metered(getter, Tags.of("alias", name)), number));
                expected.put(
                        "dorm.cache.breaker.open" + tags(Tags.of("alias", name)),
                        alias.getBreaker().equals("CLOSED") ? 0L : 1L);
            });
            expected.keySet().removeIf(each -> each.startsWith("dorm.cache.nanos.answered"));
            assertThat(meters(registry)).isEqualTo(expected);
            assertThat(registry.get("dorm.cache.calls.answered")
                            .tag("alias", "two")
                            .functionTimer()
                            .totalTime(TimeUnit.NANOSECONDS))
                    .isEqualTo(statistics.getAliases().get("two").getAnsweredNanos());
        } finally {
            Metrics.removeRegistry(registry);
        }
    }

    @Test
    void nothingIsMeteredAnyMoreWhenTheSessionFactoryIsClosed() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Metrics.addRegistry(registry);
        Everything.count(statistics);
        try {
            new StatisticsExporter("closed", statistics, true).close();
            statistics.region("late", "one");
            assertThat(of(registry, "closed")).isEmpty();
        } finally {
            Metrics.removeRegistry(registry);
        }
    }

    @Test
    void aRegionOfWhichNothingIsKnownHasNoSizeAndNoEvictions() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Everything.count(statistics);
        try (MicrometerBinder binder = new MicrometerBinder(statistics, registry);
                CacheMeters names = new CacheMeters(statistics, registry)) {
            assertThat(statistics.getRegions().get("authors").getSize()).isEqualTo(-1);
            assertThat(List.of("dorm.cache.size", "dorm.cache.evictions"))
                    .allSatisfy(name -> assertThat(registry.get(name).meters())
                            .extracting(meter -> meter.getId().getTag("region"))
                            .containsOnly("books"));
            assertThat(List.of("cache.size", "cache.evictions"))
                    .allSatisfy(name -> assertThat(registry.get(name).meters())
                            .extracting(meter -> meter.getId().getTag("name"))
                            .containsOnly("books"));
        }
    }

    @Test
    void regionsAreUnderTheNamesOfAnyCacheToo() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Everything.count(statistics);
        try (CacheMeters names = new CacheMeters(statistics, registry)) {
            RegionStatistics books = statistics.getRegions().get("books");
            Map<String, Long> expected = new TreeMap<>();
            expected.put("cache.gets[cache=books, cache.manager=default, name=books, result=hit]", books.getHits());
            expected.put(
                    "cache.gets[cache=books, cache.manager=default, name=books, result=miss]",
                    books.getMisses().values().stream().mapToLong(n -> n).sum());
            expected.put("cache.puts[cache=books, cache.manager=default, name=books]", books.getPuts());
            expected.put("cache.evictions[cache=books, cache.manager=default, name=books]", 72L);
            expected.put("cache.size[cache=books, cache.manager=default, name=books]", 26L);
            Map<String, Long> shown = new TreeMap<>();
            registry.getMeters().stream()
                    .filter(meter -> "books".equals(meter.getId().getTag("name")))
                    .forEach(meter -> shown.put(
                            meter.getId().getName() + tags(meter.getId().getTags()), value(meter)));
            assertThat(shown).isEqualTo(expected);
        }
        assertThat(registry.getMeters()).as("when it is closed").isEmpty();
        statistics.region("late", "one");
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void theSumOverAMetersTagsIsTheTotal() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Metrics.addRegistry(registry);
        Everything.count(statistics);
        try (StatisticsExporter exporter = new StatisticsExporter("summed", statistics, true)) {
            Map<String, Long> sums = new TreeMap<>();
            of(registry, "summed").forEach(meter -> sums.merge(meter.getId().getName(), value(meter), Long::sum));
            List.of("dorm.cache.breaker.open", "dorm.cache.size", "dorm.cache.evictions")
                    .forEach(sums::remove);
            Map<String, Long> totals = new TreeMap<>();
            Everything.all(statistics)
                    .forEach((getter, number) ->
                            totals.merge(Shown.meter(getter.replaceFirst("/.*", "")), number, Long::sum));
            totals.remove("dorm.cache.nanos.answered");
            assertThat(sums).isEqualTo(totals);
        } finally {
            Metrics.removeRegistry(registry);
        }
    }

    @Test
    void metersOfOneNameHaveTheSameTags() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Metrics.addRegistry(registry);
        Everything.count(statistics);
        try (StatisticsExporter exporter = new StatisticsExporter("tagged", statistics, true)) {
            Map<String, List<List<String>>> keys = of(registry, "tagged").stream()
                    .collect(Collectors.groupingBy(
                            meter -> meter.getId().getName(),
                            Collectors.mapping(
                                    meter -> meter.getId().getTags().stream()
                                            .map(Tag::getKey)
                                            .toList(),
                                    Collectors.toList())));
            assertThat(keys)
                    .isNotEmpty()
                    .allSatisfy((name, tags) ->
                            assertThat(tags.stream().distinct()).as(name).hasSize(1));
        } finally {
            Metrics.removeRegistry(registry);
        }
    }

    @Test
    void theTableOfMetersIsComplete() throws IOException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Metrics.addRegistry(registry);
        Everything.count(statistics);
        try (StatisticsExporter exporter = new StatisticsExporter("documented", statistics, true)) {
            Set<String> meters = new TreeSet<>();
            of(registry, "documented").forEach(meter -> meters.add(meter.getId().getName() + keys(meter)));
            assertThat(rows("docs/operations.md")).isEqualTo(meters);
            assertThat(Files.readString(Path.of("docs/operations.md")))
                    .contains("Each region has %d meters, or 34 in Redis"
                            .formatted(of(registry, "documented").stream()
                                    .filter(meter ->
                                            "books".equals(meter.getId().getTag("region")))
                                    .count()));
        } finally {
            Metrics.removeRegistry(registry);
        }
    }

    /** A row of the table: an attribute, its meter, its tags. */
    private static final Pattern ROW =
            Pattern.compile("\\| `\\w+`.*\\| `(dorm\\.cache\\.[a-z.]+)`.*\\| (`[a-z`, ]+`) \\|");

    private static Set<String> rows(String page) throws IOException {
        Set<String> rows = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of(page))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.add(row.group(1) + List.of(row.group(2).replace("`", "").split(", ")));
            }
        }
        return rows;
    }

    private static List<String> keys(Meter meter) {
        return meter.getId().getTags().stream()
                .map(Tag::getKey)
                .filter(key -> !key.equals("factory"))
                .sorted(Comparator.comparing(
                        key -> List.of("alias", "region", "reason").indexOf(key)))
                .toList();
    }

    private static String metered(String getter, Tags tags) {
        String[] parts = getter.split("/");
        return Shown.meter(parts[0]) + tags(parts.length == 1 ? tags : tags.and("reason", parts[1]));
    }

    private static String tags(Iterable<Tag> tags) {
        return StreamSupport.stream(tags.spliterator(), false)
                .map(tag -> tag.getKey() + "=" + tag.getValue())
                .toList()
                .toString();
    }

    private static Map<String, Long> meters(SimpleMeterRegistry registry) {
        Map<String, Long> meters = new TreeMap<>();
        of(registry, "metered").forEach(meter -> {
            List<Tag> others = meter.getId().getTags().stream()
                    .filter(tag -> !tag.getKey().equals("factory"))
                    .toList();
            meters.put(meter.getId().getName() + tags(others), value(meter));
        });
        return meters;
    }

    private static List<Meter> of(SimpleMeterRegistry registry, String factory) {
        return registry.getMeters().stream()
                .filter(meter -> factory.equals(meter.getId().getTag("factory")))
                .toList();
    }

    private static long value(Meter meter) {
        return meter instanceof Gauge gauge
                ? (long) gauge.value()
                : (long) meter.measure().iterator().next().getValue();
    }
}
