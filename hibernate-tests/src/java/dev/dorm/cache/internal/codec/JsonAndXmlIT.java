package dev.dorm.cache.internal.codec;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.xml.bind.annotation.XmlRootElement;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Attributes that a format mapper turns into JSON or XML. */
@ParameterizedClass
@MethodSource("dev.dorm.cache.internal.codec.Storing#everyWay")
class JsonAndXmlIT extends CodecLines {

    /** A document of the application's own. */
    @XmlRootElement
    public static final class Document {
        public String title;
        public List<String> tags = new ArrayList<>();
        public BigDecimal price;

        static Document titled(String title, String... tags) {
            Document document = new Document();
            document.title = title;
            document.tags.addAll(List.of(tags));
            return document;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Document document
                    && Objects.equals(document.title, title)
                    && document.tags.equals(tags)
                    && Objects.equals(document.price, price);
        }

        @Override
        public int hashCode() {
            return tags.hashCode();
        }
    }

    @Entity(name = "Formatted")
    static class Formatted {
        @Id
        @GeneratedValue
        Long id;

        @JdbcTypeCode(SqlTypes.JSON)
        Document document;

        @JdbcTypeCode(SqlTypes.JSON)
        Map<String, Object> map;

        @JdbcTypeCode(SqlTypes.JSON)
        Map<String, String> texts;

        @JdbcTypeCode(SqlTypes.JSON)
        List<Document> documents;

        @JdbcTypeCode(SqlTypes.JSON)
        List<Integer> numbers;

        @JdbcTypeCode(SqlTypes.JSON)
        String raw;

        @JdbcTypeCode(SqlTypes.SQLXML)
        Document xml;

        @JdbcTypeCode(SqlTypes.SQLXML)
        Map<String, String> xmlMap;

        @JdbcTypeCode(SqlTypes.SQLXML)
        String rawXml;
    }

    @Override
    Class<?>[] entities() {
        return new Class<?>[] {Formatted.class};
    }

    @Override
    Stream<Line> lines() {
        // An embeddable as JSON is not here: Hibernate's H2Dialect does not write it.
        return formatted();
    }

    private static Stream<Line> formatted() {
        Map<String, Object> nested = new LinkedHashMap<>();
        nested.put("k", List.of(1, "two", Map.of("n", true)));
        nested.put("nothing", null);
        nested.put("", 1.5);
        return Line.of(Formatted::new)
                .line("all null", e -> {})
                .line("JSON of a class", e -> e.document = Document.titled("t", "x", "\uD83D\uDE00"))
                .line("JSON of a class, empty", e -> e.document = new Document())
                .line("JSON of a map", e -> e.map = nested)
                .line("JSON of a map, empty", e -> e.map = Map.of())
                .line("JSON of a map of texts", e -> e.texts = Map.of("a", "\"b\"\n"))
                .line("JSON of a list of a class", e -> e.documents = List.of(Document.titled("1"), new Document()))
                .line("JSON of a list of numbers", e -> e.numbers = List.of(1, 2))
                .line("JSON as it is", e -> e.raw = "{\"a\": [1, null]}")
                .line("XML of a class", e -> e.xml = Document.titled("<t>", "x"))
                .line("XML of a map", e -> e.xmlMap = Map.of("a", "b"))
                .line("XML as it is", e -> e.rawXml = "<a b=\"c\"/>")
                .stream();
    }
}
