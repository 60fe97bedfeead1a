package dev.dorm.cache.internal.locmem;

import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.RowState;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.backend.Step;
import java.util.ArrayList;
import java.util.List;

/** Runs the steps in the process: each under the lock of its shard, or of the query clock. */
final class Steps extends StepEffects {

    private final InMemoryStore store;

    Steps(InMemoryStore store) {
        super(store);
        this.store = store;
    }

    Taken run(Step<?> step) {
        String group = group(step);
        return group == null ? take(step) : store.stripes().write(group, () -> take(step));
    }

    @Override
    public Object readRows(Step.ReadRows read) {
        List<RowState> states = new ArrayList<>(read.rows().size());
        read.rows().forEach(row -> {
            Shard shard = row.shard();
            states.add(store.stripes().read(shard.versionKey(), () -> state(row)));
        });
        return states;
    }

    @Override
    public Object bumpVersion(Step.BumpVersion bump) {
        Object version = super.bumpVersion(bump);
        store.outdated(bump.shard());
        return version;
    }

    @Override
    public Object unlockShard(Step.UnlockShard unlock) {
        Object version = super.unlockShard(unlock);
        store.outdated(unlock.shard());
        return version;
    }

    /** Reads the result before what dates it: a write between the two is seen. */
    @Override
    public Object readQuery(Step.ReadQuery read) {
        byte[] result = store.get(read.resultKey());
        long version = RowFormat.counter(store.get(read.region().versionKey()));
        return store.stripes().read(read.clock().key(), () -> state(read, result, version));
    }
}
