package dev.dorm.cache.internal.redis.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why commands are not waited for any more on a connection: they were answered on another one. */
final class Overtaken extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<@Nullable Object> replies;

    Overtaken(List<@Nullable Object> replies) {
        super(null, null, false, false);
        this.replies = replies;
    }

    /** Returns what came on the other connection. */
    List<@Nullable Object> replies() {
        return replies;
    }
}
