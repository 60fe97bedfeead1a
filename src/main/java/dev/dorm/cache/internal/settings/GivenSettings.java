package dev.dorm.cache.internal.settings;

import dev.dorm.cache.DormSettings;
import dev.dorm.cache.SettingException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was set, under the documented names without their prefix; what it means is not looked at. */
final class GivenSettings {

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");

    private final Map<String, Object> values = new TreeMap<>();

    /**
     * Takes what was set.
     *
     * @param configuration all settings of a session factory
     * @param problems takes which names are unknown, or given twice
     */
    GivenSettings(Map<String, ?> configuration, Problems problems) {
        Map<String, String> names = new TreeMap<>();
        new TreeMap<>(configuration).forEach((name, value) -> {
            if (name.startsWith(DormSettings.PREFIX) && value != null) {
                String given = strip(name);
                String documented = KnownSettings.documented(given);
                if (documented == null) {
                    problems.add(KnownSettings.unknown(given));
                } else if (names.containsKey(documented)) {
                    problems.add("Setting %s%s is given twice, as %s and as %s; remove one"
                            .formatted(DormSettings.PREFIX, documented, names.get(documented), given));
                } else {
                    names.put(documented, given);
                    Object read = problems.read(() -> supplied(name, value));
                    if (read != null) {
                        values.put(documented, read);
                    }
                }
                if (KnownSettings.isFormer(given)) {
                    LOG.warn("Setting {} is called {}{} now", name, DormSettings.PREFIX, documented);
                }
            }
        });
    }

    /** Hibernate logs settings as they are given: who wants a secret out of its logs gives a supplier of it. */
    private static Object supplied(String name, Object value) {
        if (!(value instanceof Supplier<?> supplier) || name.endsWith(".client")) {
            return value;
        }
        Object supplied = supplier.get();
        if (supplied == null) {
            throw SettingException.of(name, "a supplier of null", "a value, or a supplier of one");
        }
        return supplied;
    }

    /** Returns a setting's name without the prefix. */
    static String strip(String name) {
        return name.startsWith(DormSettings.PREFIX) ? name.substring(DormSettings.PREFIX.length()) : name;
    }

    Set<String> names() {
        return Collections.unmodifiableSet(values.keySet());
    }

    @Nullable
    Object get(String name) {
        return values.get(name);
    }

    /** Returns a value; the case of its name does not matter where no other name is closer. */
    @Nullable
    Object getInAnyCase(String name) {
        Object exact = values.get(name);
        if (exact != null) {
            return exact;
        }
        return values.entrySet().stream()
                .filter(each -> each.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    @Nullable
    String text(String name) {
        Object value = values.get(name);
        return value == null ? null : value.toString().trim();
    }

    /** Returns the items of a list: a collection, or text with commas. */
    Set<String> list(String name) {
        Object value = values.get(name);
        if (value == null) {
            return Set.of();
        }
        Collection<?> items = value instanceof Collection<?> collection
                ? collection
                : Arrays.asList(value.toString().split(",", -1));
        return items.stream()
                .map(item -> item instanceof Class<?> type
                        ? type.getName()
                        : item.toString().trim())
                .filter(item -> !item.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Returns what is set below a prefix, by the rest of its name. */
    Map<String, String> below(String prefix) {
        Map<String, String> below = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                below.put(name.substring(prefix.length()), value.toString());
            }
        });
        return below;
    }

    /** Parses a value; a wrong one counts as not set from then on, so that it does not hide what else is wrong. */
    void check(String name, Problems problems, Supplier<@Nullable Object> reading) {
        if (problems.read(reading) == null) {
            values.remove(name);
        }
    }

    static long positive(String setting, Object value) {
        String text = value.toString().trim();
        if (text.matches("[1-9]\\d{0,17}")) {
            return Long.parseLong(text);
        }
        throw SettingException.of(setting, value, "a whole number from 1");
    }
}
