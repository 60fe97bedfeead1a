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
 * @param walk whether it walks over the application instead
 * @param profile whether it looks where the time goes instead
 * @param jmh the one JMH benchmark that it runs instead, or null
 */
record Order(Pace pace, Set<Scenario> scenarios, boolean walk, boolean profile, @Nullable String jmh) {

    private static final Path DOCUMENTS = Path.of("docs/benchmark");
    private static final Path SCRATCH = Path.of("hibernate-tests/benchmark/target/report");

    static Order parse(String... args) {
        Order order = new Order(Pace.FULL, EnumSet.allOf(Scenario.class), false, false, null);
        for (int i = 0; i < args.length; i++) {
            order = switch (args[i]) {
                case "--quick" -> new Order(Pace.QUICK, order.scenarios, order.walk, order.profile, order.jmh);
                case "--smoke" -> new Order(Pace.SMOKE, order.scenarios, order.walk, order.profile, order.jmh);
                case "--only" ->
                    new Order(order.pace, scenarios(value(args, ++i)), order.walk, order.profile, order.jmh);
                case "--walk" -> new Order(order.pace, order.scenarios, true, order.profile, order.jmh);
                case "--profile" -> new Order(order.pace, order.scenarios, order.walk, true, order.jmh);
                case "--jmh" -> new Order(order.pace, order.scenarios, order.walk, order.profile, value(args, ++i));
                default ->
                    throw new IllegalArgumentException(
                            args[i] + ": accepted are --quick, --smoke, --walk, --profile, --only SCENARIO,... and"
                                    + " --jmh PATTERN");
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
