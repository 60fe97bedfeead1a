package dev.dorm.cache.internal.redis.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why commands are not waited for any more on a connection: another one is used instead. */
final class Overtaken extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<@Nullable Object> replies;

    Overtaken(List<@Nullable Object> replies) {
        super(null, null, false, false);
        this.replies = replies;
    }

    /** Returns why a connection of others is left that is held up. */
    static Overtaken heldUp() {
        return new Overtaken(List.of());
    }

    /** Returns what came on the other connection; nothing yet when it was held up. */
    List<@Nullable Object> replies() {
        return replies;
    }
}
