package dev.dorm.cache.internal.dynamic;

import dev.dorm.cache.internal.jdk.Frame;
import dev.dorm.cache.internal.jdk.JdkKinds;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether two values are alike to the class and in every field, whatever their own {@code equals} says. */
final class Likeness {

    private static final ClassValue<List<Field>> FIELDS = new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
            List<Field> fields = new ArrayList<>();
            for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
                for (Field field : each.getDeclaredFields()) {
                    if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0) {
                        field.setAccessible(true);
                        fields.add(field);
                    }
                }
            }
            return fields;
        }
    };

    private Likeness() {}

    static boolean of(@Nullable Object one, @Nullable Object other) {
        if (one == other) {
            return true;
        }
        if (one == null || other == null || one.getClass() != other.getClass()) {
            return false;
        }
        if (one.getClass().isArray()) {
            return ofArrays(one, other);
        }
        if (JdkKinds.knows(one)) {
            return Frame.same(one, other) && ofLists(JdkKinds.heldBy(one), JdkKinds.heldBy(other));
        }
        return one instanceof Enum<?> || one.getClass().getName().startsWith("java.")
                ? one.equals(other)
                : ofFields(one, other);
    }

    private static boolean ofLists(List<?> some, List<?> others) {
        boolean alike = some.size() == others.size();
        for (int i = 0; alike && i < some.size(); i++) {
            alike = of(some.get(i), others.get(i));
        }
        return alike;
    }

    private static boolean ofArrays(Object one, Object other) {
        int length = Array.getLength(one);
        boolean alike = length == Array.getLength(other);
        for (int i = 0; alike && i < length; i++) {
            alike = of(Array.get(one, i), Array.get(other, i));
        }
        return alike;
    }

    private static boolean ofFields(Object one, Object other) {
        try {
            for (Field field : FIELDS.get(one.getClass())) {
                if (!of(field.get(one), field.get(other))) {
                    return false;
                }
            }
            return true;
        } catch (ReflectiveOperationException | RuntimeException e) {
            // A module that does not open its classes; what they say of themselves has to do.
            return one.equals(other);
        }
    }
}
