package dev.dorm.cache.internal.near;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.dorm.cache.backend.Clock;
import dev.dorm.cache.backend.Keys;
import dev.dorm.cache.backend.Listener;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decoded rows and query results in front of a backend, kept for as long as no message says that they changed. Thread-safe.
 *
 * <p>Whoever locks a row or a table tells it in the step that locks, before the commit. A beat that comes back says that everything
 * was received that happened before it was sent; a row is served only while the newest of them was sent less than the
 * window ago. So no row is served for longer than the window after it was locked. When the listening is interrupted or
 * late, the tier is emptied, and stays off until a beat comes back that was sent later. A beat speaks for the shards and clocks on
 * whose channels everything was told; what others tell of is not kept, and not served for longer than the window.
 */
public final class NearTier implements Listener {

    /** Rows that count their changes together: a change of one keeps another from being kept just now, no more. */
    private static final int STRIPES = 1 << 12;

    private final LongSupplier ticker;
    private final long maxEntries;
    private final Cache<Row, NearEntry> shared;
    private final List<Cache<Row, NearEntry>> caches = new CopyOnWriteArrayList<>();
    private final Map<String, NearShard> byVersion = new ConcurrentHashMap<>();
    private final Map<String, NearShard> byPrefix = new ConcurrentHashMap<>();
    private final Map<String, NearChannel> byChannel = new ConcurrentHashMap<>();
    private final Map<String, NearTables> byClock = new ConcurrentHashMap<>();
    private final AtomicIntegerArray changes = new AtomicIntegerArray(STRIPES);
    private volatile long epoch;

    /**
     * Creates an empty tier, which serves nothing until a beat comes back.
     *
     * @param maxEntries how many rows and results it keeps
     * @param ticker this process's monotonic clock, in nanoseconds
     */
    public NearTier(long maxEntries, LongSupplier ticker) {
        this.maxEntries = maxEntries;
        this.ticker = ticker;
        this.shared = cache(maxEntries);
    }

    private Cache<Row, NearEntry> cache(long bound) {
        Cache<Row, NearEntry> made =
                Caffeine.newBuilder().maximumSize(bound).executor(Runnable::run).build();
        caches.add(made);
        return made;
    }

    /** Returns where a region's rows are kept: with a bound of their own, or beside the others. */
    Cache<Row, NearEntry> cacheOf(@Nullable Long bound) {
        return bound == null || bound == maxEntries ? shared : cache(bound);
    }

    public long now() {
        return ticker.getAsLong();
    }

    /** Says that rows of a shard are kept in a cache: from now on it is listened for. */
    void meet(Shard shard, Cache<Row, NearEntry> cache) {
        NearShard met = byVersion.computeIfAbsent(shard.versionKey(), key -> new NearShard(shard, cache));
        byPrefix.put(shard.rowPrefix(), met);
        // The last: nothing is kept before a beat has spoken for the channel.
        byChannel.put(shard.channel(), met);
    }

    /** Says that results are kept of which a clock tells whether they are true: from now on it is listened for. */
    void meet(Clock clock) {
        byChannel.put(clock.channel(), byClock.computeIfAbsent(clock.channel(), channel -> new NearTables()));
    }

    /** Returns the channels on which is told what happens to the rows and results that are kept, or are to be. */
    public Set<String> channels() {
        return Set.copyOf(byChannel.keySet());
    }

    public Collection<NearShard> shards() {
        return byVersion.values();
    }

    /** Returns what has been told of a row, before its reading is sent; null when it is not to be kept. */
    @Nullable
    public NearStamp stamp(Row row) {
        // Before it is asked whether the tier is on: who reads the number that a loss has given finds it off.
        long listening = epoch;
        NearShard shard = byVersion.get(row.shard().versionKey());
        if (shard == null || !shard.isTold()) {
            return null;
        }
        return new NearStamp(shard, shard.generation(), changes.get(stripe(row)), listening);
    }

