package dev.dorm.cache.internal.row;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.backend.Row;
import dev.dorm.cache.backend.Shard;
import dev.dorm.cache.exploration.ForwardingBackend;
import dev.dorm.cache.exploration.VirtualJvm;
import dev.dorm.cache.exploration.VirtualSession;
import dev.dorm.cache.internal.entity.RowCodec;
import dev.dorm.cache.internal.lifetime.Lifetime;
import dev.dorm.cache.internal.locmem.LocMemBackend;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.metrics.Counters;
import dev.dorm.cache.internal.query.QueryClock;
import dev.dorm.cache.internal.session.SessionContext;
import dev.dorm.cache.internal.store.ResilientStore;
import java.time.Duration;
import org.hibernate.cache.spi.access.SoftLock;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.junit.jupiter.api.Test;

/** What a backend in this process holds is verified and decoded once, and never served in another's place. */
class DecodedOnceTest {

    private static final Lifetime TTL = new Lifetime(Duration.ofMinutes(5), 0, 0, 0);

    private final Backend backend = new LocMemBackend(BackendSettings.defaults());
    private final Counters counters = Counters.ofRegion();
    private boolean shareable = true;
    private int decoded;

    private final Counters calls = Counters.ofAlias();
    private Backend seen = backend;
    private final ResilientStore store = new ResilientStore("default", () -> seen, calls, System::nanoTime);
    private final QueryClock clock = new QueryClock(store, "", false);
    private final CachedRows rows =
            new CachedRows(store, counters, "dormqs:books", VirtualJvm.ENVELOPE, Texts::new, TTL, false, null);

    private final class Texts implements RowCodec {

        @Override
        public byte[] encode(Object value) {
            return ("{" + value + "}").getBytes(US_ASCII);
        }

        @Override
        public Object decode(byte[] bytes, int offset, int length, SharedSessionContractImplementor session) {
            decoded++;
            return new String(bytes, offset + 1, length - 2, US_ASCII);
        }

        @Override
        public boolean isShareable(Object value) {
            return shareable;
        }
    }

    private SessionContext begin() {
        SessionContext context = new SessionContext(VirtualSession.open(), clock);
        context.transactionJoined();
        return context;
    }

    private Object read(String id) {
        return read(rows, id);
    }

    private Object read(CachedRows of, String id) {
        SessionContext context = begin();
        Object value = of.get(context, id);
        context.transactionCompleted(true);
        return value;
    }

    private void put(String id, String value) {
        store.learn(rows.namespace().shards(), null);
        SessionContext context = begin();
        rows.put(context, id, value, false);
        context.transactionCompleted(true);
        decoded = 0;
    }

    @Test
    void aHitThatWasDecodedIsNotDecodedAgain() {
        put("1", "first");
        Object once = read("1");
        assertThat(once).isEqualTo("first");
        assertThat(read("1")).isSameAs(once);
        assertThat(decoded).isEqualTo(1);
        assertThat(counters.get(Counter.HIT)).isEqualTo(2);
    }

    @Test
    void whatStandsDecodedIsServedWithoutAStep() {
        put("1", "first");
        read("1");
        long before = calls.get(Counter.CALL);
        assertThat(read("1")).isEqualTo("first");
        assertThat(calls.get(Counter.CALL)).isEqualTo(before);
    }

    @Test
    void whatIsLockedIsNotServed() {
        put("1", "first");
        read("1");
        SessionContext writer = begin();
        SoftLock lock = rows.writes().lock(writer, "1");
        writer.transactionCompleting();
        assertThat(read("1")).isNull();
        writer.unlock(lock, null);
        writer.transactionCompleted(true);
        assertThat(read("1")).isNull();
    }

    @Test
    void theWriterIsNotServedWhatItIsAboutToChange() {
        put("1", "first");
        read("1");
        SessionContext writer = begin();
        rows.writes().lock(writer, "1");
        assertThat(rows.get(writer, "1")).isNull();
        writer.transactionCompleted(false);
    }

    @Test
    void nothingIsServedWhileTheRegionIsLocked() {
        put("1", "first");
        read("1");
        Shard shard = rows.namespace().shards().get(0);
        backend.set(shard.lockKey(), "dormlock1:0".getBytes(US_ASCII), Duration.ZERO);
        assertThat(read("1")).isNull();
        backend.delete(shard.lockKey());
        assertThat(read("1")).isEqualTo("first");
    }

    @Test
    void whatWasDecodedForOneFactoryIsNotServedToAnother() {
        put("1", "first");
        CachedRows others =
                new CachedRows(store, counters, "dormqs:books", VirtualJvm.ENVELOPE, Texts::new, TTL, false, null);
        read("1");
        assertThat(read(others, "1")).isNotSameAs(read("1"));
        assertThat(decoded).isEqualTo(2);
    }

    @Test
    void whatWasRemovedIsNotServed() {
        put("1", "first");
        read("1");
        backend.delete(rows.namespace().row("1").key());
        assertThat(read("1")).isNull();
    }

    @Test
    void whatASessionMayChangeIsDecodedForEach() {
        shareable = false;
        put("1", "first");
        assertThat(read("1")).isNotSameAs(read("1"));
        assertThat(decoded).isEqualTo(2);
    }

    @Test
    void aBackendThatMakesCopiesIsDecodedEachTime() {
        seen = new ForwardingBackend(backend) {
            @Override
            public boolean handsOutWhatItHolds() {
                return false;
            }
        };
        put("1", "first");
        read("1");
        read("1");
        assertThat(decoded).isEqualTo(2);
    }

    @Test
    void anEntryInPlaceOfAnotherIsDecoded() {
        put("1", "first");
        read("1");
        RowNamespace.bump(store, rows.namespace().shards());
        put("1", "second");
        assertThat(read("1")).isEqualTo("second");
    }

    @Test
    void whatIsDeadIsNotServed() {
        put("1", "first");
        read("1");
        RowNamespace.bump(store, rows.namespace().shards());
        assertThat(read("1")).isNull();
    }

    @Test
    void theSameArrayUnderAnotherKeyIsNotBelieved() {
        put("1", "first");
        read("1");
        Row other = rows.namespace().row("2");
        backend.set(other.key(), backend.get(rows.namespace().row("1").key()), Duration.ZERO);
        assertThat(read("2")).isNull();
        assertThat(counters.get(Counter.MISS_UNVERIFIED)).isEqualTo(1);
    }
}
