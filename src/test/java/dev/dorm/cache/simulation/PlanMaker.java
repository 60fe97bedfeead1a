package dev.dorm.cache.simulation;

import dev.dorm.cache.simulation.Plan.Act;
import dev.dorm.cache.simulation.Plan.Blow;
import dev.dorm.cache.simulation.Plan.End;
import dev.dorm.cache.simulation.Plan.Operation;
import dev.dorm.cache.simulation.Plan.Session;
import dev.dorm.cache.simulation.Plan.Setup;
import dev.dorm.cache.simulation.Plan.Verb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes plans up. Each has faults of some kinds only: what all kinds together do hides what one does. */
final class PlanMaker {

    private final Random random;
    private final long seed;

    /** Of how many rows most is done. */
    private int hot;

    PlanMaker(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    Plan plan() {
        boolean nonstrict = chance(8);
        Setup setup = new Setup(
                chance(3) ? 3 : 2,
                random.nextBoolean(),
                chance(4),
                random.nextBoolean(),
                random.nextBoolean(),
                nonstrict,
                chance(10));
        boolean troubles = chance(3);
        boolean blows = chance(3);
        boolean evictions = chance(3);
        boolean processFaults = chance(6);
        boolean failures = chance(4);
        boolean slow = chance(3);
        boolean bulks = chance(3);
        // A counter that is lost goes on from the time: not both may be taken from it.
        boolean backwards = !evictions && chance(3);
        hot = chance(2) ? 1 : Simulation.ROWS;

        List<Act> acts = new ArrayList<>();
        List<Trouble> marked = new ArrayList<>();
        int sessions = 8 + random.nextInt(20);
        long at = 1_000_000;
        for (int i = 0; i < sessions; i++) {
            at += gap(slow);
            String name = "s" + i;
            int process = random.nextInt(setup.processes());
            acts.add(session(at, name, process, failures, slow, bulks));
            if (troubles && random.nextInt(3) == 0) {
                marked.add(trouble(name));
            }
            if (troubles && random.nextInt(6) == 0) {
                marked.add(trouble("b" + process));
            }
            if (evictions && random.nextInt(2) == 0) {
                acts.add(new Plan.ServerAct(
                        Duration.ofNanos(at + random.nextInt(8_000_000)),
                        Blow.EVICT,
                        Duration.ZERO,
                        random.nextInt(100)));
            }
            if (blows && random.nextInt(4) == 0) {
                acts.add(blow(at, backwards));
            }
            if (processFaults && random.nextInt(6) == 0) {
                Duration when = Duration.ofNanos(at + random.nextInt(8_000_000));
                acts.add(
                        random.nextBoolean()
                                ? new Plan.Pause(when, process, Duration.ofMillis(1 + random.nextInt(20_000)))
                                : new Plan.Restart(when, process));
            }
        }
        return new Plan(seed, setup, acts, marked);
    }

    private boolean chance(int of) {
        return random.nextInt(of) == 0;
    }

    /** Most begin while others are under way. */
    private long gap(boolean slow) {
        if (slow && chance(6)) {
            return Duration.ofSeconds(5 + random.nextInt(65)).toNanos();
        }
        return chance(8) ? random.nextInt(15_000_000) : random.nextInt(1_500_000);
    }

    private Session session(long at, String name, int process, boolean failures, boolean slow, boolean bulks) {
        List<Operation> operations = new ArrayList<>();
        boolean writes = chance(3);
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            operations.add(new Operation(verb(writes, bulks), random.nextInt(hot), think(slow)));
        }
        End end = End.COMMIT;
        if (chance(10)) {
            end = End.ROLLBACK;
        } else if (failures && chance(4)) {
            end = chance(2) ? End.FAIL : End.FAIL_AND_COMMIT;
        }
        Duration doubt =
                end == End.FAIL_AND_COMMIT ? Duration.ofMillis(random.nextInt(chance(2) ? 20 : 25_000)) : Duration.ZERO;
        return new Session(Duration.ofNanos(at), name, process, operations, end, doubt);
    }

    private Verb verb(boolean writes, boolean bulks) {
        if (!writes) {
            return chance(3) ? Verb.QUERY : Verb.READ;
        }
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> Verb.UPDATE;
            case 3, 4 -> Verb.CHANGE;
            case 5 -> Verb.DELETE;
            case 6 -> Verb.INSERT;
            case 7, 8 -> bulks ? Verb.BULK : Verb.UPDATE;
            default -> Verb.READ;
        };
    }

    private Duration think(boolean slow) {
        if (slow && chance(10)) {
            return Duration.ofSeconds(random.nextInt(40));
        }
        return Duration.ofNanos(chance(2) ? 0 : random.nextInt(chance(2) ? 2_000_000 : 12_000_000));
    }

    private Trouble trouble(String who) {
        Trouble.Kind kind = Trouble.Kind.values()[random.nextInt(Trouble.Kind.values().length)];
        boolean lost = kind == Trouble.Kind.LOSE_REQUEST || kind == Trouble.Kind.LOSE_REPLY;
        Duration time = lost ? Duration.ZERO : Duration.ofMillis(1 + random.nextInt(chance(2) ? 10 : 40_000));
        return new Trouble(who, random.nextInt(4), kind, time);
    }

    private Plan.ServerAct blow(long at, boolean backwards) {
        Blow[] all = backwards
                ? new Blow[] {Blow.SAVE, Blow.DISCONNECT, Blow.FREEZE, Blow.SET_CLOCK, Blow.SET_CLOCK}
                : new Blow[] {
                    Blow.CRASH_EMPTY, Blow.CRASH_OLD, Blow.SAVE, Blow.SAVE, Blow.DISCONNECT, Blow.FREEZE, Blow.SET_CLOCK
                };
        Blow blow = all[random.nextInt(all.length)];
        Duration time = blow == Blow.SET_CLOCK
                ? Duration.ofMillis(random.nextInt(90_000))
                : Duration.ofMillis(1 + random.nextInt(chance(2) ? 20 : 3_000));
        return new Plan.ServerAct(
                Duration.ofNanos(at + random.nextInt(8_000_000)), blow, time, backwards ? random.nextInt(2) : 0);
    }
}
