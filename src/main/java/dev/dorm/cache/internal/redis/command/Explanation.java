package dev.dorm.cache.internal.redis.command;

import dev.dorm.cache.backend.BackendException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisException;
import org.redisson.client.RedisMovedException;
import org.redisson.client.RedisOutOfMemoryException;
import org.redisson.client.RedisReconnectedException;
import org.redisson.client.RedisTimeoutException;

/**
 * Says why a call has failed, and what to do. Redisson wraps what Redis and the network say in exceptions of its own,
 * which tell no more than that there is no connection: the cause is looked for in all that a failure holds.
 */
final class Explanation {

    private static final String CLOSED = "the server has closed the connection";
    private static final int MOST = 32;

    /** What Redisson adds to what Redis said: connections and parameters, which tell nobody anything. */
    private static final Pattern ADDED = Pattern.compile(
            "[.,;]? *(channel|command|data|Command): .*|, with args beginning with: .*", Pattern.DOTALL);

    /** Where in which script Redis refused a command: as many places as there are scripts, and one cause. */
    private static final Pattern PLACE = Pattern.compile(
            "^.*@user_script: ?\\d+: ?-?|[.,;]? *script: [0-9a-f]{40}, on @user_script:\\d+\\.?", Pattern.DOTALL);

    private static final Pattern BOUND = Pattern.compile("(\\d+) ms");

    private Explanation() {}

    /** Returns what a failure tells, or null when it tells only that nothing came in time, or that there is no connection. */
    static @Nullable String told(Throwable failure) {
        for (Throwable each : all(failure)) {
            String told = toldBy(each);
            if (told != null) {
                return told;
            }
        }
        return null;
    }

    /** Returns what is known when a failure tells nothing. */
    static String guess(Throwable failure) {
        for (Throwable each : all(failure)) {
            if (each instanceof BackendException known) {
                return String.valueOf(known.getMessage());
            }
            if (closed(each)) {
                return CLOSED;
            }
        }
        for (Throwable each : all(failure)) {
            if (each instanceof RedisTimeoutException) {
                return late(said(each));
            }
        }
        return failure.getClass().getSimpleName() + ": " + said(failure);
    }

    private static @Nullable String toldBy(Throwable each) {
        if (each instanceof BackendException known) {
            return ownWords(known);
        }
        String said = said(each);
        if (each instanceof RedisOutOfMemoryException) {
            return advised("OOM " + anywhere(said), ErrorCode.OOM);
        }
        if (each instanceof RedisMovedException) {
            return advised("MOVED", ErrorCode.MOVED);
        }
        if (each instanceof InterruptedException) {
            return "interrupted while waiting for Redis";
        }
        if (each instanceof UnknownHostException) {
            return "unknown host: " + said + "; correct the host's name in the location, or the name server";
        }
        if (each instanceof ConnectException || each instanceof NoRouteToHostException) {
            return "no connection: " + said + "; is Redis up, and are host and port in the location right?";
        }
        if (each instanceof SSLException) {
            return tls(each, said);
        }
        return each instanceof RedisException ? refusal(said) : null;
    }

    /** Returns what was found out by ourselves, other than that nothing came in time. */
    private static @Nullable String ownWords(BackendException known) {
        return known.getCause() == null ? known.getMessage() : null;
    }

    private static @Nullable String refusal(String said) {
        ErrorCode code = ErrorCode.in(said);
        if (code != null) {
            return advised(anywhere(said), code);
        }
        if (said.contains("can't run this command")) {
            return advised("NOPERM " + anywhere(said) + ScriptLine.command(said), ErrorCode.NOPERM);
        }
        return said.startsWith("ERR ") ? said : null;
    }

    private static @Nullable String tls(Throwable failure, String said) {
        if (said.matches("(?i).*(timed out|closed).*")) {
            return null;
        }
        if (failure.getClass().getSimpleName().equals("NotSslRecordException")
                || said.contains("not an SSL/TLS record")) {
            return "TLS: the server does not speak it here; use redis:// in the location, or the port for TLS";
        }
        String cause = deepest(failure);
        if (cause.contains("subject alternative") || cause.contains("No name matching")) {
            return "TLS: the certificate is for another host: " + cause + "; use a name in the location that it has";
        }
        if (cause.matches("(?s).*(certification path|trust anchor|PKIX).*")) {
            return "TLS: the server's certificate is not trusted: " + cause
                    + "; name its authority by options.sslTruststore";
        }
        return "TLS: " + cause;
    }

    private static String deepest(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() instanceof Exception cause && cause != deepest && cause.getMessage() != null) {
            deepest = cause;
        }
        return said(deepest);
    }

    private static boolean closed(Throwable each) {
        String said = String.valueOf(each.getMessage());
        return each instanceof ClosedChannelException
                || each instanceof RedisReconnectedException
                || (each instanceof IOException && said.matches("(?i).*(reset|broken pipe|closed|aborted).*"))
                || (each instanceof RedisException
                        && said.matches("(?is).*(channel has been closed|connection to .* was lost).*"));
    }

    private static String late(String said) {
        Matcher bound = BOUND.matcher(said);
        return said.startsWith("no reply")
                ? said
                : "no reply" + (bound.find() ? " within " + bound.group() : " in time");
    }

    /** Returns what Redis said, without the place where it did. */
    private static String anywhere(String said) {
        return PLACE.matcher(said).replaceAll("");
    }

    private static String advised(String said, ErrorCode code) {
        return said.replaceFirst("\\.$", "") + "; " + code.advice();
    }

    /** Returns a failure's words, without what Redisson adds to them. */
    private static String said(Throwable each) {
        return ADDED.matcher(String.valueOf(each.getMessage())).replaceFirst("").strip();
    }

    /** Returns a failure, its causes and what was suppressed, from the outermost on. */
    private static List<Throwable> all(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Throwable> all = new ArrayList<>();
        all.add(failure);
        seen.add(failure);
        for (int i = 0; i < all.size() && all.size() < MOST; i++) {
            Throwable each = all.get(i);
            if (each.getCause() != null && seen.add(each.getCause())) {
                all.add(each.getCause());
            }
            for (Throwable suppressed : each.getSuppressed()) {
                if (seen.add(suppressed)) {
                    all.add(suppressed);
                }
            }
        }
        return all;
    }
}
