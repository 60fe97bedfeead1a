package dev.dorm.cache.backend.redis;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A step made ready to send.
 *
 * @param calls the commands it takes
 * @param reply what their replies mean
 */
record Prepared(List<Call> calls, Function<List<@Nullable Object>, Object> reply) {

    static Prepared of(Call call, Function<@Nullable Object, Object> reply) {
        return new Prepared(List.of(call), replies -> reply.apply(replies.get(0)));
    }
}
