package dev.dorm.cache.testing;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between a client and a server as a firewall does that forgets connections: what is sent on one that is forgotten
 * is dropped without a word, or answered by a reset. Connections that are made afterwards are as good as ever.
 */
public final class ForgettingProxy extends TurnProxy {

    private final Set<Link> known = ConcurrentHashMap.newKeySet();
    private final Set<Link> forgotten = ConcurrentHashMap.newKeySet();
    private volatile boolean resets;

    /**
     * Opens the proxy on a free port; everything passes.
     *
     * @param target the server's port on this machine
     * @param resets whether the client is told when it speaks on a connection that is forgotten
     * @throws IOException when no port can be had
     */
    public ForgettingProxy(int target, boolean resets) throws IOException {
        super(target);
        this.resets = resets;
        open();
    }

    /** Forgets all connections that there are. */
    public void forget() {
        forgotten.addAll(known);
        known.clear();
    }

    /**
     * Forgets all connections that there are.
     *
     * @param andResets whether the client is told when it speaks on a connection that is forgotten
     */
    public void forget(boolean andResets) {
        resets = andResets;
        forget();
    }

    /**
     * Ends all connections; those that are made from now on lead to another server, as a name or a virtual address does
     * that was given to another machine.
     *
     * @param port the server's port on this machine
     */
    public void moveTo(int port) {
        leadTo(port);
        known.forEach(Link::hangUp);
        forgotten.forEach(Link::hangUp);
        known.clear();
        forgotten.clear();
    }

    @Override
    boolean request(Link link) {
        if (!forgotten.contains(link)) {
            known.add(link);
            return true;
        }
        if (resets) {
            link.reset();
        } else {
            link.swallow();
        }
        forgotten.remove(link);
        return false;
    }

    @Override
    boolean reply(Link link) {
        return true;
    }
}
