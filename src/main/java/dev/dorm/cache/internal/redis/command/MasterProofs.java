package dev.dorm.cache.internal.redis.command;

import dev.dorm.cache.internal.redis.ability.Abilities;
import dev.dorm.cache.internal.redis.proof.ServerEpochs;
import dev.dorm.cache.internal.redis.proof.ServerMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisClient;
import org.redisson.connection.ConnectionManager;
import org.redisson.connection.MasterSlaveEntry;

/** Keeps {@link ServerMemory proof} of every master, for a process that serves what it keeps, and so reads nothing. Thread-safe. */
public final class MasterProofs {

    private final ConnectionManager manager;
    private final Router router;
    private final ServerEpochs epochs;
    private final AtomicInteger nextTag = new AtomicInteger();

    public MasterProofs(ConnectionManager manager, Router router, ServerEpochs epochs) {
        this.manager = manager;
        this.router = router;
        this.epochs = epochs;
    }

    /** Returns what a master lets this user do. */
    public Abilities abilities(RedisClient master) {
        return epochs.abilities(Server.at(master.getAddr()));
    }

    /** Asks all masters for proof, where it is due; nobody waits. */
    public void lookAround() {
        List<String> addresses = new ArrayList<>();
        for (MasterSlaveEntry entry : manager.getEntrySet()) {
            String address = Server.at(entry.getClient().getAddr());
            ServerMemory memory = epochs.at(address);
            String known = memory == null ? null : memory.proofKey();
            String key = known == null ? keyOn(entry) : known;
            if (key != null) {
                addresses.add(address);
                if ((memory == null || memory.isDue(epochs.now())) && epochs.mayAsk(address)) {
                    router.prove(entry, key);
                }
            }
        }
        epochs.lookAt(addresses);
    }

    /** Returns a key that a master holds; null when none is found, as with one that holds no slot. */
    private @Nullable String keyOn(MasterSlaveEntry entry) {
        for (int i = 0; i < 1_000; i++) {
            String key = epochs.proofKey("{" + nextTag.getAndIncrement() + "}");
            if (manager.getWriteEntry(manager.calcSlot(key)) == entry) {
                return key;
            }
        }
        return null;
    }
}
