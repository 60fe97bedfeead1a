package dev.dorm.cache.values;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.hibernate.proxy.HibernateProxy;

/** Changes everything in a value that lets itself be changed, as an application may with what its session gave it. */
final class Poke {

    private Poke() {}

    static void at(Object value, int depth) {
        if (value == null || depth == 0 || isReference(value)) {
            return;
        }
        try {
            poke(value, depth);
        } catch (UnsupportedOperationException
                | ClassCastException
                | NullPointerException
                | IllegalArgumentException e) {
            // It does not let itself be changed.
        }
    }

    private static boolean isReference(Object value) {
        return value instanceof HibernateProxy || value instanceof Samples.Target || value instanceof Samples.Numbered;
    }

    private static void poke(Object value, int depth) {
        if (value instanceof Date date) {
            date.setTime(date.getTime() + 86_400_000);
        } else if (value instanceof Calendar calendar) {
            calendar.add(Calendar.DATE, 1);
        } else if (value instanceof TimeZone zone) {
            zone.setRawOffset(zone.getRawOffset() + 1_000);
        } else if (value instanceof BitSet bits) {
            bits.flip(1);
        } else if (value instanceof StringBuilder builder) {
            builder.append('!');
        } else if (value instanceof Samples.Label label) {
            label.text = "poked";
        } else if (value.getClass().isArray()) {
            array(value, depth);
        } else if (value instanceof Collection<?> collection) {
            List<?> parts = new ArrayList<>(collection);
            parts.forEach(each -> at(each, depth - 1));
            collection.remove(parts.isEmpty() ? null : parts.get(0));
        } else if (value instanceof Map<?, ?> map) {
            List<?> parts = new ArrayList<>(map.values());
            parts.forEach(each -> at(each, depth - 1));
            map.remove(map.isEmpty() ? null : map.keySet().iterator().next());
        } else if (value.getClass().getName().startsWith("dev.dorm.") && !(value instanceof Enum<?>)) {
            fields(value, depth);
        }
    }

    private static void array(Object array, int depth) {
        for (int i = 0; i < Array.getLength(array); i++) {
            at(Array.get(array, i), depth - 1);
        }
        if (Array.getLength(array) > 1) {
            Object first = Array.get(array, 0);
            Array.set(array, 0, Array.get(array, 1));
            Array.set(array, 1, first);
        }
        if (array instanceof byte[] bytes && bytes.length > 0) {
            bytes[0]++;
        }
        if (array instanceof Object[] objects && objects.length > 0) {
            objects[0] = null;
        }
    }

    private static void fields(Object value, int depth) {
        for (Class<?> type = value.getClass(); type.getName().startsWith("dev.dorm."); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
                    at(Picture.get(field, value), depth - 1);
                }
            }
        }
    }
}
