package com.example.shop;

import com.example.shop.Requests.Request;
import java.util.ArrayList;
import java.util.List;

/**
 * Columns, one for each of the last requests: below what the cache answered, on top what the database was asked. All numbers are in
 * the units of the SVG's view box.
 */
public final class RequestChart {

    public static final int WIDTH = 480;
    public static final int HEIGHT = 210;

    private static final int LEFT = 34;
    private static final int TOP = 12;
    private static final int BOTTOM = 30;
    private static final int PLOT = HEIGHT - TOP - BOTTOM;
    private static final double SLOT = (WIDTH - LEFT) / (double) Requests.KEPT;
    private static final double GAP = 2;

    private final List<Column> columns = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();

    /** A part of a column; it has no height when there is nothing to show. */
    public record Part(double y, double height) {}

    /** A column, with its number below and the number of statements above, if there were any. */
    public record Column(Request request, double x, double width, Part hits, Part statements) {

        public double middle() {
            return x + width / 2;
        }

        public double top() {
            return Math.min(hits.y(), statements.y());
        }
    }

    /** A line of the grid. */
    public record Line(double y, int value) {}

    RequestChart(List<Request> requests) {
        int most = requests.stream()
                .mapToInt(request -> request.hits() + request.statements())
                .max()
                .orElse(0);
        int step = step(most);
        int top = Math.max(step, (most + step - 1) / step * step);
        for (int value = 0; value <= top; value += step) {
            lines.add(new Line(y(value, top), value));
        }
        for (int i = 0; i < requests.size(); i++) {
            columns.add(column(requests.get(i), LEFT + i * SLOT, top));
        }
    }

    private static Column column(Request request, double x, int top) {
        double hits = PLOT * request.hits() / (double) top;
        double statements = PLOT * request.statements() / (double) top;
        double base = y(0, top);
        double gap = request.hits() > 0 && request.statements() > 0 ? GAP : 0;
        return new Column(
                request,
                x + SLOT * 0.2,
                SLOT * 0.6,
                new Part(base - hits, hits),
                new Part(base - hits - statements, Math.max(0, statements - gap)));
    }

    private static double y(int value, int top) {
        return TOP + PLOT - PLOT * value / (double) top;
    }

    /** Returns a round number of which about four make the height. */
    private static int step(int most) {
        int power = 1;
        while (power * 40 < most) {
            power *= 10;
        }
        for (int factor : List.of(1, 2, 5)) {
            if (factor * power * 4 >= most) {
                return factor * power;
            }
        }
        return power * 10;
    }

    public List<Column> columns() {
        return columns;
    }

    public List<Line> lines() {
        return lines;
    }

    public int left() {
        return LEFT;
    }
}
