package dev.dorm.cache.internal.store;

import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.hibernate.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** Steps that travel together, one round trip for each backend they go to. */
public final class Batch {

    /** So many puts to one round trip; locks and unlocks are never split. */
    private static final int PUTS = 1_000;

    /** Above so many locks their sender waits for longer than one timeout, as long as some of them are acknowledged. */
    private static final int LARGE = 1_000;

    /** For how much longer they may be taken. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    /** A time of the server's that is past: a lock that must come before it is refused, and the reply tells the time. */
    private static final long PAST = 1;

    private final Map<ResilientStore, List<Sent>> steps = new LinkedHashMap<>();
    private final Map<ResilientStore, List<Filling>> puts = new LinkedHashMap<>();
    private final List<Step.UnlockRow> doubted = new ArrayList<>();
    private final @Nullable OutageBudget budget;
    private @Nullable ResilientStore latestStore;
    private @Nullable String latestPlace;
    private long latest;
    private Duration patience = Duration.ZERO;

    /** Creates a batch that is sent outside a transaction. */
    public Batch() {
        this(null);
    }

    /** Creates a transaction's batch. */
    public Batch(@Nullable OutageBudget budget) {
        this.budget = budget;
    }

    /** Something that may fill the cache, sent behind everything else. */
    public interface Filling {

        /** Where it goes to. */
        ResilientStore store();

        /** The step that stores it. */
        Step<?> step();

        /** Returns whether what was read is still young enough to be stored. */
        boolean inTime();

        /** Returns whether its sender waits for it: it also takes something away, for which no lock stands. */
        boolean awaited();

        /** Learns from the reply. */
        void replied(Replies replies);
    }

    /**
     * A step that is to be sent, and who wants its reply.
     *
     * @param step the step
     * @param replied takes its reply; returns whether it came in time
     * @param strict whether its failure must fail the transaction
     * @param awaited whether its sender waits for it after a completion: no lock stands for what it does
     * @param again makes it once more, with a later time until which it may be taken; null for what is never late
     */
    public record Sent(
            Step<?> step, Predicate<Replies> replied, boolean strict, boolean awaited, @Nullable Supplier<Sent> again) {

        private Sent later() {
            return again == null ? this : again.get();
        }
    }

    /** Says how many locks are to come: of very many the last are taken long after the first. */
    public void expect(int locks) {
        patience = locks > LARGE ? PATIENCE : Duration.ZERO;
    }

    /**
     * Returns until when a step of this batch may be taken in some place. It is read once: a batch is sent as soon as it is
     * complete, and the earlier time is the safe one.
     *
     * @param place what stands for the server there: the key of a version or a clock
     */
    public long latest(ResilientStore store, String place) {
        if (!place.equals(latestPlace) || store != latestStore) {
            latestPlace = place;
            latestStore = store;
            latest = latest(store, place, patience);
        }
        return latest;
    }

    /** Returns until when a step may be taken that is sent now, by itself. */
    public static long latestNow(ResilientStore store, String place) {
        return latest(store, place, Duration.ZERO);
    }

    /** As long as its sender waits for it, which is one timeout, and what is said besides. Who knows no time is told it by a refusal. */
    private static long latest(ResilientStore store, String place, Duration patience) {
        long end = store.observed().now()
                + store.backend().callTimeout().plus(patience).toNanos();
        return Math.max(PAST, store.observed().serverTimes().at(place, end));
    }

    /** Adds a lock, which is sent again when it comes too late. */
    public void add(ResilientStore store, Sent sent) {
        steps.computeIfAbsent(store, s -> new ArrayList<>()).add(sent);
    }

    /**
     * Adds a step that is never too late.
     *
     * @param awaited whether its sender waits for it; not if it ends a lock that stands for it until it comes
     */
    public void add(ResilientStore store, Step<?> step, boolean awaited, Consumer<Replies> replied) {
        Predicate<Replies> taken = replies -> {
            replied.accept(replies);
            return true;
        };
        add(store, new Sent(step, taken, false, awaited, null));
    }

    /** Adds the lock of a row that was to be invalidated after a commit of which nobody knows whether it comes. */
    public void addInDoubt(ResilientStore store, Sent lock, Step.UnlockRow invalidation) {
        doubted.add(invalidation);
        add(store, lock);
    }

    /** Adds the end of everything that a shard holds. */
    public void bump(ResilientStore store, Shard shard) {
        bump(store, shard, new Step.BumpVersion(shard), true);
    }

    /** Adds a step that replies with a shard's new version; it is not waited for if a lock stands for it until it comes. */
    public void bump(ResilientStore store, Shard shard, Step<Long> step, boolean awaited) {
        add(store, step, awaited, replies -> store.bumped(shard, replies.of(step)));
    }

    /** Adds what fills the cache; returns whether it is still young enough. */
    public boolean put(Filling put) {
        return put.inTime()
                && puts.computeIfAbsent(put.store(), s -> new ArrayList<>()).add(put);
    }

