package dev.dorm.cache.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The dashboard and the alert rules ask for what Prometheus scrapes, and show all of it. */
class DashboardsTest {

    private static final Path DASHBOARD = Path.of("docs/monitoring/grafana.json");
    private static final Path RULES = Path.of("docs/monitoring/alerts.yml");

    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_]+)\\{([^}]*)\\} ");
    private static final Pattern NAME = Pattern.compile("\\bdorm_cache_[a-z_]+");
    private static final Pattern LABELS = Pattern.compile("\\bby ?\\(([a-z, ]+)\\)");
    private static final Pattern REASONS = Pattern.compile("reason=~?\"([a-z_|]+)\"");

    /** What Prometheus itself, or whoever configures it, adds to each sample. */
    private static final Set<String> ADDED = Set.of("application", "instance");

    /** Returns the names of all samples of ours, each with its labels and their values. */
    private static Map<String, Set<String>> scraped() {
        RuntimeStatistics statistics = new RuntimeStatistics();
        Everything.count(statistics);
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Map<String, Set<String>> samples = new TreeMap<>();
        try (MicrometerBinder binder = new MicrometerBinder(statistics, registry);
                CacheMeters names = new CacheMeters(statistics, registry)) {
            Matcher sample = SAMPLE.matcher(registry.scrape());
            while (sample.find()) {
                Set<String> labels = samples.computeIfAbsent(sample.group(1), name -> new TreeSet<>());
                for (String label : sample.group(2).split(",(?=[a-z_]+=)")) {
                    labels.add(label.substring(0, label.indexOf('=')));
                    labels.add(label);
                }
            }
        }
        return samples;
    }

    private static Set<String> expressions() throws IOException {
        Set<String> expressions = new TreeSet<>();
        for (JsonNode found : new ObjectMapper().readTree(DASHBOARD.toFile()).findValues("expr")) {
            expressions.add(found.asText());
        }
        Files.readString(RULES)
                .lines()
                .filter(line -> line.contains("dorm_cache_"))
                .forEach(expressions::add);
        return expressions;
    }

    @Test
    void eachNameAndLabelThatIsAskedForIsScraped() throws IOException {
        Map<String, Set<String>> scraped = scraped();
        Set<String> all = new TreeSet<>();
        scraped.values().forEach(all::addAll);
        all.addAll(ADDED);
        assertThat(expressions()).hasSizeGreaterThan(20).allSatisfy(expression -> {
            Matcher name = NAME.matcher(expression);
            assertThat(name.find()).isTrue();
            do {
                assertThat(scraped).containsKey(name.group());
            } while (name.find());
            Matcher labels = LABELS.matcher(expression);
            while (labels.find()) {
                assertThat(all).contains(labels.group(1).split(", "));
            }
            Matcher reasons = REASONS.matcher(expression);
            while (reasons.find()) {
                for (String reason : reasons.group(1).split("\\|")) {
                    assertThat(all).contains("reason=\"" + reason + "\"");
                }
            }
        });
    }

    @Test
    void theDashboardShowsEachMeter() throws IOException {
        Set<String> shown = new TreeSet<>();
        Matcher name = NAME.matcher(String.join(" ", expressions()));
        while (name.find()) {
            shown.add(name.group());
        }
        Set<String> ours = new TreeSet<>(scraped().keySet());
        ours.removeIf(each -> !each.startsWith("dorm_cache_"));
        // Seen by their effect: the breaker's state, and misses that become hits.
        ours.removeAll(Set.of("dorm_cache_breaker_openings_total", "dorm_cache_loads_awaited_total"));
        assertThat(shown).isEqualTo(ours);
    }

    /** Prometheus refuses a meter whose labels are not those of another of its name: Spring Boot's caches have these. */
    @Test
    void regionsHaveTheLabelsOfSpringBootsCaches() {
        assertThat(labels("cache_gets_total")).containsExactly("cache", "cache_manager", "name", "result");
        for (String name : Set.of("cache_puts_total", "cache_evictions_total", "cache_size")) {
            assertThat(labels(name)).containsExactly("cache", "cache_manager", "name");
        }
    }

    private static Set<String> labels(String sample) {
        Set<String> labels = new TreeSet<>(scraped().get(sample));
        labels.removeIf(label -> label.contains("="));
        return labels;
    }
}
