package dev.dorm.cache.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counts round trips to one server, or to several of which those that are in flight together count as one.
 *
 * <p>How often each server was asked is counted first, and the most often asked one says how many round trips there
 * were at least. That there were no more is proven by another run: every reply is held back until each server that is
 * asked in the same round trip has heard its request. Requests that wait for each other's replies never get through
 * that.
 */
public final class RoundTrips implements AutoCloseable {

    /** So long is a reply held back before it is taken for one that the missing request waits for. */
    private static final long STUCK_NANOS = 3_000_000_000L;

    /** The client may have had a question of its own, which is not there when the requests are held back. */
    private static final int ATTEMPTS = 3;

    private final List<Node> nodes = new ArrayList<>();
    private final int[] asked;
    private Order order;
    private boolean stuck;

    /**
     * Opens a proxy before each server.
     *
     * @param servers the servers' ports on this machine
     * @throws IOException when no port can be had
     */
    public RoundTrips(List<Integer> servers) throws IOException {
        for (int server : servers) {
            nodes.add(new Node(nodes.size(), server));
        }
        asked = new int[nodes.size()];
    }

    /**
     * Returns where clients connect.
     *
     * @return one port for each server, in the servers' order
     */
    public List<Integer> ports() {
        return nodes.stream().map(TurnProxy::port).toList();
    }

    /**
     * Counts the round trips of an operation, which is run several times: scripts that a server has not seen are loaded
     * by the first one, which does not count.
     *
     * @param before what to do before each run; it does not count
     * @param work the operation
     * @return the number of round trips of each run
     */
    public int of(Runnable before, Runnable work) {
        before.run();
        work.run();
        String found = "";
        int fewest = Integer.MAX_VALUE;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int[] expected = new int[nodes.size()];
            before.run();
            run(work, null);
            System.arraycopy(asked, 0, expected, 0, expected.length);
            int trips = Arrays.stream(expected).max().orElse(0);
            if (Arrays.stream(expected).filter(n -> n > 0).count() <= 1) {
                // A large request passes in pieces: a server that replies to the first of them seems to be asked twice.
                if (trips >= fewest || attempt == ATTEMPTS - 1) {
                    return Math.min(trips, fewest);
                }
                fewest = trips;
                continue;
            }
            // A server that is asked less often than others mostly takes part in the last round trips, or in the first.
            if (together(before, work, new Order(expected, trips, true))
                    || together(before, work, new Order(expected, trips, false))) {
                return trips;
            }
            found = Arrays.toString(expected);
        }
        throw new AssertionError("asked " + found + " times, but not all at once");
    }

    private boolean together(Runnable before, Runnable work, Order all) {
        before.run();
        run(work, all);
        return !stuck && Arrays.equals(asked, all.expected);
    }

    private void run(Runnable work, Order next) {
        synchronized (this) {
            Arrays.fill(asked, 0);
            stuck = false;
            order = next;
        }
        try {
            work.run();
        } finally {
            synchronized (this) {
                order = null;
                notifyAll();
            }
        }
    }

    private synchronized void ask(int node) {
        asked[node]++;
        notifyAll();
    }

    private synchronized void awaitOthers(int node) throws InterruptedException {
        Order mine = order;
        long begin = System.nanoTime();
        while (mine != null && order == mine && !stuck && !mine.complete(asked, node)) {
            long left = STUCK_NANOS - (System.nanoTime() - begin);
            if (left <= 0) {
                stuck = true;
                notifyAll();
            } else {
                wait(left / 1_000_000 + 1);
            }
        }
    }

    /** Which server is expected to be asked in which round trip. */
    private record Order(int[] expected, int trips, boolean late) {

        /** Returns whether everybody has heard the request that goes with the one that a server has heard last. */
        boolean complete(int[] asked, int node) {
            int trip = asked[node] + (late ? trips - expected[node] : 0);
            for (int other = 0; other < asked.length; other++) {
                int due = late ? trip - (trips - expected[other]) : Math.min(trip, expected[other]);
                if (asked[other] < due) {
                    return false;
                }
            }
            return true;
        }
    }

    private final class Node extends TurnProxy {

        private final int index;

        Node(int index, int server) throws IOException {
            super(server);
            this.index = index;
            open();
        }

        @Override
        boolean request(Link link) {
            ask(index);
            return true;
        }

        @Override
        boolean reply(Link link) {
            try {
                awaitOthers(index);
                return true;
            } catch (InterruptedException e) {
                return false;
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Node node : nodes) {
            node.close();
        }
    }
}
