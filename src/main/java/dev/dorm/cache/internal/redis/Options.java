package dev.dorm.cache.internal.redis;

import dev.dorm.cache.backend.BackendSettings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.redisson.config.BaseConfig;
import org.redisson.config.Config;

/** The {@code options.*} settings: properties of Redisson's configuration, under Redisson's own names. */
final class Options {

    // The location says these, and reads always go to the master.
    private static final Set<String> TAKEN = Set.of("address", "readMode", "referenceEnabled", "lazyInitialization");

    private final BackendSettings settings;
    private final Map<String, Setter> setters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private record Setter(Object target, Method method) {}

    Options(BackendSettings settings, Config config, BaseConfig<?> servers) {
        this.settings = settings;
        collect(servers);
        collect(config);
    }

    /** Applies each option, strictly. The case of a name does not matter: environment variables have only one. */
    void apply() {
        new TreeMap<>(settings.options()).forEach(this::apply);
    }

    private void apply(String name, String value) {
        Setter setter = setters.get(name);
        if (setter == null) {
            throw new IllegalArgumentException("Unknown setting %s; did you mean %s? Redisson's options are %s"
                    .formatted(
                            settings.nameOf("options." + name),
                            settings.nameOf("options." + BackendSettings.nearest(name, setters.keySet())),
                            String.join(", ", setters.keySet())));
        }
        Class<?> type = setter.method.getParameterTypes()[0];
        try {
            setter.method.invoke(setter.target, parsed(type, value.trim()));
        } catch (IllegalArgumentException e) {
            throw settings.refused("options." + name, shown(name, value), String.valueOf(accepted(type)));
        } catch (InvocationTargetException e) {
            throw settings.refused(
                    "options." + name, shown(name, value), "what Redisson accepts, which says: " + e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(setter.method + " is not accessible", e);
        }
    }

    private void collect(Object target) {
        for (Method method : target.getClass().getMethods()) {
            String name = method.getName();
            if (name.startsWith("set")
                    && name.length() > 3
                    && method.getParameterCount() == 1
                    && accepted(method.getParameterTypes()[0]) != null
                    && !method.isBridge()) {
                setters.put(
                        name.substring(3, 4).toLowerCase(Locale.ROOT) + name.substring(4), new Setter(target, method));
            }
        }
        setters.keySet().removeAll(TAKEN);
    }

    private static @Nullable String accepted(Class<?> type) {
        if (type == int.class || type == long.class) {
            return "a whole number";
        }
        if (type == boolean.class) {
            return "true or false";
        }
        if (type.isEnum()) {
            return "one of " + Arrays.toString(type.getEnumConstants());
        }
        if (type == URL.class) {
            return "a file, or a URL";
        }
        if (type == String[].class) {
            return "a list separated by commas";
        }
        return type == String.class ? "a text" : null;
    }

    private static Object parsed(Class<?> type, String value) {
        if (type == int.class) {
            return Integer.valueOf(value);
        }
        if (type == long.class) {
            return Long.valueOf(value);
        }
        if (type == boolean.class) {
            if (!value.equals("true") && !value.equals("false")) {
                throw new IllegalArgumentException(value);
            }
            return Boolean.valueOf(value);
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(each -> each.toString().equalsIgnoreCase(value))
                    .findFirst()
                    .orElseThrow(IllegalArgumentException::new);
        }
        if (type == URL.class) {
            return url(value);
        }
        return type == String[].class ? value.split("\\s*,\\s*") : value;
    }

    private static URL url(String value) {
        try {
            URI uri = value.matches("[a-z]{2,}:.*")
                    ? URI.create(value)
                    : Path.of(value).toUri();
            return uri.toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(value, e);
        }
    }

    private static String shown(String name, String value) {
        return isSecret(name) ? "***" : value;
    }

    /** Returns an option, whatever its name's case. */
    static String given(Map<String, String> options, String name, String otherwise) {
        Map<String, String> whateverTheCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        whateverTheCase.putAll(options);
        return whateverTheCase.getOrDefault(name, otherwise).trim();
    }

    /** Returns whether an option's value must not be shown. */
    static boolean isSecret(String name) {
        return name.toLowerCase(Locale.ROOT).contains("pass");
    }
}
