package dev.dorm.cache.internal.redis.command;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the command that a script may not run: Redis names the script and its line only. */
final class ScriptLine {

    private static final Pattern PLACE = Pattern.compile("([0-9a-f]{40}).*user_script: ?(\\d+)");
    private static final Pattern CALL = Pattern.compile("redis\\.p?call\\(\\s*'([a-zA-Z]+)'");

    private ScriptLine() {}

    /** Returns the command in words to append, or nothing when it is not found. */
    static String command(String said) {
        Matcher place = PLACE.matcher(said);
        if (!place.find()) {
            return "";
        }
        int line = Integer.parseInt(place.group(2));
        return Arrays.stream(Script.values())
                .filter(script -> script.sha().equals(place.group(1)))
                .map(script -> call(script.text().lines().toList(), line))
                .findFirst()
                .orElse("");
    }

    private static String call(List<String> lines, int line) {
        if (line < 1 || line > lines.size()) {
            return "";
        }
        Matcher call = CALL.matcher(lines.get(line - 1));
        return call.find() ? ": the command is " + call.group(1) : "";
    }
}
