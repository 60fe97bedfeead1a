package dev.dorm.cache.values;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.net.URL;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TimeZone;
import org.hibernate.Hibernate;
import org.hibernate.collection.spi.PersistentCollection;

/**
 * All that a value holds, in depth, as text: the exact class of each part, the order of what has one, and what the
 * serialized form says more than the parts.
 */
final class Picture {

    private final StringBuilder text = new StringBuilder();
    private final Map<Object, Object> open = new IdentityHashMap<>();

    private Picture() {}

    static String of(Object value) {
        Picture picture = new Picture();
        picture.add(value);
        return picture.text.toString();
    }

    /** With the classes that the serialized form names, where there is one, and what stands at two places. */
    static String serialized(Object value) {
        return of(value) + SerialForm.of(value) + SharedParts.of(value);
    }

    private void add(Object mayBeProxy) {
        if (mayBeProxy == null) {
            text.append("null");
            return;
        }
        Object value = Hibernate.unproxy(mayBeProxy);
        if (open.put(value, value) != null) {
            text.append("itself");
            return;
        }
        if (value instanceof PersistentCollection<?>) {
            persistent(value);
        } else {
            text.append(value.getClass().getTypeName());
            if (value instanceof Samples.Target target) {
                text.append('#').append(target.id);
            } else if (value instanceof Samples.Numbered numbered) {
                text.append('#').append(numbered.id);
            } else if (value.getClass().isArray()) {
                all("[", array(value), "]");
            } else if (value instanceof Map<?, ?> map) {
                map(map);
            } else if (value instanceof Collection<?> collection) {
                collection(collection);
            } else if (isOfApplication(value)) {
                fields(value);
            } else {
                text.append('(').append(leaf(value)).append(')');
            }
        }
        open.remove(value);
    }

    private static boolean isOfApplication(Object value) {
        return value.getClass().getName().startsWith("dev.dorm.") && !(value instanceof Enum<?>);
    }

    private static String leaf(Object value) {
        if (value instanceof Timestamp timestamp) {
            return timestamp.getTime() + "/" + timestamp.getNanos();
        }
        if (value instanceof Date date) {
            return Long.toString(date.getTime());
        }
        if (value instanceof Calendar calendar) {
            return calendar.getTimeInMillis()
                    + leaf(calendar.getTimeZone())
                    + calendar.isLenient()
                    + calendar.getFirstDayOfWeek()
                    + calendar.getMinimalDaysInFirstWeek();
        }
        if (value instanceof TimeZone zone) {
            return zone.getID() + zone.getRawOffset();
        }
        if (value instanceof Locale locale) {
            return locale.toLanguageTag() + "|" + locale;
        }
        if (value instanceof URL url) {
            return url.toExternalForm();
        }
        if (value instanceof InetAddress address) {
            return Arrays.toString(address.getAddress());
        }
        return value.toString();
    }

    /** Hibernate's own collections: what is neither a list nor sorted has no order. */
    private void persistent(Object collection) {
        if (collection instanceof Map<?, ?> map) {
            text.append(map instanceof SortedMap<?, ?> ? "sorted map" : "map");
            pairs(map, !(map instanceof SortedMap<?, ?>));
        } else {
            text.append(
                    collection instanceof SortedSet<?> ? "sorted set" : collection instanceof Set<?> ? "set" : "list");
            List<String> parts = parts((Collection<?>) collection);
            if (collection instanceof Set<?> && !(collection instanceof SortedSet<?>)) {
                Collections.sort(parts);
            }
            text.append(parts);
        }
    }

    private void collection(Collection<?> collection) {
        if (collection instanceof SortedSet<?> sorted) {
            text.append(order(sorted.comparator()));
        }
        List<String> parts = parts(collection);
        if (isShuffled(collection, parts)) {
            Collections.sort(parts);
        }
        text.append(parts).append(Outline.of(collection));
        if (isOfApplication(collection)) {
            fields(collection);
        }
    }

    private void map(Map<?, ?> map) {
        if (map instanceof SortedMap<?, ?> sorted) {
            text.append(order(sorted.comparator()));
        }
        pairs(map, isShuffled(map, List.of()));
        text.append(Outline.of(map));
    }

    /** The order of these is another in each JVM, or each time, or of no meaning. */
    private static boolean isShuffled(Object collection, List<String> parts) {
        String name = collection.getClass().getName();
        return collection instanceof IdentityHashMap<?, ?>
                || name.startsWith("java.util.ImmutableCollections$")
                || name.contains("Hash") && parts.stream().anyMatch(Picture::isHashedByIdentity);
    }

    /** Whether a hash of this, or of a part, is another each time it is read. */
    static boolean isHashedByIdentity(String part) {
        return part.contains("IdentityHashMap")
                || part.contains("[][")
                || part.contains("StringBuilder")
                || part.contains("AtomicLong")
                || part.contains("PriorityQueue")
                || part.contains("ArrayDeque")
                || part.contains("Samples$Tagged")
                || part.contains("Samples$Shape")
                || part.contains("Samples$Square");
    }

    private static String order(Object comparator) {
        return comparator == null ? "" : "by " + comparator.getClass().getName();
    }

    private void pairs(Map<?, ?> map, boolean shuffled) {
        List<String> pairs = new ArrayList<>();
        map.forEach((key, value) -> pairs.add(of(key) + "=" + of(value)));
        if (shuffled || isShuffled(map, pairs)) {
            Collections.sort(pairs);
        }
        text.append(pairs);
    }

    private static List<String> parts(Collection<?> collection) {
        List<String> parts = new ArrayList<>();
        collection.forEach(each -> parts.add(of(each)));
        return parts;
    }

    private static List<Object> array(Object array) {
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            elements.add(Array.get(array, i));
        }
        return elements;
    }

    private void all(String before, List<Object> parts, String after) {
        text.append(before);
        for (Object part : parts) {
            add(part);
            text.append(' ');
        }
        text.append(after);
    }

    private void fields(Object value) {
        text.append('{');
        for (Class<?> type = value.getClass(); type.getName().startsWith("dev.dorm."); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
                    text.append(field.getName()).append('=');
                    add(get(field, value));
                    text.append(' ');
                }
            }
        }
        text.append('}');
    }

    static Object get(Field field, Object value) {
        try {
            field.setAccessible(true);
            return field.get(value);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
