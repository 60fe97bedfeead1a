package dev.dorm.cache.internal.redis.command;

import static java.util.Objects.requireNonNull;

import dev.dorm.cache.internal.redis.ability.Abilities;
import dev.dorm.cache.internal.redis.ability.Ability;
import dev.dorm.cache.internal.redis.ability.Look;
import dev.dorm.cache.internal.redis.ability.Refusal;
import dev.dorm.cache.internal.redis.proof.ServerEpochs;
import dev.dorm.cache.internal.redis.proof.ServerMemory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisNoScriptException;
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
    private static final RedisCommand<Object> EVAL = new RedisCommand<>("EVAL");
    private static final RedisCommand<Object> INFO = new RedisCommand<>("INFO");
    private static final RedisCommand<Object> ROLE = new RedisCommand<>("ROLE");
    private static final RedisCommand<Object> HELLO = new RedisCommand<>("HELLO");
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

    /** Returns the question for what a server is. */
    static RedisCommandCall question(Look look, String key) {
        return switch (look) {
            case INFO -> new RedisCommandCall(List.of(key), null, INFO, new Object[] {"replication"});
            case ROLE -> new RedisCommandCall(List.of(key), null, ROLE, new Object[0]);
            case HELLO -> new RedisCommandCall(List.of(key), null, HELLO, new Object[0]);
            case NONE -> throw new IllegalArgumentException("nothing is asked");
        };
    }

    private RedisCommandCall on(Terms terms) {
        Abilities server = terms.abilities;
        if (command == MGET && !server.has(Ability.MGET)) {
            return run(Script.READ_KEYS, keys).on(terms);
        }
        Script known = script;
        if (known == null) {
            return this;
        }
        boolean whole = server.needsText(known.sha(), known != Script.READ_KEYS);
        boolean toldId = known.isToldId() && terms.tellsId;
        if (!whole && !toldId) {
            return this;
        }
        Object[] form = params.clone();
        if (whole) {
            form[0] = known.text();
        }
        if (toldId) {
            form[form.length - 1] = terms.id;
        }
        return new RedisCommandCall(keys, known, whole ? EVAL : EVALSHA, form);
    }

    /**
     * What a call is to be made for.
     *
     * @param abilities what the server takes
     * @param id its replication id, as far as it is known, for scripts that may not ask for it
     * @param tellsId whether they may not: for all that is sent at once alike, whatever others are told meanwhile
     */
    record Terms(Abilities abilities, String id, boolean tellsId) {

        Terms(Abilities abilities, String id) {
            this(abilities, id, !abilities.has(Ability.INFO_IN_SCRIPTS));
        }

        /** Returns those of a connection, of whose server something is known, or null, or only of what was at its address. */
        static Terms of(ServerEpochs epochs, String address, @Nullable ServerMemory known) {
            ServerMemory there = known == null ? epochs.at(address) : known;
            return new Terms(epochs.abilities(address), there == null ? "" : there.idInScripts());
        }

        /** Returns a call as the server takes it. */
        RedisCommandCall form(RedisCommandCall call) {
            return call.on(this);
        }
    }

    /** Stands in place of a reply: the same is to be asked for in another way. */
    static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1;

        Refused() {
            super("a command was refused", null, false, false);
        }
    }

    /** Learns from how it was answered what the server takes; returns whether there is another way for what was refused. */
    boolean learn(Abilities server, @Nullable Throwable failure) {
        Script known = script;
        if (known != null && (failure == null || failure instanceof RedisNoScriptException)) {
            server.knows(known.sha(), failure == null);
            return failure != null && (known == Script.READ_KEYS || !server.has(Ability.SCRIPT_LOAD));
        }
        Ability ability = failure == null ? null : refused(failure);
        if (ability != null) {
            server.refused(ability, Refusal.words(requireNonNull(failure)));
        }
        return ability != null;
    }

    private @Nullable Ability refused(Throwable failure) {
        if (script != null && Refusal.ofInfoInScripts(failure)) {
            return Ability.INFO_IN_SCRIPTS;
        }
        if (command == EVALSHA) {
            return Refusal.of("evalsha", failure) ? Ability.EVALSHA : null;
        }
        if (command == MGET) {
            return Refusal.of("mget", failure) ? Ability.MGET : null;
        }
        boolean one = Refusal.ofOne(failure);
        if (command == INFO) {
            return one ? Ability.INFO : null;
        }
        if (command == ROLE) {
            return one ? Ability.ROLE : null;
        }
        if (command == HELLO) {
            return one ? Ability.HELLO : null;
        }
        return command == SCRIPT_LOAD && one ? Ability.SCRIPT_LOAD : null;
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

    /** Returns whether it makes a script known. */
    boolean isLoading() {
        return command == SCRIPT_LOAD;
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
