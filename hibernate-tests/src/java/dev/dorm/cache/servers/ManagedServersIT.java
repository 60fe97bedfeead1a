package dev.dorm.cache.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.Printed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What works on servers that refuse what each vendor's documentation says, and what does not, is what {@code docs/servers.md} says:
 * neither less nor more. {@code -Dservers.write=true} writes its table anew. Hits that the page does not promise are waited for as
 * long as others with {@code -Dservers.all=true} only. Whatever is refused, an application starts, its updates
 * succeed, and without the near tier no read is stale.
 */
class ManagedServersIT {

    private static final Path PAGE = Path.of("docs/servers.md");
    private static final String BEGIN = "<!-- written by ManagedServersIT -->\n";
    private static final String END = "<!-- end of the managed servers -->\n";
    private static final String HEAD =
            "| managed server | topology | hits | after writes | kept near | the log names |\n|---|---|---|---|---|---|\n";

    private static final Duration IN_VAIN = Duration.ofMillis(1_500);

    private static final Map<Vendor, String> ROWS = new EnumMap<>(Vendor.class);

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void doesWhatThePageSays(Vendor vendor) throws Exception {
        boolean isExpected = Boolean.getBoolean("servers.all") || !rowOf(vendor).contains(" no ");
        Duration patience = isExpected ? TwoApplications.PATIENCE : IN_VAIN;
        try (ManagedServer server = new ManagedServer(vendor);
                Printed printed = Printed.onStandardError()) {
            TwoApplications far = TwoApplications.over(server.location(), "off", patience);
            TwoApplications near = TwoApplications.over(server.location(), "all", patience);
            String row = "| %s | %s | %s | %s | %s | %s |\n"
                    .formatted(
                            "[%s](https://%s)".formatted(vendor.title(), vendor.page()),
                            vendor.isCluster() ? "cluster" : "one server",
                            far.before(),
                            far.after(),
                            near.kept(),
                            named(vendor, printed));
            ROWS.put(vendor, row);
            if (!Boolean.getBoolean("servers.write")) {
                assertThat(Files.readString(PAGE)).contains(row);
            }
        }
    }

    private static String rowOf(Vendor vendor) throws IOException {
        try (Stream<String> lines = Files.lines(PAGE)) {
            return lines.filter(line -> line.startsWith("| [%s](".formatted(vendor.title())))
                    .findFirst()
                    .orElse("");
        }
    }

    @AfterAll
    static void write() throws IOException {
        if (Boolean.getBoolean("servers.write")) {
            String page = Files.readString(PAGE);
            int from = page.indexOf(BEGIN) + BEGIN.length();
            Files.writeString(
                    PAGE,
                    page.substring(0, from)
                            + HEAD
                            + String.join("", ROWS.values())
                            + page.substring(page.indexOf(END, from)));
        }
    }

    /** Which of the refused commands the warnings name; a category is named by whichever command of it is missed. */
    private static String named(Vendor vendor, Printed printed) {
        List<String> warnings = printed.lines("WARN").stream()
                .filter(line -> line.contains(" cache - "))
                .map(line -> line.toLowerCase(Locale.ROOT))
                .toList();
        if (warnings.isEmpty()) {
            return "nothing, without a warning";
        }
        String names = Stream.concat(
                        Stream.concat(vendor.refused().stream(), vendor.inScripts().stream()), Stream.of("info"))
                .distinct()
                .filter(name -> warnings.stream().anyMatch(line -> line.matches(".*\\b" + name + "\\b.*")))
                .map(name -> "`" + name.toUpperCase(Locale.ROOT) + "`")
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "no command, in a warning" : names;
    }
}
