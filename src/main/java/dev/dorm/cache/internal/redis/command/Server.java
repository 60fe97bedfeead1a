package dev.dorm.cache.internal.redis.command;

import static java.util.Objects.requireNonNull;

import dev.dorm.cache.backend.BackendException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisConnection;
import org.redisson.config.ReadMode;
import org.redisson.connection.MasterSlaveEntry;
import org.redisson.misc.RedisURI;

/**
 * Where commands go, and over which connection.
 *
 * @param entry Redisson's connections to a master and its replicas; null when it knows of none for a slot
 * @param promoted the address of one that Redisson takes for a replica and another server for the master, or null for
 *     the master
 * @param asking whether the slot is not there yet, so that each command must say that it was sent ({@code ASK})
 * @param fresh whether the connection is made for this once, since those that were there are silent or lost
 */
record Server(@Nullable MasterSlaveEntry entry, @Nullable RedisURI promoted, boolean asking, boolean fresh) {

    static Server master(@Nullable MasterSlaveEntry entry) {
        return new Server(entry, null, false, false);
    }

    /** Returns the server at an address to which another has redirected a command. */
    static Server at(RedisURI address, MasterSlaveEntry entry, boolean asking) {
        boolean master = at(address).equals(at(entry.getClient().getAddr()));
        return new Server(entry, master ? null : address, asking, false);
    }

    /** Returns the same server over a connection of its own. */
    Server afresh() {
        return new Server(entry, promoted, asking, true);
    }

    /** Returns whether it is a master, over the connections that Redisson keeps. */
    boolean isMaster() {
        return entry != null && promoted == null && !asking && !fresh;
    }

    /** Returns where it is. */
    String address() {
        return promoted != null
                ? at(promoted)
                : at(requireNonNull(entry).getClient().getAddr());
    }

    /** Returns host and port, of a master as Redisson knows it. */
    static String at(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        return (ip == null ? address.getHostString() : ip.getHostAddress()) + ":" + address.getPort();
    }

    private static String at(RedisURI address) {
        return address.getHost() + ":" + address.getPort();
    }

    CompletableFuture<RedisConnection> connect() {
        if (entry == null) {
            return CompletableFuture.failedFuture(new BackendException("no master is known yet for a slot"));
        }
        if (promoted != null) {
            return entry.redirectedConnectionWriteOp(RedisCommandCall.MGET, promoted);
        }
        return fresh
                ? entry.getClient().connectAsync().toCompletableFuture()
                : entry.connectionWriteOp(RedisCommandCall.MGET);
    }

    /** Gives a connection back, or the one that comes yet. */
    void release(CompletableFuture<RedisConnection> connecting) {
        if (fresh && promoted == null) {
            var unused = connecting.thenAccept(Server::close);
        } else if (!connecting.cancel(false) && !connecting.isCompletedExceptionally()) {
            // One that arrives after it is cancelled goes back by itself.
            release(connecting.join());
        }
    }

    private static void close(RedisConnection connection) {
        var unused = connection.closeAsync();
    }

    private void release(RedisConnection connection) {
        requireNonNull(entry);
        if (promoted == null) {
            entry.releaseWrite(connection);
        } else {
            entry.releaseRead(connection, ReadMode.SLAVE);
        }
    }

    /** Says which master it is, or beside which. */
    @Override
    public String toString() {
        return entry == null ? "nobody" : String.valueOf(entry.getClient().getAddr());
    }
}
