package dev.dorm.cache.benchmark.walk;

import dev.dorm.cache.benchmark.Subject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A subject on so many fresh nodes, and what was measured of it, a number for each cold walk. */
final class Course {

    final Subject subject;
    final int nodes;

    /** By their names, as {@link Walk} puts them. */
    final Map<String, List<Double>> measured = new TreeMap<>();

    Course(Subject subject, int nodes) {
        this.subject = subject;
        this.nodes = nodes;
    }

    /** Returns all that are walked over: what keeps its entries in one process, and tells no other one, on one node, too. */
    static List<Course> all() {
        return Stream.of(
                        Stream.of(Subject.NONE, Subject.CAFFEINE, Subject.REDISSON, Subject.REDIS, Subject.NEAR)
                                .map(subject -> new Course(subject, 2)),
                        Stream.of(Subject.NONE, Subject.CAFFEINE, Subject.LOCMEM)
                                .map(subject -> new Course(subject, 1)))
                .flatMap(courses -> courses)
                .toList();
    }

    /** Returns each subject once, on as many nodes as it is right for. */
    static List<Course> each() {
        return Arrays.stream(Subject.values())
                .filter(subject -> subject != Subject.FLOOR)
                .map(subject -> new Course(subject, subject == Subject.LOCMEM ? 1 : 2))
                .toList();
    }

    String title() {
        return subject.title();
    }

    void add(String name, double value) {
        measured.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
    }

    /** Returns the median, or NaN where nothing was measured. */
    double median(String name) {
        double[] sorted = measured.getOrDefault(name, List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        return sorted.length == 0 ? Double.NaN : (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
