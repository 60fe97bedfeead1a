package dev.dorm.cache.internal.locmem.holding;

import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.dorm.cache.backend.Namespace;
import dev.dorm.cache.backend.NamespaceStatistics;
import dev.dorm.cache.backend.Shard;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a store holds of each namespace that is asked for. Entries are counted when that is asked, so that nothing is paid for it
 * where entries come and go. Thread-safe.
 */
public final class Holdings {

    private final Entries store;
    private final Map<Set<String>, Tally> tallies = new ConcurrentHashMap<>();
    private final Map<String, Tally> byPrefix = new ConcurrentHashMap<>();

    /** Where the entries are. */
    public interface Entries {

        /** Returns the keys from one on, in their order. */
        Iterable<String> keysFrom(String first);

        /** Returns whether an entry is there under a key, which does not count as a use of it. */
        boolean holds(String key);
    }

    public Holdings(Entries store) {
        this.store = store;
    }

    /** Returns what is held of a namespace; what leaves is counted from now on. */
    public NamespaceStatistics of(Namespace namespace) {
        Set<String> prefixes =
                namespace.shards().stream().flatMap(Holdings::prefixes).collect(Collectors.toUnmodifiableSet());
        return tallies.computeIfAbsent(prefixes, all -> {
            Tally tally = new Tally(all);
            all.forEach(prefix -> byPrefix.put(prefix, tally));
            return tally;
        });
    }

    private static Stream<String> prefixes(Shard shard) {
        String results = shard.resultPrefix();
        return Stream.of(shard.rowPrefix(), results.substring(0, results.length() - 1));
    }

    /** Says that an entry has left by itself. */
    public void left(String key, RemovalCause cause) {
        Tally of = owner(key);
        if (of != null) {
            (cause == RemovalCause.EXPIRED ? of.expired : of.evicted).increment();
        }
    }

    /** The namespace of a role begins with that of its region: the longest that is known counts. */
    private @Nullable Tally owner(String key) {
        Tally longest = null;
        for (int colon = key.indexOf(':'); colon >= 0; colon = key.indexOf(':', colon + 1)) {
            Tally known = byPrefix.get(key.substring(0, colon + 1));
            longest = known == null ? longest : known;
        }
        return longest;
    }

    private final class Tally implements NamespaceStatistics {

        private final Set<String> prefixes;
        private final LongAdder evicted = new LongAdder();
        private final LongAdder expired = new LongAdder();

        Tally(Set<String> prefixes) {
            this.prefixes = prefixes;
        }

        @Override
        public long entries() {
            return prefixes.stream().mapToLong(this::entries).sum();
        }

        private long entries(String prefix) {
            long count = 0;
            for (String key : store.keysFrom(prefix)) {
                if (!key.startsWith(prefix)) {
                    break;
                }
                if (store.holds(key) && owner(key) == this) {
                    count++;
                }
            }
            return count;
        }

        @Override
        public long evicted() {
            return evicted.sum();
        }

        @Override
        public long expired() {
            return expired.sum();
        }
    }
}
