package dev.dorm.cache.internal.redis.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import dev.dorm.cache.internal.redis.proof.ReplicationInfo;
import dev.dorm.cache.internal.redis.proof.ServerEpochs;
import dev.dorm.cache.internal.redis.proof.ServerMemory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisNoScriptException;
import org.redisson.client.RedisRedirectException;

/**
 * The question for {@link ServerMemory proof} that travels in front of reads, on one connection.
 *
 * @param proof what is asked
 * @param key where the server keeps it
 * @param load whether the server may not know the script yet
 */
record Proving(ServerMemory.Proof proof, String key, boolean load) {

    /** Longer than any row lives by default: under {@code volatile-ttl} the keys that end first are evicted first. */
    private static final Duration KEPT = Duration.ofHours(1);

    /** What was answered on a connection to the question, and to those beside it. */
    interface Answer {

        /** Returns the connection. */
        Object connection();

        /** Returns the answer to the question, or how it failed; the failure is that of all that was sent. */
        @Nullable
        Object proof(@Nullable Throwable failure);

        /** Returns what the server was said to be before and behind the question; null where its answer tells that. */
        @Nullable
        ReplicationInfo saidAround(@Nullable Throwable failure);
    }

    /** There was no proof when the replies came: the reads are to be sent again, behind another question. */
    static final class Missing extends RuntimeException {

        private static final long serialVersionUID = 1;

        Missing(String message) {
            super(message, null, false, false);
        }
    }

    /** Returns what to ask, in front of a read of some key, or null when there is proof enough. */
    static @Nullable Proving due(ServerEpochs epochs, Server server, @Nullable ServerMemory known, String route) {
        ServerMemory memory = known != null ? known : epochs.at(server.address());
        ServerMemory.Proof proof = epochs.due(memory);
        if (proof == null) {
            return null;
        }
        String key = memory == null ? null : memory.proofKey();
        boolean load = memory == null || !memory.hasScript();
        return new Proving(proof, key == null ? epochs.proofKey(route) : key, load);
    }

    RedisCommandCall call() {
        return RedisCommandCall.run(Script.PROVE, List.of(key), proof.number(), KEPT.toMillis(), "");
    }

    RedisCommandCall loading() {
        return RedisCommandCall.load(Script.PROVE, key);
    }

    /**
     * Takes note of an answer.
     *
     * @param memory what was known at the end of the connection
     * @param there a key that is on this server, if one is known
     * @param sent what was sent
     * @param failed how it failed, or null
     * @return what is known there now
     * @throws Missing when another question may be answered
     */
    ServerMemory answered(
            ServerEpochs epochs,
            Server server,
            ServerMemory memory,
            @Nullable String there,
            Answer sent,
            @Nullable Throwable failed) {
        Object answer = sent.proof(failed);
        if (answer instanceof RedisCommandCall.Refused) {
            throw new Missing("the server refuses what proof was asked for by");
        }
        if (answer instanceof RedisNoScriptException) {
            memory.hasScript(false);
            throw new Missing("the server has forgotten its scripts");
        }
        if (answer instanceof RedisRedirectException) {
            memory.proofKey(there == null ? null : epochs.proofKey(there));
            throw new Missing("a slot was moved");
        }
        if (answer instanceof Throwable failure) {
            throw new CompletionException(failure);
        }
        List<?> reply = (List<?>) requireNonNull(answer);
        ReplicationInfo said = sent.saidAround(failed);
        if (said == null) {
            boolean replica = Long.valueOf(1).equals(reply.get(1));
            said = new ReplicationInfo(text(reply.get(0)), replica, true);
        }
        ServerMemory now =
                epochs.answered(sent.connection(), server.address(), proof, said, Long.parseLong(text(reply.get(2))));
        now.hasScript(true);
        now.proofKey(key);
        return now;
    }

    private static String text(@Nullable Object bytes) {
        return new String((byte[]) requireNonNull(bytes), ISO_8859_1);
    }
}
