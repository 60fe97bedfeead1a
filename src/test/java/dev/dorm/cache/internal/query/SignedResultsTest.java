package dev.dorm.cache.internal.query;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.exploration.VirtualJvm;
import dev.dorm.cache.internal.codec.ResultCodec;
import dev.dorm.cache.internal.codec.ResultRows;
import dev.dorm.cache.internal.metrics.Counter;
import dev.dorm.cache.internal.metrics.Counters;
import dev.dorm.cache.internal.signing.Stamp;
import java.util.List;
import org.hibernate.cache.spi.QueryKey;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.junit.jupiter.api.Test;

/** A result that a backend in this process holds is decoded once, and each reader has one of its own. */
class SignedResultsTest {

    private final Counters counters = Counters.ofRegion();
    private final Texts texts = new Texts();
    private final SignedResults results =
            new SignedResults("queries", VirtualJvm.ENVELOPE, () -> texts, null, counters);
    private final byte[] signed = results.seal(7, Stamp.at(1), "key", "text".getBytes(US_ASCII));

    private record Text(String text) {}

    private static final class Texts implements ResultCodec {

        private boolean shareable = true;
        private int decoded;
        private int others;

        @Override
        public Object decode(byte[] bytes, int offset, int length) {
            decoded++;
            return new Text(new String(bytes, offset, length, US_ASCII));
        }

        @Override
        public boolean isShareable(Object item) {
            return shareable;
        }

        @Override
        public Object another(Object item) {
            others++;
            return new Text(((Text) item).text);
        }

        @Override
        public String sql(QueryKey key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String digest(QueryKey key, SharedSessionContractImplementor session, Long lifetime) {
            throw new UnsupportedOperationException();
        }

        @Override
        public byte[] encode(QueryKey key, Object item, SharedSessionContractImplementor session) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isWhole(QueryKey key, Object item) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ResultRows rows(Object item) {
            return new ResultRows(List.of());
        }
    }

    private Object open(String key, byte[] bytes, boolean held) {
        return results.open("digest", key, 7, bytes, held, taken -> {});
    }

    @Test
    void eachReaderHasOneOfItsOwn() {
        Object first = open("key", signed, true);
        Object second = open("key", signed, true);
        assertThat(first).isEqualTo(new Text("text")).isEqualTo(second).isNotSameAs(second);
        assertThat(texts.decoded).isEqualTo(1);
        assertThat(texts.others).isEqualTo(2);
    }

    @Test
    void whatOneCouldChangeIsDecodedForEach() {
        texts.shareable = false;
        open("key", signed, true);
        open("key", signed, true);
        assertThat(texts.decoded).isEqualTo(2);
        assertThat(texts.others).isZero();
    }

    @Test
    void whatComesAsACopyIsDecodedEachTime() {
        open("key", signed, false);
        open("key", signed, false);
        assertThat(texts.decoded).isEqualTo(2);
    }

    @Test
    void theSameArrayUnderAnotherKeyIsNotBelieved() {
        open("key", signed, true);
        assertThat(open("other", signed, true)).isNull();
        assertThat(counters.get(Counter.MISS_UNVERIFIED)).isEqualTo(1);
    }

    @Test
    void thePositionIsTheReadersOwn() {
        ResultRows one = new ResultRows(List.of("a", "b", 2));
        ResultRows other = one.another();
        one.get(1);
        assertThat(one.current()).containsExactly("b");
        assertThat(other.current()).containsExactly("a");
    }
}
