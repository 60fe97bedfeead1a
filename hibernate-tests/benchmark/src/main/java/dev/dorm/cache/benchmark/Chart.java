package dev.dorm.cache.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws the times in one place: one panel for each of some scenarios, one bar for each subject. */
final class Chart {

    private static final List<Scenario> SHOWN = List.of(
            Scenario.HIT,
            Scenario.QUERY_OF_CACHED_1_TABLE,
            Scenario.COLLECTION_100,
            Scenario.IDS_100,
            Scenario.MISS_AND_PUT,
            Scenario.UPDATE_50);

    private static final int WIDTH = 880;
    private static final int HEAD = 58;
    private static final int PANEL = WIDTH / 2;
    private static final int LABEL = 138;
    private static final int BAR = 190;
    private static final int ROW = 21;

    private final Results results;
    private final Place place;
    private final StringBuilder svg = new StringBuilder();

    Chart(Results results, Place place) {
        this.results = results;
        this.place = place;
    }

    void write(Path file) throws IOException {
        Files.writeString(file, draw());
    }

    private String draw() {
        List<List<Cell>> panels = new ArrayList<>();
        for (Scenario scenario : SHOWN) {
            panels.add(results.cells().stream()
                    .filter(cell -> cell.place == place && cell.scenario == scenario)
                    .toList());
        }
        int rows = panels.stream().mapToInt(List::size).max().orElse(0);
        int panelHeight = 40 + rows * ROW;
        int height = HEAD + panelHeight * ((SHOWN.size() + 1) / 2) + 8;
        // A ground of its own: it is read on light pages and on dark ones.
        svg.append(
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" \
                font-family="-apple-system, 'Segoe UI', 'Noto Sans', Helvetica, Arial, sans-serif" font-size="13">
                <title>Time of one operation, %s</title>
                <rect x="0.5" y="0.5" width="%d" height="%d" rx="8" fill="#ffffff" stroke="#d0d7de"/>
                """
                        .formatted(WIDTH, height, WIDTH, height, place.title(), WIDTH - 1, height - 1));
        text(20, 28, "#1f2328", "font-size=\"16\" font-weight=\"600\"", "Time of one operation, shorter is better");
        text(20, 47, "#59636e", "", place.title());
        for (int i = 0; i < panels.size(); i++) {
            panel(20 + (i % 2) * PANEL, HEAD + (i / 2) * panelHeight, SHOWN.get(i), panels.get(i));
        }
        return svg.append("</svg>\n").toString();
    }

    private void panel(int x, int y, Scenario scenario, List<Cell> cells) {
        text(x, y + 22, "#1f2328", "font-weight=\"600\"", scenario.title());
        double longest = cells.stream().mapToDouble(Cell::medianNanos).max().orElse(1);
        int top = y + 32;
        for (Cell cell : cells) {
            text(x + LABEL - 8, top + 14, "#1f2328", "text-anchor=\"end\"", cell.subject.title());
            double width = Math.max(1.5, BAR * cell.medianNanos() / longest);
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\" fill=\"%s\"/>%n",
                    x + LABEL,
                    top + 2,
                    width,
                    ROW - 5,
                    colour(cell.subject)));
            text(x + LABEL + width + 6, top + 14, "#1f2328", "", Report.time(cell.medianNanos()));
            top += ROW;
        }
    }

    private void text(double x, double y, String colour, String more, String words) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.0f\" fill=\"%s\" %s>%s</text>%n",
                x,
                y,
                colour,
                more,
                words.replace("&", "&amp;").replace("<", "&lt;")));
    }

    private static String colour(Subject subject) {
        return switch (subject) {
            case NONE, FLOOR -> "#8c959f";
            case LOCMEM -> "#54aeff";
            case REDIS -> "#0969da";
            case NEAR -> "#0a3069";
            case REDISSON -> "#bc4c00";
            case CAFFEINE -> "#bf8700";
        };
    }
}
