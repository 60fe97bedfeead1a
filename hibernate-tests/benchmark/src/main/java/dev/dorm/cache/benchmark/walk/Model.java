package dev.dorm.cache.benchmark.walk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What must be in the database: the walker is the only one who writes. */
final class Model {

    private final ObjectMapper mapper = new ObjectMapper();
    private final Map<String, Map<String, Row>> tables = new HashMap<>();

    /** A row, as it was acknowledged; {@code number} is which of its kind it is. */
    record Row(Kind kind, int number, String id, ObjectNode body) {}

    /** The rows of a kind by their ids, in the order of their creation. */
    Map<String, Row> rows(Kind kind) {
        return rows(kind.path());
    }

    private Map<String, Row> rows(String path) {
        return tables.computeIfAbsent(path, any -> new LinkedHashMap<>());
    }

    void put(Row row) {
        rows(row.kind()).put(row.id(), row);
    }

    void remove(Row row) {
        rows(row.kind()).remove(row.id());
    }

    /** Returns what a new row, or a new revision of one, is sent as; references are to the first few of their kind. */
    ObjectNode body(Kind kind, int number, int revision) {
        ObjectNode body = mapper.createObjectNode();
        if (kind.named()) {
            body.put("id", "ROLE_" + number);
        }
        kind.attributes()
                .forEach((name, type) -> body.set(name, mapper.valueToTree(type.value(name, number, revision))));
        kind.references().forEach((name, to) -> body.set(name, reference(to, number + revision)));
        kind.sets().forEach((name, to) -> {
            var elements = body.putArray(name);
            // Another set with each revision: one, two or three elements.
            for (int i = 0; i <= (number + revision) % 3; i++) {
                elements.add(reference(to, number + revision + i));
            }
        });
        return body;
    }

    /** Returns what a PATCH sends: one or two plain attributes. */
    ObjectNode patch(Kind kind, int number, int revision) {
        ObjectNode patch = mapper.createObjectNode();
        kind.attributes().entrySet().stream()
                .limit(2)
                .forEach(each -> patch.set(
                        each.getKey(), mapper.valueToTree(each.getValue().value(each.getKey(), number, revision))));
        return patch;
    }

    private ObjectNode reference(String path, int number) {
        // The later ones are deleted, so nobody refers to them.
        List<Row> rows = rows(path).values().stream().limit(Walker.REFERRED).toList();
        Row row = rows.get(number % rows.size());
        ObjectNode reference = mapper.createObjectNode();
        reference.set("id", row.body.get("id"));
        if (row.kind.versioned()) {
            reference.set("version", row.body.get("version"));
        }
        return reference;
    }

    /** Returns what a collection must hold. */
    List<Row> members(Kind kind, String name, Row owner) {
        Kind.Member member = kind.members().get(name);
        if (member == null) {
            List<Row> elements = new ArrayList<>();
            owner.body
                    .get(name)
                    .forEach(each -> elements.add(
                            rows(kind.sets().get(name)).get(each.get("id").asText())));
            return elements;
        }
        return rows(member.path()).values().stream()
                .filter(row ->
                        row.body.get(member.reference()).get("id").asText().equals(owner.id))
                .toList();
    }

    /** Says how an answer differs from a row, or null if it does not. What was not loaded is not there to differ. */
    static @Nullable String difference(Row row, @Nullable JsonNode answer) {
        if (answer == null || !answer.isObject()) {
            return "no object: " + answer;
        }
        for (var expected : row.body.properties()) {
            String name = expected.getKey();
            JsonNode found = answer.get(name);
            boolean same = row.kind.sets().containsKey(name)
                    ? found == null || ids(found).equals(ids(expected.getValue()))
                    : row.kind.references().containsKey(name)
                            ? found != null
                                    && found.get("id")
                                            .equals(expected.getValue().get("id"))
                            : found != null && same(expected.getValue(), found);
            if (!same) {
                return name + " of " + row.kind.path() + " " + row.id + " is " + found + " instead of "
                        + expected.getValue();
            }
        }
        return null;
    }

    private static boolean same(JsonNode expected, JsonNode found) {
        return expected.isNumber() && found.isNumber()
                ? expected.decimalValue().compareTo(found.decimalValue()) == 0
                : expected.equals(found);
    }

    /** Says how a list differs from rows, or null if it does not. */
    static @Nullable String difference(List<Row> rows, JsonNode answer) {
        Map<String, JsonNode> found = new HashMap<>();
        answer.forEach(each -> found.put(each.path("id").asText(), each));
        Map<String, Row> expected = rows.stream().collect(Collectors.toMap(Row::id, row -> row));
        if (!found.keySet().equals(expected.keySet()) || answer.size() != rows.size()) {
            return "the list has " + new TreeSet<>(found.keySet()) + " instead of " + new TreeSet<>(expected.keySet());
        }
        for (Row row : rows) {
            String difference = difference(row, found.get(row.id()));
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    private static TreeSet<String> ids(JsonNode elements) {
        TreeSet<String> ids = new TreeSet<>();
        elements.forEach(each -> ids.add(each.get("id").asText()));
        return ids;
    }
}
