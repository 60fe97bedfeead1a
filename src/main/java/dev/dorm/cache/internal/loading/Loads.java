package dev.dorm.cache.internal.loading;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.dorm.cache.internal.lazy.Lazy;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.metrics.Counters;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread of this process load what many have missed, while the others wait for it a while. Who waits takes nothing
 * from the loader: it reads the cache once more. Thread-safe.
 *
 * <p>Nobody waits in a circle: a thread or session that loads anything does not wait, so nobody waits for one that waits.
 *
 * @param <K> what names a row or a query result
 */
public final class Loads<K> {

    /**
     * How long after its loader has missed something nobody waits for it any more. A row by its id comes within a few
     * milliseconds; who is kept waiting in vain must hardly notice.
     */
    static final Duration BOUND = Duration.ofMillis(100);

    /** So many are known at once; what is forgotten is loaded by more than one. */
    private static final int MOST = 10_000;

    /** What is loaded in each thread: longer than {@link #BOUND} after it began nobody asks for it. */
    private static final Lazy<Cache<Thread, OpenLoads>> THREADS = new Lazy<>(() -> Caffeine.newBuilder()
            .weakKeys()
            .expireAfterAccess(BOUND.multipliedBy(10))
            .executor(Runnable::run)
            .build());

    private final Lazy<Cache<K, Load>> latest;
    private final Counters counters;
    private final Supplier<Duration> timeout;
    private final LongSupplier clock;
    private final Waiter waiter;

    /** How a thread waits. */
    @FunctionalInterface
    interface Waiter {

        /** Returns whether something was done within so many nanoseconds. */
        boolean await(CompletableFuture<?> done, long nanos);
    }

    /**
     * Creates it for a region.
     *
     * @param counters where it counts
     * @param timeout how long a call of the cache may take: nobody waits for longer
     */
    public Loads(Counters counters, Supplier<Duration> timeout) {
        this(counters, timeout, System::nanoTime, Loads::parked);
    }

    Loads(Counters counters, Supplier<Duration> timeout, LongSupplier clock, Waiter waiter) {
        this.counters = counters;
        this.timeout = timeout;
        this.clock = clock;
        this.waiter = waiter;
        this.latest = new Lazy<>(() -> Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(BOUND.multipliedBy(10))
                .ticker(clock::getAsLong)
                .executor(Runnable::run)
                .build());
    }

    /** Returns the time by which a reading says when it began. */
    public long now() {
        return clock.getAsLong();
    }

    /**
     * Says that something was missed. Waits for another thread that loads it, if there is one and nothing forbids that.
     *
     * @param key what was missed
     * @param readAt {@linkplain #now when} its reading began
     * @param loader who has missed it
     * @param fills whether what it loads may be stored, so that others may wait for it
     * @return whether it is to be read once more; if not, the caller loads it
     */
    public boolean awaitOther(K key, long readAt, Loader loader, boolean fills) {
        Load other = begin(key, readAt, loader, fills);
        if (other == null
                || loadsHere()
                || loader.loads().any()
                || loader.loads().haveWaitedInVain()
                || !loader.mayWait()) {
            return false;
        }
        if (other.endedSince(readAt)) {
            return true;
        }
        counters.count(Counter.LOAD_AWAITED);
        if (!waiter.await(other.over(), other.left())) {
            loader.loads().waitedInVain();
        }
        return !Thread.currentThread().isInterrupted();
    }

    /**
     * Says that something was missed once more, after a wait.
     *
     * @param key what was missed
     * @param loader who has missed it, and loads it now
     * @param fills whether what it loads may be stored
     */
    public void begin(K key, Loader loader, boolean fills) {
        loader.loads().waitedInVain();
        var unused = begin(key, now(), loader, fills);
    }

    /** Returns who else loads it, or has done so since it was read; null when nobody does, and the caller is the one. */
    private @Nullable Load begin(K key, long readAt, Loader loader, boolean fills) {
        Load known = latest.get().getIfPresent(key);
        if (known != null && matters(known, readAt)) {
            return known;
        }
        if (!fills) {
            return null;
        }
        Load mine = new Load(key, clock, bound());
        Load winner =
                latest.get().asMap().compute(key, (k, there) -> there != null && matters(there, readAt) ? there : mine);
        if (winner != mine) {
            return winner;
        }
        THREADS.get().get(Thread.currentThread(), thread -> new OpenLoads()).add(mine);
        if (!loader.inTransaction() && loader.loads().isToListen()) {
            loader.session().getEventListenerManager().addListener(new EndOfLoads(loader));
        }
        loader.loads().add(mine);
        return null;
    }

    private Duration bound() {
        Duration call = timeout.get();
        return call.compareTo(BOUND) < 0 ? call : BOUND;
    }

    private static boolean matters(Load load, long readAt) {
        return !load.isOver() || load.endedSince(readAt);
    }

    private static boolean loadsHere() {
        OpenLoads here = THREADS.get().getIfPresent(Thread.currentThread());
        return here != null && here.any();
    }

    private static boolean parked(CompletableFuture<?> done, long nanos) {
        try {
            done.get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        }
    }
}
