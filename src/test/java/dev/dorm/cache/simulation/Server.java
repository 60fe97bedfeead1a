package dev.dorm.cache.simulation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.Keys;
import dev.dorm.cache.backend.Moment;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.internal.redis.listening.Registrations;
import dev.dorm.cache.internal.redis.proof.ReplicationInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The server of the cache: real steps in virtual time, and everything that can happen to a server. */
final class Server {

    /** Hears of what is published, at the time when it is. */
    private record Subscriber(int connection, Consumer<String> ear) {}

    private final Scheduler scheduler;
    private final StoreImage store;
    private final History history;
    private final Witness witness;
    private final List<Subscriber> subscribers = new ArrayList<>();
    private long looked;
    private boolean up = true;
    private long silentUntil;
    private long refusesUntil;
    private long refusedAt;
    private long demotedAt;
    private int clients;
    private boolean forgets;

    /** It does not tell its replication id. */
    private final boolean untold;

    /** It lets no script publish: a registration's name tells what cannot be. */
    private final boolean mute;

    private int renamed;

    /** The master was a replica before. */
    private boolean promoted;

    /** What it keeps of those who ask for proof. */
    private TreeMap<String, Long> proofs = new TreeMap<>();

    private TreeMap<String, Long> savedProofs = new TreeMap<>();

    /** The processes that still have a connection to what is a replica now, and until when. */
    private final Map<Integer, Long> behind = new HashMap<>();

    /** Grows whenever all connections end. */
    private int generation = 1;

    Server(Scheduler scheduler, StoreImage store, History history, Witness witness, boolean untold, boolean mute) {
        this.untold = untold;
        this.mute = mute;
        this.scheduler = scheduler;
        this.store = store;
        this.history = history;
        this.witness = witness;
        this.looked = scheduler.now();
    }

    boolean up() {
        return up;
    }

    /** Returns which connection a process has: another one after it was lost. */
    int generation(int process) {
        return isBehind(process) ? generation - 1 : generation;
    }

    private boolean isBehind(int process) {
        return behind.getOrDefault(process, 0L) > scheduler.now();
    }

    /** Returns when a request that comes now is looked at. */
    long reachedAt() {
        return Math.max(scheduler.now(), silentUntil);
    }

    private void elapse() {
        long passed = scheduler.now() - looked;
        looked = scheduler.now();
        if (passed > 0) {
            store.elapse(Duration.ofNanos(passed));
        }
    }

    /** Takes steps of a process, each by itself, and fails when one of them is refused. */
    Replies take(int process, String who, List<? extends Step<?>> steps) {
        elapse();
        List<Object> replies = new ArrayList<>();
        List<Moment> moments = new ArrayList<>();
        boolean refused = false;
        for (Step<?> step : steps) {
            boolean reads = step instanceof Step.Read;
            boolean old = isBehind(process);
            Replies answer = old && reads ? store.runOnReplica(step) : null;
            if (answer != null) {
                history.event(scheduler.now(), who, step.getClass().getSimpleName() + " is answered by a replica");
                replies.add(answer.of(step));
                moments.add(answer.moment(step));
            } else if (old || !reads && refusesUntil > scheduler.now()) {
                history.event(scheduler.now(), who, step.getClass().getSimpleName() + " is refused");
                refused = true;
            } else {
                take(process, who, step, replies, moments);
            }
        }
        if (refused) {
            throw new BackendException("a write was refused");
        }
        return new Replies(steps, replies, moments);
    }

    void tookLate(String who, Step<?> step, Replies replies) {
        witness.tookLate(who, step, replies);
    }

    private void take(int process, String who, Step<?> step, List<Object> replies, List<Moment> moments) {
        if (forgets && step instanceof Step.Lock) {
            loseRegistrations();
        }
        List<String> told = new ArrayList<>();
        String filled = step instanceof Step.PutRow put ? put.row().key() : null;
        byte[] before = filled == null ? null : store.read(List.of(filled)).get(filled);
        Replies reply = store.run(step, told);
        replies.add(reply.of(step));
        moments.add(reply.moment(step));
        history.step(scheduler.now(), who, step, reply);
        witness.took(process, step, reply, before);
        if (!mute) {
            told.forEach(this::publish);
        } else if (!told.isEmpty()) {
            rename(channel(step));
        }
    }

    private static String channel(Step<?> step) {
        Row row = step.row();
        Shard shard = row == null ? step.shard() : row.shard();
        return shard == null ? requireNonNull(step.clock()).channel() : shard.channel();
    }

    /** Tells by a registration's name what cannot be published, as {@code common.lua}. */
    private void rename(String channel) {
        if (store.keys().contains(channel)) {
            store.lose(channel);
            store.register(List.of(channel), REGISTERED, "untold-" + renamed++);
        }
    }

    Map<String, byte[]> read(int process, List<String> keys) {
        elapse();
        if (isBehind(process)) {
            throw new BackendException("a replica is not read");
        }
        return store.read(keys);
    }

    /** Returns what the server that answers a process says of itself. */
    ReplicationInfo info(int process) {
        return untold
                ? new ReplicationInfo(ReplicationInfo.UNTOLD, isBehind(process), true)
                : new ReplicationInfo(store.memory(), isBehind(process), promoted);
    }

    /** Returns a new name for a process: one that was started anew has another. */
    String client(int process) {
        clients++;
        return "p" + process + "#" + clients;
    }

    /**
     * What is answered to the question for proof.
     *
     * @param info what the server says of itself
     * @param before the number that it has kept until now
     */
    record Proved(ReplicationInfo info, long before) {}

