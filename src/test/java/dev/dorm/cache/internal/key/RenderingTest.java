package dev.dorm.cache.internal.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.internal.io.UnsupportedValueException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
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
            String rendered = (tenant == null ? "" : id(tenant) + ":") + id(id);
            String original = tenant + "\n" + (tenant == null) + "\n" + id;
            String other = seen.putIfAbsent(rendered, original);
            assertThat(other == null || other.equals(original)).as(rendered).isTrue();
        }
    }

    /** What separates the parts of a key, what Redis takes for a pattern, and what a cluster takes for a tag. */
    @Test
    void noIdOrTenantLeavesItsPlaceInTheKey() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(40); length > 0; length--) {
                text.append((char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000));
            }
            String hostile = text.toString();
            assertThat(id(hostile)).matches("[a-zA-Z0-9_.%-]*|#[0-9a-f]{64}");
            assertThat(id(new Object[] {hostile, 1})).matches("#[0-9a-f]{64}");
        }
    }

    @Test
    void textsThatLookAlikeAreDifferentIds() throws Exception {
        List<String> alike = List.of(
                "\u00e9",
                "e\u0301",
                "\u212b",
                "\u00c5",
                "A\u030a",
                "%C3%A9",
                "%c3%a9",
                "%",
                "%25",
                "%2525",
                "\ud800",
                "\udc00",
                "\ud800\udc00",
                "\udc00\ud800",
                "%ED%A0%80",
                "?",
                "\ufffd",
                "\uff11",
                "1",
                "01",
                "+1",
                "1.0",
                "1 ",
                " 1",
                "1\u0000",
                "\u0000",
                "",
                "#",
                "null",
                "NaN",
                "true",
                id(new Object[] {"a", 1L}),
                "x".repeat(128),
                "x".repeat(129),
                "x".repeat(100_000),
                "x".repeat(99_999) + "y",
                id("x".repeat(129)));
        assertThat(alike.stream().map(RenderingTest::rendered)).doesNotHaveDuplicates();
    }

    @Test
    void compositesWithMovedBoundariesAreDifferentIds() throws Exception {
        Random random = new Random(11);
        Map<String, String> seen = new HashMap<>();
        for (int i = 0; i < 100_000; i++) {
            Object[] parts = new Object[1 + random.nextInt(4)];
            for (int part = 0; part < parts.length; part++) {
                parts[part] = part(random);
            }
            // deepToString tells an Integer from a Long by nothing, as the cache does.
            String original = Arrays.deepToString(Arrays.stream(parts)
                    .map(each -> each instanceof String text ? text.length() + "s" + text : each)
                    .toArray());
            String other = seen.putIfAbsent(id(parts), original);
            assertThat(other == null || other.equals(original)).as(original).isTrue();
        }
    }

    private static Object part(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> (long) random.nextInt(3);
            case 1 -> random.nextInt(3);
            case 2 -> new Object[] {text(random), random.nextInt(2)};
            case 3 -> random.nextBoolean();
            case 4 -> null;
            default -> text(random);
        };
    }

    private static String rendered(Object value) {
        try {
            return id(value);
        } catch (UnsupportedValueException e) {
            throw new AssertionError(e);
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
        return Rendering.of(value, null);
    }
}
