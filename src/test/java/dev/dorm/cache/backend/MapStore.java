package dev.dorm.cache.backend;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The smallest store: a map under one lock. It lives as long as the map that is handed in. */
final class MapStore implements TransactionalStore {

    /** What stands under a key until a moment, in microseconds. */
    record Value(byte[] bytes, long until) {}

    private final Map<String, Value> values;
    private boolean closed;

    MapStore(Map<String, Value> values) {
        this.values = values;
    }

    @Override
    public <T extends @Nullable Object> T transact(Access access, Function<Transaction, T> work) {
        synchronized (values) {
            if (closed) {
                throw new BackendException("closed");
            }
            Map<String, Value> before = new HashMap<>(values);
            try {
                return work.apply(new Whole(access.keys()));
            } catch (RuntimeException e) {
                values.clear();
                values.putAll(before);
                throw e;
            }
        }
    }

    @Override
    public Collection<String> keys(String prefix) {
        synchronized (values) {
            return values.keySet().stream()
                    .filter(key -> key.startsWith(prefix))
                    .toList();
        }
    }

    @Override
    public void close() {
        synchronized (values) {
            closed = true;
        }
    }

    private final class Whole implements Transaction {

        private final Set<String> keys;

        Whole(Set<String> keys) {
            this.keys = keys;
        }

        /** A store may fetch the keys at once, so no other may be asked for. */
        private void check(String key) {
            if (!keys.contains(key)) {
                throw new AssertionError("not announced: " + key);
            }
        }

        @Override
        public byte @Nullable [] get(String key) {
            check(key);
            values.computeIfPresent(key, (name, value) -> value.until < micros() ? null : value);
            Value value = values.get(key);
            return value == null ? null : value.bytes.clone();
        }

        @Override
        public void put(String key, byte[] value, Duration timeout) {
            check(key);
            long until = timeout.isZero() ? Long.MAX_VALUE : micros() + timeout.toNanos() / 1000;
            values.put(key, new Value(value, until));
        }

        @Override
        public boolean remove(String key) {
            return get(key) != null && values.remove(key) != null;
        }

        @Override
        public long micros() {
            return MapStoreTest.START + System.nanoTime() / 1000;
        }
    }
}
