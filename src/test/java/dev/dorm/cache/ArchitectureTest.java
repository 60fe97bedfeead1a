package dev.dorm.cache;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.mapping.Property;
import org.hibernate.mapping.Value;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String ROOT = "dev.dorm.cache";
    private static final String[] CODEC = Stream.of(
                    "io", "value", "time", "jdk", "dynamic", "type", "key", "entity", "codec")
            .map(name -> ROOT + ".internal." + name)
            .toArray(String[]::new);
    /** By these, tests see what is stored and what a lock knows, and sign as another process does. The first three Spring calls. */
    private static final Set<String> CALLED_BY_TESTS = Set.of(
            "DormCacheActuatorAutoConfiguration.dormSecretSettings",
            "DormCacheAutoConfiguration.dormSecondLevelCachePostProcessor",
            "DormCacheSliceAutoConfiguration.dormSecondLevelCachePostProcessor",
            "InMemoryStore.keys",
            "InMemoryStore.slots",
            "InMemoryStore.time",
            "LocMemBackend.clear",
            "LocMemBackend.store",
            "OpenResult.body",
            "RowLock.version",
            "RowLock.write",
            "SigningKeys.of",
            // These are called by Spring.
            "DormCacheEndpoint.factories",
            "DormCacheEndpoint.region",
            "DormEndpointAutoConfiguration.dormCacheEndpoint",
            "DormHealthAutoConfiguration.dormCacheHealth",
            "DormHealthOfBoot3AutoConfiguration.dormCacheHealthIndicator",
            "DormHealthOfBoot4AutoConfiguration.dormCacheHealthIndicator",
            "DormManagementAutoConfiguration.dormCaches",
            "DormMetricsAutoConfiguration.dormCacheMeters",
            "DormObservationAutoConfiguration.dormCacheObservations",
            "WritableDormCacheEndpoint.bump",
            "WritableDormCacheEndpoint.evict",
            "WritableDormCacheEndpoint.evictAll");

    private static final JavaClasses LIBRARY =
            new ClassFileImporter().importPath(Path.of(System.getProperty("archunit.classes", "target/classes")));

    @Test
    void packagesDependDownwardsOnly() {
        PackageOrder.under(ROOT).check(LIBRARY);
    }

    @Test
    void thePackageOrderIsNotVacuous() {
        JavaClasses violating = new ClassFileImporter().importPackages(ROOT + ".violation");
        assertThat(PackageOrder.under(ROOT + ".violation")
                        .evaluate(violating)
                        .getFailureReport()
                        .toString())
                .contains("BackendThatKnowsTheCodec");
    }

    @Test
    void everyPackageHasItsPlaceInTheOrder() {
        Set<String> packages = LIBRARY.stream()
                .map(each -> each.getPackageName().equals(ROOT)
                        ? ""
                        : each.getPackageName().substring(ROOT.length() + 1))
                .collect(Collectors.toSet());
        assertThat(PackageOrder.names()).containsExactlyInAnyOrderElementsOf(packages);
    }

    @Test
    void noClassesInsideGoInCircles() {
        assertThat(Circles.among(LIBRARY, each -> each.getPackageName().startsWith(ROOT + ".internal.")))
                .isEmpty();
    }

    @Test
    void noClassesOfTheContractGoInCircles() {
        assertThat(Circles.among(LIBRARY, each -> each.getPackageName().equals(ROOT + ".backend")))
                .isEmpty();
    }

    @Test
    void everyMethodInsideIsCalled() {
        Set<String> uncalled =
                UncalledMethods.among(LIBRARY, each -> each.getPackageName().startsWith(ROOT + ".internal."));
        assertThat(uncalled).containsExactlyInAnyOrderElementsOf(CALLED_BY_TESTS);
    }

    @Test
    void circlesAreFound() {
        JavaClasses violating = new ClassFileImporter().importPackages(ROOT + ".violation");
        assertThat(Circles.among(violating, each -> true))
                .containsExactly(Set.of(
                        "dev.dorm.cache.violation.internal.key.Egg", "dev.dorm.cache.violation.internal.key.Hen"));
    }

    @Test
    void packagesInsideAreSmall() {
        Map<String, Long> sizes = LIBRARY.stream()
                .filter(each -> each.getPackageName().startsWith(ROOT + ".internal."))
                .filter(each -> each.isTopLevelClass() && !each.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, TreeMap::new, Collectors.counting()));
        assertThat(sizes).isNotEmpty().allSatisfy((name, size) -> assertThat(size)
                .isLessThanOrEqualTo(20));
    }

    @Test
    void whatIsPublicNamesNothingInside() {
        Set<JavaClass> api = LIBRARY.stream()
                .filter(each -> each.getPackageName().equals(ROOT)
                        || each.getPackageName().equals(ROOT + ".backend"))
                .filter(each -> each.getModifiers().contains(JavaModifier.PUBLIC))
                .collect(Collectors.toSet());
        assertThat(api).isNotEmpty();
        assertThat(api.stream().flatMap(ArchitectureTest::named).filter(each -> each.getPackageName()
                        .startsWith(ROOT + ".internal")))
                .isEmpty();
    }

    /** The types in the signatures of what an application or a backend's author can call, or extend. */
    private static Stream<JavaClass> named(JavaClass each) {
        Stream<JavaClass> above = Stream.concat(each.getRawSuperclass().stream(), each.getRawInterfaces().stream());
        Stream<JavaClass> called = Stream.concat(each.getMethods().stream(), each.getConstructors().stream())
                .filter(ArchitectureTest::isVisible)
                .flatMap(unit -> Stream.concat(
                        unit.getAllInvolvedRawTypes().stream(),
                        unit.getExceptionTypes().stream().map(type -> type.toErasure())));
        Stream<JavaClass> fields = each.getFields().stream()
                .filter(ArchitectureTest::isVisible)
                .flatMap(field -> field.getAllInvolvedRawTypes().stream());
        return Stream.of(above, called, fields).flatMap(types -> types).map(JavaClass::getBaseComponentType);
    }

    private static boolean isVisible(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(LIBRARY.getDefaultPackage().getSubpackagesInTree())
                .filteredOn(aPackage -> aPackage.getName().startsWith(ROOT))
                .filteredOn(aPackage -> !aPackage.getClasses().isEmpty())
                .isNotEmpty()
                .allSatisfy(ArchitectureTest::assertNullMarked);
    }

    @Test
    void onlyTheRedisBackendKnowsRedisson() {
        only("org.redisson..", ROOT + ".internal.redis..").check(LIBRARY);
    }

    @Test
    void onlyTheMetersKnowMicrometer() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".internal.spring.actuate..")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + ".internal.metrics.MicrometerBinder")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + ".internal.metrics.CacheMeters")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + ".internal.metrics.Meters")
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.micrometer.."))
                .because("applications without it run, too")
                .check(LIBRARY);
    }

    @Test
    void onlyTheCodecKnowsJackson() {
        only("com.fasterxml.jackson..", CODEC).check(LIBRARY);
    }

    @Test
    void caffeineIsKnownWhereThingsAreKeptInProcess() {
        only(
                        "com.github.benmanes.caffeine..",
                        ROOT + ".internal.locmem..",
                        ROOT + ".internal.lifetime..",
                        ROOT + ".internal.loading..",
                        ROOT + ".internal.region..",
                        ROOT + ".internal.row..",
                        ROOT + ".internal.query..",
                        ROOT + ".internal.store..",
                        ROOT + ".internal.near..",
                        ROOT + ".internal.codec..")
                .check(LIBRARY);
    }

    @Test
    void columnsOfAMappingAreAskedForWhereFormulasAreLeftOut() {
        noClasses()
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "getColumns of a mapped value",
                        call -> call.getTarget().getName().equals("getColumns")
                                && (call.getTargetOwner().isAssignableTo(Value.class)
                                        || call.getTargetOwner().isAssignableTo(Property.class))))
                .because("it throws when one of them is a formula")
                .check(LIBRARY);
    }

    @Test
    void nothingStartsTheTimerOfTheJdk() {
        noClasses()
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "delayedExecutor, orTimeout or completeOnTimeout",
                        call -> call.getTargetOwner().isEquivalentTo(CompletableFuture.class)
                                && Set.of("delayedExecutor", "orTimeout", "completeOnTimeout")
                                        .contains(call.getTarget().getName())))
                .because("its thread is never ended, and keeps the class loader of who used it first")
                .check(LIBRARY);
    }

    @Test
    void noAccessLocksInsideOneJvmOnly() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.hibernate.cache.spi.support.AbstractReadWriteAccess")
                .because("its locks are seen by one JVM only")
                .check(LIBRARY);
    }

    private static ArchRule only(String library, String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat(resideInAnyPackage(library))
                .allowEmptyShould(true);
    }

    private static void assertNullMarked(JavaPackage aPackage) {
        assertThat(aPackage.isAnnotatedWith(NullMarked.class))
                .as("package-info.java of %s carries @NullMarked", aPackage.getName())
                .isTrue();
    }
}
