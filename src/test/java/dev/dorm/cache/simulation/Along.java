package dev.dorm.cache.simulation;

import dev.dorm.cache.internal.row.Prefetch;
import dev.dorm.cache.internal.session.SessionContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Of a session in which each row owns the next, as an entity its lazy collection: what an owner brings along when it is read. It does
 * what the library does for Hibernate's entities and collections.
 */
final class Along {

    private final Simulation world;
    private final Process process;
    private final SessionContext context;
    private final Random random;

    /** When each row came that may wait. */
    private final Map<String, Long> came = new HashMap<>();

    /** The rows that the session holds as the cache gave them, without having locked them since. */
    private final Set<String> unlocked = new HashSet<>();

    Along(Simulation world, Process process, Plan.Session plan, SessionContext context) {
        this.world = world;
        this.process = process;
        this.context = context;
        this.random = new Random(world.plan().seed() * 17 + plan.name().hashCode());
    }

    private static String after(String row, int steps) {
        return String.valueOf((Integer.parseInt(row) + steps) % Simulation.ROWS);
    }

    static String owner(String row) {
        return after(row, Simulation.ROWS - 1);
    }

    static String owned(String row) {
        return after(row, 1);
    }

    /** What others do meanwhile takes its time. */
    void pause() {
        world.scheduler().pause(Duration.ofNanos(1 + random.nextInt(5_000_000)));
    }

    /** Goes on after an owner was read, which is perhaps read anew; returns whether what it owns is read now. */
    boolean goesOn(Runnable refresh) {
        int way = random.nextInt(3);
        if (way == 2) {
            pause();
            refresh.run();
        }
        return way != 0;
    }

    /** Returns whether an owner is changed with what it owns. */
    boolean changesBoth() {
        return random.nextBoolean();
    }

    /** Returns whether the session forgets now what it holds. */
    boolean clears() {
        boolean clears = random.nextBoolean();
        if (clears) {
            unlocked.clear();
        }
        return clears;
    }

    /** The session has locked a row, or read it anew. */
    void locked(String row) {
        unlocked.remove(row);
    }

    /** The session has loaded a row that it did not hold: where there are versions, they alone tell how new it is. */
    void loaded(String row) {
        if (world.plan().setup().versioned()) {
            unlocked.add(row);
        } else {
            unlocked.remove(row);
        }
    }

    /** Returns when a row was read that is asked for now. */
    long cameAt(String row, long now) {
        return isOwned(row) ? came.getOrDefault(row, now) : now;
    }

    private boolean isOwned(String row) {
        return context.prefetch().isOwned(process.rows.namespace().row(row));
    }

    /**
     * Reads a row, and what it owns with it.
     *
     * @param owner what the session holds of the row that owns it
     */
    @Nullable
    Object fetch(String row, @Nullable Cells owner) {
        Prefetch prefetch = context.prefetch();
        if (isOwned(row)
                && (owner == null
                        || !unlocked.contains(owner(row))
                        || !prefetch.cameWith(process.rows.namespace().row(row), version(owner)))) {
            prefetch.drop(process.rows.namespace().row(row));
        }
        String next = owned(row);
        if (!process.rows.isAnnounced(context, row)) {
            if (!process.wire.layout().readsInOrder() || !random.nextBoolean()) {
                prefetch.drop(process.rows.namespace().row(next));
            } else {
                process.rows.expect(context, next, true);
                process.rows.announce(context, row);
                came.put(next, world.scheduler().now());
            }
        }
        Object found = process.rows.fetch(context, row);
        prefetch.ownerRead(found != null, found == null ? null : version((Cells) found));
        if (found != null) {
            unlocked.add(row);
        }
        return found;
    }

    private @Nullable Object version(Cells cells) {
        return world.plan().setup().versioned() ? cells.version() : null;
    }
}
