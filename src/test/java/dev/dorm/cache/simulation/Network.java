package dev.dorm.cache.simulation;

import dev.dorm.cache.backend.BackendException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Between the processes and the server: every message takes its time, and some have trouble. */
final class Network {

    private static final Duration SLOWEST = Duration.ofMillis(2);

    private final Scheduler scheduler;
    private final Server server;
    private final History history;
    private final Map<String, Map<Integer, Trouble>> troubles = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final long seed;
    private final Random random;

    Network(Scheduler scheduler, Server server, History history, long seed, List<Trouble> troubles) {
        this.scheduler = scheduler;
        this.server = server;
        this.history = history;
        this.seed = seed;
        this.random = new Random(seed);
        troubles.forEach(each -> this.troubles
                .computeIfAbsent(each.who(), who -> new HashMap<>())
                .put(each.message(), each));
    }

    /** Returns how long something takes that belongs to no session. */
    Duration latency() {
        return Duration.ofNanos(1 + random.nextInt((int) SLOWEST.toNanos()));
    }

    /**
     * Sends a request.
     *
     * @param who whose it is: what happens to a message depends on this and on how many were sent before, and on no other
     * @param work what the server does; it throws when the connection is lost, or the work refused
     * @param reply who is answered
     * @param lost who is told of that
     */
    <T> void send(String who, Supplier<T> work, Consumer<T> reply, Consumer<RuntimeException> lost) {
        var unused = send(who, 0, work, reply, lost);
    }

    /**
     * Sends a request behind another one.
     *
     * @param behind when that arrives; 0 for none
     * @return when it arrives; 0 if it is lost
     */
    <T> long send(String who, long behind, Supplier<T> work, Consumer<T> reply, Consumer<RuntimeException> lost) {
        int message = counts.merge(who, 1, Integer::sum) - 1;
        Random own = new Random(seed ^ who.hashCode() * 0x9E3779B97F4A7C15L ^ message * 0xC2B2AE3D27D4EB4FL);
        @Nullable Trouble trouble = troubles.getOrDefault(who, Map.of()).get(message);
        Trouble.Kind kind = trouble == null ? null : trouble.kind();
        Duration there = latency(own);
        Duration back = latency(own);
        if (trouble != null) {
            history.event(
                    scheduler.now(),
                    who,
                    "message " + message + ": " + kind + " " + trouble.time().toMillis() + " ms");
        }
        if (kind == Trouble.Kind.LOSE_REQUEST) {
            return 0;
        }
        if (kind == Trouble.Kind.DELAY_REQUEST) {
            there = there.plus(trouble.time());
        }
        if (behind >= scheduler.now() + there.toNanos()) {
            there = Duration.ofNanos(behind + 1 - scheduler.now());
        }
        if (kind == Trouble.Kind.DELAY_REPLY) {
            back = back.plus(trouble.time());
        }
        if (kind == Trouble.Kind.DOUBLE) {
            scheduler.after(there.plus(trouble.time()), () -> arrive(work, answer -> {}, failure -> {}, Duration.ZERO));
        }
        boolean answered = kind != Trouble.Kind.LOSE_REPLY;
        Duration way = back;
        long arrival = scheduler.now() + there.toNanos();
        scheduler.after(
                there, () -> arrive(work, answered ? reply : answer -> {}, answered ? lost : failure -> {}, way));
        return arrival;
    }

    private <T> void arrive(Supplier<T> work, Consumer<T> reply, Consumer<RuntimeException> lost, Duration back) {
        long reached = server.reachedAt();
        if (reached > scheduler.now()) {
            scheduler.at(reached, () -> arrive(work, reply, lost, back));
            return;
        }
        try {
            T answer = work.get();
            scheduler.after(back, () -> reply.accept(answer));
        } catch (BackendException | Unanswered e) {
            scheduler.after(back, () -> lost.accept(e));
        }
    }

    private static Duration latency(Random random) {
        // Most are quick, some slow, so that one overtakes another.
        long most = random.nextInt(4) == 0 ? SLOWEST.toNanos() : SLOWEST.toNanos() / 10;
        return Duration.ofNanos(1 + random.nextInt((int) most));
    }
}
