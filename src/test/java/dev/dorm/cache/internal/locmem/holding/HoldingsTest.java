package dev.dorm.cache.internal.locmem.holding;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.dorm.cache.backend.Keys;
import dev.dorm.cache.backend.Layout;
import dev.dorm.cache.backend.Namespace;
import dev.dorm.cache.backend.NamespaceStatistics;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class HoldingsTest {

    private static final Namespace REGION = Layout.UNDIVIDED.namespace(Keys.namespace("hot"));
    private static final Namespace ROLE = Layout.UNDIVIDED.namespace(Keys.namespace("hot", "Book"));
    private static final Namespace OTHER = Layout.UNDIVIDED.namespace(Keys.namespace("hot-list"));

    private final TreeSet<String> keys = new TreeSet<>();
    private final Set<String> locks = new HashSet<>();
    private final Holdings holdings = new Holdings(new Holdings.Entries() {
        @Override
        public Iterable<String> keysFrom(String first) {
            return keys.tailSet(first);
        }

        @Override
        public boolean holds(String key) {
            return !locks.contains(key);
        }
    });

    @Test
    void entriesAreCountedByNamespace() {
        NamespaceStatistics region = holdings.of(REGION);
        NamespaceStatistics role = holdings.of(ROLE);
        NamespaceStatistics other = holdings.of(OTHER);
        keys.addAll(Set.of(
                REGION.row("1").key(),
                REGION.row("a:b").key(),
                ROLE.row("1").key(),
                OTHER.shards().get(0).resultKey(17, "abc"),
                OTHER.shards().get(0).versionKey()));
        assertThat(region.entries()).isEqualTo(2);
        assertThat(role.entries()).isEqualTo(1);
        assertThat(other.entries()).isEqualTo(1);
        locks.add(ROLE.row("1").key());
        assertThat(role.entries()).as("a lock is no entry").isZero();
    }

    @Test
    void whatLeavesByItselfIsCountedByReason() {
        NamespaceStatistics region = holdings.of(REGION);
        NamespaceStatistics role = holdings.of(ROLE);
        holdings.left(REGION.row("1").key(), RemovalCause.SIZE);
        holdings.left(REGION.shards().get(0).resultKey(17, "abc"), RemovalCause.EXPIRED);
        holdings.left(ROLE.row("1").key(), RemovalCause.EXPIRED);
        holdings.left(OTHER.row("1").key(), RemovalCause.SIZE);
        assertThat(region.evicted()).isEqualTo(1);
        assertThat(region.expired()).isEqualTo(1);
        assertThat(role.evicted()).isZero();
        assertThat(role.expired()).isEqualTo(1);
        assertThat(holdings.of(REGION)).as("it is asked for anew").isSameAs(region);
    }
}
