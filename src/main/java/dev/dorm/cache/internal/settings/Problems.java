package dev.dorm.cache.internal.settings;

import dev.dorm.cache.SettingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is wrong with the settings of a session factory, collected so that all of it is told at once. */
public final class Problems {

    private final Map<String, RuntimeException> found = new LinkedHashMap<>();

    /** Takes note of a problem. */
    public void add(String problem) {
        found.putIfAbsent(problem, new SettingException(problem));
    }

    /** Reads what a setting says; returns null when that is wrong. */
    public <T extends @Nullable Object> @Nullable T read(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (SettingException e) {
            e.problems().forEach(problem -> found.putIfAbsent(problem, e));
        } catch (IllegalArgumentException e) {
            String problem = String.valueOf(e.getMessage());
            found.putIfAbsent(problem, new SettingException(problem, e));
        }
        return null;
    }

    /** Returns whether nothing was found wrong. */
    public boolean none() {
        return found.isEmpty();
    }

    /** Throws when there is a problem, and tells all of them. */
    public void throwIfAny() {
        if (found.size() == 1) {
            throw found.values().iterator().next();
        }
        if (!found.isEmpty()) {
            SettingException all = new SettingException(new ArrayList<>(found.keySet()));
            found.values().forEach(all::addSuppressed);
            throw all;
        }
    }
}