    /** Returns what has been told of tables, before a result over them is read; null when it is not to be kept. */
    @Nullable
    TablesStamp stamp(Clock clock, Collection<String> read) {
        NearTables tables = byClock.get(clock.channel());
        return tables == null || !tables.isTold() ? null : tables.stamp(clock, read);
    }

    /** Returns whether nothing was told of a row since. */
    boolean isUnchanged(Row row, NearStamp stamp) {
        return changes.get(stripe(row)) == stamp.changes() && isCurrent(stamp);
    }

    /** Returns whether nothing was told since that concerns all rows of a shard, or of the tier. */
    boolean isCurrent(NearStamp stamp) {
        return stamp.generation() == stamp.shard().generation() && stamp.epoch() == epoch;
    }

    /** Returns whether everything was received that happened up to a window ago, in one shard at least. */
    public boolean serves(long now) {
        return byChannel.values().stream().anyMatch(each -> each.serves(now));
    }

    public long epoch() {
        return epoch;
    }

    /**
     * Takes note that a beat came back: rows are served until a moment, if nothing was lost since it was sent.
     *
     * @param sentIn the epoch in which it was sent
     * @param told the channels for which it speaks
     * @param until the moment
     */
    public synchronized void received(long sentIn, Collection<String> told, long until) {
        if (sentIn == epoch) {
            for (String channel : told) {
                NearChannel found = byChannel.get(channel);
                if (found != null) {
                    found.serveUntil(until);
                }
            }
        }
    }

    /** Empties the tier: what it holds may have been changed without a word. */
    @Override
    public synchronized void lost() {
        byChannel.values().forEach(each -> each.serveUntil(null));
        epoch++;
        caches.forEach(Cache::invalidateAll);
    }

    /** Drops the rows of a shard, or the results over a clock's tables, which may have been changed without a word. */
    @Override
    public synchronized void lost(String channel) {
        NearChannel found = byChannel.get(channel);
        if (found != null) {
            found.serveUntil(null);
            found.change();
        }
    }

    @Override
    public void changed(String key) {
        NearShard shard = byVersion.get(key);
        if (shard != null) {
            shard.change();
        } else if (!isTable(key) && Keys.isRow(key)) {
            // A namespace's name and an id may hold colons: whichever row it can be is dropped.
            for (int end = key.indexOf(':', key.indexOf(':') + 1); end >= 0; end = key.indexOf(':', end + 1)) {
                NearShard found = byPrefix.get(key.substring(0, end + 1));
                if (found != null) {
                    drop(found, new Row(found.shard(), key.substring(end + 1)));
                }
            }
        }
    }

    private boolean isTable(String key) {
        boolean found = false;
        for (NearTables tables : byClock.values()) {
            found |= tables.changed(key);
        }
        return found;
    }

    /** Drops what a step of this process has touched, or may have: its own message comes later. */
    public void touch(Step<?> step) {
        Row row = step.row();
        Shard shard = step.shard();
        Clock clock = step.clock();
        if (row != null) {
            drop(row);
        } else if (shard != null && !(step instanceof Step.ReadVersion)) {
            drop(shard);
        } else if (clock != null && !(step instanceof Step.Read)) {
            step.tables().forEach(table -> isTable(clock.tableKey(table)));
        }
    }

    public void drop(Shard shard) {
        changed(shard.versionKey());
    }

    public void drop(Row row) {
        NearShard shard = byVersion.get(row.shard().versionKey());
        if (shard != null) {
            drop(shard, row);
        }
    }

    /** Counts before it removes: what is put in between has been read before, and finds the count another. */
    private void drop(NearShard shard, Row row) {
        changes.incrementAndGet(stripe(row));
        shard.cache().invalidate(row);
    }

    private static int stripe(Row row) {
        int hash = row.id().hashCode() * 31 + row.shard().versionKey().hashCode();
        hash *= 0x9E3779B9;
        return (hash >>> 16) & (STRIPES - 1);
    }
}
