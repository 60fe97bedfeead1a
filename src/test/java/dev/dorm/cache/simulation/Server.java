package dev.dorm.cache.simulation;

import dev.dorm.cache.backend.Moment;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
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

    /** Grows whenever all connections end. */
    private int generation = 1;

    /** Is told of every step that was taken, for the judge. */
    interface Witness {

        void took(int process, Step<?> step, Replies replies);
    }

    Server(Scheduler scheduler, StoreImage store, History history, Witness witness) {
        this.scheduler = scheduler;
        this.store = store;
        this.history = history;
        this.witness = witness;
        this.looked = scheduler.now();
    }

    boolean up() {
        return up;
    }

    int generation() {
        return generation;
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

    /** Takes one step of a process, and adds its reply and moment. */
    void take(int process, String who, Step<?> step, List<Object> replies, List<Moment> moments) {
        elapse();
        List<String> told = new ArrayList<>();
        Replies reply = store.run(step, told);
        replies.add(reply.of(step));
        moments.add(reply.moment(step));
        history.step(scheduler.now(), who, step, reply);
        witness.took(process, step, reply);
        told.forEach(this::publish);
    }

    Map<String, byte[]> read(List<String> keys) {
        elapse();
        return store.read(keys);
    }

    /** Returns the name of the memory that answers. */
    String memory() {
        return store.memory();
    }

    void subscribe(Consumer<String> ear) {
        subscribers.add(new Subscriber(generation, ear));
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
        generation++;
        scheduler.after(down, () -> {
            elapse();
            store.restart(saved);
            up = true;
            history.event(scheduler.now(), "server", "is back");
        });
        return true;
    }

    /** Loses all connections. */
    void disconnect() {
        history.event(scheduler.now(), "server", "ends all connections");
        generation++;
    }

    /** Answers nothing for a while, and then everything. */
    void freeze(Duration time) {
        history.event(scheduler.now(), "server", "is frozen for " + time.toMillis() + " ms");
        silentUntil = Math.max(silentUntil, scheduler.now() + time.toNanos());
    }

    void save() {
        elapse();
        history.event(scheduler.now(), "server", "saves");
        store.save();
    }

    /** Loses one of its keys; returns which. */
    String evict(int which) {
        elapse();
        SortedSet<String> keys = store.keys();
        if (keys.isEmpty()) {
            return "";
        }
        String key = List.copyOf(keys).get(Math.floorMod(which, keys.size()));
        history.event(scheduler.now(), "server", "evicts " + History.shortened(key));
        store.lose(key);
        return key;
    }

    void setClock(Duration by) {
        elapse();
        if (store.setClock(by)) {
            history.event(scheduler.now(), "server", "sets its clock by " + by.toMillis() + " ms");
        }
    }
}
