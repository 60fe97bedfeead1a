package dev.dorm.cache.simulation;

import dev.dorm.cache.backend.QueryState;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.RowState;
import dev.dorm.cache.backend.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What happened, in its order, as a person reads it. Two runs of a seed give the same text. */
final class History {

    private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{16}-[0-9a-z]+");
    private static final int MOST = 60;

    private record Line(long at, String who, String what) {}

    private final List<Line> lines = new ArrayList<>();
    private final boolean kept;

    /** Creates a history; only one that is kept can be printed. */
    History(boolean kept) {
        this.kept = kept;
    }

    void event(long at, String who, String what) {
        if (kept) {
            lines.add(new Line(at, who, what));
        }
    }

    /** A step that the server took. */
    void step(long at, String who, Step<?> step, Replies replies) {
        Row row = step.row();
        String what = step.getClass().getSimpleName();
        if (!kept) {
            return;
        }
        String of = row != null
                ? shortened(row.key())
                : step.shard() != null ? shortened(step.shard().versionKey()) : "";
        event(at, who, what + (of.isEmpty() ? "" : " " + of) + " -> " + reply(replies.of(step)));
    }

    private static String reply(Object reply) {
        if (reply instanceof List<?> states && !states.isEmpty() && states.get(0) instanceof RowState state) {
            return (state.shardLocked() ? "region locked, " : "")
                    + state.kind().name().toLowerCase(Locale.ROOT);
        }
        if (reply instanceof QueryState state) {
            byte[] result = state.result();
            return "clock " + state.clock() + ", version " + state.version() + ", "
                    + (result == null ? "no result" : "a result")
                    + state.tables().stream()
                            .map(table ->
                                    ", table " + table.clock() + (table.tokens().isEmpty() ? "" : " locked"))
                            .collect(Collectors.joining());
        }
        return named(String.valueOf(reply));
    }

    private static String named(String text) {
        String plain = TOKEN.matcher(text).replaceAll("T");
        return plain.length() <= MOST ? plain : plain.substring(0, MOST);
    }

    static String shortened(String key) {
        return key.replaceAll("dormqs:[a-z]*\\.?", "");
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            text.append(String.format(Locale.ROOT, "%12.3f ms  %-7s %s%n", line.at / 1e6, line.who, line.what));
        }
        return text.toString();
    }

    /** Returns it as a Mermaid sequence diagram. */
    String diagram() {
        StringBuilder text = new StringBuilder("sequenceDiagram\n");
        for (Line line : lines) {
            String what = line.what.replace(';', ',').replace('#', ' ');
            int arrow = what.indexOf(" -> ");
            if (arrow > 0) {
                text.append("    ")
                        .append(line.who)
                        .append("->>server: ")
                        .append(what, 0, arrow)
                        .append(" (")
                        .append(what.substring(arrow + 4))
                        .append(")\n");
            } else {
                text.append("    Note over ")
                        .append(line.who)
                        .append(": ")
                        .append(what)
                        .append('\n');
            }
        }
        return text.toString();
    }
}
