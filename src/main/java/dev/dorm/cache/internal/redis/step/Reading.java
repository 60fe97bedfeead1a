package dev.dorm.cache.internal.redis.step;

import dev.dorm.cache.internal.redis.command.RedisCommandCall;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Many keys read at once: by one MGET, or in a cluster by one for each slot. */
public final class Reading {

    private final List<RedisCommandCall> calls;

    public Reading(Collection<String> keys, ToIntFunction<String> slots) {
        Map<Integer, List<String>> bySlot = new TreeMap<>();
        for (String key : new LinkedHashSet<>(keys)) {
            bySlot.computeIfAbsent(slots.applyAsInt(key), slot -> new ArrayList<>())
                    .add(key);
        }
        this.calls = bySlot.values().stream().map(RedisCommandCall::mget).toList();
    }

    public List<RedisCommandCall> calls() {
        return calls;
    }

    /** Returns the keys that have a value, with it. */
    public Map<String, byte[]> values(List<@Nullable Object> replies) {
        Map<String, byte[]> values = new HashMap<>();
        for (int i = 0; i < calls.size(); i++) {
            List<String> keys = calls.get(i).keys();
            List<?> found = (List<?>) java.util.Objects.requireNonNull(replies.get(i));
            for (int k = 0; k < keys.size(); k++) {
                if (found.get(k) instanceof byte[] bytes) {
                    values.put(keys.get(k), bytes);
                }
            }
        }
        return values;
    }
}
