package dev.dorm.cache.internal.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonToken;
import com.sun.management.ThreadMXBean;
import dev.dorm.cache.internal.dynamic.DynamicEncoding;
import dev.dorm.cache.internal.dynamic.KnownClasses;
import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.Format;
import dev.dorm.cache.internal.io.UndecodableException;
import dev.dorm.cache.internal.io.UnsupportedValueException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of a result: a column's class stands once, a text that repeats does, and they come back as they were. */
class RowEncodingTest {

    private static final int ROWS = 50;

    private final RowEncoding encoding = new RowEncoding(
            new DynamicEncoding(new KnownClasses(Set.of(DayOfWeek.class, TimeUnit.class)), null, null, null));

    private byte[] write(Format format, List<?> rows) throws UnsupportedValueException {
        return new BodyFormat(format).write(out -> {
            out.writeStartObject();
            encoding.write(out, rows);
            out.writeEndObject();
        });
    }

    private List<Object> read(Format format, byte[] body) throws UndecodableException {
        return new BodyFormat(format).read(body, 0, body.length, in -> {
            List<Object> rows = new ArrayList<>();
            BodyFormat.expect(in, JsonToken.START_OBJECT);
            BodyFormat.expectNext(in, JsonToken.FIELD_NAME);
            encoding.read(in, rows);
            BodyFormat.expectNext(in, JsonToken.END_OBJECT);
            return rows;
        });
    }

    private List<Object> readJson(String body) throws UndecodableException {
        return read(Format.JSON, body.getBytes(UTF_8));
    }

    private static Object[] row(Object... values) {
        return values;
    }

    private List<Object> again(Format format, List<?> rows) throws Exception {
        return read(format, write(format, rows));
    }

    /** The same values of the same classes. */
    private void comesBack(List<?> rows) throws Exception {
        for (Format format : Format.values()) {
            Object[] found = again(format, rows).toArray();
            assertThat(Arrays.deepEquals(found, rows.toArray()))
                    .as("%s: %s", format, Arrays.deepToString(found))
                    .isTrue();
        }
    }

    @Test
    void rowsComeBackAsTheyWere() throws Exception {
        comesBack(List.of());
        comesBack(List.of(row(1L, "a"), row(2L, "a"), row(null, null), row(2L, "b"), row(1L, "a")));
        comesBack(Collections.singletonList(row("a", 1L, null)));
        comesBack(List.of(row((Object) null), row((Object) null)));
        comesBack(List.of(row(1), row(1L), row((short) 1), row(1.0), row(1.0f), row(true), row('1'), row("1")));
        comesBack(List.of(row("lone \ud800", "\ud83d\ude00"), row("lone \ud800", "\ud83d\ude00")));
        comesBack(List.of(row(Double.NaN, Float.NEGATIVE_INFINITY), row(-0.0, 1.5f), row(0.0, 0f)));
        comesBack(List.of(row(new byte[] {1, 2}, new int[] {1}), row(new byte[] {1, 2}, new int[] {1})));
        comesBack(List.of(row("a", row(1L, row("b"))), row("a", row(1L, row("b")))));
        comesBack(List.of(1L, 2L, 3L));
        comesBack(List.of("a", "b", "a", "a", "b"));
        comesBack(List.of("a", row("a", 1L), "a"));
        comesBack(List.of(row("a"), row("a", 1L)));
    }

    @Test
    void aColumnsClassAndARepeatedTextStandOnce() throws Exception {
        List<Object[]> rows = List.of(
                row(1L, "Ada", new BigDecimal("10.00")),
                row(2L, "Bob", new BigDecimal("10.00")),
                row(3L, "Ada", new BigDecimal("9.50")));
        assertThat(new String(write(Format.JSON, rows), UTF_8))
                .isEqualTo("{\"c\":[\"long\",\"string\",\"decimal\"],"
                        + "\"v\":[1,\"Ada\",\"10.00\",2,\"Bob\",0,3,0,\"9.50\"]}");
        assertThat(new String(write(Format.JSON, List.of(5, 6)), UTF_8)).isEqualTo("{\"c\":\"int\",\"v\":[5,6]}");
    }

