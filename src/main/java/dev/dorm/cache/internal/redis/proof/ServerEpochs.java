package dev.dorm.cache.internal.redis.proof;

import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.Keys;
import dev.dorm.cache.internal.redis.ability.Abilities;
import dev.dorm.cache.internal.redis.ability.Ability;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which servers' memories are known. Thread-safe.
 *
 * <p>A connection leads to one server process and ends with it. So on each the server is asked once for its replication
 * id, which changes with every restart and failover: a reply that comes on such a connection comes from a server that
 * was looked at. It may have become a replica since; so a read is believed only while there is {@link ServerMemory proof}.
 */
public final class ServerEpochs {

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");

    /** Forgetting a connection costs a look at its server. */
    private static final int MAX_CONNECTIONS = 10_000;

    private final LongSupplier ticker;
    private final String process = UUID.randomUUID().toString();
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Object, ServerMemory> connections = new ConcurrentHashMap<>();
    private final Map<Object, Place> current = new ConcurrentHashMap<>();
    private final Map<String, ServerMemory> known = new ConcurrentHashMap<>();
    private final Map<Object, Long> asked = new HashMap<>();
    private final Map<Object, Abilities> abilities = new ConcurrentHashMap<>();
    private final Suspicion suspicion = new Suspicion();
    private final Loss loss = new Loss();
    private final Set<Object> warned = new HashSet<>();
    private volatile long provenUntil;
    private volatile boolean anyLook;

    /** What was last met at an address, and when. */
    private record Place(ServerMemory memory, long since) {}

    /**
     * Creates it; nothing is known.
     *
     * @param ticker this process's monotonic clock, in nanoseconds
     */
    public ServerEpochs(LongSupplier ticker) {
        this.ticker = ticker;
    }

    public long now() {
        return ticker.getAsLong();
    }

    /** Returns how many servers' memories were met: a reply that came before it grew is not to be believed. */
    public long count() {
        return count.get();
    }

    /** Returns which connections may be dead without a word. */
    public Suspicion suspicion() {
        return suspicion;
    }

    /** Returns the last loss of writes that was found. */
    public Loss loss() {
        return loss;
    }

    /** Returns what the server at an address lets this user do. */
    public Abilities abilities(Object address) {
        Abilities there = abilities.get(address);
        return there != null ? there : abilities.computeIfAbsent(address, met -> new Abilities(String.valueOf(met)));
    }

    /** Returns what each server has refused, with its words. */
    public Map<String, Map<String, String>> refusals() {
        Map<String, Map<String, String>> all = new TreeMap<>();
        abilities.forEach((address, there) -> {
            Map<String, String> refused = new TreeMap<>();
            there.refused().forEach((ability, said) -> refused.put(ability.command(), said));
            if (!refused.isEmpty()) {
                all.put(String.valueOf(address), refused);
            }
        });
        return all;
    }

    /** Returns the memory at the end of a connection; null when its server is to be looked at. */
    public @Nullable ServerMemory of(Object connection) {
        ServerMemory memory = connections.get(connection);
        return memory == null || memory.isOver() ? null : memory;
    }

    /** Returns the memory that was met last at an address, or null. */
    public @Nullable ServerMemory at(Object address) {
        Place there = current.get(address);
        return there == null || there.memory.isOver() ? null : there.memory;
    }

    /** Returns the key of this process's proof beside another key, on the same server. */
    public String proofKey(String beside) {
        return Keys.proof(beside, process);
    }

    /** Returns the proof to ask for now, or null when there is enough; of a memory that is not known (null), the first. */
    public ServerMemory.@Nullable Proof due(@Nullable ServerMemory memory) {
        return memory == null
                ? new ServerMemory.Proof(null, numbers.incrementAndGet(), 0, now())
                : memory.due(now(), numbers);
    }

