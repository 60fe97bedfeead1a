package dev.dorm.cache.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of this host for servers that are started with a port as an argument. Between the choice and the start nobody
 * holds the port, so each is handed out once in a JVM, and lies below those that systems give to outgoing connections
 * (Linux: from 32768, others: from 49152).
 */
public final class FreePort {

    private static final int FIRST = 15_000;
    private static final int BEYOND = 32_768;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /**
     * Returns a port where nobody listens, and which this JVM has not handed out before.
     *
     * @return the port
     */
    public static int next() {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, BEYOND);
            if (GIVEN.add(port) && isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No free port from %d to %d".formatted(FIRST, BEYOND - 1));
    }

    /**
     * Returns a port of a node of a cluster that speaks to the others on another port above it; that one is free, too.
     *
     * @param above how far above
     * @return the lower port
     */
    static int nextWith(int above) {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int port = next();
            if (port + above < BEYOND && GIVEN.add(port + above) && isFree(port + above)) {
                return port;
            }
        }
        throw new IllegalStateException("No two free ports %d apart".formatted(above));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
