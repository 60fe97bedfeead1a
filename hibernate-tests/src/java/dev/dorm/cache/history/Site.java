package dev.dorm.cache.history;

import dev.dorm.cache.testing.ForgettingProxy;
import dev.dorm.cache.testing.OwnRedis;
import dev.dorm.cache.testing.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import redis.clients.jedis.Jedis;

/** A master and its replica, and two addresses of the master: of the processes that hear early of a new one, and late. */
final class Site implements AutoCloseable {

    private static final String USER = "shop";
    private static final String SECRET = "secret";
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final ForgettingProxy early;
    private final ForgettingProxy late;
    private OwnRedis master = RedisServer.startOwn();
    private OwnRedis replica = RedisServer.startOwn("--replicaof", "127.0.0.1", "" + master.port());

    Site() {
        try {
            early = new ForgettingProxy(master.port(), false);
            late = new ForgettingProxy(master.port(), false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (OwnRedis each : List.of(master, replica)) {
            ask(each, "ACL", "SETUSER", USER, "on", ">" + SECRET, "allkeys", "allchannels", "allcommands");
        }
        awaitReplica();
    }

    /** Returns whether a process hears early of a new master. */
    static boolean isEarly(int process) {
        return process % 3 == 2;
    }

    String url(int process) {
        ForgettingProxy address = isEarly(process) ? early : late;
        return address.url().replace("//", "//" + USER + ":" + SECRET + "@");
    }

    String user() {
        return USER;
    }

    OwnRedis master() {
        return master;
    }

    OwnRedis replica() {
        return replica;
    }

    String ask(OwnRedis server, String command, String... words) {
        try (Jedis jedis = new Jedis("127.0.0.1", server.port(), 30_000)) {
            Object reply = jedis.sendCommand(() -> command.getBytes(StandardCharsets.UTF_8), words);
            return reply instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(reply);
        }
    }

    /** Forgets all connections, without a word or with a reset. */
    void forget(boolean resets) {
        early.forget(resets);
        late.forget(resets);
    }

    /** Leads one of the two addresses to the other server. */
    void move(boolean ofTheEarly, OwnRedis server) {
        (ofTheEarly ? early : late).moveTo(server.port());
    }

    /** The two servers have changed their parts. */
    void swap() {
        OwnRedis before = master;
        master = replica;
        replica = before;
    }

    void awaitReplica() {
        Awaitility.await("the replica").atMost(PATIENCE).until(() -> ask(replica, "INFO", "replication")
                .contains("master_link_status:up"));
    }

    @Override
    public void close() {
        try (early;
                late) {
            replica.close();
            master.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
