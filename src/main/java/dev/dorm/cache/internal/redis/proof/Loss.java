package dev.dorm.cache.internal.redis.proof;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * The last loss of writes that this process has found: the server's replication id is the same afterwards, so what is renewed
 * is told apart by a name that the process gives to the loss. Each thing is renewed once under it. Who renews it again agrees with
 * whatever name stands there: that of another process that has found the loss, too. Thread-safe.
 */
public final class Loss {

    private final Set<String> renewed = new HashSet<>();
    private String name = "";

    /** Says that there was another one. */
    synchronized void found() {
        name = UUID.randomUUID().toString().replace("-", "");
        renewed.clear();
    }

    /**
     * Returns the name under which something is to be renewed; empty when there was no loss, or it was renewed since.
     *
     * @param key where it stands for what it was renewed
     */
    public synchronized String nameFor(String key) {
        return renewed.contains(key) ? "" : name;
    }

    /** Says that something was renewed under a name. */
    public synchronized void renewed(String key, String under) {
        if (!under.isEmpty() && under.equals(name)) {
            renewed.add(key);
        }
    }
}
