package dev.dorm.cache.internal.store;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.Listening;
import dev.dorm.cache.internal.near.NearTier;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps a near tier listening, and knowing that it does. */
final class Heartbeat implements AutoCloseable {

    private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

    /** How often the versions are looked at: a flushed store, or one that is changed by hand, tells nobody. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Supplier<Backend> backend;
    private final NearTier tier;
    private final Runnable look;
    private final String name;
    private final Background background;
    private Background.@Nullable Repetition beats;
    private boolean closed;
    private @Nullable Backend listenedTo;
    private @Nullable Listening listening;
    private @Nullable CompletableFuture<?> pending;
    private long pendingSince;
    private long lookedAt;

    /**
     * Creates it; {@link #start} starts it.
     *
     * @param alias the backend's name
     * @param backend what is listened to; asked anew each time
     * @param tier who listens
     * @param look looks at the versions, without waiting
     * @param background runs the beats
     */
    Heartbeat(String alias, Supplier<Backend> backend, NearTier tier, Runnable look, Background background) {
        this.backend = backend;
        this.tier = tier;
        this.look = look;
        this.name = "dorm-near-" + alias;
        this.background = background;
        lookedAt = tier.now();
    }

    /** Returns for how long after a beat was sent rows are served on the strength of it. */
    static Duration window(Backend backend) {
        return backend.callTimeout().multipliedBy(2);
    }

    void start() {
        if (beats == null && !closed) {
            beats = background.repeat(name, this::turn, this::end);
        }
    }

    private Duration turn() {
        try {
            return beat();
        } catch (RuntimeException e) {
            // Nothing is received: after the window the tier is off. An alias that is reset or closed comes here.
            tier.lost();
            return LONGEST_PAUSE;
        }
    }

    /** Sends a beat, unless one is on its way; returns when to do so again. */
    private Duration beat() {
        Backend current = backend.get();
        if (current != listenedTo) {
            end();
            listenedTo = current;
            listening = current.listen(tier);
        }
        if (listening != null) {
            listening.prove();
        }
        if (!current.isProven()) {
            // It may be a server now that nobody locks at any more.
            tier.lost();
        }
        Duration window = window(current);
        long now = tier.now();
        CompletableFuture<?> last = pending;
        if (last != null && !last.isDone()) {
            if (now - pendingSince >= window.toNanos()) {
                tier.lost();
                pending = null;
            }
        } else if (listening != null) {
            send(listening, now, window);
        }
        if (tier.serves(now) && now - lookedAt >= LOOK.toNanos()) {
            lookedAt = now;
            look.run();
        }
        Duration tenth = window.dividedBy(10);
        return tenth.compareTo(LONGEST_PAUSE) < 0 ? tenth : LONGEST_PAUSE;
    }

    private void send(Listening current, long now, Duration window) {
        long epoch = tier.epoch();
        pendingSince = now;
        pending = current.beat(tier.channels()).whenComplete((told, failure) -> {
            if (failure == null) {
                tier.received(epoch, told, now + window.toNanos());
            }
        });
    }

    private void end() {
        Listening current = listening;
        listening = null;
        pending = null;
        tier.lost();
        if (current != null) {
            try {
                current.close();
            } catch (BackendException e) {
                // It is of no use any more.
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        if (beats == null) {
            end();
        } else {
            beats.close();
        }
    }
}
