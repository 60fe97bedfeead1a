package dev.dorm.cache.exploration;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.dorm.cache.internal.codec.ResultCodec;
import dev.dorm.cache.internal.codec.ResultRows;
import dev.dorm.cache.internal.lifetime.Lifetime;
import dev.dorm.cache.internal.metrics.Counters;
import dev.dorm.cache.internal.near.NearResults;
import dev.dorm.cache.internal.query.CachedQueries;
import dev.dorm.cache.internal.query.QueryClock;
import dev.dorm.cache.internal.query.QueryTables;
import dev.dorm.cache.internal.store.ResilientStore;
import java.time.Duration;
import java.util.List;
import org.hibernate.cache.spi.QueryKey;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;

/** One query over one table, as a virtual JVM has it: the real thing but for the codec. */
public final class VirtualQueries {

    public static final List<String> TABLES = List.of("t");

    /** There is one query, and the codec knows it. */
    public static final QueryKey KEY = null;

    static final String DIGEST = "0123";

    private static final String SQL = "select";

    public final QueryTables tables;
    public final CachedQueries results;

    /** A result, and the timestamp of the transaction that had it from the database. */
    public record Result(long timestamp, int value) {}

    public VirtualQueries(ResilientStore store, Counters counters, QueryClock clock, String prefix) {
        this(store, counters, clock, prefix, null);
    }

    /** Keeps results in a place in this process, unless it is null. */
    public VirtualQueries(
            ResilientStore store, Counters counters, QueryClock clock, String prefix, @Nullable NearResults near) {
        this(store, counters, clock, prefix, new Lifetime(Duration.ZERO, 0, 0, 0), near);
    }

    VirtualQueries(
            ResilientStore store,
            Counters counters,
            QueryClock clock,
            String prefix,
            Lifetime lifetime,
            @Nullable NearResults near) {
        this.tables = new QueryTables(clock);
        this.results = new CachedQueries(
                store,
                counters,
                "dormqs:" + prefix + "queries",
                VirtualJvm.ENVELOPE,
                Results::new,
                lifetime,
                null,
                tables,
                near);
    }

    /** Returns whether the tables are read together with the result. */
    boolean knowsTables() {
        return tables.of(SQL).containsAll(TABLES);
    }

    /** A result's value is a number. */
    static final class Results implements ResultCodec {

        @Override
        public String sql(QueryKey key) {
            return SQL;
        }

        @Override
        public String digest(QueryKey key, SharedSessionContractImplementor session, Long lifetime) {
            return DIGEST;
        }

        @Override
        public byte[] encode(QueryKey key, Object item, SharedSessionContractImplementor session) {
            Result result = (Result) item;
            return (result.timestamp + "," + result.value).getBytes(US_ASCII);
        }

        @Override
        public boolean isWhole(QueryKey key, Object item) {
            return true;
        }

        @Override
        public Result decode(byte[] bytes, int offset, int length) {
            String[] parts = new String(bytes, offset, length, US_ASCII).split(",");
            return new Result(Long.parseLong(parts[0]), Integer.parseInt(parts[1]));
        }

        @Override
        public boolean isShareable(Object item) {
            return true;
        }

        @Override
        public Object another(Object item) {
            return item;
        }

        @Override
        public ResultRows rows(Object item) {
            return new ResultRows(List.of());
        }
    }
}
