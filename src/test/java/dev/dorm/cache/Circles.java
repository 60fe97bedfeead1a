package dev.dorm.cache;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Top-level classes that use each other in a circle. A sealed type and its cases are one. */
final class Circles {

    private Circles() {}

    /** Returns the circles, each as the names of its classes. */
    static Set<Set<String>> among(JavaClasses classes, Predicate<JavaClass> which) {
        Map<String, Set<String>> uses = new HashMap<>();
        for (JavaClass each : classes) {
            if (which.test(each)) {
                Set<String> used = uses.computeIfAbsent(one(each), name -> new HashSet<>());
                each.getDirectDependenciesFromSelf().stream()
                        .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                        .filter(which)
                        .map(Circles::one)
                        .filter(name -> !name.equals(one(each)))
                        .forEach(used::add);
            }
        }
        Map<String, Set<String>> reach =
                uses.keySet().stream().collect(Collectors.toMap(name -> name, name -> reachable(name, uses)));
        Set<Set<String>> circles = new LinkedHashSet<>();
        reach.forEach((name, reached) -> {
            if (reached.contains(name)) {
                circles.add(reached.stream()
                        .filter(other -> reach.getOrDefault(other, Set.of()).contains(name))
                        .collect(Collectors.toCollection(TreeSet::new)));
            }
        });
        return circles;
    }

    private static Set<String> reachable(String from, Map<String, Set<String>> uses) {
        Set<String> reached = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(uses.getOrDefault(from, Set.of()));
        while (!next.isEmpty()) {
            String name = next.pop();
            if (reached.add(name)) {
                next.addAll(uses.getOrDefault(name, Set.of()));
            }
        }
        return reached;
    }

    /** The top-level class that a class is part of, or the sealed interface of which that is a case. */
    private static String one(JavaClass each) {
        JavaClass top = each;
        while (top.getEnclosingClass().isPresent()) {
            top = top.getEnclosingClass().get();
        }
        Class<?> type = top.reflect();
        for (Class<?> above : type.getInterfaces()) {
            if (above.isSealed()) {
                return above.getName();
            }
        }
        return top.getName();
    }
}
