package dev.dorm.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A class is read in one go: at most 300 lines, and 20 methods of its own. */
class SizeTest {

    private static final int LINES = 300;
    private static final int METHODS = 20;

    /** The contract of a store: whoever writes one implements eight of its methods, and has the others by default. */
    private static final Set<String> MORE_METHODS = Set.of("Backend");

    private static final JavaClasses LIBRARY =
            new ClassFileImporter().importPath(Path.of(System.getProperty("archunit.classes", "target/classes")));

    @Test
    void filesAreShort() throws IOException {
        Map<String, Integer> lines = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                lines.put(
                        file.getFileName().toString().replace(".java", ""),
                        Files.readAllLines(file).size());
            }
        }
        assertThat(lines).hasSizeGreaterThan(200);
        assertThat(lines).allSatisfy((name, length) -> assertThat(length).isLessThanOrEqualTo(LINES));
    }

    /** A method that a supertype asks for is that one's: Hibernate's interfaces have what they have. */
    @Test
    void classesHaveFewMethodsOfTheirOwn() {
        Map<String, Integer> many = LIBRARY.stream()
                .filter(each -> own(each).size() > METHODS)
                .collect(Collectors.toMap(
                        JavaClass::getSimpleName, each -> own(each).size(), Math::max, TreeMap::new));
        many.keySet().removeAll(MORE_METHODS);
        assertThat(many).isEmpty();
    }

    @Test
    void whatASupertypeAsksForIsNotCounted() {
        JavaClass access = LIBRARY.get("dev.dorm.cache.internal.region.EntityAccess");
        assertThat(access.getMethods()).hasSizeGreaterThan(own(access).size());
        assertThat(own(access))
                .extracting(JavaMethod::getName)
                .contains("inserted")
                .doesNotContain("putFromLoad");
    }

    private static List<JavaMethod> own(JavaClass type) {
        return type.getMethods().stream()
                .filter(method -> !method.getModifiers().contains(JavaModifier.SYNTHETIC)
                        && !method.getModifiers().contains(JavaModifier.BRIDGE))
                .filter(method -> !isMadeByTheCompiler(type, method))
                .filter(method -> supertypes(type)
                        .noneMatch(above -> above.getMethods().stream().anyMatch(asked -> overrides(method, asked))))
                .toList();
    }

    /** The accessors of a record, and what every enum has. */
    private static boolean isMadeByTheCompiler(JavaClass type, JavaMethod method) {
        return type.isEnum() && Set.of("values", "valueOf").contains(method.getName())
                || type.isRecord()
                        && method.getRawParameterTypes().isEmpty()
                        && type.tryGetField(method.getName()).isPresent();
    }

    private static Stream<JavaClass> supertypes(JavaClass type) {
        return Stream.concat(type.getAllRawSuperclasses().stream(), type.getAllRawInterfaces().stream());
    }

    /** Parameters may be narrower than those of a generic type. */
    private static boolean overrides(JavaMethod method, JavaMethod above) {
        return above.getName().equals(method.getName())
                && above.getRawParameterTypes().size()
                        == method.getRawParameterTypes().size();
    }
}
