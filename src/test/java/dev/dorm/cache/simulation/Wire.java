package dev.dorm.cache.simulation;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.Layout;
import dev.dorm.cache.backend.Listener;
import dev.dorm.cache.backend.Listening;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.RowState;
import dev.dorm.cache.backend.Step;
import dev.dorm.cache.backend.StepExecutor;
import dev.dorm.cache.internal.redis.listening.Registrations;
import dev.dorm.cache.internal.redis.listening.Registrations.Question;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One process's way to the server: as a backend over a network, with connections for steps, and one for what is published. */
final class Wire implements Backend {

    static final Duration TIMEOUT = Duration.ofSeconds(1);

    /** What is sent is answered, or has failed, by then: tried again for want of proof, or held after a promotion. */
    private static final Duration LONGEST = TIMEOUT.multipliedBy(10);

    /** One master of a cluster may be busy. */
    private static final int SLOWER = 10;

    private final int process;
    private final Scheduler scheduler;
    private final Server server;
    private final Network network;
    private final Link link;
    private boolean dead;
    private long mutedUntil;
    private int questions;
    private LongSupplier held = () -> 0;

    /** What was acknowledged to each session. */
    private final Map<String, Set<Step<?>>> acknowledged = new HashMap<>();

    /** For what each session has waited at once. */
    private final Map<String, Set<Step<?>>> asked = new HashMap<>();

    /** Which locks were taken, and were told to be, that each session did not wait for at once. */
    private final Map<String, Set<Step<?>>> takenAhead = new HashMap<>();

    /** Whether what is told of tables comes to this process, too. */
    private final boolean hearsOfTables;

    /** Whether it sends behind what is under way, as on one connection. */
    private final boolean keepsOrder;

    /** Whether rows that are read together are read one by one, in any order, as on the masters of a cluster. */
    private final boolean spreads;

    Wire(
            int process,
            Scheduler scheduler,
            Server server,
            Network network,
            boolean hearsOfTables,
            boolean keepsOrder,
            boolean spreads) {
        this.spreads = spreads;
        this.keepsOrder = keepsOrder;
        this.hearsOfTables = hearsOfTables;
        this.process = process;
        this.scheduler = scheduler;
        this.server = server;
        this.network = network;
        this.link = new Link(process, scheduler, server, network);
    }

    /** Says until when its process stands still: what comes meanwhile is looked at later. */
    void heldUntil(LongSupplier until) {
        held = until;
    }

    /** Hears nothing of what is published for a while, and then all of it. */
    void mute(Duration time) {
        mutedUntil = Math.max(mutedUntil, scheduler.now() + time.toNanos());
    }

    /** Nothing that is sent arrives for a while, and nobody tells; or only not on the connections that are there. */
    void silence(Duration time, boolean all) {
        link.silence(scheduler.now() + time.toNanos(), all);
    }

    /** Ends with its process: what is under way arrives, and nobody hears the replies. */
    void die() {
        dead = true;
        link.die();
    }

    /** Returns the steps of a session whose replies have come, in time. */
    Set<Step<?>> acknowledged(String who) {
        return acknowledged.getOrDefault(who, Set.of());
    }

    /** Returns the steps that a session has waited for at once, whatever became of them. */
    Set<Step<?>> asked(String who) {
        return asked.getOrDefault(who, Set.of());
    }

    /** Returns the locks of a session that were taken while it went on, and whose replies have come. */
    Set<Step<?>> takenAhead(String who) {
        return takenAhead.getOrDefault(who, Set.of());
    }

    @Override
    public Replies execute(List<? extends Step<?>> steps) {
        return execute(steps, List.of());
    }

    private Replies execute(List<? extends Step<?>> steps, Collection<? extends CompletableFuture<?>> earlier) {
        Actor actor = Actor.current();
        if (actor == null) {
            return link.now(how(steps), who -> server.take(process, who, steps));
        }
        if (actor.killed()) {
            actor.park();
        }
        asked.computeIfAbsent(actor.name(), name -> new HashSet<>()).addAll(steps);
        CompletableFuture<Replies> reply = send(steps, earlier);
        var unused = reply.whenComplete((replies, failure) -> scheduler.wake(actor));
        if (!scheduler.await(reply::isDone, scheduler.now() + LONGEST.toNanos())) {
            throw new IllegalStateException("neither a reply nor a failure within " + LONGEST.toMillis() + " ms");
        }
        try {
            Replies replies = reply.join();
            acknowledged.computeIfAbsent(actor.name(), name -> new HashSet<>()).addAll(steps);
            return replies;
        } catch (CompletionException e) {
            throw e.getCause() instanceof BackendException failure ? failure : e;
        }
    }

