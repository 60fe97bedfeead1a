package dev.dorm.cache;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What works around a behaviour of Hibernate is in {@code internal.hibernate}, a class each, and says when it can go. Each
 * rule is tried on classes in {@code violation} that break it.
 */
class HibernateWorkaroundsTest {

    private static final String ROOT = "dev.dorm.cache";
    private static final Path SOURCES = Path.of("src/main/java/dev/dorm/cache");
    private static final Path WORKAROUNDS = SOURCES.resolve("internal/hibernate");
    private static final Path VIOLATIONS = Path.of("src/test/java/dev/dorm/cache/violation");

    private static final JavaClasses LIBRARY =
            new ClassFileImporter().importPath(Path.of(System.getProperty("archunit.classes", "target/classes")));
    private static final JavaClasses VIOLATING = new ClassFileImporter().importPackages(ROOT + ".violation");

    private static GivenClassesConjunction others(String root) {
        return noClasses().that().resideOutsideOfPackage(root + ".internal.hibernate..");
    }

    /** {@code Secrets} looks at no stack: it gives an exception whose text it has changed the trace of the first. */
    private static ArchRule nobodyElseLooksAtTheStack(String root) {
        return others(root)
                .and()
                .doNotHaveFullyQualifiedName(root + ".internal.redis.command.Secrets")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(StackWalker.class)
                .orShould()
                .callMethodWhere(target(name("getStackTrace")));
    }

    private static ArchRule nobodyElseNamesWhatIsInternal(String root) {
        return others(root)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.hibernate.internal..", "org.hibernate..internal..");
    }

    private static ArchRule nobodyElseAsksForTheVersion(String root) {
        return others(root).should().dependOnClassesThat().belongToAnyOf(org.hibernate.Version.class);
    }

    /** Others reflect on what is not Hibernate's: on Redisson, on an application's backends and values. */
    private static ArchRule nobodyElseReflects(String root) {
        return others(root)
                .and()
                .haveNameNotMatching(
                        Pattern.quote(root + ".internal.")
                                + "(redis\\.(DaemonClient|Options|NativeTransport|login\\.Login)|bootstrap\\.BackendBuilder|dynamic\\.Likeness)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.lang\\.reflect\\.(Field|Method|Constructor|InvocationHandler)"
                        + "|java\\.lang\\.invoke\\.(MethodHandle|MethodHandles(\\$Lookup)?|VarHandle)");
    }

    @Test
    void nobodyElseWorksAroundHibernate() {
        nobodyElseLooksAtTheStack(ROOT).check(LIBRARY);
        nobodyElseNamesWhatIsInternal(ROOT).check(LIBRARY);
        nobodyElseAsksForTheVersion(ROOT).check(LIBRARY);
        nobodyElseReflects(ROOT).check(LIBRARY);
    }

    @Test
    void whoDoesIsFound() {
        String root = ROOT + ".violation";
        assertThat(failures(nobodyElseLooksAtTheStack(root))).contains("StackWalker", "getStackTrace");
        assertThat(failures(nobodyElseNamesWhatIsInternal(root))).contains("org.hibernate.internal.SessionFactoryImpl");
        assertThat(failures(nobodyElseAsksForTheVersion(root))).contains("org.hibernate.Version");
        assertThat(failures(nobodyElseReflects(root))).contains("java.lang.reflect.Field");
    }

    private static String failures(ArchRule rule) {
        return rule.evaluate(VIOLATING).getFailureReport().toString();
    }

    /** A class of Hibernate's by its name, as the name of a setting does not begin. */
    private static final Pattern CLASS_NAME = Pattern.compile("\"org\\.hibernate\\.[^\"]*\"");

    /** What one version does and another does not. */
    private static final Pattern VERSION = Pattern.compile("\\b(Hibernate|[Bb]efore|[Ss]ince|[Ff]rom|[Uu]ntil) +"
            + "(Hibernate +)?([67]\\.\\d|[67]\\b(?! ?(bytes|bits|KiB)))");

    private static final List<Pattern> TOLD_ONLY_THERE = List.of(CLASS_NAME, VERSION);

