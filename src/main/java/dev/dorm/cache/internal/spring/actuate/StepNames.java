package dev.dorm.cache.internal.spring.actuate;

import dev.dorm.cache.backend.Keys;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a call does, and to which region, in words of which there are few. */
final class StepNames {

    /** The region of a call that concerns several. */
    static final String SEVERAL = "several";

    /** The region of a call that concerns none, but the query clock. */
    static final String CLOCK = "query clock";

    private final String prefix;

    /**
     * Names regions as Hibernate's statistics do.
     *
     * @param prefix the region prefix, which is left out; null for none
     */
    StepNames(@Nullable String prefix) {
        this.prefix = prefix == null || prefix.isEmpty() ? "" : prefix + ".";
    }

    /** Returns what the steps are sent for: a lock before all else, since a commit waits for it. */
    static String operation(List<? extends Step<?>> steps) {
        String operation = "read";
        int rank = -1;
        for (Step<?> step : steps) {
            int own = rank(step);
            if (own > rank) {
                rank = own;
                operation = OPERATIONS.get(own);
            }
        }
        return operation;
    }

    private static final List<String> OPERATIONS = List.of("read", "renew", "put", "unlock", "bump", "lock");

    private static int rank(Step<?> step) {
        if (step instanceof Step.Lock<?>) {
            return OPERATIONS.indexOf("lock");
        }
        if (step instanceof Step.BumpVersion) {
            return OPERATIONS.indexOf("bump");
        }
        if (step instanceof Step.PutRow || step instanceof Step.PutQuery) {
            return OPERATIONS.indexOf("put");
        }
        if (step instanceof Step.Renew<?>) {
            return OPERATIONS.indexOf("renew");
        }
        return step instanceof Step.Read<?> || step instanceof Step.ReadVersion
                ? OPERATIONS.indexOf("read")
                : OPERATIONS.indexOf("unlock");
    }

    /** Returns the one region of the steps, {@value #SEVERAL} or {@value #CLOCK}. */
    String region(List<? extends Step<?>> steps) {
        String only = null;
        for (Step<?> step : steps) {
            String own = namespace(step);
            if (own != null && only != null && !own.equals(only)) {
                return SEVERAL;
            }
            only = own == null ? only : own;
        }
        return only == null ? CLOCK : named(only);
    }

    private static @Nullable String namespace(Step<?> step) {
        if (step instanceof Step.ReadRows read) {
            return ofRows(read.rows());
        }
        if (step instanceof Step.ReadQuery query) {
            return region(query.region());
        }
        if (step instanceof Step.PutQuery put) {
            return Keys.region(put.resultKey());
        }
        Row row = step.row();
        Shard shard = row == null ? step.shard() : row.shard();
        return shard == null ? null : region(shard);
    }

    private static @Nullable String ofRows(List<Row> rows) {
        String only = null;
        for (Row row : rows) {
            String own = region(row.shard());
            if (only != null && !own.equals(only)) {
                return SEVERAL;
            }
            only = own;
        }
        return only;
    }

    private static String region(Shard shard) {
        return Keys.region(shard.resultPrefix());
    }

    private String named(String region) {
        return region.startsWith(prefix) ? region.substring(prefix.length()) : region;
    }
}
