package dev.dorm.cache.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StepVisitorTest {

    private static final Shard SHARD = Shard.of("dormqs:x");

    @Test
    void eachKindOfStepHasAMethodOfItsOwn() {
        List<Class<?>> kinds = kinds(Step.class).toList();
        assertThat(kinds).hasSizeGreaterThan(10).allSatisfy(kind -> assertThat(visited(kind))
                .isEqualToIgnoringCase(kind.getSimpleName()));
        assertThat(Arrays.stream(StepVisitor.class.getMethods()).filter(method -> !method.isDefault()))
                .hasSameSizeAs(kinds);
    }

    @Test
    void aStepSaysWhichRowShardOrClockItTakes() {
        Row row = new Row(SHARD, "1");
        Clock clock = new Clock("dormclk", "dormclk:");
        assertThat(new Step.LockRow(row, "t").row()).isEqualTo(row);
        assertThat(Step.invalidate(row, "t").shard()).isEqualTo(SHARD);
        assertThat(new Step.RenewShard(SHARD).shard()).isEqualTo(SHARD);
        assertThat(new Step.ReadRows(List.of(row)).shard()).isNull();
        assertThat(new Step.LockTables(clock, List.of("a"), "t", Step.ANY_TIME).clock())
                .isEqualTo(clock);
        assertThat(new Step.LockTables(clock, List.of("a"), "t", Step.ANY_TIME).shard())
                .isNull();
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(StepVisitorTest::kinds)
                : Stream.of(type);
    }

    /** Returns the name of the method that is called for a kind of step. */
    private static String visited(Class<?> kind) {
        StepVisitor<?> visitor = (StepVisitor<?>) Proxy.newProxyInstance(
                StepVisitor.class.getClassLoader(),
                new Class<?>[] {StepVisitor.class},
                (proxy, method, args) -> method.isDefault() ? invokeDefault(proxy, method, args) : method.getName());
        return String.valueOf(visitor.visit(empty(kind)));
    }

    private static Object invokeDefault(Object proxy, Method method, Object[] args) throws Throwable {
        return java.lang.reflect.InvocationHandler.invokeDefault(proxy, method, args);
    }

    /** Returns a step of a kind, whose components are null or 0. */
    private static Step<?> empty(Class<?> kind) {
        RecordComponent[] components = kind.getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(each ->
                        each.getType() == long.class ? (Object) 0L : each.getType() == boolean.class ? false : null)
                .toArray();
        try {
            return (Step<?>) kind.getDeclaredConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new))
                    .newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
