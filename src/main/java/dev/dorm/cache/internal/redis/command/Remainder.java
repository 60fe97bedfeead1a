package dev.dorm.cache.internal.redis.command;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisRedirectException;

/** Which of some calls have to be sent again, when they were sent to the wrong server or their script was not known. */
final class Remainder {

    private Remainder() {}

    /** Returns the first call that has failed; -1 for none. */
    static int firstFailed(List<@Nullable Object> replies) {
        for (int i = 0; i < replies.size(); i++) {
            if (replies.get(i) instanceof Throwable) {
                return i;
            }
        }
        return -1;
    }

    /** Returns a call that failed, those that failed likewise, and those after them on the same keys, which must come later. */
    static List<Integer> due(List<RedisCommandCall> calls, List<@Nullable Object> replies, int failed) {
        Object failure = replies.get(failed);
        Set<String> keys = new HashSet<>();
        List<Integer> due = new ArrayList<>();
        for (int i = failed; i < calls.size(); i++) {
            RedisCommandCall call = calls.get(i);
            if (isLike(failure, replies.get(i))) {
                due.add(i);
                if (call.writes()) {
                    keys.addAll(call.keys());
                }
            } else if (!Collections.disjoint(keys, call.keys())) {
                due.add(i);
            }
        }
        return due;
    }

    /** Returns whether the same helps against two failures. */
    private static boolean isLike(@Nullable Object one, @Nullable Object other) {
        return other instanceof Throwable
                && one != null
                && one.getClass() == other.getClass()
                && (!(one instanceof RedisRedirectException from)
                        || from.getUrl().equals(((RedisRedirectException) other).getUrl()));
    }
}
