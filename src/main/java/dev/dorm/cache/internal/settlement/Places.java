package dev.dorm.cache.internal.settlement;

import dev.dorm.cache.backend.Clock;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.backend.StepVisitor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rows, shards, tables and results that a step reads or changes. */
final class Places {

    private Places() {}

    /** Returns what steps change: whoever comes to one of these places waits for them. */
    static List<Object> changed(List<? extends Step<?>> steps) {
        List<Object> places = new ArrayList<>(steps.size());
        Named named = new Named(places::add);
        steps.forEach(named::visit);
        return places;
    }

    /**
     * Tells where a step goes to, and what it must not overtake there: what it names, and the shard of its row. A table's
     * locks and releases may come in any order, for each has a token of its own: transactions of one process that write to
     * one table do not wait for each other.
     */
    static void visited(Step<?> step, Consumer<Object> places) {
        Shard shard = step.shard();
        if (shard != null) {
            places.accept(shard);
        }
        if (!(step instanceof Step.LockTables) && !(step instanceof Step.UnlockTables)) {
            new Named(places).visit(step);
        }
    }

    /** What a step itself names. The shard of a row that is changed is not among it: other rows there are not waited for. */
    private record Named(Consumer<Object> places) implements StepVisitor.OfSome<@Nullable Void> {

        @Override
        public @Nullable Void readRows(Step.ReadRows read) {
            for (Row row : read.rows()) {
                places.accept(row);
                places.accept(row.shard());
            }
            return null;
        }

        @Override
        public @Nullable Void unlockShard(Step.UnlockShard unlock) {
            places.accept(unlock.shard());
            return null;
        }

        @Override
        public @Nullable Void readQuery(Step.ReadQuery read) {
            places.accept(read.region());
            places.accept(read.resultKey());
            return tables(read.clock(), read.tables());
        }

        @Override
        public @Nullable Void putQuery(Step.PutQuery put) {
            places.accept(put.resultKey());
            return null;
        }

        @Override
        public @Nullable Void lockTables(Step.LockTables lock) {
            return tables(lock.clock(), lock.tables());
        }

        @Override
        public @Nullable Void unlockTables(Step.UnlockTables unlock) {
            return tables(unlock.clock(), unlock.tables());
        }

        @Override
        public @Nullable Void settleTables(Step.SettleTables settle) {
            return tables(settle.clock(), settle.tables());
        }

        private @Nullable Void tables(Clock clock, List<String> tables) {
            tables.forEach(table -> places.accept(clock.tableKey(table)));
            return null;
        }

        @Override
        public @Nullable Void other(Step<?> step) {
            Row row = step.row();
            if (row != null) {
                places.accept(row);
            }
            return null;
        }
    }
}
