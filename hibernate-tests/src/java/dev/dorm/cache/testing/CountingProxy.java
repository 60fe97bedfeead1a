package dev.dorm.cache.testing;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a client and a server and counts how often the client speaks after the server has. */
public final class CountingProxy extends TurnProxy {

    private final AtomicInteger turns = new AtomicInteger();

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

    @Override
    boolean request(Link link) {
        turns.incrementAndGet();
        return true;
    }

    @Override
    boolean reply(Link link) {
        return true;
    }
}
