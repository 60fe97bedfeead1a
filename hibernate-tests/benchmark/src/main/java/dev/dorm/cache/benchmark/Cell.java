package dev.dorm.cache.benchmark;

import java.util.ArrayList;
import java.util.List;

/** What was measured of one scenario, for one subject in one place. */
final class Cell {

    final Subject subject;
    final Place place;
    final Scenario scenario;

    /** In whose turns it was measured: its own, or those of what a client by itself is compared with. */
    final Scenario turn;

    /** One operation's nanoseconds in each round. */
    final List<Double> nanos = new ArrayList<>();

    final List<Double> allocated = new ArrayList<>();

    /** What the subject's JVM took of the processors for one operation, in nanoseconds. */
    final List<Double> processor = new ArrayList<>();

    /** Of one operation: statements, round trips to Redis and bytes to and from it, round trips to the database. */
    double statements = Double.NaN;

    double trips = Double.NaN;
    double bytes = Double.NaN;
    double databaseTrips = Double.NaN;

    /** What Redis itself took of a processor for one operation, in nanoseconds. */
    double redisProcessor = Double.NaN;

    Cell(Subject subject, Place place, Scenario scenario, Scenario turn) {
        this.turn = turn;
        this.subject = subject;
        this.place = place;
        this.scenario = scenario;
    }

    double medianNanos() {
        return median(nanos);
    }

    double medianAllocated() {
        return median(allocated);
    }

    double medianProcessor() {
        return median(processor);
    }

    /** Returns how many times longer this takes than another one of the same rounds. */
    double times(Cell other) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < Math.min(nanos.size(), other.nanos.size()); round++) {
            ratios.add(nanos.get(round) / other.nanos.get(round));
        }
        return median(ratios);
    }

    /** Returns how many nanoseconds longer this takes than another one of the same rounds. */
    double minus(Cell other) {
        List<Double> differences = new ArrayList<>();
        for (int round = 0; round < Math.min(nanos.size(), other.nanos.size()); round++) {
            differences.add(nanos.get(round) - other.nanos.get(round));
        }
        return median(differences);
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int size = sorted.size();
        if (size == 0) {
            return Double.NaN;
        }
        return (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
    }
}
