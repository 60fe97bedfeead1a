package dev.dorm.cache.internal.redis.step;

import static java.util.Objects.requireNonNull;

import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.RowFormat;
import dev.dorm.cache.backend.RowState;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.internal.redis.command.RedisCommandCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Rows read at once, each shard's version and region lock with them: by one MGET, or in a cluster by one for each slot. */
final class RowReading {

    private final Map<Integer, Part> bySlot = new LinkedHashMap<>();
    private final List<Place> places;

    /** The keys of one call. */
    private record Part(int call, List<String> keys) {}

    /** Where a row's reply will be found: in which call's, where its shard begins there, and where it stands itself. */
    private record Place(int call, int shard, int row) {}

    RowReading(List<Row> rows, ToIntFunction<String> slots) {
        Map<Shard, Integer> shards = new HashMap<>();
        places = new ArrayList<>(rows.size());
        Part part = null;
        Shard last = null;
        int shardAt = 0;
        for (Row row : rows) {
            Shard shard = row.shard();
            if (part == null || !shard.equals(last)) {
                part = bySlot.computeIfAbsent(
                        slots.applyAsInt(shard.versionKey()), slot -> new Part(bySlot.size(), new ArrayList<>()));
                List<String> keys = part.keys;
                shardAt = shards.computeIfAbsent(shard, each -> begin(each, keys));
                last = shard;
            }
            places.add(new Place(part.call, shardAt, part.keys.size()));
            part.keys.add(row.key());
        }
    }

    private static int begin(Shard shard, List<String> keys) {
        keys.add(shard.versionKey());
        keys.add(shard.lockKey());
        keys.add(shard.writtenKey());
        return keys.size() - 3;
    }

    List<RedisCommandCall> calls() {
        return bySlot.values().stream()
                .map(part -> RedisCommandCall.mget(part.keys))
                .toList();
    }

    /** Returns what a row holds, from where its shard's keys begin among those that were read, and from where it stands. */
    static RowState state(List<?> found, int shard, int row) {
        return new RowState(
                RowFormat.counter((byte[]) found.get(shard)),
                found.get(shard + 1) != null,
                (byte[]) found.get(row),
                RowFormat.counter((byte[]) found.get(shard + 2)));
    }

    /** Returns what each row holds, from the calls' replies. */
    List<RowState> states(List<@Nullable Object> replies) {
        List<RowState> states = new ArrayList<>(places.size());
        for (Place place : places) {
            List<?> found = (List<?>) requireNonNull(replies.get(place.call));
            states.add(state(found, place.shard, place.row));
        }
        return states;
    }
}
