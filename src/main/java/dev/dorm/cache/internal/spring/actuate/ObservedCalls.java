package dev.dorm.cache.internal.spring.actuate;

import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.metrics.CallObserver;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes an observation of each call of one alias. Its names and tags tell regions and never a row. Thread-safe. */
final class ObservedCalls implements CallObserver {

    private static final String NAME = "dorm.cache.call";

    private final ObservationRegistry registry;
    private final StepNames names;
    private final KeyValues common;

    ObservedCalls(ObservationRegistry registry, StepNames names, String factory, String alias) {
        this.registry = registry;
        this.names = names;
        this.common = KeyValues.of("factory", factory, "alias", alias);
    }

    @Override
    public Call begins(List<? extends Step<?>> steps) {
        Observation observation = Observation.createNotStarted(NAME, ObservedCalls::context, registry);
        if (observation.isNoop()) {
            return failure -> {};
        }
        String operation = StepNames.operation(steps);
        String region = names.region(steps);
        observation
                .contextualName(operation + " " + region)
                .lowCardinalityKeyValues(common.and("operation", operation, "region", region))
                .start();
        return failure -> ended(observation, failure);
    }

    /** Nothing is carried to Redis: it is a client's call all the same, which tracers draw as one. */
    private static SenderContext<Object> context() {
        SenderContext<Object> context = new SenderContext<>((carrier, key, value) -> {}, Kind.CLIENT);
        context.setRemoteServiceName("redis");
        return context;
    }

    /** What failed is in the log. A failure's own text is Redisson's, and may tell keys. */
    private static void ended(Observation observation, @Nullable Throwable failure) {
        if (failure != null) {
            observation.error(new BackendException(failure.getClass().getSimpleName()));
        }
        observation.stop();
    }
}
