package dev.dorm.cache.internal.redis.login;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.redisson.config.Credentials;
import org.redisson.config.CredentialsResolver;

/**
 * What the application's resolver of credentials says, with a memory of the latest passwords, which must not be told. Redisson asks it
 * for each new connection, and for each open one when the credentials have changed. Thread-safe.
 */
final class Logins implements CredentialsResolver {

    /** A message may tell a password for as long as somebody still waits for the connection that was made with it. */
    private static final int REMEMBERED = 16;

    private final CredentialsResolver given;

    /** The latest passwords, each with the number of renewals that there had been when it was asked for. */
    private final Map<String, Integer> passwords = new LinkedHashMap<>();

    /** How many connections are open: Redisson would log in for those of a client that is closed, and say that it cannot. */
    private final AtomicInteger open = new AtomicInteger();

    private @Nullable CompletionStage<Void> watched;
    private int renewals;

    Logins(CredentialsResolver given) {
        this.given = given;
    }

    @Override
    public CompletionStage<Credentials> resolve(@Nullable InetSocketAddress address) {
        try {
            int seen = renewals(given.nextRenewal());
            return given.resolve(address).thenApply(credentials -> remembered(credentials, seen));
        } catch (RuntimeException e) {
            // Redisson would wait for the connection for ever.
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public CompletionStage<Void> nextRenewal() {
        CompletionStage<Void> next;
        try {
            next = given.nextRenewal();
            renewals(next);
        } catch (RuntimeException e) {
            // It asks just before it hands the connection out, and would never do that.
            return CompletableFuture.failedFuture(e);
        }
        CompletableFuture<Void> told = new CompletableFuture<>();
        var unused = next.whenComplete((renewed, failure) -> {
            if (open.get() == 0) {
                return;
            }
            if (failure == null) {
                told.complete(null);
            } else {
                told.completeExceptionally(failure);
            }
        });
        return told;
    }

    void opened() {
        open.incrementAndGet();
    }

    void closed() {
        open.decrementAndGet();
    }

    /** Returns whether there is a renewal since a password was asked for. */
    synchronized boolean isRenewedSince(String password) {
        Integer asked = passwords.get(password);
        return asked != null && asked < renewals;
    }

    /** Counts what is yet to come, and returns how many renewals there have been. */
    private synchronized int renewals(CompletionStage<Void> next) {
        if (next != watched) {
            watched = next;
            var unused = next.thenRun(this::renewed);
        }
        return renewals;
    }

    private synchronized void renewed() {
        renewals++;
    }

    private synchronized Credentials remembered(Credentials credentials, int seen) {
        String password = credentials.getPassword();
        if (password != null) {
            passwords.remove(password);
            passwords.put(password, seen);
            if (passwords.size() > REMEMBERED) {
                passwords.remove(passwords.keySet().iterator().next());
            }
        }
        return credentials;
    }

    /** Returns the latest passwords. */
    synchronized List<String> passwords() {
        return List.copyOf(passwords.keySet());
    }

    @Override
    public String toString() {
        return "Logins[***]";
    }
}
