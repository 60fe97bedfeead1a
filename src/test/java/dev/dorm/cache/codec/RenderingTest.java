package dev.dorm.cache.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RenderingTest {

    private static final String ALPHABET = "ab:%|#_.-/ 09é\u0000\uD83D\uDE00\uD800\uDFFF\u4E2D";

    @Test
    void numbersAndUuidsStandAsTheyAre() throws Exception {
        for (Object five : new Object[] {5L, 5, (short) 5, (byte) 5, BigInteger.valueOf(5), new BigDecimal("5.00")}) {
            assertThat(id(five)).isEqualTo("5");
        }
        assertThat(id(new BigDecimal("1.50"))).isEqualTo("1.5");
        assertThat(id(new BigDecimal("1E3"))).isEqualTo("1000");
        assertThat(id(new BigDecimal("1E+2000000000"))).isEqualTo("1E2000000000");
        assertThat(id(0.5)).isEqualTo(id(0.5f)).isEqualTo("0.5");
        assertThat(id(new UUID(0, 10))).isEqualTo("00000000-0000-0000-0000-00000000000a");
    }

    @Test
    void textIsEscapedByteByByte() throws Exception {
        assertThat(id("aZ09_.-")).isEqualTo("aZ09_.-");
        assertThat(id("a:b|c%#")).isEqualTo("a%3Ab%7Cc%25%23");
        assertThat(id("é中\uD83D\uDE00")).isEqualTo("%C3%A9%E4%B8%AD%F0%9F%98%80");
        assertThat(id("\uD83D")).isEqualTo("%ED%A0%BD");
        assertThat(id("")).isEmpty();
    }

    @Test
    void momentsRenderAlikeWhateverTheirClass() throws Exception {
        Instant moment = Instant.parse("2024-02-29T01:02:03.456Z");
        assertThat(id(new Date(moment.toEpochMilli())))
                .isEqualTo(id(Timestamp.from(moment)))
                .isEqualTo(id(moment))
                .isEqualTo(id(OffsetDateTime.ofInstant(moment, ZoneOffset.ofHours(5))));
    }

    @Test
    void longAndCompositeIdsAreDigested() throws Exception {
        assertThat(id("a".repeat(128))).isEqualTo("a".repeat(128));
        assertThat(id("a".repeat(129))).matches("#[0-9a-f]{64}");
        assertThat(id(new Object[] {"a", 1L})).matches("#[0-9a-f]{64}").isEqualTo(id(new Object[] {"a", 1}));
        assertThat(id(new Object[] {"a", "b"})).isNotEqualTo(id(new Object[] {"ab", ""}));
        assertThat(id(new Object[] {"1"})).isNotEqualTo(id(new Object[] {1L}));
        assertThat(id(new byte[] {1})).matches("#[0-9a-f]{64}").isNotEqualTo(id(new byte[] {2}));
    }

    @Test
    void theCanonicalFormIsTheSameInEveryJvm() throws Exception {
        assertThat(id(new Object[] {"a", 1L}))
                .isEqualTo("#292b5f3e9633424a22f0fb514bcb0967534eaab9477f9ae4f2690f447e862ace");
    }

    @Test
    void noTwoIdsAndTenantsRenderAlike() throws Exception {
        Random random = new Random(42);
        Map<String, String> seen = new HashMap<>();
        for (int i = 0; i < 300_000; i++) {
            String id = text(random);
            String tenant = random.nextInt(3) == 0 ? null : text(random);
            String rendered = (tenant == null ? "" : Rendering.text(tenant) + ":") + id(id);
            String original = tenant + "\n" + (tenant == null) + "\n" + id;
            String other = seen.putIfAbsent(rendered, original);
            assertThat(other == null || other.equals(original)).as(rendered).isTrue();
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(5); length > 0; length--) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    @SuppressWarnings("NullAway")
    private static String id(Object value) throws UnsupportedValueException {
        return Rendering.of(value, null, null);
    }
}
