package dev.dorm.cache.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Stands between a client and a server, and lets replies pass as a slow network does: piece by piece, with pauses. */
public final class SlowProxy extends TurnProxy {

    private final Duration pause;

    /**
     * Opens the proxy on a free port.
     *
     * @param target the server's port on this machine
     * @param pause how long it takes to pass {@value TurnProxy#PIECE} bytes of a reply
     * @throws IOException when no port can be had
     */
    public SlowProxy(int target, Duration pause) throws IOException {
        super(target);
        this.pause = pause;
        open();
    }

    @Override
    boolean request(Link link) {
        return true;
    }

    @Override
    boolean reply(Link link) {
        return true;
    }

    @Override
    void piece(boolean ofReply) {
        if (ofReply) {
            LockSupport.parkNanos(pause.toNanos());
        }
    }
}
