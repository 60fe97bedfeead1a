package dev.dorm.cache.internal.redis.ability;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one server lets this user do. Everything, until it refuses something: so nothing is asked that would cost a round trip, and
 * what was refused is done the other way at once. A server with another memory is asked anew. Thread-safe.
 */
public final class Abilities {

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");

    private final String server;
    private final Map<Ability, String> refused = new EnumMap<>(Ability.class);
    private volatile Set<Ability> missing = Set.of();

    /** The names of scripts that it was given by EVAL. */
    private final Set<String> scripts = ConcurrentHashMap.newKeySet();

    /**
     * Creates it; nothing was refused.
     *
     * @param server where it is, for the log
     */
    public Abilities(String server) {
        this.server = server;
    }

    /** Returns whether something is done in the usual way. */
    public boolean has(Ability ability) {
        return !missing.contains(ability);
    }

    /**
     * Takes note of a refusal, and says so once.
     *
     * @param said the server's words
     */
    public void refused(Ability ability, String said) {
        synchronized (this) {
            if (refused.putIfAbsent(ability, said) != null) {
                return;
            }
            missing = Set.copyOf(refused.keySet());
        }
        if (ability.isLoss()) {
            LOG.warn("Redis at {} refuses {}: {} ({})", server, ability.command(), ability.instead(), said);
        } else {
            LOG.info("Redis at {} refuses {}: {} ({})", server, ability.command(), ability.instead(), said);
        }
    }

    /** Returns what was refused, with the server's words. */
    public synchronized Map<Ability, String> refused() {
        return Map.copyOf(refused);
    }

    /** Returns how to ask a server what it is. */
    public Look look() {
        for (Look each : Look.values()) {
            Ability needed = each.needed();
            if (needed == null || has(needed)) {
                return each;
            }
        }
        return Look.NONE;
    }

    /**
     * Returns whether a script must be sent whole, for the server may not know its name.
     *
     * @param loaded whether it is made known by SCRIPT LOAD, where that may be
     */
    public boolean needsText(String script, boolean loaded) {
        return !has(Ability.EVALSHA) || ((!loaded || !has(Ability.SCRIPT_LOAD)) && !scripts.contains(script));
    }

    /** Says whether a script was given to the server, or forgotten by it. */
    public void knows(String script, boolean known) {
        if (known) {
            if (!scripts.contains(script)) {
                scripts.add(script);
            }
        } else {
            scripts.remove(script);
        }
    }
}