    @Override
    public CompletableFuture<Replies> executeAsync(List<? extends Step<?>> steps) {
        return executeAsync(steps, List.of());
    }

    private CompletableFuture<Replies> executeAsync(
            List<? extends Step<?>> steps, Collection<? extends CompletableFuture<?>> earlier) {
        Actor actor = Actor.current();
        CompletableFuture<Replies> reply = send(steps, earlier);
        if (actor == null) {
            return reply;
        }
        return link.known(reply, reply.whenComplete((replies, failure) -> {
            if (replies != null) {
                steps.stream().filter(step -> Judge.isTaken(step, replies)).forEach(step -> takenAhead
                        .computeIfAbsent(actor.name(), name -> new HashSet<>())
                        .add(step));
            }
        }));
    }

    /** One connection keeps the order; in other histories whoever must not overtake waits. */
    @Override
    public @Nullable StepExecutor behind(Collection<? extends CompletableFuture<Replies>> earlier) {
        if (!keepsOrder) {
            return null;
        }
        return new StepExecutor() {
            @Override
            public CompletableFuture<Replies> executeAsync(List<? extends Step<?>> steps) {
                return Wire.this.executeAsync(steps, earlier);
            }

            @Override
            public Replies execute(List<? extends Step<?>> steps) {
                return Wire.this.execute(steps, earlier);
            }
        };
    }

    @Override
    public Layout layout() {
        return spreads ? new Layout(1, true) : Layout.UNDIVIDED;
    }

    private CompletableFuture<Replies> send(
            List<? extends Step<?>> steps, Collection<? extends CompletableFuture<?>> earlier) {
        return spreads
                        && steps.size() == 1
                        && steps.get(0) instanceof Step.ReadRows read
                        && read.rows().size() > 1
                ? sendEach(read, earlier)
                : sendTogether(steps, earlier);
    }

    private CompletableFuture<Replies> sendEach(
            Step.ReadRows read, Collection<? extends CompletableFuture<?>> earlier) {
        CompletableFuture<List<RowState>> all = CompletableFuture.completedFuture(List.of());
        for (Row row : read.rows()) {
            Step.ReadRows one = new Step.ReadRows(List.of(row));
            CompletableFuture<Replies> reply = new CompletableFuture<>();
            scheduler.after(network.latency().multipliedBy(SLOWER), () -> {
                var unused = sendTogether(List.of(one), earlier).whenComplete((replies, failure) -> {
                    if (failure == null) {
                        reply.complete(replies);
                    } else {
                        reply.completeExceptionally(failure);
                    }
                });
            });
            all = all.thenCombine(reply, (states, replies) -> Stream.concat(states.stream(), replies.of(one).stream())
                    .toList());
        }
        return all.thenApply(states -> new Replies(List.of(read), List.of(states)));
    }

    private CompletableFuture<Replies> sendTogether(
            List<? extends Step<?>> steps, Collection<? extends CompletableFuture<?>> earlier) {
        long sent = scheduler.now();
        return link.send(how(steps), earlier, who -> {
            Replies replies = server.take(process, who, steps);
            if (scheduler.now() - sent > TIMEOUT.multipliedBy(2).toNanos()) {
                steps.forEach(step -> server.tookLate(who, step, replies));
            }
            return replies;
        });
    }

    private static Link.How how(List<? extends Step<?>> steps) {
        if (steps.stream().allMatch(Step.Read.class::isInstance)
                || steps.stream().allMatch(Step.Renew.class::isInstance)) {
            return Link.How.BELIEVED;
        }
        return steps.stream().anyMatch(Step.Lock.class::isInstance) ? Link.How.LOCKS : Link.How.PLAIN;
    }

    @Override
    public long serverEpoch() {
        return link.serverEpoch();
    }

    /** Has the proof that it would have, if what is done all the time were not done more rarely here. */
    void proveAtOnce() {
        link.proveAtOnce();
    }

