package dev.dorm.cache.history;

import java.time.Duration;

/** The ways in which a Redis answers, and is not what the cache relies on; or is, and some connections lead nowhere. */
enum Illness {
    /** It has no memory for what is written; what is in the way can be deleted. */
    FULL_MEMORY {
        @Override
        void begin(Site site) {
            site.ask(site.master(), "CONFIG", "SET", "maxmemory", "1");
        }

        @Override
        void end(Site site) {
            site.ask(site.master(), "CONFIG", "SET", "maxmemory", "0");
        }
    },

    /** It takes no writes, since it has too few replicas. */
    NO_REPLICAS {
        @Override
        void begin(Site site) {
            site.ask(site.master(), "CONFIG", "SET", "min-replicas-to-write", "9");
        }

        @Override
        void end(Site site) {
            site.ask(site.master(), "CONFIG", "SET", "min-replicas-to-write", "0");
        }

        @Override
        boolean bounds(int process) {
            return true;
        }
    },

    /** The user loses the right to run scripts. */
    NO_RIGHT {
        @Override
        void begin(Site site) {
            site.ask(site.master(), "ACL", "SETUSER", site.user(), "-evalsha");
        }

        @Override
        void end(Site site) {
            site.ask(site.master(), "ACL", "SETUSER", site.user(), "+evalsha");
        }

        @Override
        boolean bounds(int process) {
            return true;
        }
    },

    /**
     * The master becomes a replica in place and lags; its connections stay open. Its former replica is the master now, and
     * some processes know that at once. The others hear of it at the end, when the old master has long been synchronized.
     */
    DEMOTED {
        @Override
        void begin(Site site) {
            site.ask(site.master(), "REPLICAOF", "127.0.0.1", "1");
            site.ask(site.replica(), "REPLICAOF", "NO", "ONE");
            site.move(true, site.replica());
            site.swap();
        }

        @Override
        void middle(Site site) {
            site.ask(
                    site.replica(), "REPLICAOF", "127.0.0.1", "" + site.master().port());
            site.awaitReplica();
        }

        @Override
        void end(Site site) {
            site.move(false, site.master());
        }

        @Override
        boolean bounds(int process) {
            return !Site.isEarly(process);
        }

        @Override
        boolean losesLocks() {
            return true;
        }
    },

    /** Connections are forgotten, again and again, and what is sent on them is dropped. New ones work. */
    SILENT {
        @Override
        void begin(Site site) {
            site.forget(false);
        }

        @Override
        void again(Site site) {
            site.forget(false);
        }

        @Override
        void end(Site site) {
            // It has served all the time.
        }
    },

    /** The same, and who speaks on them is told so by a reset. */
    HUNG_UP {
        @Override
        void begin(Site site) {
            site.forget(true);
        }

        @Override
        void again(Site site) {
            site.forget(true);
        }

        @Override
        void end(Site site) {
            // It has served all the time.
        }
    };

    private static final long AGAIN = Duration.ofSeconds(2).toNanos();

    abstract void begin(Site site);

    /** Is called once, when half of the time is over. */
    void middle(Site site) {}

    /** Is called every two seconds. */
    void again(Site site) {}

    abstract void end(Site site);

    /** Returns whether a process may believe the server that it talks to for no more than a second. */
    boolean bounds(int process) {
        return false;
    }

    /** Returns whether locks may be lost. */
    boolean losesLocks() {
        return false;
    }

    /** Returns whether writes are refused under {@code fail}. */
    boolean refuses() {
        return bounds(0);
    }

    /** Returns a run's fault: this illness, of servers that it ends. */
    Fault on(Site site) {
        return new Fault() {
            private long next;

            @Override
            public Options settings() {
                // Longer than this machine ever takes for a step, and half of it: no step fails by chance.
                return new Options().set("redis", site.url(0)).set("timeout", "1s");
            }

            @Override
            public Options of(int process) {
                return new Options().set("redis", site.url(process));
            }

            @Override
            public void begin() {
                Illness.this.begin(site);
                next = Ledger.now() + AGAIN;
            }

            @Override
            public boolean goesOn() {
                if (Ledger.now() - next >= 0) {
                    again(site);
                    next = Ledger.now() + AGAIN;
                }
                return false;
            }

            @Override
            public void middle() {
                Illness.this.middle(site);
            }

            @Override
            public void end() {
                Illness.this.end(site);
            }

            @Override
            public boolean bounds(int process) {
                return Illness.this.bounds(process);
            }

            @Override
            public boolean losesLocks() {
                return Illness.this.losesLocks();
            }

            @Override
            public boolean refuses() {
                return Illness.this.refuses();
            }

            @Override
            public void close() {
                site.close();
            }

            @Override
            public String toString() {
                return name();
            }
        };
    }
}