    @Test
    void nobodyElseNamesAVersionOrAClassOfHibernates() {
        assertThat(sources(SOURCES)
                        .filter(file -> !file.startsWith(WORKAROUNDS))
                        .flatMap(HibernateWorkaroundsTest::named))
                .isEmpty();
    }

    @Test
    void whoNamesThemIsFound() {
        assertThat(sources(VIOLATIONS).flatMap(HibernateWorkaroundsTest::named))
                .anySatisfy(found -> assertThat(found).contains("Hibernate 7"))
                .anySatisfy(found -> assertThat(found).contains("\"org.hibernate."));
    }

    private static Stream<String> named(Path file) {
        String source = read(file);
        return TOLD_ONLY_THERE.stream()
                .flatMap(pattern -> pattern.matcher(source).results().map(found -> file + ": " + found.group()));
    }

    private static final Pattern TYPE =
            Pattern.compile("(?m)^(public )?((final|abstract) )*(class|record|interface|enum) (\\w+)");

    private static final List<Pattern> FORM = List.of(
            Pattern.compile(" <p>Hibernate: .*\\{@code [A-Z]"),
            Pattern.compile(" <p>Since: (6\\.6 or earlier|7\\.\\d)\\. Until: 7\\.\\d( or later\\.|, )"),
            Pattern.compile(" <p>Goes when: .*\\{@code \\w+(IT|Test)#\\w+}"));

    private static final Pattern TEST = Pattern.compile("\\{@code (\\w+(?:IT|Test))#(\\w+)}");

    /** A class that is not public is a part of those that are. */
    @Test
    void eachSaysWhatHibernateDoesAndWhenItCanGo() {
        List<Path> workarounds =
                sources(WORKAROUNDS).filter(file -> isPublic(read(file))).toList();
        assertThat(workarounds).hasSizeGreaterThan(20).allSatisfy(file -> assertThat(missing(read(file)))
                .as(file.toString())
                .isEmpty());
    }

    @Test
    void oneThatDoesNotSayItIsFound() {
        String source = read(VIOLATIONS.resolve("internal/key/AsksWho.java"));
        assertThat(missing(source)).hasSize(FORM.size());
        assertThat(missing("/** <p>Goes when: {@code NobodyIT#atAll} stays green. */\npublic class Lost {"))
                .contains("NobodyIT#atAll");
    }

    private static boolean isPublic(String source) {
        Matcher type = TYPE.matcher(source);
        return type.find() && type.group(1) != null;
    }

    /** Returns what a class's Javadoc lacks of the form, and the tests that it names and nobody has. */
    private static List<String> missing(String source) {
        Matcher type = TYPE.matcher(source);
        String before = type.find() ? source.substring(0, type.start()) : "";
        int begin = before.lastIndexOf("/**");
        String javadoc = before.substring(Math.max(begin, 0))
                .replaceAll("\\s*\\n \\*", " ")
                .replaceAll(" +", " ");
        Stream<String> lacking =
                FORM.stream().filter(part -> !part.matcher(javadoc).find()).map(Pattern::pattern);
        Stream<String> unknown = TEST.matcher(javadoc)
                .results()
                .filter(test -> !isThere(test.group(1), test.group(2)))
                .map(test -> test.group(1) + "#" + test.group(2));
        return Stream.concat(lacking, unknown).toList();
    }

    private static final Pattern ABOVE = Pattern.compile(" extends (\\w+)");

    /** A test's method may stand in the class above. */
    private static boolean isThere(String type, String method) {
        return Stream.of(
                        Path.of("src/test/java"),
                        Path.of("hibernate-tests/src/java"),
                        Path.of("hibernate-tests/spring-boot/src/test/java"))
                .flatMap(HibernateWorkaroundsTest::sources)
                .filter(file -> file.endsWith(type + ".java"))
                .map(HibernateWorkaroundsTest::read)
                .anyMatch(source -> {
                    Matcher above = ABOVE.matcher(source);
                    return source.contains("void " + method + "(") || above.find() && isThere(above.group(1), method);
                });
    }

    private static Stream<Path> sources(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).collect(Collectors.toList()).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
