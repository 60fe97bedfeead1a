package dev.dorm.cache.simulation;

import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.internal.redis.proof.ReplicationInfo;
import dev.dorm.cache.internal.redis.proof.ServerEpochs;
import dev.dorm.cache.internal.redis.proof.ServerMemory;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One process's connections to the server, as {@code Router} and {@code Pipeline} use theirs: a server is looked at on each
 * before it is believed, reads want proof, locks are held after a promotion, and what is not answered goes out twice.
 */
final class Link {

    /** How what is sent is to be taken. */
    enum How {
        PLAIN,
        /** Its replies are believed only with proof. */
        BELIEVED,
        /** It has locks, which may not count at once. */
        LOCKS
    }

    /** The one server's address. */
    private static final String ADDRESS = "server";

    private static final int TRIES = 4;

    private final int process;
    private final String client;
    private final Scheduler scheduler;
    private final Server server;
    private final Network network;
    private final ServerEpochs epochs;
    private final Map<CompletableFuture<?>, Long> arrivals = new IdentityHashMap<>();
    private final Set<Connection> looked = new HashSet<>();
    private int connections;
    private boolean dead;
    private long silentUntil;

    /** Until when nothing arrives on the usual connection; those that are made for one time work. */
    private long forgottenUntil;

    /**
     * A connection.
     *
     * @param generation of the server's connections, which end together
     * @param number 0 for the usual one; those that are made for one time are numbered
     */
    private record Connection(int generation, int number) {}

    Link(int process, Scheduler scheduler, Server server, Network network) {
        this.process = process;
        this.client = server.client(process);
        this.scheduler = scheduler;
        this.server = server;
        this.network = network;
        this.epochs = new ServerEpochs(scheduler::now);
    }

    void silence(long until, boolean all) {
        forgottenUntil = Math.max(forgottenUntil, until);
        if (all) {
            silentUntil = Math.max(silentUntil, until);
        }
    }

    void die() {
        dead = true;
    }

    long serverEpoch() {
        return epochs.count();
    }

    boolean isProven() {
        return epochs.isProven();
    }

    /** Asks for proof where it is due; nobody waits. */
    void prove() {
        ServerMemory memory = epochs.at(ADDRESS);
        if (memory != null && memory.isDue(scheduler.now())) {
            var unused = send(How.BELIEVED, who -> List.of());
        }
        epochs.lookAt(List.of(ADDRESS));
    }

    /** Asks and is answered, unless nothing arrives. */
    void proveAtOnce() {
        if (forgottenUntil <= scheduler.now() && epochs.at(ADDRESS) != null) {
            try {
                now(How.BELIEVED, who -> List.of());
            } catch (BackendException e) {
                // It stays as it is.
            }
        }
        epochs.lookAt(List.of(ADDRESS));
    }

    /** Does what costs no time: it is asked before the simulation begins, or by nobody that waits. */
    <T> T now(How how, Function<String, T> work) {
        Request<T> request = new Request<>(usual(), how, work);
        try {
            return request.look(request.take("p" + process));
        } catch (Unanswered e) {
            throw new BackendException(e.getMessage());
        }
    }

    /** Sends something; the work is told who has sent it. */
    <T> CompletableFuture<T> send(How how, Function<String, T> work) {
        return send(how, List.of(), work);
    }

    /** Sends something behind others, on the same connection; who sends it once more may overtake them. */
    <T> CompletableFuture<T> send(
            How how, Collection<? extends CompletableFuture<?>> earlier, Function<String, T> work) {
        Actor actor = Actor.current();
        long last = 0;
        for (CompletableFuture<?> each : earlier) {
            last = Math.max(last, arrivals.getOrDefault(each, 0L));
        }
        Call<T> call = new Call<>(actor == null ? "b" + process : actor.name(), how, last, work);
        call.begin(TRIES);
        arrivals.put(call.reply, call.arrival);
        var unused = call.reply.whenComplete((reply, failure) -> arrivals.remove(call.reply));
        return call.reply;
    }

    /** Takes note of a future that has the same reply as one that was sent. */
    <T> CompletableFuture<T> known(CompletableFuture<T> sent, CompletableFuture<T> same) {
        Long arrival = arrivals.get(sent);
        if (arrival != null && !same.isDone()) {
            arrivals.put(same, arrival);
            var unused = same.whenComplete((reply, failure) -> arrivals.remove(same));
        }
        return same;
    }

    private Connection usual() {
        return new Connection(server.generation(process), 0);
    }

    /** What the server answers: to the work, and to what is asked of it in front. */
    private record Answer<T>(
            T value, ReplicationInfo info, Server.@Nullable Proved proved, @Nullable BackendException refused) {}

    /** What is written to one connection. */
    private final class Request<T> {

