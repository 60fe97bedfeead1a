package dev.dorm.cache.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands between a client and a server, and lets replies, or requests, pass as a slow network does: piece by piece, with
 * pauses.
 */
public final class SlowProxy extends TurnProxy {

    private final Duration pause;
    private final boolean replies;

    /**
     * Opens the proxy on a free port; replies pass slowly.
     *
     * @param target the server's port on this machine
     * @param pause how long it takes to pass {@value TurnProxy#PIECE} bytes of a reply
     * @throws IOException when no port can be had
     */
    public SlowProxy(int target, Duration pause) throws IOException {
        this(target, pause, true);
    }

    /**
     * Opens the proxy on a free port.
     *
     * @param target the server's port on this machine
     * @param pause how long it takes to pass {@value TurnProxy#PIECE} bytes
     * @param replies whether it is replies that pass slowly, or else requests
     * @throws IOException when no port can be had
     */
    public SlowProxy(int target, Duration pause, boolean replies) throws IOException {
        super(target);
        this.pause = pause;
        this.replies = replies;
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
        if (ofReply == replies) {
            LockSupport.parkNanos(pause.toNanos());
        }
    }
}
