package dev.dorm.cache.internal.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.dorm.cache.backend.QueryState;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.backend.TableState;
import dev.dorm.cache.internal.lazy.Lazy;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.metrics.Counters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Which tables each query reads, learned as Hibernate names them, so that they are read together with the result; and
 * whether a result is still true of them. Thread-safe.
 */
public final class QueryTables {

    private static final long MAX_QUERIES = 10_000;

    private final QueryClock clock;
    private volatile Set<String> never = Set.of();
    private final Lazy<Cache<String, List<String>>> bySql = new Lazy<>(() -> Caffeine.newBuilder()
            .maximumSize(MAX_QUERIES)
            .executor(Runnable::run)
            .build());
    private final Lazy<Cache<String, Long>> lockedSince = new Lazy<>(() -> Caffeine.newBuilder()
            .maximumSize(MAX_QUERIES)
            .expireAfterAccess(Step.LOCK_LEASE.multipliedBy(2))
            .executor(Runnable::run)
            .build());

    /**
     * Creates the tables of a session factory.
     *
     * @param clock its query clock
     */
    public QueryTables(QueryClock clock) {
        this.clock = clock;
    }

    QueryClock clock() {
        return clock;
    }

    /** Names tables over which no result is kept in this process, however it is asked for. */
    public void neverNear(Set<String> tables) {
        never = Set.copyOf(tables);
    }

    /** Returns whether a result over tables may be kept in this process, where it is served for a while after they have changed. */
    boolean mayBeNear(Collection<String> tables) {
        return Collections.disjoint(never, tables);
    }

    public List<String> of(String sql) {
        return Objects.requireNonNullElse(bySql.get().getIfPresent(sql), List.of());
    }

    /**
     * Returns whether the result that a session has just read is still true.
     *
     * @param context the session's
     * @param known the tables that Hibernate knows it reads
     * @param timestamp the result's date
     * @return true if it reads any, none of them is being written, and none was written later
     */
    public Verdict upToDate(QuerySession context, Collection<String> known, long timestamp) {
        Collection<String> spaces = context.queryReads().tablesWith(known);
        Map<String, TableState> states = new HashMap<>(context.queryReads().take());
        if (clock.meet(spaces)) {
            // What came with the result was read before these tables were renewed.
            states.clear();
        }
        String sql = context.queryReads().sql();
        if (sql != null && !of(sql).containsAll(spaces)) {
            bySql.get().put(sql, List.copyOf(spaces));
        }
        boolean came = states.keySet().containsAll(spaces);
        if (!came) {
            states.putAll(read(context, spaces));
        }
        settle(context, states);
        Verdict verdict = verdict(context, spaces, states, timestamp);
        if (verdict.upToDate()) {
            context.queryReads().found(states, came);
        } else {
            context.queryReads().close();
        }
        Counters region = context.queryReads().counters();
        if (region != null) {
            region.count(verdict.upToDate() ? Counter.HIT : Counter.MISS_STALE);
            if (verdict.upToDate() && came && context.queryReads().isNear()) {
                region.count(Counter.NEAR_HIT);
            }
        }
        return verdict;
    }

    private static Verdict verdict(
            QuerySession context, Collection<String> spaces, Map<String, TableState> states, long timestamp) {
        int found = 0;
        for (String space : spaces) {
            TableState state = states.getOrDefault(space, TableState.ABSENT);
            if (state.clock() == 0) {
                return new Verdict(false, found, 1);
            }
            found++;
            if (context.isChanging(space) || !state.covers(timestamp)) {
                return new Verdict(false, found, 0);
            }
        }
        // A result over no tables would be true for ever.
        return new Verdict(!spaces.isEmpty(), found, 0);
    }

    /**
     * Whether a result is still true, and what was looked at to know it.
     *
     * @param upToDate whether it is
     * @param found how many tables had a record, up to the first that made it stale
     * @param missing how many had none: one at most, for it makes the result stale
     */
    public record Verdict(boolean upToDate, int found, int missing) {}

    private Map<String, TableState> read(QuerySession context, Collection<String> spaces) {
        List<String> tables = List.copyOf(spaces);
        Shard none = new Shard(clock.clock().key(), "", "", "", "");
        Step.ReadQuery step = new Step.ReadQuery(none, clock.clock().key(), clock.clock(), tables);
        Replies replies = clock.store().tryRun(List.of(step), context.budget());
        Map<String, TableState> states = new HashMap<>();
        if (replies != null) {
            QueryState state = replies.of(step);
            clock.saw(state.clock());
            for (int i = 0; i < tables.size(); i++) {
                states.put(tables.get(i), state.tables().get(i));
            }
        }
        return states;
    }

    /**
     * Gives lost tables a record, and a lost clock a value, and frees tables that a dead writer has held for longer than a
     * lock can last.
     */
    private void settle(QuerySession context, Map<String, TableState> states) {
        List<String> unsettled = new ArrayList<>(0);
        states.forEach((table, state) -> {
            if (state.clock() == 0 || clock.isBehind(state) || overdue(state)) {
                unsettled.add(table);
            }
        });
        if (!unsettled.isEmpty()) {
            clock.settle(unsettled, context.budget());
        }
    }

    private boolean overdue(TableState state) {
        if (state.tokens().isEmpty()) {
            return false;
        }
        long now = clock.now();
        return state.tokens().stream()
                .anyMatch(token -> now - lockedSince.get().get(token, t -> now) > Step.LOCK_LEASE.toNanos());
    }
}
