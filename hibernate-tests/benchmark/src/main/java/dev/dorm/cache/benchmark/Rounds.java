package dev.dorm.cache.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lets the subjects take turns at each scenario, so that what disturbs the machine disturbs all of them. */
final class Rounds {

    /** How often an operation runs while its round trips are counted. */
    private static final int COUNTED = 20;

    /** How often while Redis's processor time is measured. */
    private static final int BURNT = 200;

    private final Servers servers;
    private final Map<Subject, WorkerProcess> workers;
    private final Pace pace;
    private final Set<Scenario> scenarios;
    private final List<Cell> cells = new ArrayList<>();

    Rounds(Servers servers, Map<Subject, WorkerProcess> workers, Pace pace, Set<Scenario> scenarios) {
        this.scenarios = scenarios;
        this.servers = servers;
        this.workers = new EnumMap<>(workers);
        this.pace = pace;
    }

    List<Cell> run() {
        for (Scenario scenario : scenarios) {
            if (!WorkerThreads.areThere(scenario)) {
                if (!scenario.raw()) {
                    System.out.printf(
                            "%s: left out, since it takes a JDK of %d or later (this is %d)%n",
                            scenario.title(),
                            WorkerThreads.VIRTUAL_SINCE,
                            Runtime.version().feature());
                }
            } else if (!scenario.raw()) {
                for (Place place : Place.values()) {
                    run(scenario, place);
                }
            }
        }
        return cells;
    }

    private void run(Scenario scenario, Place place) {
        List<Cell> turn = new ArrayList<>();
        for (Subject subject : workers.keySet()) {
            if (scenario.concerns(subject, place)) {
                turn.add(new Cell(subject, place, scenario, scenario));
            }
        }
        for (Scenario raw : scenario.floors()) {
            if (workers.containsKey(Subject.FLOOR) && raw.concerns(Subject.FLOOR, place)) {
                turn.add(new Cell(Subject.FLOOR, place, raw, scenario));
            }
        }
        if (turn.isEmpty()) {
            return;
        }
        long begin = System.nanoTime();
        turn.forEach(cell -> measure(cell, pace.warmupMillis(scenario, place), pace.millis()));
        turn.forEach(this::count);
        turn.forEach(this::burn);
        List<Cell> order = new ArrayList<>(turn);
        for (int round = 0; round < pace.rounds(scenario); round++) {
            for (Cell cell : order) {
                double[] measured = measure(cell, 0, pace.millis());
                cell.nanos.add(measured[0]);
                if (cell.scenario != Scenario.EVICT_10000) {
                    // There the filling would count, too.
                    cell.allocated.add(measured[1]);
                    cell.processor.add(measured[2]);
                }
            }
            Collections.rotate(order, 1);
        }
        cells.addAll(turn);
        System.out.printf(
                "%s, %s (%d s)%n", scenario.title(), place.title(), (System.nanoTime() - begin) / 1_000_000_000);
        turn.forEach(cell -> System.out.printf(
                "    %-18s %10.1f us %10.1f us of cpu %10.0f B %7.2f trips %5.2f statements%n",
                cell.scenario.raw() ? cell.scenario.title() : cell.subject.title(),
                cell.medianNanos() / 1000,
                cell.medianProcessor() / 1000,
                cell.medianAllocated(),
                cell.trips,
                cell.statements));
    }

    private double[] measure(Cell cell, long warmup, long millis) {
        return workers.get(cell.subject).order("measure", cell.scenario, cell.place, warmup, millis);
    }

    private static boolean scenarioMissed(Cell cell) {
        return cell.scenario.hits() && cell.statements > 0;
    }

    private void burn(Cell cell) {
        if (cell.place == Place.H2_NEAR && cell.subject.usesRedis() && cell.scenario != Scenario.EVICT_10000) {
            double before = servers.redisProcessorNanos();
            workers.get(cell.subject).order("count", cell.scenario, cell.place, BURNT);
            cell.redisProcessor = (servers.redisProcessorNanos() - before) / BURNT;
        }
    }

    private void count(Cell cell) {
        if (cell.scenario == Scenario.EVICT_10000) {
            return;
        }
        long trips = servers.redisWire().trips();
        long bytes = servers.redisWire().bytes();
        long database = servers.postgresWire().trips();
        cell.statements = workers.get(cell.subject).order("count", cell.scenario, cell.place, COUNTED)[0];
        if (cell.subject != Subject.NONE && scenarioMissed(cell)) {
            throw new IllegalStateException(cell.subject + " asked the database " + cell.statements + " times for "
                    + cell.scenario + ", which should be a hit");
        }
        if (cell.place.far() && cell.subject.usesRedis()) {
            cell.trips = (servers.redisWire().trips() - trips) / (double) COUNTED;
            cell.bytes = (servers.redisWire().bytes() - bytes) / (double) COUNTED;
        }
        if (cell.place == Place.POSTGRES_FAR) {
            cell.databaseTrips = (servers.postgresWire().trips() - database) / (double) COUNTED;
        }
    }
}
