package dev.dorm.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scripts that switch applications over, on excerpts of the files that they change. */
class MigrationsTest {

    private static final Path MIGRATIONS = Path.of("examples/migrations").toAbsolutePath();

    @TempDir
    private Path checkout;

    /** How a script ended, and what it printed. */
    private record Ended(int status, String output) {}

    static Stream<Path> applications() throws IOException {
        List<Path> found;
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            found = files.filter(each -> Files.exists(each.resolve("application")))
                    .sorted()
                    .toList();
        }
        assertThat(found).hasSize(3);
        return found.stream();
    }

    /** The checkout may be anywhere in another repository: git must not take that one's root for its own. */
    @BeforeEach
    void inAnotherRepository() throws IOException, InterruptedException {
        assertThat(run("git", "init", "-q", checkout.toString()).status()).isZero();
        checkout = Files.createDirectories(checkout.resolve("apps/checkout"));
    }

    @Test
    void theScriptsCanBeParsed() throws IOException, InterruptedException {
        for (String script : List.of("run", "apply", "known")) {
            assertThat(run("bash", "-n", MIGRATIONS.resolve(script).toString())).isEqualTo(new Ended(0, ""));
        }
    }

    @ParameterizedTest
    @MethodSource("applications")
    void anApplicationIsSwitchedOnce(Path application) throws IOException, InterruptedException {
        copy(application.resolve("excerpt"));
        Map<String, String> before = files();
        Ended first = apply();
        assertThat(first.status()).as(first.output()).isZero();
        Map<String, String> after = files();
        before.forEach((name, content) -> {
            assertThat(after.getOrDefault(name, "")).as(name).isNotEqualTo(content);
            assertThat(first.output()).contains(Path.of(name).getFileName().toString());
        });
        assertThat(before.get("pom.xml")).doesNotContain("dorm-hibernate-cache");
        assertThat(after.get("pom.xml")).contains("<artifactId>dorm-hibernate-cache</artifactId>");

        Ended second = apply();
        assertThat(second.status()).isZero();
        assertThat(second.output()).contains("already", "nothing was changed");
        assertThat(files()).isEqualTo(after);
    }

    @ParameterizedTest
    @MethodSource("applications")
    void aCheckoutThatDiffersIsLeftAlone(Path application) throws IOException, InterruptedException {
        copy(application.resolve("excerpt"));
        Path settings = checkout.resolve("src/main/resources")
                .resolve(
                        Files.exists(checkout.resolve("build.gradle"))
                                ? "application.properties"
                                : "config/application.yml");
        Files.writeString(settings, Files.readString(settings).replace("hibernate", "eclipselink"));
        Map<String, String> before = files();
        Ended ended = apply();
        assertThat(ended.status()).isOne();
        assertThat(ended.output())
                .contains(settings.getFileName() + ": patch does not apply", "Nothing was changed", "commit");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void whatIsNotKnownIsRefused() throws IOException, InterruptedException {
        assertThat(apply().output()).contains("no pom.xml");
        Files.writeString(
                checkout.resolve("pom.xml"),
                """
                <project>
                  <parent><artifactId>spring-petclinic</artifactId></parent>
                  <artifactId>shop</artifactId>
                </project>
                """);
        Ended ended = apply();
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.output()).contains("'shop', which is not known here", "spring-petclinic", "docs/migration.md");
    }

    @ParameterizedTest
    @MethodSource("applications")
    void theVersionsAreThoseOfThisProject(Path application) throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        String diff = Files.readString(application.resolve("migration.diff"));
        assertThat(group(diff, "\\+ *<dorm\\.version>(.*)</dorm")).isEqualTo(group(pom, "<version>(.*)</version>"));
        assertThat(group(diff, "\\+ *<redisson\\.version>(.*)</redisson"))
                .isEqualTo(group(Files.readString(Path.of("README.md")), "redisson</artifactId>\\s*<version>(.*)</"));
    }

    private static String group(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }

    private Ended apply() throws IOException, InterruptedException {
        return run("bash", MIGRATIONS.resolve("apply").toString(), checkout.toString());
    }

    private static Ended run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Ended(process.waitFor(), output);
    }

    private void copy(Path from) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = checkout.resolve(from.relativize(file));
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(checkout)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(checkout.relativize(file).toString(), Files.readString(file));
            }
        }
        return contents;
    }
}
