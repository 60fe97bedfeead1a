package dev.dorm.cache.history;

import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.OwnSentinel;
import dev.dorm.cache.testing.RedisServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;
import redis.clients.jedis.Jedis;

/** The ways in which a Redis goes away and comes back. */
final class Faults {

    private Faults() {}

    /** One server of its own. */
    private abstract static class Standalone implements Fault {

        final OwnRedis redis = RedisServer.startOwn();

        @Override
        public Options settings() {
            return new Options().set("redis", redis.url());
        }

        @Override
        public void close() {
            redis.close();
        }
    }

    /** It is killed, and comes back with nothing. */
    static Fault killedAndEmpty() {
        return new Standalone() {
            @Override
            public void begin() {
                redis.kill();
            }

            @Override
            public void end() {
                redis.start();
            }
        };
    }

    /** It is killed, and comes back with what it held at the start of the run. */
    static Fault killedAndOld() {
        return new Standalone() {
            @Override
            public void begin() {
                redis.kill();
            }

            @Override
            public void warm() {
                try (Jedis jedis = jedis(redis)) {
                    jedis.save();
                }
            }

            @Override
            public void end() {
                redis.start();
            }
        };
    }

    /** It answers nothing for a while, and then all that it was asked. */
    static Fault frozen() {
        return new Standalone() {
            @Override
            public void begin() {
                redis.pause();
            }

            @Override
            public void end() {
                redis.resume();
            }
        };
    }

    /** Its connections break, again and again. */
    static Fault reset() {
        return new Standalone() {
            @Override
            public void begin() {
                goesOn();
            }

            @Override
            public boolean goesOn() {
                try (Jedis jedis = jedis(redis)) {
                    jedis.sendCommand(
                            () -> "CLIENT".getBytes(StandardCharsets.UTF_8), "KILL", "TYPE", "NORMAL", "SKIPME", "YES");
                }
                return false;
            }

            @Override
            public void end() {
                // It has served all the time.
            }
        };
    }

    /** The master is killed, and a sentinel gives its place to the replica when it has been away for so long. */
    static Fault failover(Duration downAfter) {
        OwnRedis master = RedisServer.startOwn();
        OwnRedis replica = RedisServer.startOwn("--replicaof", "127.0.0.1", "" + master.port());
        Awaitility.await("the replica").atMost(Duration.ofSeconds(30)).until(() -> {
            try (Jedis jedis = jedis(replica)) {
                return jedis.info("replication").contains("master_link_status:up");
            }
        });
        OwnSentinel sentinel = new OwnSentinel(master, downAfter);
        return new Fault() {
            @Override
            public Options settings() {
                return new Options().set("redis", sentinel.url()).set("dorm.options.checkSentinelsList", "false");
            }

            @Override
            public void begin() {
                master.kill();
            }

            @Override
            public boolean goesOn() {
                return sentinel.master() == replica.port();
            }

            @Override
            public void end() {
                Awaitility.await("the failover").atMost(Duration.ofSeconds(40)).until(this::goesOn);
            }

            @Override
            public void close() {
                sentinel.close();
                replica.close();
                master.close();
            }
        };
    }

    private static Jedis jedis(OwnRedis redis) {
        return new Jedis("127.0.0.1", redis.port(), 30_000);
    }
}
