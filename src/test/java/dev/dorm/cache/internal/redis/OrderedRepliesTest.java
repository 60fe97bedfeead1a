package dev.dorm.cache.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dorm.cache.backend.BackendException;
import dev.dorm.cache.backend.Replies;
import dev.dorm.cache.internal.redis.command.Sending.Order;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is kept of calls behind which others are sent. */
class OrderedRepliesTest {

    private final CompletableFuture<Replies> coming = new CompletableFuture<>();

    /** Or one row that is written again and again would hold all that was ever sent for it. */
    @Test
    void whatIsAnsweredHoldsNothingOfBefore() {
        Order before = new Order(List.of());
        WeakReference<Order> held = new WeakReference<>(before);
        OrderedReplies replies = new OrderedReplies(new Order(List.of(before)), coming);
        before = null;
        coming.complete(new Replies(List.of(), List.of()));
        await().until(() -> {
            System.gc();
            return held.get() == null;
        });
        assertThat(replies).isCompleted();
    }

    @Test
    void onlyWhatIsUnderWayHasAnOrder() {
        OrderedReplies replies = new OrderedReplies(new Order(List.of()), coming);
        assertThat(OrderedReplies.orders(List.of(replies))).hasSize(1);
        coming.completeExceptionally(new BackendException("lost"));
        assertThat(replies).isCompletedExceptionally();
        assertThat(OrderedReplies.orders(List.of(replies))).isEmpty();
    }
}
