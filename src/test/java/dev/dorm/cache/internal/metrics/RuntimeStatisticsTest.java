package dev.dorm.cache.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.AliasStatistics;
import dev.dorm.cache.BackendStatistics;
import dev.dorm.cache.CacheStatistics;
import dev.dorm.cache.EntryStatistics;
import dev.dorm.cache.RegionStatistics;
import dev.dorm.cache.internal.signing.Rejection;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
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

    @ParameterizedTest
    @EnumSource(Counter.class)
    void whatIsCountedIsShown(Counter counter) {
        Everything.count(statistics);
        Map<String, Long> before = Everything.all(statistics);
        Counters counters = counter.of() == Counter.Of.REGION
                ? statistics.region("books", "one")
                : statistics.alias("one").counters();
        counters.count(counter);
        Map<String, Long> changed = Shown.since(before, Everything.all(statistics));
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
        Everything.count(statistics);
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
        alias.add(() -> BreakerState.CLOSED, () -> 1, Map::of);
        alias.add(() -> BreakerState.HALF_OPEN, () -> 2, Map::of);
        assertThat(alias.getBreaker()).isEqualTo("HALF_OPEN");
        alias.add(() -> BreakerState.OPEN, () -> 3, Map::of);
        assertThat(alias.getBreaker()).isEqualTo("OPEN");
        assertThat(alias.getPendingInvalidations()).isEqualTo(6);
        assertThat(statistics.getBreakers()).isEqualTo(Map.of("one", "OPEN"));
    }

    @Test
    void jmxSaysTheSame() throws Exception {
        Everything.count(statistics);
        ObjectName bean = new ObjectName("dev.dorm.cache:type=Cache,factory=\"shown\"");
        try (StatisticsExporter exporter = new StatisticsExporter("shown", statistics, true)) {
            CacheStatistics there = JMX.newMXBeanProxy(BEANS, bean, CacheStatistics.class);
            assertThat(Everything.all(there)).isEqualTo(Everything.all(statistics));
            assertThat(there.getBreakers()).isEqualTo(statistics.getBreakers());
            assertThat(there.getRefusals())
                    .isEqualTo(statistics.getRefusals())
                    .isEqualTo(Map.of("one:6379", Map.of("INFO", "NOPERM"), "two:6379", Map.of("INFO", "NOPERM")));
            assertThat(there.getRegions()).containsOnlyKeys("authors", "books", "queries@60s");
            there.getRegions().forEach((name, region) -> {
                RegionStatistics here = statistics.getRegions().get(name);
                assertThat(Shown.by(EntryStatistics.class, region)).isEqualTo(Shown.by(EntryStatistics.class, here));
                assertThat(region.getAlias()).isEqualTo(here.getAlias());
            });
            assertThat(there.getAliases()).containsOnlyKeys("one", "two");
            there.getAliases().forEach((name, alias) -> {
                AliasStatistics here = statistics.getAliases().get(name);
                assertThat(Everything.all(alias)).isEqualTo(Everything.all(here));
                assertThat(alias.getBreaker()).isEqualTo(here.getBreaker());
            });
            assertThat(BEANS.getAttribute(bean, "Regions")).isInstanceOf(TabularData.class);
        }
    }
}
