package dev.dorm.cache.benchmark;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table of a page: the first column is text, the others are numbers. */
public final class Table {

    private Table() {}

    /**
     * Returns it.
     *
     * @param head the titles of the columns
     * @param body the rows
     * @return lines of Markdown
     */
    public static String of(List<String> head, Stream<List<String>> body) {
        String rule = "|---|" + "---:|".repeat(head.size() - 1);
        return Stream.concat(Stream.of(line(head), rule), body.map(Table::line)).collect(Collectors.joining("\n"));
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
