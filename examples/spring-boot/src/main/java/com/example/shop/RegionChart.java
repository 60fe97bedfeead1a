package com.example.shop;

import com.example.shop.Figures.Region;
import java.util.ArrayList;
import java.util.List;

/** Bars, one for each region: hits, and behind them misses. All numbers are in the units of the SVG's view box. */
public final class RegionChart {

    public static final int WIDTH = 480;

    private static final int ROW = 46;
    private static final int BAR = 14;
    private static final double GAP = 2;

    private final List<Bar> bars = new ArrayList<>();

    /** A bar, whose parts have no width when there is nothing to show. */
    public record Bar(Region region, int text, int y, double hits, double missesFrom, double misses) {

        public int height() {
            return BAR;
        }
    }

    RegionChart(List<Region> regions) {
        long most = regions.stream()
                .mapToLong(region -> region.hits() + region.misses())
                .max()
                .orElse(0);
        double unit = WIDTH / (double) Math.max(1, most);
        for (int i = 0; i < regions.size(); i++) {
            Region region = regions.get(i);
            double hits = region.hits() * unit;
            double from = hits == 0 ? 0 : hits + GAP;
            double misses = Math.max(0, (region.hits() + region.misses()) * unit - from);
            bars.add(new Bar(region, i * ROW + 15, i * ROW + 23, hits, from, misses));
        }
    }

    public List<Bar> bars() {
        return bars;
    }

    public int height() {
        return Math.max(1, bars.size()) * ROW;
    }
}