    /** Keeps a process's number, as {@code prove.lua}; fails as locks do. */
    Proved prove(int process, String client, long number) {
        if (isBehind(process) || refusesUntil > scheduler.now()) {
            throw new BackendException("a write was refused");
        }
        long before = proofs.getOrDefault(client, 0L);
        proofs.put(client, Math.max(before, number));
        return new Proved(info(process), before);
    }

    /** How long a registration stands; some more, since those who renew it do so more rarely here when nobody comes. */
    private static final Duration REGISTERED = Registrations.LIFE.plusSeconds(15);

    /** Answers how registrations are called; who is a replica now makes none, and says what it has. */
    Map<String, String> registrations(int process, String token, Registrations.Question question) {
        // Each step lets time pass first: what has ended without a step since was missed by nobody.
        if (!question.made().isEmpty()) {
            elapse();
        }
        boolean old = isBehind(process);
        if (!question.made().isEmpty() && (old || refusesUntil > scheduler.now())) {
            throw new BackendException("a write was refused");
        }
        Map<String, String> names = new HashMap<>(store.register(question.made(), REGISTERED, token));
        Map<String, byte[]> found = old ? store.readOnReplica(question.read()) : store.read(question.read());
        found.forEach((channel, name) -> names.put(channel, new String(name, ISO_8859_1)));
        return names;
    }

    /** Loses the registrations just before the next lock: they are evicted, or end. */
    void forget() {
        forgets = true;
    }

    private void loseRegistrations() {
        forgets = false;
        history.event(scheduler.now(), "server", "forgets who listens");
        store.keys().stream().filter(Server::isRegistration).forEach(store::lose);
    }

    private static boolean isRegistration(String key) {
        return key.startsWith("dormnear:");
    }

    void subscribe(int process, Consumer<String> ear) {
        subscribers.add(new Subscriber(generation(process), ear));
    }

    void unsubscribe(Consumer<String> ear) {
        subscribers.removeIf(each -> each.ear == ear);
    }

    private void publish(String key) {
        List.copyOf(subscribers).stream()
                .filter(each -> each.connection == generation)
                .forEach(each -> each.ear.accept(key));
    }

    /** Dies, unless it is dead; it comes back after a while with nothing, or with what it had saved last. */
    boolean crash(Duration down, boolean saved) {
        if (!up) {
            return false;
        }
        history.event(
                scheduler.now(),
                "server",
                "dies for " + down.toMillis() + " ms, comes back " + (saved ? "old" : "empty"));
        up = false;
        behind.clear();
        generation++;
        scheduler.after(down, () -> {
            elapse();
            store.restart(saved);
            proofs = saved ? new TreeMap<>(savedProofs) : new TreeMap<>();
            promoted = false;
            up = true;
            history.event(scheduler.now(), "server", "is back");
        });
        return true;
    }

    /** Loses all connections. */
    void disconnect() {
        history.event(scheduler.now(), "server", "ends all connections");
        behind.clear();
        generation++;
    }

    /** Answers nothing for a while, and then everything. */
    void freeze(Duration time) {
        history.event(scheduler.now(), "server", "is frozen for " + time.toMillis() + " ms");
        silentUntil = Math.max(silentUntil, scheduler.now() + time.toNanos());
    }

    /** Takes no writes for a while. */
    void refuse(Duration time) {
        history.event(scheduler.now(), "server", "takes no writes for " + time.toMillis() + " ms");
        refusedAt = refusesUntil > scheduler.now() ? refusedAt : scheduler.now();
        refusesUntil = Math.max(refusesUntil, scheduler.now() + time.toNanos());
    }

    /**
     * Becomes a replica of another; processes that keep their connection are behind for a while.
     *
     * @param lag whether the other goes on with what was saved last, not with everything
     * @return whether it does: not while it is dead, or some are behind still
     */
    boolean demote(Duration time, Collection<Integer> keeps, boolean lag) {
        if (!up || behind.values().stream().anyMatch(until -> until > scheduler.now())) {
            return false;
        }
        history.event(
                scheduler.now(),
                "server",
                "becomes a replica of one " + (lag ? "that lags, " : ", ") + keeps + " keep their connection for "
                        + time.toMillis() + " ms");
        elapse();
        if (!lag) {
            save();
        }
        store.demote();
        proofs = new TreeMap<>(savedProofs);
        promoted = true;
        generation++;
        demotedAt = scheduler.now();
        keeps.forEach(process -> behind.put(process, scheduler.now() + time.toNanos()));
        return true;
    }

    /** Loses everything, and says nothing. */
    void flush() {
        elapse();
        history.event(scheduler.now(), "server", "is flushed");
        store.flush();
        proofs.clear();
    }

    /** Returns since when the server that answers a process is not the master that takes locks; the end of time if it is. */
    long ceased(int process) {
        if (isBehind(process)) {
            return demotedAt;
        }
        return refusesUntil > scheduler.now() ? refusedAt : Long.MAX_VALUE;
    }

    void save() {
        elapse();
        history.event(scheduler.now(), "server", "saves");
        store.save();
        savedProofs = new TreeMap<>(proofs);
    }

    /** Loses one of its keys; returns which. */
    String evict(int which) {
        elapse();
        List<String> keys = new ArrayList<>(store.keys());
        keys.removeIf(Server::isRegistration);
        keys.addAll(proofs.keySet());
        if (which % 2 == 0) {
            // There are few rows, and all that matters is about them.
            keys.removeIf(key -> !Keys.isRow(key));
        }
        if (keys.isEmpty()) {
            return "";
        }
        String key = keys.get(which / 2 % keys.size());
        history.event(scheduler.now(), "server", "evicts " + History.shortened(key));
        store.lose(key);
        proofs.remove(key);
        return key;
    }

    void setClock(Duration by) {
        elapse();
        if (store.setClock(by)) {
            history.event(scheduler.now(), "server", "sets its clock by " + by.toMillis() + " ms");
        }
    }
}