    @Override
    public boolean isProven() {
        return link.isProven();
    }

    @Override
    public CompletableFuture<Map<String, byte[]>> getManyAsync(Collection<String> keys) {
        return link.send(Link.How.BELIEVED, who -> server.read(process, List.copyOf(keys)));
    }

    @Override
    public Listening listen(Listener listener) {
        return new Subscription(listener);
    }

    /** A connection on which messages and answers come in the order in which the server sent them. */
    private final class Subscription implements Listening {

        private final Listener listener;
        private final Consumer<String> ear = this::published;
        private Registrations registrations;
        private int connection;
        private long lastArrival;
        private boolean closed;

        private Subscription(Listener listener) {
            this.listener = listener;
            this.registrations = new Registrations(listener);
        }

        private void published(String key) {
            if (key.startsWith("dormclk") && !hearsOfTables) {
                return;
            }
            int on = connection;
            arrive(() -> {
                if (on == server.generation(process) && !closed && !dead) {
                    listener.changed(key);
                }
            });
        }

        /** In order: none overtakes another. */
        private void arrive(Runnable work) {
            long now = Math.max(scheduler.now(), mutedUntil);
            lastArrival = Math.max(lastArrival + 1, now + network.latency().toNanos());
            scheduler.at(lastArrival, () -> lookAt(work));
        }

        private void lookAt(Runnable message) {
            if (held.getAsLong() > scheduler.now()) {
                scheduler.at(held.getAsLong(), () -> lookAt(message));
            } else {
                message.run();
            }
        }

        @Override
        public CompletableFuture<Set<String>> beat(Collection<String> channels) {
            link.prove();
            if (closed || !server.up()) {
                return CompletableFuture.failedFuture(new BackendException("not listening"));
            }
            if (connection != server.generation(process)) {
                server.unsubscribe(ear);
                listener.lost();
                connection = server.generation(process);
                registrations = new Registrations(listener);
                server.subscribe(process, ear);
                return CompletableFuture.failedFuture(new BackendException("not listening yet"));
            }
            CompletableFuture<@Nullable Void> pong = new CompletableFuture<>();
            int on = connection;
            scheduler.at(
                    Math.max(
                            server.reachedAt(),
                            scheduler.now() + network.latency().toNanos()),
                    () -> {
                        if (on == server.generation(process)) {
                            arrive(() -> {
                                if (!dead) {
                                    pong.complete(null);
                                }
                            });
                        } else {
                            listener.lost();
                            pong.completeExceptionally(new BackendException("the connection was lost"));
                        }
                    });
            Registrations here = registrations;
            Question question = here.ask(channels, scheduler.now());
            return names(question, on).thenCombine(pong, (names, arrived) -> here.answered(question, names));
        }

        /** Asks beside the messages: which of the two is there first nobody knows. */
        private CompletableFuture<Map<String, String>> names(Question question, int on) {
            CompletableFuture<Map<String, String>> answer = new CompletableFuture<>();
            String token = "p" + process + "n" + ++questions;
            network.send(
                    "n" + process,
                    () -> {
                        if (on != server.generation(process) || !server.up()) {
                            throw Unanswered.LOST;
                        }
                        return server.registrations(process, token, question);
                    },
                    names -> lookAt(() -> {
                        if (!dead) {
                            answer.complete(names);
                        }
                    }),
                    answer::completeExceptionally);
            scheduler.after(TIMEOUT, () -> answer.completeExceptionally(new BackendException("no answer in time")));
            return answer;
        }

        @Override
        public void close() {
            closed = true;
            server.unsubscribe(ear);
        }
    }

    @Override
    public CompletableFuture<@Nullable Void> setAsync(String key, byte[] value, Duration timeout) {
        return refused();
    }

    @Override
    public CompletableFuture<Boolean> deleteAsync(String key) {
        return refused();
    }

    @Override
    public CompletableFuture<Long> deletePatternAsync(String pattern) {
        return refused();
    }

    private static <T> CompletableFuture<T> refused() {
        throw new UnsupportedOperationException("the protocol does not do it");
    }

    @Override
    public Duration defaultTimeout() {
        return Duration.ofMinutes(5);
    }

    @Override
    public Duration callTimeout() {
        return TIMEOUT;
    }

    @Override
    public void close() {}
}
