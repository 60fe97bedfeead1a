package dev.dorm.cache.internal.dynamic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.Format;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is read back has the same class and is equal, in every part, with the same serialized form; or it is refused when
 * it is written. Random values of the JDK's types, four deep: {@code -Ddorm.values.seed=<number>} repeats a run,
 * {@code -Ddorm.values.millis=<number>} makes it longer.
 */
class ExactValuesTest {

    private static final int DEPTH = 4;

    private final DynamicEncoding open = new DynamicEncoding(
            new KnownClasses(Set.of(RandomValues.Point.class, RandomValues.Holder.class)), null, null, null);

    private interface Trial {
        void with(RandomValues values) throws Exception;
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void whatCanBeGivenBackIsCachedAsItIs(Format format) {
        BodyFormat bodies = new BodyFormat(format);
        repeat(values -> {
            Object stored = SameValue.deserialized(SameValue.serialized(values.exact(DEPTH)));
            byte[] body = bodies.write(out -> open.write(out, stored));
            checkRead(bodies, body, stored);
        });
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void everythingElseIsRefusedWhenItIsWritten(Format format) {
        BodyFormat bodies = new BodyFormat(format);
        Map<String, Integer> refused = new TreeMap<>();
        repeat(values -> {
            Object value = values.any(DEPTH);
            check(bodies, value, refused);
            byte[] serialized = SameValue.serialized(value);
            if (serialized.length > 0) {
                check(bodies, SameValue.deserialized(serialized), refused);
            }
        });
        System.out.println("Refused: " + refused);
        assertThat(refused).isNotEmpty();
    }

    private void check(BodyFormat bodies, Object value, Map<String, Integer> refused) throws Exception {
        byte[] body;
        try {
            body = bodies.write(out -> open.write(out, value));
        } catch (UnsupportedValueException e) {
            assertThat(e).hasMessageNotContaining("cannot be written");
            refused.merge(e.cause(), 1, Integer::sum);
            return;
        }
        checkRead(bodies, body, value);
    }

    private void checkRead(BodyFormat bodies, byte[] body, Object value) throws Exception {
        Object read = bodies.read(body, 0, body.length, open::read);
        assertThat(SameValue.is(value, read))
                .as(() -> describe(value) + "\nis read as\n" + describe(read) + "\nfrom " + new String(body, UTF_8))
                .isTrue();
    }

    private static String describe(Object value) {
        return value == null ? "null" : value.getClass().getName() + " " + value;
    }

    private static void repeat(Trial trial) {
        long seed = Long.getLong("dorm.values.seed", new Random().nextLong());
        long end = System.nanoTime() + 1_000_000 * Long.getLong("dorm.values.millis", 1_250);
        Random seeds = new Random(seed);
        int count = 0;
        for (; count == 0 || System.nanoTime() < end; count++) {
            long each = count == 0 ? seed : seeds.nextLong();
            try {
                trial.with(new RandomValues(new Random(each)));
            } catch (Exception | AssertionError e) {
                throw new AssertionError("seed " + each + ": " + e.getMessage(), e);
            }
        }
        System.out.println(count + " values, from seed " + seed);
    }
}
