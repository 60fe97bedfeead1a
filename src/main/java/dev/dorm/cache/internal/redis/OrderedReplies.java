package dev.dorm.cache.internal.redis;

import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.internal.redis.command.Sending;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Replies that are awaited, and behind what others may be sent. */
final class OrderedReplies extends CompletableFuture<Replies> {

    private final Sending.Order order;

    OrderedReplies(Sending.Order order, CompletableFuture<Replies> replies) {
        this.order = order;
        var unused = replies.whenComplete((value, failure) -> {
            order.end();
            if (failure == null) {
                complete(value);
            } else {
                completeExceptionally(failure);
            }
        });
    }

    /** Returns the orders of calls that are not answered; null when one of them is not of this backend. */
    static @Nullable List<Sending.Order> orders(Collection<? extends CompletableFuture<Replies>> earlier) {
        List<Sending.Order> orders = new ArrayList<>(earlier.size());
        for (CompletableFuture<Replies> each : earlier) {
            if (each.isDone()) {
                continue;
            }
            if (!(each instanceof OrderedReplies ordered)) {
                return null;
            }
            orders.add(ordered.order);
        }
        return orders;
    }
}
