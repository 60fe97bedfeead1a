package dev.dorm.cache.exploration;

import static dev.dorm.cache.exploration.RowScope.Kind.ANEW;
import static dev.dorm.cache.exploration.RowScope.Kind.BULK;
import static dev.dorm.cache.exploration.RowScope.Kind.DEL;
import static dev.dorm.cache.exploration.RowScope.Kind.UPD;
import static dev.dorm.cache.exploration.RowScope.reads;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.internal.live.LiveShard;
import dev.dorm.cache.internal.locmem.VirtualLocMem;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Session factories that share a store in their process, and are served what stands there without a step. */
class LiveInterleavingsTest {

    static Stream<RowScope> scopes() {
        // The first reading of an entry puts it, the second decodes it, and the third is served without a step.
        return Stream.of(
                RowScope.of(List.of(UPD, UPD), reads(0, 3)).rollingBack(),
                RowScope.of(List.of(UPD, DEL), reads(0, 3)),
                RowScope.of(List.of(UPD, BULK), reads(0, 3)),
                RowScope.of(List.of(UPD), reads(0, 2), reads(0, 2)),
                RowScope.of(List.of(UPD), reads(0, 2), reads(1, 2)),
                RowScope.of(List.of(BULK), reads(0, 3)).flushing(),
                RowScope.of(List.of(UPD), reads(0, 3)).losing(),
                RowScope.of(List.of(BULK), reads(0, 3)).losing(),
                RowScope.of(List.of(ANEW), reads(0, 3)),
                RowScope.of(List.of(UPD), reads(0, 3)).repeating(1),
                RowScope.of(List.of(BULK), reads(0, 3)).waiting());
    }

    @ParameterizedTest
    @MethodSource("scopes")
    void noInterleavingShowsAStaleRow(RowScope scope) {
        assertThat(explore(scope, UnaryOperator.identity())).isNull();
    }

    /** Serves what was once made, without asking whether it stands. */
    private record Unasked(LiveShard real, Map<Object, Object> made) implements LiveShard {

        @Override
        public @Nullable Object get(String key, Object owner) {
            return made.get(owner);
        }

        @Override
        public void put(String key, byte[] bytes, Made of) {
            made.put(of.owner(), of.value());
            real.put(key, bytes, of);
        }
    }

    @Test
    void anExplorationMissesTheStoresAnswer() {
        assertThat(explore(RowScope.of(List.of(UPD), reads(0, 3)), shard -> new Unasked(shard, new HashMap<>())))
                .contains("STALE");
    }

    private static @Nullable String explore(RowScope scope, UnaryOperator<LiveShard> mutation) {
        return Exploration.complete(() -> {
                    AtomicLong nanos = new AtomicLong(1);
                    return new RowWorld(scope, new Store(new VirtualLocMem(nanos), mutation), nanos::get, "");
                })
                .told(scope)
                .counterexample();
    }

    private record Store(VirtualLocMem real, LiveBackend backend) implements VirtualStore {

        private Store(VirtualLocMem real, UnaryOperator<LiveShard> mutation) {
            this(real, new LiveBackend(real.backend(), mutation));
        }

        @Override
        public void elapse(Duration duration) {
            real.elapse(duration);
        }

        @Override
        public long millis() {
            return real.millis();
        }

        @Override
        public Duration left(String key) {
            return real.left(key);
        }

        @Override
        public boolean evicts() {
            return real.evicts();
        }

        @Override
        public void evict() {
            real.evict();
        }

        @Override
        public void flush() {
            real.flush();
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
