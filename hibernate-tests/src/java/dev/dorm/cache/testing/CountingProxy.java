package dev.dorm.cache.testing;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a client and a server and counts how often the client speaks after the server has. */
public final class CountingProxy extends TurnProxy {

    private final AtomicInteger turns = new AtomicInteger();
    private final AtomicInteger pieces = new AtomicInteger();
    private final Set<Link> links = ConcurrentHashMap.newKeySet();

    /**
     * Opens the proxy on a free port.
     *
     * @param target the server's port on this machine
     * @throws IOException when no port can be had
     */
    public CountingProxy(int target) throws IOException {
        super(target);
        open();
    }

    /**
     * Returns how many round trips were begun.
     *
     * @return the count since the proxy was opened
     */
    public int turns() {
        return turns.get();
    }

    /**
     * Returns how often a client has spoken, whether the server has answered in between or not.
     *
     * @return the count since the proxy was opened
     */
    public int pieces() {
        return pieces.get();
    }

    /**
     * Returns on how many connections a client has spoken.
     *
     * @return the count since the proxy was opened
     */
    public int connections() {
        return links.size();
    }

    @Override
    void piece(boolean ofReply) {
        if (!ofReply) {
            pieces.incrementAndGet();
        }
    }

    @Override
    boolean request(Link link) {
        links.add(link);
        turns.incrementAndGet();
        return true;
    }

    @Override
    boolean reply(Link link) {
        return true;
    }
}
