package dev.dorm.cache.internal.redis;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Looks the names of hosts up. Of sentinels and of a cluster's nodes Redisson does not say that it has found none. */
final class Hosts {

    private Hosts() {}

    /** Returns the first name that nobody knows, or null when each is known, or not looked up within a time. */
    static @Nullable String unknown(List<String> names, Duration bound) {
        CompletableFuture<@Nullable String> found = new CompletableFuture<>();
        Thread thread = new Thread(() -> found.complete(firstUnknown(names)), "dorm-redis-hosts");
        thread.setDaemon(true);
        thread.start();
        try {
            return found.get(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static @Nullable String firstUnknown(List<String> names) {
        for (String name : names) {
            try {
                var unused = InetAddress.getByName(name);
            } catch (UnknownHostException e) {
                return name;
            }
        }
        return null;
    }
}
