package dev.dorm.cache;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;

/** The order of the packages: each may use those below it, and none above it. */
final class PackageOrder {

    /** What everybody may name: it stands at the top of the tree, and uses nothing but the contract of a backend. */
    private static final List<String> VOCABULARY = List.of(
            "AliasStatistics",
            "BackendStatistics",
            "CacheStatistics",
            "EntryStatistics",
            "RegionStatistics",
            "DormSettings",
            "SettingException");

    /** From top to bottom. The two backends are named by nobody: their classes are found by name. */
    private static final List<String> ORDER = List.of(
            "internal.discovery",
            "internal.spring.aot",
            "internal.spring.actuate.boot3",
            "internal.spring.actuate.boot4",
            "internal.spring.actuate",
            "internal.spring",
            "",
            "internal.bootstrap",
            "internal.listener",
            "internal.settings",
            "internal.region",
            "internal.reach",
            "internal.session",
            "internal.query",
            "internal.codec",
            "internal.row",
            "internal.entity",
            "internal.key",
            "internal.type",
            "internal.column",
            "internal.dynamic",
            "internal.jdk",
            "internal.hibernate.event",
            "internal.hibernate.session",
            "internal.hibernate.mapping",
            "internal.hibernate.caller",
            "internal.hibernate",
            "internal.time",
            "internal.value",
            "internal.store",
            "internal.settlement",
            "internal.loading",
            "internal.lifetime",
            "internal.metrics",
            "internal.near",
            "internal.io",
            "internal.signing",
            "internal.redis",
            "internal.redis.login",
            "internal.redis.listening",
            "internal.redis.step",
            "internal.redis.command",
            "internal.redis.proof",
            "internal.redis.ability",
            "internal.redis.waiting",
            "internal.locmem",
            "internal.locmem.holding",
            "internal.locmem.live",
            "internal.live",
            "internal.lazy",
            "vocabulary",
            "backend");

    private PackageOrder() {}

    /** The rule for the packages under a root. */
    static ArchRule under(String root) {
        return ArchRuleDefinition.classes()
                .that(DescribedPredicate.describe("belong to " + root, (JavaClass each) -> rank(root, each) >= 0))
                .should(useOnlyWhatIsBelow(root));
    }

    private static ArchCondition<JavaClass> useOnlyWhatIsBelow(String root) {
        return new ArchCondition<>("use only packages below their own") {
            @Override
            public void check(JavaClass user, ConditionEvents events) {
                for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
                    JavaClass used = dependency.getTargetClass().getBaseComponentType();
                    boolean ours = (used.getPackageName() + ".").startsWith(root + ".");
                    if (ours && rank(root, used) < rank(root, user)) {
                        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                }
            }
        };
    }

    /** How far down a class stands; negative for one that is not in the list. */
    private static int rank(String root, JavaClass each) {
        String relative = each.getPackageName().equals(root)
                ? ""
                : each.getPackageName()
                        .substring(Math.min(
                                root.length() + 1, each.getPackageName().length()));
        String name =
                relative.isEmpty() && VOCABULARY.contains(topLevel(each).getSimpleName()) ? "vocabulary" : relative;
        return ORDER.indexOf(name);
    }

    private static JavaClass topLevel(JavaClass each) {
        return each.getEnclosingClass().map(PackageOrder::topLevel).orElse(each);
    }

    /** The packages that have a place in the order. */
    static List<String> names() {
        return ORDER.stream().filter(name -> !name.equals("vocabulary")).toList();
    }
}
