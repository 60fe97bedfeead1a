package dev.dorm.cache.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Virtual time, and what happens in it: one thing after the other, in an order that the seed alone decides. */
final class Scheduler {

    private record Event(long at, long order, Runnable work) {}

    private static final Comparator<Event> ORDER =
            Comparator.comparingLong(Event::at).thenComparingLong(Event::order);

    private final PriorityQueue<Event> events = new PriorityQueue<>(ORDER);
    private final List<Actor> actors = new ArrayList<>();
    private long now = 1;
    private long count;

    /** Returns the virtual time in nanoseconds. */
    long now() {
        return now;
    }

    /** Has something happen at a time, or at once when that has passed. */
    void at(long time, Runnable work) {
        events.add(new Event(Math.max(time, now), count++, work));
    }

    void after(Duration pause, Runnable work) {
        at(now + pause.toNanos(), work);
    }

    /** Begins an actor, which goes on at no time before that which is said of its process. */
    Actor start(String name, Runnable body, LongSupplier notBefore) {
        Actor actor = new Actor(name, body, notBefore);
        actors.add(actor);
        wake(actor);
        return actor;
    }

    /** Has the actor that runs wait for a while. */
    void pause(Duration time) {
        long until = now + time.toNanos();
        await(() -> false, until);
    }

    /**
     * Has the actor that runs wait until something is so, or a time has come. It is looked at whenever it is woken.
     *
     * @return whether it is so
     */
    boolean await(BooleanSupplier condition, long until) {
        Actor actor = Actor.current();
        if (actor == null) {
            throw new IllegalStateException("only an actor waits");
        }
        if (condition.getAsBoolean()) {
            return true;
        }
        // Looked at before the actor is woken: to change threads for nothing is what costs most here.
        BooleanSupplier over = () -> now >= until || condition.getAsBoolean();
        at(until, () -> resume(actor));
        actor.waitFor(over);
        return condition.getAsBoolean();
    }

    /** Lets an actor look again whether what it waits for is so. */
    void wake(Actor actor) {
        at(now, () -> resume(actor));
    }

    private void resume(Actor actor) {
        if (actor.notBefore() > now) {
            at(actor.notBefore(), () -> resume(actor));
        } else if (actor.mayGoOn()) {
            actor.resume();
        }
    }

    /** Lets all actors that wait look again. */
    void wakeAll() {
        actors.removeIf(actor -> actor.ended() && actor.failure() == null);
        actors.forEach(this::wake);
    }

    /** Runs until a time, or until nothing is left to happen. */
    void run(long until) {
        while (!events.isEmpty() && events.peek().at() <= until) {
            Event next = events.remove();
            now = next.at();
            next.work().run();
        }
        now = Math.max(now, until);
    }

    /** Returns the actors that failed with something that nobody expected. */
    List<Actor> failed() {
        return actors.stream().filter(actor -> actor.failure() != null).toList();
    }

    /** Ends all actors. */
    void close() {
        events.clear();
        actors.forEach(Actor::kill);
    }
}
