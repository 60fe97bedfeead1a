package dev.dorm.cache.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.AliasStatistics;
import dev.dorm.cache.BackendStatistics;
import dev.dorm.cache.CacheStatistics;
import dev.dorm.cache.EntryStatistics;
import dev.dorm.cache.RegionStatistics;
import dev.dorm.cache.internal.signing.Rejection;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything that is counted is shown, at each level, and the same everywhere. */
class RuntimeStatisticsTest {

    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

    private final RuntimeStatistics statistics = new RuntimeStatistics();

    /** Three regions in two places; each counter of each stands somewhere else. */
    private void countEverything() {
        backend("one", 1, BreakerState.CLOSED, 2);
        backend("two", 3, BreakerState.OPEN, 5);
        region("books", "one", 1);
        region("authors", "one", 5);
        region("queries@60s", "two", 11);
    }

    private void region(String name, String alias, int times) {
        Counters counters = statistics.region(name, alias);
        count(counters, Counter.Of.REGION, times);
    }

    private void backend(String alias, int times, BreakerState state, int pending) {
        AliasCounts counts = statistics.alias(alias);
        counts.add(() -> state, () -> pending);
        count(counts.counters(), Counter.Of.ALIAS, times);
    }

    private static void count(Counters counters, Counter.Of of, int times) {
        for (Counter counter : Counter.values()) {
            for (int i = 0; counter.of() == of && i < times * (counter.ordinal() + 1); i++) {
                counters.count(counter);
            }
        }
    }

    private static Map<String, Long> all(Object shown) {
        return Shown.by(shown, EntryStatistics.class, BackendStatistics.class);
    }

    @ParameterizedTest
    @EnumSource(Counter.class)
    void whatIsCountedIsShown(Counter counter) {
        countEverything();
        Map<String, Long> before = all(statistics);
        Counters counters = counter.of() == Counter.Of.REGION
                ? statistics.region("books", "one")
                : statistics.alias("one").counters();
        counters.count(counter);
        Map<String, Long> changed = Shown.since(before, all(statistics));
        if (counter == Counter.MISS_UNDECODABLE) {
            assertThat(changed).isEqualTo(Map.of("Misses/undecodable", 1L, "RejectedEntries/undecodable", 1L));
        } else {
            assertThat(changed).hasSize(1).containsValue(1L);
        }
        String reason = counter.name().replaceFirst("^(MISS|PUT_REFUSED|REJECTED)_", "");
        if (!reason.equals(counter.name())) {
            assertThat(changed.keySet()).allMatch(name -> name.endsWith("/" + reason.toLowerCase(Locale.ROOT)));
        }
    }

    @ParameterizedTest
    @EnumSource(Rejection.class)
    void aRejectionIsCountedByItsName(Rejection rejection) {
        statistics.region("books", "one").count(rejection);
        assertThat(statistics.getRejectedEntries())
                .containsEntry(rejection.name().toLowerCase(Locale.ROOT), 1L);
    }

    @Test
    void totalsAreSumsOfRegionsAndOfAliases() {
        countEverything();
        Map<String, Long> entries = Shown.by(EntryStatistics.class, statistics);
        assertThat(entries.values()).doesNotContain(0L);
        assertThat(entries).isEqualTo(sum(EntryStatistics.class, statistics.getRegions().values().stream()));
        assertThat(entries).isEqualTo(sum(EntryStatistics.class, statistics.getAliases().values().stream()));
        assertThat(Shown.by(BackendStatistics.class, statistics))
                .isEqualTo(sum(BackendStatistics.class, statistics.getAliases().values().stream()));
        statistics.getAliases().forEach((name, alias) -> assertThat(Shown.by(EntryStatistics.class, alias))
                .isEqualTo(sum(
                        EntryStatistics.class,
                        statistics.getRegions().values().stream()
                                .filter(region -> region.getAlias().equals(name)))));
        assertThat(statistics.getPendingInvalidations()).isEqualTo(7);
    }

    private static Map<String, Long> sum(Class<?> type, Stream<?> parts) {
        return Shown.sum(parts.map(part -> Shown.by(type, part)).toList());
    }

    @Test
    void regionsOfOneNameCountTogether() {
        assertThat(statistics.region("books", "one")).isSameAs(statistics.region("books", "one"));
        assertThat(statistics.getRegions()).containsOnlyKeys("books");
    }

