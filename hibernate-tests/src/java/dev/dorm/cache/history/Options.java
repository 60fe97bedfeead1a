package dev.dorm.cache.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a process is told, as system properties of its own. */
final class Options {

    private static final String PREFIX = "history.";

    private final Map<String, String> values = new LinkedHashMap<>();

    Options() {}

    /** Copies options, to say more of one process. */
    Options(Options same) {
        values.putAll(same.values);
    }

    /** Returns what this process was told. */
    static Options ofThisProcess() {
        Options options = new Options();
        System.getProperties().forEach((name, value) -> {
            if (name.toString().startsWith(PREFIX)) {
                options.set(name.toString().substring(PREFIX.length()), value);
            }
        });
        return options;
    }

    Options set(String name, Object value) {
        values.put(name, value.toString());
        return this;
    }

    String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalStateException(PREFIX + name + " is not set");
        }
        return value;
    }

    String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    int number(String name, int otherwise) {
        return Integer.parseInt(text(name, "" + otherwise));
    }

    /** Returns for how long the near tier may serve what has changed: twice the timeout; zero without a near tier. */
    Duration nearWindow() {
        return text("near", "off").equals("off")
                ? Duration.ZERO
                : Duration.parse("PT" + text("timeout")).multipliedBy(2);
    }

    /** Returns whether query results are kept in the near tier, too. */
    boolean keepsResults() {
        return text("near", "off").equals("all");
    }

    boolean is(String name) {
        return Boolean.parseBoolean(text(name, "false"));
    }

    /** Returns what begins with a prefix, without it. */
    Map<String, String> below(String prefix) {
        Map<String, String> below = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                below.put(name.substring(prefix.length()), value);
            }
        });
        return below;
    }

    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        values.forEach((name, value) -> arguments.add("-D" + PREFIX + name + "=" + value));
        return arguments;
    }
}
