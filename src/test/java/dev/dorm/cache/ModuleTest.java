package dev.dorm.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The module's descriptor, which is compiled apart: the compiler does not hold it against the code. */
class ModuleTest {

    private static final Path CLASSES = Path.of("target/classes");
    private static final Path SERVICES = Path.of("src/main/resources/META-INF/services");

    /** What an application may leave out; the last has annotations only. */
    private static final Set<String> OPTIONAL = Set.of(
            "redisson",
            "io.netty.buffer",
            "io.netty.common",
            "io.netty.handler",
            "io.netty.transport",
            "micrometer.commons",
            "micrometer.core",
            "micrometer.observation",
            "com.fasterxml.jackson.dataformat.smile",
            "spring.beans",
            "spring.boot",
            "spring.boot.actuator",
            "spring.boot.actuator.autoconfigure",
            "spring.boot.autoconfigure",
            "spring.boot.data.redis",
            "spring.boot.health",
            "spring.context",
            "spring.core",
            "spring.orm",
            "org.jspecify");

    private static ModuleDescriptor descriptor() throws IOException {
        try (InputStream in = Files.newInputStream(CLASSES.resolve("META-INF/versions/17/module-info.class"))) {
            return ModuleDescriptor.read(in);
        }
    }

    @Test
    void twoPackagesAreExportedAndOnlySpringsIsOpen() throws IOException {
        assertThat(descriptor().exports())
                .extracting(ModuleDescriptor.Exports::toString)
                .containsExactlyInAnyOrder("dev.dorm.cache", "dev.dorm.cache.backend");
        assertThat(descriptor().opens())
                .extracting(ModuleDescriptor.Opens::toString)
                .containsExactlyInAnyOrder(
                        "dev.dorm.cache.internal.spring",
                        "dev.dorm.cache.internal.spring.actuate",
                        "dev.dorm.cache.internal.spring.actuate.boot3",
                        "dev.dorm.cache.internal.spring.actuate.boot4",
                        "dev.dorm.cache.internal.spring.aot");
        assertThat(descriptor().isOpen()).isFalse();
    }

    @Test
    void whatTheClassPathFindsByServiceFilesIsProvided() throws IOException {
        Map<String, List<String>> files = new TreeMap<>();
        try (Stream<Path> services = Files.list(SERVICES)) {
            for (Path service : services.toList()) {
                files.put(service.getFileName().toString(), Files.readAllLines(service));
            }
        }
        assertThat(descriptor().provides().stream()
                        .collect(Collectors.toMap(
                                ModuleDescriptor.Provides::service, ModuleDescriptor.Provides::providers)))
                .isEqualTo(files)
                .isNotEmpty();
    }

    @Test
    void theModulesOfAllThatIsUsedAreRequired() throws IOException {
        Map<String, String> modules = modulesOfPackages();
        Set<String> used = packagesUsed().stream()
                .map(name -> modules.getOrDefault(name, "the module of " + name))
                .collect(Collectors.toSet());
        Set<String> readAlong = Set.of("com.fasterxml.jackson.core");
        used.removeAll(readAlong);
        assertThat(descriptor().requires())
                .extracting(ModuleDescriptor.Requires::name)
                .containsExactlyInAnyOrderElementsOf(used);
    }

    @Test
    void whatAnApplicationMayLeaveOutIsNoMoreThanKnown() throws IOException {
        assertThat(descriptor().requires())
                .filteredOn(each -> each.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
                .extracting(ModuleDescriptor.Requires::name)
                .containsExactlyInAnyOrderElementsOf(OPTIONAL);
    }

    private static Set<String> packagesUsed() {
        // Names will do; the classes behind them would be thousands.
        return ArchConfiguration.withThreadLocalScope(configuration -> {
            configuration.setResolveMissingDependenciesFromClassPath(false);
            return new ClassFileImporter()
                    .importPath(CLASSES).stream()
                            .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
                            .map(Dependency::getTargetClass)
                            .map(JavaClass::getBaseComponentType)
                            .map(JavaClass::getPackageName)
                            .filter(name -> !name.isEmpty() && !name.startsWith("dev.dorm.cache"))
                            .collect(Collectors.toSet());
        });
    }

    private static Map<String, String> modulesOfPackages() {
        Stream<ModuleReference> found = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> path.endsWith(".jar"))
                .flatMap(path -> modulesOf(Path.of(path)));
        Map<String, String> modules = new TreeMap<>();
        Stream.concat(ModuleFinder.ofSystem().findAll().stream(), found)
                .map(ModuleReference::descriptor)
                .forEach(module -> module.packages().forEach(name -> modules.putIfAbsent(name, module.name())));
        return modules;
    }

    /** Some of the tests' jars have names that no module can have. */
    private static Stream<ModuleReference> modulesOf(Path jar) {
        try {
            return ModuleFinder.of(jar).findAll().stream();
        } catch (FindException nameless) {
            return Stream.empty();
        }
    }
}
