package dev.dorm.cache.simulation;

import dev.dorm.cache.simulation.Plan.Act;
import dev.dorm.cache.simulation.Plan.Blow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Makes up what goes wrong in one plan: nothing, or faults of one or a few kinds, some of them often. */
final class FaultMaker {

    private enum Kind {
        MESSAGES,
        BACKGROUND,
        EVICTIONS,
        CRASHES,
        CONNECTIONS,
        CLOCK,
        PROCESSES,
        MUTES,
        REFUSALS,
        SILENCE,
        DEMOTIONS,
        FLUSHES
    }

    /** What the near tier is there to survive. */
    private static final List<Kind> NEAR = List.of(Kind.MESSAGES, Kind.CONNECTIONS, Kind.MUTES);

    /** What takes counters away. */
    private static final Set<Kind> LOSING = EnumSet.of(Kind.EVICTIONS, Kind.CRASHES, Kind.DEMOTIONS, Kind.FLUSHES);

    private final Random random;
    private final List<Kind> kinds = new ArrayList<>();

    /** One of so many sessions has one beside it. */
    private final int often;

    private boolean saved;

    /** The server's clock is set back, too. */
    private final boolean backwards;

    /** By how many milliseconds more the clock may be set back in all. */
    private int left = 55_000;

    FaultMaker(Random random, boolean near) {
        this.random = random;
        int count = Math.max(0, random.nextInt(5) - 1);
        for (int i = 0; i < count; i++) {
            Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
            kinds.add(near && chance(2) ? NEAR.get(random.nextInt(NEAR.size())) : kind);
        }
        often = 1 + random.nextInt(5);
        // A counter that is lost goes on from the time: not both may be taken from it.
        backwards = Collections.disjoint(kinds, LOSING);
    }

    /** Returns whether processes stand still, or die. */
    boolean ofProcesses() {
        return kinds.contains(Kind.PROCESSES);
    }

    /** Returns whether the server's clock is set. */
    boolean ofClocks() {
        return kinds.contains(Kind.CLOCK);
    }

    /** Adds what happens beside a session. */
    void happen(Duration at, String session, int process, List<Act> acts, List<Trouble> troubles) {
        if (kinds.isEmpty() || !chance(often)) {
            return;
        }
        switch (kinds.get(random.nextInt(kinds.size()))) {
            case MESSAGES -> {
                troubles.add(trouble(session));
                if (chance(3)) {
                    troubles.add(trouble("b" + process));
                }
            }
            case BACKGROUND -> troubles.add(trouble("b" + process));
            case EVICTIONS -> acts.add(new Plan.ServerAct(at, Blow.EVICT, Duration.ZERO, random.nextInt(1000)));
            case CRASHES -> {
                Blow blow = !saved || chance(4) ? Blow.SAVE : chance(4) ? Blow.CRASH_EMPTY : Blow.CRASH_OLD;
                saved = true;
                acts.add(new Plan.ServerAct(at, blow, time(20, 3_000), 0));
            }
            case CONNECTIONS ->
                acts.add(new Plan.ServerAct(at, chance(3) ? Blow.FREEZE : Blow.DISCONNECT, time(20, 3_000), 0));
            case CLOCK -> {
                // More would end leases too early, or make them look damaged: see docs/limits.md.
                int back = backwards && left > 0 ? random.nextInt(2) : 0;
                int by = random.nextInt(back == 0 ? 5_000 : left);
                left -= back * by;
                acts.add(new Plan.ServerAct(at, Blow.SET_CLOCK, Duration.ofMillis(by), back));
            }
            case PROCESSES ->
                acts.add(chance(2) ? new Plan.Pause(at, process, time(100, 20_000)) : new Plan.Restart(at, process));
            case REFUSALS -> acts.add(new Plan.ServerAct(at, Blow.REFUSE, time(20, 5_000), 0));
            case SILENCE -> acts.add(new Plan.Silence(at, process, time(20, 10_000), chance(2)));
            case DEMOTIONS -> {
                int keeps = 1 + random.nextInt(Plan.LAGS - 1);
                boolean lags = chance(3);
                if (lags) {
                    savedBefore(at, acts);
                }
                if (chance(3)) {
                    troubles.add(new Trouble(session, random.nextInt(2), Trouble.Kind.DELAY_REPLY, time(10, 900)));
                }
                acts.add(new Plan.ServerAct(at, Blow.DEMOTE, time(500, 10_000), keeps + (lags ? Plan.LAGS : 0)));
            }
            case FLUSHES -> acts.add(new Plan.ServerAct(at, Blow.FLUSH, Duration.ZERO, 0));
            case MUTES -> acts.add(new Plan.Mute(at, process, time(500, 10_000)));
        }
    }

    private void savedBefore(Duration at, List<Act> acts) {
        Duration lag = time(10, 500);
        Duration before = at.compareTo(lag) > 0 ? at.minus(lag) : Duration.ZERO;
        acts.add(new Plan.ServerAct(before, Blow.SAVE, Duration.ZERO, 0));
    }

    /** Short mostly; or long enough for a call to fail, or a lease to end. */
    private Duration time(int little, int much) {
        return Duration.ofMillis(1 + random.nextInt(chance(2) ? little : much));
    }

    private Trouble trouble(String who) {
        Trouble.Kind kind = Trouble.Kind.values()[random.nextInt(Trouble.Kind.values().length)];
        boolean lost = kind == Trouble.Kind.LOSE_REQUEST || kind == Trouble.Kind.LOSE_REPLY;
        return new Trouble(who, random.nextInt(4), kind, lost ? Duration.ZERO : time(chance(3) ? 900 : 10, 130_000));
    }

    private boolean chance(int of) {
        return random.nextInt(of) == 0;
    }
}
