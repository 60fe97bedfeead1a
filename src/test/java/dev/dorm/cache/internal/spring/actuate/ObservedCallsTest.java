package dev.dorm.cache.internal.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.Keys;
import dev.dorm.cache.backend.Layout;
import dev.dorm.cache.backend.Namespace;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.metrics.CallObserver;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ObservedCallsTest {

    private static final Namespace BOOKS = Layout.UNDIVIDED.namespace(Keys.namespace("shop.Book"));
    private static final Namespace OF_ROLE = Layout.UNDIVIDED.namespace(Keys.namespace("shop.hot:list", "Book"));

    private final List<Observation.Context> ended = new ArrayList<>();
    private final ObservationRegistry registry = ObservationRegistry.create();
    private final ObservedCalls calls = new ObservedCalls(registry, new StepNames("shop"), "orders", "default");

    ObservedCallsTest() {
        registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {
            @Override
            public void onStop(Observation.Context context) {
                ended.add(context);
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        });
    }

    private static Step<?> read(Namespace namespace, String id) {
        return new Step.ReadRows(List.of(namespace.row(id)));
    }

    private static Step<?> lock(Namespace namespace) {
        return new Step.LockRow(namespace.row("7"), "token", null, Step.ANY_TIME);
    }

    private Observation.Context observed(Step<?>... steps) {
        calls.begins(List.of(steps)).ended(null);
        return ended.get(ended.size() - 1);
    }

    @Test
    void aCallIsNamedByItsOperationAndItsRegion() {
        assertThat(observed(read(BOOKS, "42")).getContextualName()).isEqualTo("read Book");
        assertThat(observed(read(OF_ROLE, "42")).getContextualName()).isEqualTo("read hot:list");
        assertThat(observed(read(BOOKS, "42"), read(OF_ROLE, "42")).getContextualName())
                .isEqualTo("read several");
        assertThat(observed(read(BOOKS, "42"), lock(BOOKS)).getContextualName()).isEqualTo("lock Book");
        assertThat(observed(new Step.PutQuery("dormqs:shop.hot-list:v17:abc", new byte[0], Duration.ZERO))
                        .getContextualName())
                .isEqualTo("put hot-list");
        assertThat(observed(new Step.PutQuery("{dormqs:shop.hot-list#3}:v17:abc", new byte[0], Duration.ZERO))
                        .getContextualName())
                .isEqualTo("put hot-list");
    }

    @Test
    void noIdIsInNamesOrTags() {
        Observation.Context call = observed(read(BOOKS, "secret-id"));
        assertThat(call.getHighCardinalityKeyValues()).isEmpty();
        assertThat(call.getLowCardinalityKeyValues().stream()
                        .collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue)))
                .containsExactlyInAnyOrderEntriesOf(java.util.Map.of(
                        "factory", "orders", "alias", "default", "operation", "read", "region", "Book"));
        assertThat(call.getName() + call.getContextualName()).doesNotContain("secret-id");
    }

    @Test
    void aFailureIsToldWithoutItsText() {
        CallObserver.Call call = calls.begins(List.of(read(BOOKS, "42")));
        assertThat(ended).isEmpty();
        call.ended(new BackendException("refused dormrow:dormqs:shop.Book:42"));
        assertThat(ended).singleElement().satisfies(context -> assertThat(context.getError())
                .hasMessage("BackendException"));
    }

    @Test
    void nothingIsObservedOfWhatTheApplicationHasTurnedOff() {
        registry.observationConfig().observationPredicate((name, context) -> !name.startsWith("dorm."));
        calls.begins(List.of(read(BOOKS, "42"))).ended(null);
        assertThat(ended).isEmpty();
    }
}
