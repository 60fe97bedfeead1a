package dev.dorm.cache.internal.redis.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.redisson.client.protocol.RedisCommand;

/**
 * One command to send.
 *
 * @param keys its keys, at least one, all of one slot
 * @param script the script it runs, if it does
 * @param command the command
 * @param params what follows the command's name
 */
public record RedisCommandCall(
        List<String> keys, @Nullable Script script, RedisCommand<Object> command, Object[] params) {

    /** A read of more keys, as a prefetch, is no small one. */
    private static final int FEW = 16;

    static final RedisCommand<Object> MGET = new RedisCommand<>("MGET");
    private static final RedisCommand<Object> SET = new RedisCommand<>("SET");
    private static final RedisCommand<Object> UNLINK = new RedisCommand<>("UNLINK");
    private static final RedisCommand<Object> EVALSHA = new RedisCommand<>("EVALSHA");
    private static final RedisCommand<Object> INFO = new RedisCommand<>("INFO");
    private static final RedisCommand<Object> ASKING = new RedisCommand<>("ASKING");

    /** In small letters: what bears the name in capitals, Redisson's batch takes for a command of its own. */
    private static final RedisCommand<Object> WAIT = new RedisCommand<>("wait");

    private static final RedisCommand<Object> SCRIPT_LOAD = new RedisCommand<>("SCRIPT", "LOAD");

    public static RedisCommandCall mget(List<String> keys) {
        return new RedisCommandCall(keys, null, MGET, keys.toArray());
    }

    public static RedisCommandCall unlink(List<String> keys) {
        return new RedisCommandCall(keys, null, UNLINK, keys.toArray());
    }

    public static RedisCommandCall set(String key, byte[] value, Duration timeout) {
        long millis = millis(timeout);
        Object[] params = millis == 0 ? new Object[] {key, value} : new Object[] {key, value, "PX", millis};
        return new RedisCommandCall(List.of(key), null, SET, params);
    }

    public static RedisCommandCall run(Script script, List<String> keys, Object... args) {
        return run(script, keys, Arrays.asList(args));
    }

    public static RedisCommandCall run(Script script, List<String> keys, List<Object> args) {
        Object[] params = new Object[2 + keys.size() + args.size()];
        params[0] = script.sha();
        params[1] = keys.size();
        int at = 2;
        for (String key : keys) {
            params[at++] = key;
        }
        for (Object arg : args) {
            params[at++] = arg;
        }
        return new RedisCommandCall(keys, script, EVALSHA, params);
    }

    /** Returns the call that makes a script known to the server that holds a key. */
    public static RedisCommandCall load(Script script, String key) {
        return new RedisCommandCall(List.of(key), null, SCRIPT_LOAD, new Object[] {script.text()});
    }

    /** Returns what says that the call behind it was sent to where a slot is on its way. */
    static RedisCommandCall asking(String key) {
        return new RedisCommandCall(List.of(key), null, ASKING, new Object[0]);
    }

    /** Returns the question for a server's replication id. */
    static RedisCommandCall replication(String key) {
        return new RedisCommandCall(List.of(key), null, INFO, new Object[] {"replication"});
    }

    /** Returns the call that waits until replicas have received what this connection wrote. */
    static RedisCommandCall await(String key, List<String> written, int replicas, long millis) {
        List<String> keys = new ArrayList<>(written.size() + 1);
        keys.add(key);
        keys.addAll(written);
        return new RedisCommandCall(keys, null, WAIT, new Object[] {replicas, millis});
    }

    /** Returns a time to live in milliseconds; 0, for none, only if it is zero. */
    public static long millis(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException(
                    "timeout " + timeout + ": accepted are 0, for until deleted, and positive durations");
        }
        return timeout.isZero() ? 0 : Math.max(1, timeout.toMillis());
    }

    /** Returns whether what comes after it, on the same keys, must find what it has done. */
    boolean writes() {
        return command != MGET;
    }

    /** Returns whether it reads a few keys. */
    boolean isSmallRead() {
        return !writes() && keys.size() <= FEW;
    }

    /** Returns the key by which the command finds its server. */
    String route() {
        return keys.get(0);
    }
}
