package dev.dorm.cache.internal.redis.command;

import static java.util.Objects.requireNonNull;

import dev.dorm.cache.backend.BackendException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisConnection;
import org.redisson.config.ReadMode;
import org.redisson.connection.MasterSlaveEntry;
import org.redisson.misc.RedisURI;

/**
 * Where a read goes.
 *
 * @param entry Redisson's connections to a master and its replicas; null when it knows of none for a slot
 * @param promoted the address of one that Redisson takes for a replica and another server for the master, or null for
 *     the master
 * @param asking whether the slot is not there yet, so that each read must say that it was sent ({@code ASK})
 */
record Server(@Nullable MasterSlaveEntry entry, @Nullable RedisURI promoted, boolean asking) {

    static Server master(@Nullable MasterSlaveEntry entry) {
        return new Server(entry, null, false);
    }

    /** Returns the server at an address to which another has redirected a read. */
    static Server at(RedisURI address, MasterSlaveEntry entry, boolean asking) {
        boolean master = address.equals(entry.getClient().getAddr());
        return new Server(entry, master ? null : address, asking);
    }

    CompletableFuture<RedisConnection> connect() {
        if (entry == null) {
            return CompletableFuture.failedFuture(new BackendException("no master is known yet for a slot"));
        }
        return promoted == null
                ? entry.connectionWriteOp(RedisCommandCall.MGET)
                : entry.redirectedConnectionWriteOp(RedisCommandCall.MGET, promoted);
    }

    void release(RedisConnection connection) {
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
