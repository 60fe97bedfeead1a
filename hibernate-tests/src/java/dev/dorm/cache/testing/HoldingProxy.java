package dev.dorm.cache.testing;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Stands between a client and a server, and holds or cuts off the client at one of its requests. */
public final class HoldingProxy extends TurnProxy {

    /** Where on its way a request is held or cut off. */
    public enum Point {
        /** The server has not heard it. */
        BEFORE_THE_SERVER,
        /** The server has done it, and the client does not hear so. */
        BEFORE_THE_REPLY
    }

    private Stop stop = new Stop(0, Point.BEFORE_THE_SERVER, false, false, false);
    private int requests;

    /**
     * Opens the proxy on a free port; everything passes.
     *
     * @param target the server's port on this machine
     * @throws IOException when no port can be had
     */
    public HoldingProxy(int target) throws IOException {
        super(target);
        open();
    }

    /**
     * Holds one of the coming requests, and no other.
     *
     * @param request which, counted from 1 on
     * @param point where
     * @return what says that it is held, and lets it go
     */
    public synchronized Stop holdAt(int request, Point point) {
        return stopAt(new Stop(request, point, false, false, false));
    }

    /**
     * Holds the next request on a connection on which the client has subscribed to messages, and no other.
     *
     * @param point where
     * @return what says that it is held, and lets it go
     */
    public synchronized Stop holdSubscribed(Point point) {
        return stopAt(new Stop(1, point, false, false, true));
    }

    /**
     * Cuts the client off at one of the coming requests, for good.
     *
     * @param request which, counted from 1 on
     * @param point where
     * @return what says that it has happened
     */
    public synchronized Stop cutAt(int request, Point point) {
        return stopAt(new Stop(request, point, true, true, false));
    }

    /**
     * Cuts one connection at one of the coming requests; those that are made afterwards are as good as ever.
     *
     * @param request which, counted from 1 on
     * @param point where
     * @return what says that it has happened
     */
    public synchronized Stop cutOnceAt(int request, Point point) {
        return stopAt(new Stop(request, point, true, false, false));
    }

    /** Lets everything that is to come pass. */
    public synchronized void letPass() {
        stopAt(new Stop(0, Point.BEFORE_THE_SERVER, false, false, false));
    }

    private Stop stopAt(Stop next) {
        requests = 0;
        stop = next;
        return next;
    }

    @Override
    boolean request(Link link) {
        Stop mine;
        synchronized (this) {
            mine = stop;
            if (mine.cut && mine.reached.isDone()) {
                return !mine.forGood;
            }
            if (mine.onlySubscribed && !link.isSubscribed() || ++requests != mine.request) {
                return true;
            }
            mine.link = link;
        }
        return mine.point != Point.BEFORE_THE_SERVER || mine.pass();
    }

    @Override
    boolean reply(Link link) {
        Stop mine;
        synchronized (this) {
            mine = stop;
        }
        return mine.link != link || mine.point != Point.BEFORE_THE_REPLY || mine.pass();
    }

    /** A request at which the client is stopped. */
    public static final class Stop {

        private final int request;
        private final Point point;
        private final boolean cut;
        private final boolean forGood;
        private final boolean onlySubscribed;
        private final CompletableFuture<Void> reached = new CompletableFuture<>();
        private final CompletableFuture<Void> released = new CompletableFuture<>();
        private volatile Link link;

        private Stop(int request, Point point, boolean cut, boolean forGood, boolean onlySubscribed) {
            this.request = request;
            this.point = point;
            this.cut = cut;
            this.forGood = forGood;
            this.onlySubscribed = onlySubscribed;
        }

        private boolean pass() {
            if (!reached.complete(null)) {
                return true;
            }
            if (!cut) {
                released.join();
            }
            return !cut;
        }

        /**
         * Waits until the client is stopped or has ended what it does.
         *
         * @param work what it does
         * @return whether it is stopped
         */
        public boolean reachedBy(CompletableFuture<?> work) {
            CompletableFuture.anyOf(reached, work.handle((done, failed) -> null))
                    .join();
            return isReached();
        }

        /**
         * Returns whether the client was stopped.
         *
         * @return true once the request has come
         */
        public boolean isReached() {
            return reached.isDone();
        }

        /** Lets the request go on. */
        public void release() {
            released.complete(null);
        }
    }
}
