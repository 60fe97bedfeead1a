package dev.dorm.cache.internal.locmem;

import dev.dorm.cache.backend.Clock;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.backend.StepVisitor;
import dev.dorm.cache.backend.TransactionalStore.Access;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a batch of steps touches in a store. */
final class StepAccess implements StepVisitor.OfSome<@Nullable Void> {

    private final Set<String> keys = new LinkedHashSet<>();
    private final Set<String> groups = new LinkedHashSet<>();

    private StepAccess() {}

    static Access of(List<? extends Step<?>> steps) {
        StepAccess access = new StepAccess();
        for (Step<?> step : steps) {
            String group = StepEffects.group(step);
            if (group != null) {
                access.groups.add(group);
            }
            access.visit(step);
        }
        return new Access(access.keys, access.groups, false);
    }

    @Override
    public @Nullable Void readRows(Step.ReadRows read) {
        for (Row row : read.rows()) {
            Shard shard = row.shard();
            keys.addAll(List.of(shard.versionKey(), shard.lockKey(), shard.writtenKey(), row.key()));
        }
        return null;
    }

    @Override
    public @Nullable Void readQuery(Step.ReadQuery read) {
        keys.add(read.resultKey());
        keys.add(read.region().versionKey());
        return tables(read.clock(), read.tables());
    }

    @Override
    public @Nullable Void putQuery(Step.PutQuery put) {
        keys.add(put.resultKey());
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

    @Override
    public @Nullable Void renewTables(Step.RenewTables renew) {
        return tables(renew.clock(), renew.tables());
    }

    /** A step on a row or a shard. */
    @Override
    public @Nullable Void other(Step<?> step) {
        Row row = step.row();
        Shard shard = step.shard();
        if (row != null) {
            keys.add(row.key());
        }
        if (shard != null) {
            keys.addAll(List.of(shard.versionKey(), shard.lockKey(), shard.writtenKey(), shard.slicesKey()));
        }
        return null;
    }

    private @Nullable Void tables(Clock clock, List<String> tables) {
        keys.add(clock.key());
        tables.forEach(table -> keys.add(clock.tableKey(table)));
        return null;
    }
}
