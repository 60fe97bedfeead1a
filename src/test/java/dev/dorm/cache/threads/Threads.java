package dev.dorm.cache.threads;

import dev.dorm.cache.simulation.Silence;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuarantee;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.util.LoggingLevel;

/**
 * Runs the same few threads in one order after another: at each access to what they share, Lincheck decides which of them
 * goes on. What it is given has a constructor without parameters, and methods that are operations.
 */
public final class Threads {

    /** How many orders of each test are tried: {@code -Ddorm.threads.orders=100000} takes longer. */
    private static final int ORDERS = Integer.getInteger("dorm.threads.orders", 400);

    private static final int LONGEST_LOOP = 1_000;

    private Threads() {}

    /**
     * Runs each operation once, on a thread of its own. Fails when the class's validation does in one of the orders, or
     * when an operation returns what it never returns if one is run after another.
     */
    public static void atOnce(Class<?> operations, String... names) {
        List<List<Actor>> threads =
                Stream.of(names).map(name -> List.of(actor(operations, name))).toList();
        check(
                operations,
                options()
                        .iterations(0)
                        .addCustomScenario(new ExecutionScenario(List.of(), threads, List.of(), null))
                        .invocationsPerIteration(ORDERS));
    }

    private static void check(Class<?> operations, ModelCheckingOptions options) {
        try (Silence silence = new Silence()) {
            options.check(operations);
        }
    }

    private static ModelCheckingOptions options() {
        return new ModelCheckingOptions()
                .logLevel(LoggingLevel.OFF)
                .minimizeFailedScenario(false)
                // Threads that wait for each other are found without it; it only is too short for a machine under load.
                .invocationTimeout$lincheck(Duration.ofHours(1).toMillis())
                // A loop that waits for another thread is told from others by how long it is.
                .loopBound(10 * LONGEST_LOOP)
                .loopIterationsBeforeThreadSwitch(LONGEST_LOOP)
                .addGuarantee(classes("org.slf4j.").ignore())
                // It has a map by identity hash codes, for which Lincheck has others.
                .addGuarantee(classes("io.github.resilience4j.circuitbreaker.CircuitBreaker$StateTransition")
                        .ignore())
                // Like what the JDK has for threads, they are taken at their word.
                .addGuarantee(classes("com.github.benmanes.caffeine.").treatAsAtomic())
                .addGuarantee(classes("io.github.resilience4j.").treatAsAtomic());
    }

    private static ManagedStrategyGuarantee.GuaranteeBuilder classes(String prefix) {
        return ManagedStrategyGuaranteeKt.forClasses(name -> name.startsWith(prefix))
                .allMethods();
    }

    private static Actor actor(Class<?> operations, String name) {
        Method method = Arrays.stream(operations.getMethods())
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow();
        return new Actor(method, List.of());
    }

    /** Throws when a promise is broken: without what an assertion library does besides, which would be explored, too. */
    public static void check(boolean holds, String promise) {
        if (!holds) {
            throw new IllegalStateException("broken: " + promise);
        }
    }
}
