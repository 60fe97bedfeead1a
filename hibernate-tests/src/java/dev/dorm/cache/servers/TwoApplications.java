package dev.dorm.cache.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.DormSettings;
import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CachedFactory;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.hibernate.cache.spi.access.AccessType;

/**
 * What two applications saw that share a database and a server. However that server is, both start, their updates succeed, and no read
 * is stale, but within the window of the near tier.
 *
 * @param before who had hits before anything was changed
 * @param after who had hits after rows were changed
 * @param kept whether rows were served by the near tier, before anything was changed
 */
record TwoApplications(String before, String after, String kept) {

    /** A server that refuses shows it at once: this is how long a busy machine may take for the hit of one that does not. */
    static final Duration PATIENCE = Duration.ofSeconds(6);

    private static CachedFactory.Builder cached(CachedFactory.Builder builder, String location, String near) {
        return builder.cacheAll(AccessType.READ_WRITE)
                .set(DormSettings.BACKEND, "redis")
                .set(DormSettings.LOCATION, (Supplier<String>) () -> location)
                .set(DormSettings.NEAR, near)
                .set(DormSettings.TIMEOUT, "1s")
                .set("hibernate.cache.region_prefix", "near" + near);
    }

    static TwoApplications over(String location, String near, Duration patience) {
        try (CachedFactory writer =
                        cached(CachedFactory.of(Book.class), location, near).build();
                CachedFactory reader =
                        cached(writer.another(Book.class), location, near).build()) {
            writer.inTransaction(session -> session.persist(new Book(1, "0")));
            String before = hits(writer, reader, patience);
            boolean kept = !near.equals("off") && !before.equals("no") && isKept(reader, patience);
            for (int i = 1; i <= 3; i++) {
                String title = "" + i;
                writer.inTransaction(session -> session.find(Book.class, 1L).retitle(title));
                for (CachedFactory each : List.of(writer, reader)) {
                    if (near.equals("off")) {
                        assertThat(title(each)).as("a read after the commit").isEqualTo(title);
                    } else {
                        // The window of the near tier is twice the timeout.
                        within(Duration.ofSeconds(2), () -> title(each).equals(title));
                        assertThat(title(each)).as("a read after the window").isEqualTo(title);
                    }
                }
            }
            String after = hits(writer, reader, patience);
            return new TwoApplications(before, after, before.equals("no") ? "no hits" : kept ? "yes" : "no");
        }
    }

    private static String hits(CachedFactory writer, CachedFactory reader, Duration patience) {
        boolean ofWriter = within(patience, () -> isHit(writer));
        boolean ofReader = within(ofWriter ? patience : Duration.ofSeconds(1), () -> isHit(reader));
        return ofWriter && ofReader
                ? "yes"
                : ofReader ? "only of who writes nothing" : ofWriter ? "only of the writer" : "no";
    }

    private static boolean isKept(CachedFactory factory, Duration patience) {
        long before = factory.cache().statistics().getNearHits();
        return within(patience, () -> {
            title(factory);
            return factory.cache().statistics().getNearHits() > before;
        });
    }

    private static String title(CachedFactory factory) {
        return factory.fromTransaction(session -> session.find(Book.class, 1L).title());
    }

    private static boolean isHit(CachedFactory factory) {
        factory.statements().clear();
        title(factory);
        return factory.statements().all().isEmpty();
    }

    private static boolean within(Duration time, BooleanSupplier condition) {
        long end = System.nanoTime() + time.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
        }
        return true;
    }
}