    /** Sends the steps that must be acknowledged before a commit; a strict one that fails fails the transaction. */
    public void sendBeforeCommit() {
        steps.forEach((store, sent) -> {
            boolean strict = sent.stream().anyMatch(Sent::strict);
            try {
                // A write that must not pass by the cache tries it, whatever became of the transaction's reads.
                OutageBudget how = strict ? OutageBudget.INSISTING : budget;
                List<Sent> late = deliver(sent, store.run(steps(sent), how));
                if (!late.isEmpty()) {
                    // The server's clock was set; by its replies it is known again.
                    List<Sent> again = again(late);
                    late = deliver(again, store.run(steps(again), how));
                }
                if (!late.isEmpty()) {
                    throw new BackendException("a lock came too late, by the server's clock");
                }
            } catch (BackendException e) {
                if (strict) {
                    throw new CacheException(
                            "The cache '" + store.alias() + "' cannot be locked, so the transaction must not commit"
                                    + " (setting hibernate.cache.dorm.on_outage = fail, or strategy TRANSACTIONAL)",
                            e);
                }
            }
        });
    }

    /** Sends locks, and goes on; returns what waits for the replies. Very many, and what is not taken then, are sent later. */
    public Runnable sendAhead() {
        if (!patience.isZero()) {
            return () -> {};
        }
        List<Runnable> arrivals = new ArrayList<>(1);
        steps.forEach((store, sent) -> {
            Supplier<@Nullable Replies> replies = store.runAhead(steps(sent), budget);
            arrivals.add(() -> deliver(sent, replies.get()));
        });
        return () -> arrivals.forEach(Runnable::run);
    }

    /** Sends the locks that are left standing; where that fails, those stand that were taken before the commit. */
    public void sendInDoubt() {
        steps.forEach((store, sent) -> {
            List<Sent> late = lockAgain(store, sent);
            if (!late.isEmpty() && late != sent) {
                // The server's clock was set; by its replies it is known again.
                late = lockAgain(store, again(late));
            }
            if (!late.isEmpty()) {
                Set<Shard> shards = new HashSet<>();
                late.forEach(each -> {
                    Row row = each.step() instanceof Step.Lock<?> lock ? lock.row() : null;
                    if (row != null) {
                        shards.add(row.shard());
                    }
                });
                store.owe(doubted.stream()
                        .filter(each -> shards.contains(each.row().shard()))
                        .toList());
            }
        });
    }

    /** Returns what was not taken: all that was sent, when that did not get through. */
    private List<Sent> lockAgain(ResilientStore store, List<Sent> sent) {
        try {
            return deliver(sent, store.run(steps(sent), budget));
        } catch (BackendException e) {
            return sent;
        }
    }

    /**
     * Sends the steps that follow a completion, and the puts behind them. It waits for the replies only where one of them must
     * be waited for.
     */
    public void sendAfterCompletion() {
        puts.keySet().forEach(store -> steps.computeIfAbsent(store, s -> new ArrayList<>()));
        steps.forEach((store, sent) -> {
            List<Filling> pending = puts.getOrDefault(store, List.of());
            List<Filling> first = pending.subList(0, Math.min(PUTS, pending.size()));
            List<Step<?>> all = steps(sent);
            first.forEach(put -> all.add(put.step()));
            if (all.isEmpty()) {
                return;
            }
            Consumer<Replies> replied = replies -> {
                deliver(sent, replies);
                first.forEach(put -> put.replied(replies));
            };
            List<Filling> others = pending.subList(first.size(), pending.size());
            if (others.isEmpty() && !awaited(sent, first)) {
                store.settle(all, sent.isEmpty(), budget, replied);
                return;
            }
            Replies replies = sent.isEmpty() ? store.tryRun(all, budget) : store.invalidate(all, budget);
            if (replies != null) {
                replied.accept(replies);
                sendPuts(store, others);
            }
        });
    }

    private static boolean awaited(List<Sent> sent, List<Filling> puts) {
        return sent.stream().anyMatch(Sent::awaited) || puts.stream().anyMatch(Filling::awaited);
    }

    private void sendPuts(ResilientStore store, List<Filling> puts) {
        for (int from = 0; from < puts.size(); from += PUTS) {
            List<Filling> some = puts.subList(from, Math.min(puts.size(), from + PUTS));
            Replies replies =
                    store.tryRun(some.stream().<Step<?>>map(Filling::step).toList(), budget);
            if (replies == null) {
                return;
            }
            some.forEach(put -> put.replied(replies));
        }
    }

    private static List<Step<?>> steps(List<Sent> sent) {
        List<Step<?>> steps = new ArrayList<>(sent.size());
        sent.forEach(s -> steps.add(s.step()));
        return steps;
    }

    /** Delivers replies; returns what came too late to be taken. */
    private static List<Sent> deliver(List<Sent> sent, @Nullable Replies replies) {
        return replies == null
                ? List.of()
                : sent.stream().filter(each -> !each.replied().test(replies)).toList();
    }

    private static List<Sent> again(List<Sent> late) {
        return late.stream().map(Sent::later).toList();
    }
}
