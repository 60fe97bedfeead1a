package dev.dorm.cache.benchmark;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the benchmark is told to do.
 *
 * @param pace how long it takes
 * @param scenarios which it measures
 * @param course what it runs
 * @param jmh the one JMH benchmark that it runs instead, or null
 */
record Order(Pace pace, Set<Scenario> scenarios, Course course, @Nullable String jmh) {

    /** The benchmark of operations, or what runs instead of it. */
    enum Course {
        OPERATIONS,
        WALK,
        STAMPEDE,
        PROFILE
    }

    private static final Path DOCUMENTS = Path.of("docs/benchmark");
    private static final Path SCRATCH = Path.of("hibernate-tests/benchmark/target/report");

    static Order parse(String... args) {
        Order order = new Order(Pace.FULL, EnumSet.allOf(Scenario.class), Course.OPERATIONS, null);
        for (int i = 0; i < args.length; i++) {
            order = switch (args[i]) {
                case "--quick" -> new Order(Pace.QUICK, order.scenarios, order.course, order.jmh);
                case "--smoke" -> new Order(Pace.SMOKE, order.scenarios, order.course, order.jmh);
                case "--only" -> new Order(order.pace, scenarios(value(args, ++i)), order.course, order.jmh);
                case "--walk" -> new Order(order.pace, order.scenarios, Course.WALK, order.jmh);
                case "--stampede" -> new Order(order.pace, order.scenarios, Course.STAMPEDE, order.jmh);
                case "--profile" -> new Order(order.pace, order.scenarios, Course.PROFILE, order.jmh);
                case "--jmh" -> new Order(order.pace, order.scenarios, order.course, value(args, ++i));
                default ->
                    throw new IllegalArgumentException(args[i]
                            + ": accepted are --quick, --smoke, --walk, --stampede, --profile, --only SCENARIO,..."
                            + " and --jmh PATTERN");
            };
        }
        return order;
    }

    private static String value(String[] args, int i) {
        if (i >= args.length) {
            throw new IllegalArgumentException(args[i - 1] + ": wants a value");
        }
        return args[i];
    }

    private static Set<Scenario> scenarios(String names) {
        Set<Scenario> scenarios = EnumSet.noneOf(Scenario.class);
        for (String name : names.split(",")) {
            scenarios.add(Scenario.valueOf(name));
        }
        return scenarios;
    }

    boolean everything() {
        return scenarios.size() == Scenario.values().length;
    }

    /** Returns whether the report is published: what is not whole, or not to be believed, is not. */
    boolean published() {
        return everything() && pace != Pace.SMOKE;
    }

    /** Returns where the report goes. */
    Path directory() {
        return published() ? DOCUMENTS : SCRATCH;
    }
}
