package dev.dorm.cache.exploration;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.internal.live.LiveShard;
import dev.dorm.cache.internal.live.LiveStore;
import java.util.function.UnaryOperator;

/** A backend in this process of which the JVMs of a world are served without a step; without it they always send one. */
final class LiveBackend extends ForwardingBackend implements LiveStore {

    private final LiveStore live;
    private final UnaryOperator<LiveShard> mutation;

    LiveBackend(Backend real, UnaryOperator<LiveShard> mutation) {
        super(real);
        this.live = (LiveStore) real;
        this.mutation = mutation;
    }

    @Override
    public LiveShard live(Shard shard) {
        return mutation.apply(live.live(shard));
    }
}
