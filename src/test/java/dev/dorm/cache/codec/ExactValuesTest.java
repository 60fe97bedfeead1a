package dev.dorm.cache.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.NotSerializableException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
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

    private final OpenEncoding open = new OpenEncoding(
            new KnownClasses(Set.of(RandomValues.Point.class, RandomValues.Holder.class)), null, null);

    private interface Trial {
        void with(RandomValues values) throws Exception;
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void whatCanBeGivenBackIsCachedAsItIs(Format format) {
        Bodies bodies = new Bodies(format);
        repeat(values -> {
            Object stored = SameValue.deserialized(SameValue.serialized(values.exact(DEPTH)));
            byte[] body = bodies.write(out -> open.write(out, stored));
            checkRead(bodies, body, stored);
        });
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void everythingElseIsRefusedWhenItIsWritten(Format format) {
        Bodies bodies = new Bodies(format);
        Map<String, Integer> refused = new TreeMap<>();
        repeat(values -> {
            Object value = values.any(DEPTH);
            check(bodies, value, refused);
            byte[] serialized;
            try {
                serialized = SameValue.serialized(value);
            } catch (NotSerializableException e) {
                return;
            }
            check(bodies, SameValue.deserialized(serialized), refused);
        });
        System.out.println("Refused: " + refused);
        assertThat(refused).isNotEmpty();
    }

    private void check(Bodies bodies, Object value, Map<String, Integer> refused) throws Exception {
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

    private void checkRead(Bodies bodies, byte[] body, Object value) throws Exception {
        Object read = bodies.read(body, 0, body.length, open::read);
        assertThat(SameValue.is(value, read))
                .as(() -> describe(value) + "\nis read as\n" + describe(read) + "\nfrom " + new String(body))
                .isTrue();
        byte[] before = SameValue.unshared(value);
        byte[] after = SameValue.unshared(read);
        assertThat(Arrays.equals(before, after))
                .as(() -> "serialized: " + difference(value, read) + "\nfrom " + new String(body))
                .isTrue();
    }

    /** The smallest part that has another serialized form. */
    private static String difference(Object value, Object read) {
        List<?> parts = parts(value);
        List<?> others = parts(read);
        for (int i = 0; i < Math.min(parts.size(), others.size()); i++) {
            if (parts.get(i) != null && !SameValue.alikeUnshared(parts.get(i), others.get(i))) {
                return difference(parts.get(i), others.get(i));
            }
        }
        return describe(value);
    }

    private static List<?> parts(Object value) {
        if (value instanceof Map.Entry<?, ?> entry) {
            return Arrays.asList(entry.getKey(), entry.getValue());
        }
        return value instanceof Collection<?> || value instanceof Map<?, ?>
                ? JdkKinds.elements(value)
                : value instanceof Object[] array ? Arrays.asList(array) : List.of();
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
