package dev.dorm.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.internal.lifetime.Lifetime;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.settings.KnownSettings;
import dev.dorm.cache.internal.settings.Settings;
import dev.dorm.cache.internal.settings.Sizes;
import dev.dorm.cache.internal.settings.Times;
import dev.dorm.cache.internal.signing.EntryLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
import org.junit.jupiter.api.Test;

/** What the pages say is what the code does, and their links lead somewhere. */
class DocumentationTest {

    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#\\s]*)(#[^)\\s]*)?\\)");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| ([^|]+) \\|");

    private static Map<String, String> defaults() throws IOException {
        Map<String, String> rows = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("docs/settings.md")));
        while (row.find()) {
            rows.put(row.group(1), row.group(2).replace("`", "").trim());
        }
        return rows;
    }

    @Test
    void thePageOfSettingsHasEachOfThem() throws IOException {
        Set<String> known = new TreeSet<>(KnownSettings.OF_BACKENDS);
        known.addAll(KnownSettings.OF_FACTORIES);
        KnownSettings.OF_REGIONS.forEach(name -> known.add("regions.<region>." + name));
        known.add("options.<name>");
        known.add("caches.<alias>.<setting>");
        Set<String> described = new TreeSet<>(defaults().keySet());
        described.removeIf(name -> name.startsWith("hibernate."));
        assertThat(described).isEqualTo(known);
    }

    @Test
    void thePageOfSettingsTellsTheDefaults() throws IOException {
        assertThat(defaults())
                .containsEntry("ttl", Times.format(BackendSettings.DEFAULT_TTL))
                .containsEntry("timeout", Times.format(BackendSettings.DEFAULT_TIMEOUT))
                .containsEntry("max_entries", "%,d".formatted(BackendSettings.DEFAULT_MAX_ENTRIES))
                .containsEntry("max_entry_size", Sizes.format(EntryLimit.DEFAULT_BYTES))
                .containsEntry("ttl_jitter", Lifetime.DEFAULT_JITTER + "%")
                .containsEntry("refresh_ahead", Lifetime.DEFAULT_AHEAD + "%")
                .containsEntry("near", new Settings(Map.of()).near().name().toLowerCase(Locale.ROOT))
                .containsEntry("min_replicas", "" + BackendSettings.defaults().minReplicas())
                .containsEntry("on_outage", new Settings(Map.of()).failsOnOutage() ? "fail" : "bypass");
    }

    @Test
    void everyConstantHasItsSetting() throws IllegalAccessException {
        Set<String> constants = new TreeSet<>();
        for (var field : DormSettings.class.getFields()) {
            constants.add(((String) field.get(null)).substring(DormSettings.PREFIX.length()));
        }
        Set<String> known = new TreeSet<>(KnownSettings.OF_BACKENDS);
        known.addAll(KnownSettings.OF_FACTORIES);
        known.addAll(List.of("", "options.", "caches.", "regions."));
        assertThat(constants).isEqualTo(known);
    }

    @Test
    void troubleshootingHasEveryReasonThatIsCounted() throws IOException {
        String page = Files.readString(Path.of("docs/troubleshooting.md"));
        List<String> reasons = Arrays.stream(Counter.values())
                .map(Counter::name)
                .filter(name -> name.matches("(MISS|PUT_REFUSED|REJECTED)_.*"))
                .map(name ->
                        name.replaceFirst("MISS_|PUT_REFUSED_|REJECTED_", "").toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
        assertThat(reasons).hasSizeGreaterThan(20).allSatisfy(reason -> assertThat(page)
                .contains("`" + reason + "`"));
    }

    @Test
    void theReadmeIsOnePage() throws IOException {
        assertThat(Files.readAllLines(Path.of("README.md"))).hasSizeLessThanOrEqualTo(120);
    }

    /** Names that are two words or more; each is a class of this project, or one of those that it names of others. */
    private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z]+[A-Z]\\w*)(?:[#.]\\w+)?`");

    private static final Set<String> OF_OTHERS = Set.of("ServiceLoader");

    @Test
    void classesThatContributorsAreSentToAreThere() throws IOException {
        Set<String> classes = new TreeSet<>(OF_OTHERS);
        for (String root : List.of("src", "hibernate-tests/src", "examples")) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".java"))
                        .forEach(name -> classes.add(name.substring(0, name.length() - ".java".length())));
            }
        }
        for (String page : List.of("ARCHITECTURE.md", "CONTRIBUTING.md", "docs/backends.md")) {
            Matcher named = CLASS.matcher(Files.readString(Path.of(page)));
            Set<String> names = new TreeSet<>();
            while (named.find()) {
                names.add(named.group(1));
            }
            assertThat(classes).as(page).containsAll(names);
            assertThat(names).as(page).isNotEmpty();
        }
    }

    @Test
    void linksLeadSomewhere() throws IOException {
        try (Stream<Path> files = Stream.concat(Files.list(Path.of("")), Files.walk(Path.of("docs")))) {
            List<String> dead = files.filter(file -> file.toString().endsWith(".md"))
                    .flatMap(DocumentationTest::deadLinks)
                    .toList();
            assertThat(dead).isEmpty();
        }
    }

    private static Stream<String> deadLinks(Path page) {
        return LINK.matcher(read(page)).results().flatMap(link -> {
            String path = link.group(1);
            Path target = path.isEmpty() ? page : page.resolveSibling(path).normalize();
            if (!Files.exists(target)) {
                return Stream.of(page + " -> " + path);
            }
            String anchor = link.group(2);
            boolean found = anchor == null || anchors(read(target)).contains(anchor.substring(1));
            return found ? Stream.empty() : Stream.of(page + " -> " + path + anchor);
        });
    }

    /** The anchors that GitHub makes of headings. */
    private static Set<String> anchors(String page) {
        return Arrays.stream(page.split("\n", -1))
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