        private final Connection connection;
        private final How how;
        private final Function<String, T> work;
        private final @Nullable ServerMemory known;
        private final ServerMemory.@Nullable Proof proof;
        private final long asked = scheduler.now();

        private Request(Connection connection, How how, Function<String, T> work) {
            this.connection = connection;
            this.how = how;
            this.work = work;
            this.known = epochs.of(connection);
            this.proof = how == How.BELIEVED ? epochs.due(known != null ? known : epochs.at(ADDRESS)) : null;
        }

        private Answer<T> take(String who) {
            if (connection.generation != server.generation(process) || !server.up()) {
                throw Unanswered.LOST;
            }
            ReplicationInfo info = server.info(process);
            Server.Proved proved = null;
            BackendException refused = null;
            try {
                proved = proof == null ? null : server.prove(process, client, proof.number());
            } catch (BackendException e) {
                refused = e;
            }
            return new Answer<>(work.apply(who), info, proved, refused);
        }

        private T look(Answer<T> answer) {
            ServerMemory there = known == null ? looked(answer.info) : known;
            if (answer.refused != null) {
                throw answer.refused;
            }
            if (proof != null && answer.proved != null) {
                there = epochs.answered(connection, ADDRESS, proof, answer.proved.info(), answer.proved.before());
            }
            if (how == How.BELIEVED && !there.isBelieved(scheduler.now())) {
                throw Unanswered.UNPROVEN;
            }
            return answer.value;
        }

        /** Those of an earlier generation have ended: whoever has another knows that. */
        private ServerMemory looked(ReplicationInfo info) {
            looked.removeIf(each -> {
                boolean ended = each.generation != server.generation(process);
                if (ended) {
                    epochs.ended(each);
                }
                return ended;
            });
            looked.add(connection);
            return epochs.looked(connection, ADDRESS, info, asked);
        }

        /** Returns for how long its locks do not count yet. */
        private long hold() {
            ServerMemory there = epochs.of(connection);
            return how == How.LOCKS && there != null ? there.locksFrom() - scheduler.now() : 0;
        }
    }

    /** Something sent, until it is answered. */
    private final class Call<T> {

        private final String who;
        private final How how;
        private final Function<String, T> work;
        private final CompletableFuture<T> reply = new CompletableFuture<>();
        private final long behind;
        private long arrival;

        private Call(String who, How how, long behind, Function<String, T> work) {
            this.who = who;
            this.how = how;
            this.behind = behind;
            this.work = work;
        }

        private void begin(int tries) {
            Try one = new Try(tries);
            one.send(usual());
            scheduler.after(Wire.TIMEOUT.dividedBy(2), () -> one.sendAgain());
            scheduler.after(Wire.TIMEOUT, () -> one.fail(new BackendException("no reply in time")));
        }

        /** It, on one connection, and then on another. */
        private final class Try {

            private final int tries;
            private boolean over;
            private boolean twice;

            private Try(int tries) {
                this.tries = tries;
            }

            private void send(Connection connection) {
                if ((connection.number == 0 ? forgottenUntil : silentUntil) > scheduler.now()) {
                    return;
                }
                Request<T> request = new Request<>(connection, how, work);
                boolean first = connection.number == 0;
                long arrives = network.send(
                        who,
                        first ? behind : 0,
                        () -> request.take(who),
                        answer -> came(request, answer),
                        failure -> failed(connection, failure));
                arrival = first ? arrives : arrival;
            }

            private void sendAgain() {
                if (!over && !twice && !dead) {
                    twice = true;
                    send(new Connection(server.generation(process), ++connections));
                }
            }

            private void came(Request<T> request, Answer<T> answer) {
                if (over || dead) {
                    return;
                }
                try {
                    T value = request.look(answer);
                    over = true;
                    after(request.hold(), () -> reply.complete(value));
                } catch (Unanswered e) {
                    over = true;
                    again();
                } catch (BackendException e) {
                    fail(e);
                }
            }

            private void again() {
                if (tries == 0) {
                    reply.completeExceptionally(new BackendException("there is no proof"));
                } else {
                    begin(tries - 1);
                }
            }

            private void after(long hold, Runnable acknowledge) {
                if (hold <= 0) {
                    acknowledge.run();
                } else {
                    scheduler.at(scheduler.now() + hold, () -> {
                        if (!dead) {
                            acknowledge.run();
                        }
                    });
                }
            }

            private void failed(Connection connection, RuntimeException failure) {
                if (connection.number != 0) {
                    fail(failure);
                } else if (!twice) {
                    if (failure == Unanswered.LOST) {
                        sendAgain();
                    } else {
                        fail(failure);
                    }
                }
            }

            private void fail(RuntimeException failure) {
                if (!over && !dead) {
                    over = true;
                    reply.completeExceptionally(
                            failure instanceof BackendException ? failure : new BackendException(failure.getMessage()));
                }
            }
        }
    }
}