    /**
     * Takes note of what the server at the end of a connection said: of its memory before the connection is believed.
     *
     * @param connection the connection
     * @param address where the server is
     * @param said what it said of itself
     * @param asked when it was asked, by this process's clock
     * @return its memory
     * @throws BackendException when it is a replica, which bears its master's id and may lag, or perhaps an older master
     */
    public synchronized ServerMemory looked(Object connection, Object address, ReplicationInfo said, long asked) {
        if (said.replica()) {
            throw new BackendException("a replica answered in the master's place");
        }
        Place there = current.get(address);
        String id = said.isTold() ? said.id() : said.id() + ServerMemory.PLACE + address;
        boolean another =
                there != null && !there.memory.isOver() && !there.memory.id().equals(id);
        if (another && asked - there.since < 0) {
            // Which of the two came first nobody can tell. The connection is looked at again.
            throw new BackendException("a server answered that was asked before another one was met in its place");
        }
        if (!said.isTold() && there != null && !connections.containsValue(there.memory)) {
            // No connection has lasted since before this one: the server may have been started anew.
            forget(there.memory);
        }
        ServerMemory memory = met(id, said, address);
        if (memory.isOver()) {
            throw new BackendException("a server answered whose place another one has taken");
        }
        if (there == null || there.memory != memory) {
            current.put(address, new Place(memory, now()));
        }
        if (there != null && there.memory != memory) {
            there.memory.end();
            if (said.isTold()) {
                // It may be another server, which lets this user do something else.
                abilities.remove(address);
            }
            anyLook = false;
        }
        if (connections.size() >= MAX_CONNECTIONS) {
            connections.clear();
        }
        connections.put(connection, memory);
        return memory;
    }

    private synchronized ServerMemory met(String id, ReplicationInfo said, Object address) {
        ServerMemory memory = known.get(id);
        if (memory == null) {
            memory = new ServerMemory(id, now(), said.promoted());
            known.put(id, memory);
            if (!said.isTold()) {
                // Nothing tells whether it is what it was when another process, or this one, renewed everything last.
                loss.found();
                untold(address);
            }
            count.incrementAndGet();
        }
        return memory;
    }

    /** Says that a connection has ended. */
    public void ended(Object connection) {
        connections.remove(connection);
    }

    private void untold(Object address) {
        if (warned.add(address)) {
            String said = abilities(address).refused().get(Ability.INFO);
            LOG.warn(
                    "Redis at {} does not tell its replication id (INFO{}): the cache is emptied when a process starts, or has lost"
                            + " all its connections; and what is lost of the last {} ms in a restart or a failover behind a"
                            + " proxy may be served stale until its ttl",
                    address,
                    said == null ? " has no master_replid" : ": " + said,
                    ServerMemory.LEASE.toMillis());
        }
    }

    /**
     * Takes note of a proof's answer. A server that has lost what it had kept has another memory from then on.
     *
     * @param connection the connection on which it came
     * @param address where the server is
     * @param proof what was asked
     * @param said what the server said of itself
     * @param before the number that the server had kept until then, 0 for none
     * @return what is known there now
     * @throws BackendException when the server is a replica
     */
    public ServerMemory answered(
            Object connection, Object address, ServerMemory.Proof proof, ReplicationInfo said, long before) {
        ServerMemory memory = looked(connection, address, said, proof.asked());
        if (memory.proven(proof, before)) {
            return memory;
        }
        forget(memory);
        ServerMemory another =
                looked(connection, address, new ReplicationInfo(said.id(), false, !said.isTold()), proof.asked());
        another.proven(proof, before);
        return another;
    }

    private synchronized void forget(ServerMemory memory) {
        anyLook = false;
        if (known.remove(memory.id(), memory)) {
            loss.found();
        }
    }

    /** Returns whether a server may be asked for proof that nobody reads of: once in a while, also when it does not answer. */
    public synchronized boolean mayAsk(Object address) {
        Long last = asked.get(address);
        if (last != null && now() - last < ServerMemory.PAUSE.toNanos()) {
            return false;
        }
        asked.put(address, now());
        return true;
    }

    /** Looks for how long there is proof of the servers at all these addresses. */
    public void lookAt(Collection<?> addresses) {
        long until = now() + ServerMemory.LEASE.toNanos();
        for (Object address : addresses) {
            ServerMemory memory = at(address);
            long end = memory == null ? now() : memory.believedUntil(now());
            until = end - until < 0 ? end : until;
        }
        provenUntil = until;
        anyLook = true;
    }

    /** Returns whether there is proof of all servers, as far as was looked last. */
    public boolean isProven() {
        return anyLook && provenUntil - now() > 0;
    }
}
