package dev.dorm.cache.internal.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dorm.cache.internal.redis.command.RedisCommandCall;
import dev.dorm.cache.internal.redis.command.Router;
import dev.dorm.cache.internal.redis.command.Sending;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.protocol.RedisCommand;
import org.redisson.command.CommandAsyncExecutor;
import org.redisson.connection.MasterSlaveEntry;

/** Deletes by pattern, page by page, on one master after the other: SCAN never blocks a server, nor does UNLINK. */
final class PatternDeletion {

    private static final RedisCommand<Object> SCAN = new RedisCommand<>("SCAN");
    private static final int PAGE = 1000;

    private final CommandAsyncExecutor executor;
    private final Router router;
    private final String pattern;

    PatternDeletion(CommandAsyncExecutor executor, Router router, String pattern) {
        this.executor = executor;
        this.router = router;
        this.pattern = pattern;
    }

    /** Returns how many keys were deleted. */
    CompletableFuture<Long> run() {
        return masters(executor.getConnectionManager().getEntrySet().iterator(), 0);
    }

    private CompletableFuture<Long> masters(Iterator<MasterSlaveEntry> masters, long deleted) {
        if (!masters.hasNext()) {
            return CompletableFuture.completedFuture(deleted);
        }
        return pages(masters.next(), "0", deleted).thenCompose(sum -> masters(masters, sum));
    }

    private CompletableFuture<Long> pages(MasterSlaveEntry master, String cursor, long deleted) {
        return executor.<Object, List<?>>writeAsync(
                        master, ByteArrayCodec.INSTANCE, SCAN, cursor, "MATCH", pattern, "COUNT", PAGE)
                .toCompletableFuture()
                .thenCompose(page -> {
                    String next = new String((byte[]) page.get(0), ISO_8859_1);
                    return unlink((List<?>) page.get(1)).thenCompose(count -> {
                        long sum = deleted + count;
                        return next.equals("0") ? CompletableFuture.completedFuture(sum) : pages(master, next, sum);
                    });
                });
    }

    private CompletableFuture<Long> unlink(List<?> keys) {
        Map<Integer, List<String>> bySlot = new TreeMap<>();
        for (Object each : keys) {
            String key = new String((byte[]) each, UTF_8);
            bySlot.computeIfAbsent(router.slots().applyAsInt(key), slot -> new ArrayList<>())
                    .add(key);
        }
        if (bySlot.isEmpty()) {
            return CompletableFuture.completedFuture(0L);
        }
        return router.send(
                        bySlot.values().stream().map(RedisCommandCall::unlink).toList(), Sending.PLAIN)
                .thenApply(PatternDeletion::sum);
    }

    private static long sum(List<@Nullable Object> counts) {
        return counts.stream()
                .mapToLong(each -> each instanceof Long count ? count : 0)
                .sum();
    }
}