    @Test
    void theWorstBreakerOfAnAliasCounts() {
        AliasCounts alias = statistics.alias("one");
        assertThat(alias.getBreaker()).isEqualTo("CLOSED");
        alias.add(() -> BreakerState.CLOSED, () -> 1);
        alias.add(() -> BreakerState.HALF_OPEN, () -> 2);
        assertThat(alias.getBreaker()).isEqualTo("HALF_OPEN");
        alias.add(() -> BreakerState.OPEN, () -> 3);
        assertThat(alias.getBreaker()).isEqualTo("OPEN");
        assertThat(alias.getPendingInvalidations()).isEqualTo(6);
        assertThat(statistics.getBreakers()).isEqualTo(Map.of("one", "OPEN"));
    }

    @Test
    void jmxSaysTheSame() throws Exception {
        countEverything();
        ObjectName bean = new ObjectName("dev.dorm.cache:type=Cache,factory=\"shown\"");
        try (StatisticsExporter exporter = new StatisticsExporter("shown", statistics)) {
            CacheStatistics there = JMX.newMXBeanProxy(BEANS, bean, CacheStatistics.class);
            assertThat(all(there)).isEqualTo(all(statistics));
            assertThat(there.getBreakers()).isEqualTo(statistics.getBreakers());
            assertThat(there.getRegions()).containsOnlyKeys("authors", "books", "queries@60s");
            there.getRegions().forEach((name, region) -> {
                RegionStatistics here = statistics.getRegions().get(name);
                assertThat(Shown.by(EntryStatistics.class, region)).isEqualTo(Shown.by(EntryStatistics.class, here));
                assertThat(region.getAlias()).isEqualTo(here.getAlias());
            });
            assertThat(there.getAliases()).containsOnlyKeys("one", "two");
            there.getAliases().forEach((name, alias) -> {
                AliasStatistics here = statistics.getAliases().get(name);
                assertThat(all(alias)).isEqualTo(all(here));
                assertThat(alias.getBreaker()).isEqualTo(here.getBreaker());
            });
            assertThat(BEANS.getAttribute(bean, "Regions")).isInstanceOf(TabularData.class);
        }
    }

    @Test
    void metersSayTheSame() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Metrics.addRegistry(registry);
        try (StatisticsExporter exporter = new StatisticsExporter("metered", statistics)) {
            // Regions and aliases come when they are first used.
            countEverything();
            Map<String, Long> expected = new TreeMap<>();
            statistics.getRegions().forEach((name, region) -> Shown.by(EntryStatistics.class, region)
                    .forEach((getter, number) -> expected.put(
                            metered(getter, Tags.of("alias", region.getAlias(), "region", name)), number)));
            statistics.getAliases().forEach((name, alias) -> {
                Shown.by(BackendStatistics.class, alias)
                        .forEach((getter, number) -> expected.put(metered(getter, Tags.of("alias", name)), number));
                expected.put(
                        "dorm.cache.breaker.open" + tags(Tags.of("alias", name)),
                        alias.getBreaker().equals("CLOSED") ? 0L : 1L);
            });
            assertThat(meters(registry)).isEqualTo(expected);
        } finally {
            Metrics.removeRegistry(registry);
        }
    }

    @Test
    void nothingIsMeteredAnyMoreWhenTheSessionFactoryIsClosed() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Metrics.addRegistry(registry);
        countEverything();
        try {
            new StatisticsExporter("closed", statistics).close();
            statistics.region("late", "one");
            assertThat(of(registry, "closed")).isEmpty();
        } finally {
            Metrics.removeRegistry(registry);
        }
    }

    @Test
    void theSumOverAMetersTagsIsTheTotal() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Metrics.addRegistry(registry);
        countEverything();
        try (StatisticsExporter exporter = new StatisticsExporter("summed", statistics)) {
            Map<String, Long> sums = new TreeMap<>();
            of(registry, "summed").forEach(meter -> sums.merge(meter.getId().getName(), value(meter), Long::sum));
            sums.remove("dorm.cache.breaker.open");
            Map<String, Long> totals = new TreeMap<>();
            all(statistics)
                    .forEach((getter, number) ->
                            totals.merge(Shown.meter(getter.replaceFirst("/.*", "")), number, Long::sum));
            assertThat(sums).isEqualTo(totals);
        } finally {
            Metrics.removeRegistry(registry);
        }
    }

    @Test
    void metersOfOneNameHaveTheSameTags() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Metrics.addRegistry(registry);
        countEverything();
        try (StatisticsExporter exporter = new StatisticsExporter("tagged", statistics)) {
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
        countEverything();
        try (StatisticsExporter exporter = new StatisticsExporter("documented", statistics)) {
            Set<String> meters = new TreeSet<>();
            of(registry, "documented").forEach(meter -> meters.add(meter.getId().getName() + keys(meter)));
            assertThat(rows("docs/operations.md")).isEqualTo(meters);
            assertThat(Files.readString(Path.of("docs/operations.md")))
                    .contains("Each region has %d meters"
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
