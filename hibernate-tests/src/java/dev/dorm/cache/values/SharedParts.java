package dev.dorm.cache.values;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.collection.spi.PersistentCollection;

/** What can be changed, and stands at two places of a value, so that who changes it at one sees it changed at the other. */
final class SharedParts {

    private final Map<Object, Object> met = new IdentityHashMap<>();
    private final List<String> shared = new ArrayList<>();

    private SharedParts() {}

    /** Their classes, in an order that does not depend on the value's. */
    static String of(Object value) {
        SharedParts parts = new SharedParts();
        parts.add(value);
        Collections.sort(parts.shared);
        return parts.shared.isEmpty() ? "" : " at two places: " + parts.shared;
    }

    private void add(Object value) {
        if (value == null || !canBeChanged(value)) {
            return;
        }
        if (met.put(value, value) != null) {
            shared.add(value.getClass().getTypeName());
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> {
                add(key);
                add(each);
            });
        } else if (value instanceof Collection<?> collection) {
            collection.forEach(this::add);
        } else if (value instanceof Object[] array) {
            for (Object each : array) {
                add(each);
            }
        }
    }

    private static boolean canBeChanged(Object value) {
        String name = value.getClass().getName();
        boolean holds = value instanceof Collection<?> || value instanceof Map<?, ?>;
        return holds && !(value instanceof PersistentCollection<?>) && !isFixed(name)
                || value.getClass().isArray() && Array.getLength(value) > 0
                || value instanceof Date
                || value instanceof Calendar;
    }

    /** Holds the same for ever; whether its parts are one object is not looked at. */
    private static boolean isFixed(String name) {
        return name.startsWith("java.util.ImmutableCollections$") || name.contains("$Empty");
    }
}