    @Test
    void everyClassThatRepeatsComesBack() throws Exception {
        for (Object value : List.of(
                "text",
                new BigDecimal("1.50"),
                BigInteger.TEN,
                new UUID(1, 2),
                LocalDate.EPOCH,
                LocalTime.NOON,
                LocalDateTime.MIN,
                Instant.MAX,
                DayOfWeek.FRIDAY,
                TimeUnit.DAYS,
                ZoneId.of("Europe/Berlin"),
                ZoneOffset.UTC)) {
            comesBack(List.of(row(value, 1L), row(null, 2L), row(value, 3L), row(value, 4L)));
            comesBack(List.of(value, value, value));
        }
    }

    @Test
    void whatIsEqualButNotTheSameIsNotReferredTo() throws Exception {
        comesBack(List.of(row(new BigDecimal("1.0")), row(new BigDecimal("1.00")), row(new BigDecimal("1.0"))));
        comesBack(List.of(row(DayOfWeek.MONDAY), row(TimeUnit.DAYS), row(DayOfWeek.MONDAY)));
        comesBack(List.of(row("1"), row(1L), row("1")));
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void aTextThatRepeatsStandsOnceAndIsMadeOnce(Format format) throws Exception {
        String text = "x".repeat(10_000);
        List<Object[]> rows = LongStream.range(0, 100)
                .mapToObj(id -> row(id, new String(text)))
                .toList();
        byte[] body = write(format, rows);
        assertThat(body).hasSizeLessThan(11_000);
        List<Object> found = read(format, body);
        Object first = ((Object[]) found.get(0))[1];
        assertThat(first).isEqualTo(text);
        assertThat(found).hasSize(100).allSatisfy(row -> assertThat(((Object[]) row)[1])
                .isSameAs(first));
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void whatCanBeChangedIsMadeForEachRow(Format format) throws Exception {
        List<Object> found = again(
                format,
                List.of(
                        row(new Timestamp(1), new byte[1], "a".toCharArray()),
                        row(new Timestamp(1), new byte[1], "a".toCharArray())));
        Object[] first = (Object[]) found.get(0);
        Object[] second = (Object[]) found.get(1);
        for (int i = 0; i < first.length; i++) {
            assertThat(first[i]).isEqualTo(second[i]).isNotSameAs(second[i]);
        }
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void aRowOfOneValueIsThatValueUnlessHibernateWouldMistakeIt(Format format) throws Exception {
        String[] array = {"a"};
        List<Object> found = again(format, Arrays.asList("x", null, array, "x"));
        assertThat(found).hasSize(4);
        assertThat(found.get(0)).isEqualTo("x").isEqualTo(found.get(3));
        assertThat((Object[]) found.get(1)).containsExactly((Object) null).isExactlyInstanceOf(Object[].class);
        assertThat((Object[]) found.get(2)).containsExactly((Object) array);
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void whatHasNoEncodingIsRefusedAndSaysWhere(Format format) {
        assertThatThrownBy(() -> write(format, Collections.singletonList(row(1L, Thread.currentThread()))))
                .isInstanceOf(UnsupportedValueException.class)
                .hasMessageContaining("a query.result");
        Object shared = new Object[] {new Timestamp(1)};
        assertThatThrownBy(() -> write(format, Collections.singletonList(row(shared, shared))))
                .isInstanceOf(UnsupportedValueException.class)
                .hasMessageContaining("two places");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"c\":[\"string\"],\"v\":[0]}",
                "{\"c\":[\"string\"],\"v\":[\"a\",1]}",
                "{\"c\":[\"string\"],\"v\":[\"a\",-1]}",
                "{\"c\":[\"string\"],\"v\":[\"a\",4294967296]}",
                "{\"c\":[\"string\"],\"v\":[\"a\",99999999999999999999999]}",
                "{\"c\":[\"string\"],\"v\":[\"a\",0.0]}",
                "{\"c\":[\"string\",\"long\"],\"v\":[\"a\",1,0]}",
                "{\"c\":[\"string\",\"long\"],\"v\":[\"a\"]}",
                "{\"c\":[\"string\",\"\"],\"v\":[\"a\"]}",
                "{\"c\":[\"string\",\"string\"],\"v\":[\"a\",\"b\",1,1]}",
                "{\"c\":[],\"v\":[1]}",
                "{\"c\":[1],\"v\":[1]}",
                "{\"c\":[null],\"v\":[1]}",
                "{\"c\":{},\"v\":[1]}",
                "{\"c\":null,\"v\":[1]}",
                "{\"c\":[\"long\"],\"v\":1}",
                "{\"c\":[\"long\"],\"v\":[\"1\"]}",
                "{\"c\":[\"long\"],\"v\":[[1]]}",
                "{\"c\":[\"long\"],\"w\":[1]}",
                "{\"c\":[\"long\"]}",
                "{\"r\":[1]}",
                "{\"c\":[\"string[]\"],\"v\":[[\"a\"]]}",
                "{\"c\":[\"bean\"],\"v\":[{}]}",
                "{\"c\":[\"enum:java.lang.Thread$State\"],\"v\":[\"NEW\"]}",
                "{\"c\":[\"enum:java.lang.String\"],\"v\":[\"NEW\"]}",
                "{\"c\":[\"enum:java.time.DayOfWeek\"],\"v\":[\"NEVER\"]}",
                "{\"c\":\"string\",\"v\":[null,0]}",
                "{\"c\":\"string\",\"v\":[0]}",
                "{\"c\":\"decimal\",\"v\":[1]}",
                "{\"c\":\"timestamp\",\"v\":[\"2024-01-01T00:00:00Z\",0]}",
            })
    void forgedRowsAreUndecodable(String body) {
        assertThatThrownBy(() -> readJson(body)).isInstanceOf(UndecodableException.class);
    }

    /** The same forms, as they are right: what refuses them above is the one thing that is wrong there. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"c\":[\"string\"],\"v\":[\"a\",0]}|2",
                "{\"c\":[\"string\",\"long\"],\"v\":[\"a\",1,0,1]}|2",
                "{\"c\":[\"enum:java.time.DayOfWeek\"],\"v\":[\"FRIDAY\",0,1]}|3",
                "{\"c\":\"string\",\"v\":[\"a\",0]}|2",
                "{\"c\":[],\"v\":[]}|0",
            })
    void rightRowsAreDecoded(String body, int rows) throws Exception {
        assertThat(readJson(body)).hasSize(rows);
    }

    private static long allocated(Reading reading) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] bytes = new long[51];
        for (int i = 0; i < bytes.length; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            reading.run();
            bytes[i] = threads.getCurrentThreadAllocatedBytes() - before;
        }
        Arrays.sort(bytes);
        return bytes[bytes.length / 2];
    }

    private interface Reading {
        void run() throws Exception;
    }

    /** A reference takes two bytes, and makes four or eight; a column that is named makes one value in each row. */
    @Test
    void forgedReferencesTakeNoMoreMemoryThanTheirBytes() throws Exception {
        int many = 100_000;
        byte[] references =
                ("{\"c\":\"string\",\"v\":[\"" + "x".repeat(1_000) + "\"" + ",0".repeat(many) + "]}").getBytes(UTF_8);
        assertThat(read(Format.JSON, references)).hasSize(many + 1);
        assertThat(allocated(() -> read(Format.JSON, references))).isLessThan(20L * references.length);
        byte[] columns = ("{\"c\":[\"\"" + ",\"\"".repeat(many) + "],\"v\":[1]}").getBytes(UTF_8);
        assertThat(allocated(() ->
                        assertThatThrownBy(() -> read(Format.JSON, columns)).isInstanceOf(UndecodableException.class)))
                .isLessThan(50L * columns.length);
    }

    /** As the articles of a shop may be. */
    private static List<Object[]> articles() {
        return LongStream.rangeClosed(1, ROWS)
                .mapToObj(id -> row(
                        id,
                        id % 3 != 0,
                        "A description of article " + id + ", of about the length that a short one has in a shop",
                        LocalDate.of(2020, 1, 1).plusDays(id),
                        DayOfWeek.of((int) (1 + id % 3)),
                        new UUID(id, id).toString(),
                        "Article " + id,
                        BigDecimal.valueOf(1000 + id, 2),
                        id * 31,
                        (int) (id % 97),
                        Instant.EPOCH.plusSeconds(60 * id),
                        0,
                        id / 8.0))
                .toList();
    }

    /** Bytes of the body, and bytes that are allocated to read it, most of them for the values themselves. */
    @ParameterizedTest
    @CsvSource({"JSON, 10300, 43000", "SMILE, 9600, 47000"})
    void aResultOfFiftyRowsStaysLean(Format format, int longest, long most) throws Exception {
        List<Object[]> articles = articles();
        byte[] body = write(format, articles);
        assertThat(body).hasSizeLessThan(longest);
        comesBack(articles);
        assertThat(allocated(() -> read(format, body))).isLessThan(most);
    }
}
