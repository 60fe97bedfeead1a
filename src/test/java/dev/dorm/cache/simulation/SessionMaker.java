package dev.dorm.cache.simulation;

import dev.dorm.cache.simulation.Plan.End;
import dev.dorm.cache.simulation.Plan.Ending;
import dev.dorm.cache.simulation.Plan.Operation;
import dev.dorm.cache.simulation.Plan.Session;
import dev.dorm.cache.simulation.Plan.Verb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes up the sessions of one plan: which operations it has, how often, and how long everything takes. */
final class SessionMaker {

    private static final List<Verb> READS =
            List.of(Verb.READ, Verb.READ, Verb.READ, Verb.QUERY, Verb.LOAD, Verb.REFRESH);
    private static final List<Verb> WRITES = List.of(
            Verb.UPDATE,
            Verb.UPDATE,
            Verb.UPDATE,
            Verb.CHANGE,
            Verb.CHANGE,
            Verb.BULK,
            Verb.DELETE,
            Verb.INSERT,
            Verb.RAISE,
            Verb.UNDONE);

    /** From one message's time to what only the near tier and leases notice, in nanoseconds. */
    private static final int[] PACES = {200_000, 1_000_000, 1_000_000, 4_000_000, 4_000_000, 15_000_000, 400_000_000};

    private static final int SLOW = 700_000_000;

    private final Random random;
    private final List<Verb> reads = new ArrayList<>();
    private final List<Verb> writes = new ArrayList<>();

    /** Of how many rows most is done. */
    private final int hot;

    /** One of so many sessions writes, commits slowly, goes on slowly, fails; 0 for none. */
    private final int writers;

    private final int slowCommits;
    private final int slowEnds;
    private final int failures;

    private final int pace;
    private final int think;

    /** Some wait for seconds, as long as what is locked or marked lasts. */
    private final boolean leases;

    private final boolean holds;

    /** Processes die when they have committed. */
    private final boolean deaths;

    private final Duration longestCommit;

    SessionMaker(Random random, boolean near, FaultMaker faults) {
        this.random = random;
        some(READS, reads);
        some(WRITES, writes);
        // Whoever deletes a row has it come back, and the other way round.
        if (writes.contains(Verb.DELETE) != writes.contains(Verb.INSERT)) {
            writes.add(writes.contains(Verb.DELETE) ? Verb.INSERT : Verb.DELETE);
        }
        hot = random.nextInt(3) > 0 ? 1 : Simulation.ROWS;
        writers = 2 + random.nextInt(3);
        slowCommits = random.nextInt(4);
        slowEnds = random.nextInt(4);
        failures = random.nextInt(4) == 0 ? 3 : 0;
        // What the near tier gives late is judged after its window, which is seconds.
        pace = near && random.nextBoolean() ? SLOW : PACES[random.nextInt(PACES.length)];
        think = PACES[random.nextInt(PACES.length)];
        leases = random.nextInt(4) == 0;
        // A lock lasts for a minute: who stands still and waits besides may commit later than that allows.
        holds = !faults.ofProcesses() && !faults.ofClocks() && random.nextInt(6) == 0;
        deaths = random.nextInt(6) == 0;
        longestCommit = Duration.ofSeconds(faults.ofProcesses() || faults.ofClocks() ? 2 : 8);
    }

    /** Takes one to four kinds, some more often than others. */
    private void some(List<Verb> of, List<Verb> into) {
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            into.add(of.get(random.nextInt(of.size())));
        }
    }

    /** Returns how long two sessions' begins are apart, mostly. */
    int pace() {
        return pace;
    }

    long gap() {
        if (holds && chance(2)) {
            return Duration.ofMillis(random.nextInt(12_000)).toNanos();
        }
        if (leases && chance(6)) {
            return Duration.ofSeconds(5 + random.nextInt(65)).toNanos();
        }
        return chance(8) ? random.nextInt(10 * Math.min(pace, 100_000_000)) : random.nextInt(pace);
    }

    Session make(Duration at, String name, int process) {
        if (chance(6)) {
            return new Session(at, name, process, late(), End.COMMIT, ending(End.COMMIT));
        }
        boolean writer = chance(writers);
        List<Operation> operations = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        int first = random.nextInt(count);
        for (int i = 0; i < count; i++) {
            boolean write = writer && (i == first || chance(3));
            List<Verb> verbs = write ? writes : reads;
            operations.add(new Operation(verbs.get(random.nextInt(verbs.size())), random.nextInt(hot), think()));
        }
        End end = End.COMMIT;
        if (chance(10)) {
            end = End.ROLLBACK;
        } else if (failures > 0 && chance(failures)) {
            end = chance(3) ? End.FAIL : End.FAIL_AND_COMMIT;
        } else if (deaths && chance(6)) {
            end = End.DIE;
        }
        return new Session(at, name, process, operations, end, ending(end));
    }

    /** Has a snapshot from long before it reads what others write meanwhile. */
    private List<Operation> late() {
        Duration pause = Duration.ofNanos(1 + (long) (random.nextDouble() * 8 * pace));
        Operation first =
                chance(2) ? new Operation(Verb.QUERY, 0, pause) : new Operation(Verb.READ, Simulation.ROWS - 1, pause);
        Verb then = chance(3) ? Verb.LOAD : Verb.READ;
        return List.of(first, new Operation(then, random.nextInt(hot), think()));
    }

    private Ending ending(End end) {
        Duration hold = holds && chance(3) ? Duration.ofSeconds(10 + random.nextInt(49)) : Duration.ZERO;
        Duration commit = Duration.ZERO;
        if (slowCommits > 0 && chance(slowCommits)) {
            commit = (leases || holds) && chance(2)
                    ? Duration.ofMillis(random.nextInt((int) longestCommit.toMillis()))
                    : Duration.ofNanos(random.nextInt(4 * Math.min(pace, 100_000_000)));
        }
        Duration settle = Duration.ZERO;
        if (slowEnds > 0 && chance(slowEnds)) {
            settle = leases && chance(4)
                    ? Duration.ofMillis(random.nextInt(70_000))
                    : Duration.ofNanos(random.nextInt(4 * Math.min(pace, 100_000_000)));
        }
        Duration doubt =
                end == End.FAIL_AND_COMMIT ? Duration.ofMillis(random.nextInt(chance(3) ? 20_000 : 60)) : Duration.ZERO;
        return new Ending(hold, commit, settle, doubt);
    }

    private Duration think() {
        if (leases && chance(8)) {
            return Duration.ofSeconds(random.nextInt(40));
        }
        return Duration.ofNanos(chance(3) ? 0 : random.nextInt(think));
    }

    private boolean chance(int of) {
        return random.nextInt(of) == 0;
    }
}
