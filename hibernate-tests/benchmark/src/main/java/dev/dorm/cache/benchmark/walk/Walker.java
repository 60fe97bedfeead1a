package dev.dorm.cache.benchmark.walk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dorm.cache.benchmark.walk.Model.Row;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The client: it walks over nodes, one request after the other and each at the next node, and checks each answer against what
 * it has written itself.
 */
final class Walker {

    /** The first of each kind, to which others refer. */
    static final int REFERRED = 5;

    private static final int DELETED = 2;

    private final ObjectMapper mapper = new ObjectMapper();
    private List<NodeProcess> nodes;
    private final Model model = new Model();
    private final int created;
    private final int changed;
    private int turn;
    private int requests;
    private int stale;
    private @Nullable String firstStale;

    /**
     * Makes one that has asked nothing yet.
     *
     * @param nodes over which it walks
     * @param shorter whether the walk has fewer requests, of the same kinds
     */
    Walker(List<NodeProcess> nodes, boolean shorter) {
        this.nodes = nodes;
        created = REFERRED + (shorter ? 2 : 5);
        changed = shorter ? 1 : 4;
    }

    /** Goes on over other nodes of the same application. */
    void use(List<NodeProcess> others) {
        nodes = others;
    }

    int requests() {
        return requests;
    }

    /** Returns how many answers were not what must be in the database. */
    int stale() {
        return stale;
    }

    /** Returns what was wrong with the first of them. */
    @Nullable
    String firstStale() {
        return firstStale;
    }

    Model model() {
        return model;
    }

    /** Walks over the whole application. */
    void walk() throws IOException {
        for (Kind kind : Kind.ALL) {
            for (int number = 0; number < created; number++) {
                create(kind, number);
            }
            list(kind);
        }
        for (Kind kind : Kind.ALL) {
            visit(kind);
        }
        // Nobody refers to a kind that was not yet looked at.
        for (Kind kind : Kind.ALL) {
            delete(kind);
        }
    }

    private void visit(Kind kind) throws IOException {
        for (Row row : rows(kind)) {
            read(row);
            read(row);
        }
        for (int times = 0; times < 2; times++) {
            list(kind);
            page(kind);
            eagerList(kind);
            members(kind);
        }
        for (Row row : rows(kind).subList(0, changed)) {
            replace(row, 1);
            read(current(row));
            read(current(row));
        }
        for (Row row : rows(kind).subList(0, changed)) {
            patch(row, 2);
            read(current(row));
            read(current(row));
        }
        list(kind);
        eagerList(kind);
    }

    private void delete(Kind kind) throws IOException {
        for (Row row : rows(kind).subList(created - DELETED, created)) {
            HttpResponse<byte[]> answer = ask("DELETE", url(row), null);
            expect(answer, 204);
            model.remove(row);
            expect(ask("GET", url(row), null), 404);
            list(kind);
        }
    }

    private List<Row> rows(Kind kind) {
        return List.copyOf(model.rows(kind).values());
    }

    private Row current(Row row) {
        return model.rows(row.kind()).get(row.id());
    }

    private static String url(Row row) {
        return row.kind().url() + "/" + row.id();
    }

    private void create(Kind kind, int number) throws IOException {
        ObjectNode body = model.body(kind, number, 0);
        HttpResponse<byte[]> answer = ask("POST", kind.url(), body);
        if (expect(answer, 201)) {
            JsonNode created = mapper.readTree(answer.body());
            body.set("id", created.get("id"));
            model.put(acknowledged(kind, number, body, created));
        }
    }

    private Row acknowledged(Kind kind, int number, ObjectNode body, JsonNode answer) {
        if (kind.versioned()) {
            body.set("version", answer.get("version"));
        }
        Row row = new Row(kind, number, body.get("id").asText(), body);
        wrong(Model.difference(row, answer));
        return row;
    }

    void read(Row row) throws IOException {
        check("GET", url(row), answer -> Model.difference(row, answer));
    }

    void list(Kind kind) throws IOException {
        check("GET", kind.url(), answer -> Model.difference(rows(kind), answer));
    }

    private void page(Kind kind) throws IOException {
        int size = 5;
        List<Row> all = rows(kind).stream()
                .sorted(java.util.Comparator.comparing(
                        Row::id, kind.named() ? java.util.Comparator.naturalOrder() : Walker::compareNumbers))
                .toList();
        check(
                "GET",
                kind.url() + "?page=1&size=" + size,
                answer -> answer.get("total").asInt() != all.size()
                        ? "the total is " + answer.get("total")
                        : Model.difference(all.subList(size, all.size()), answer.get("content")));
    }

    private static int compareNumbers(String one, String other) {
        return Long.compare(Long.parseLong(one), Long.parseLong(other));
    }

    void eagerList(Kind kind) throws IOException {
        check("GET", kind.url() + "?eager=true", answer -> Model.difference(rows(kind), answer));
    }

    private void members(Kind kind) throws IOException {
        List<String> names = Stream.concat(kind.members().keySet().stream(), kind.sets().keySet().stream())
                .toList();
        for (String name : names) {
            for (Row row : rows(kind).subList(0, REFERRED)) {
                member(row, name);
            }
        }
    }

    void member(Row row, String name) throws IOException {
        List<Row> members = model.members(row.kind(), name, row);
        check("GET", url(row) + "/" + name, answer -> Model.difference(members, answer));
    }

    private void replace(Row row, int revision) throws IOException {
        ObjectNode body = model.body(row.kind(), row.number(), revision);
        body.set("id", row.body().get("id"));
        if (row.kind().versioned()) {
            body.set("version", row.body().get("version"));
        }
        change("PUT", row, body, body);
    }

    /** Changes a row, to what it becomes by this revision. */
    void patch(Row row, int revision) throws IOException {
        ObjectNode patch = model.patch(row.kind(), row.number(), revision);
        ObjectNode body = row.body().deepCopy();
        body.setAll(patch);
        change("PATCH", row, patch, body);
    }

    private void change(String method, Row row, ObjectNode sent, ObjectNode becomes) throws IOException {
        HttpResponse<byte[]> answer = ask(method, url(row), sent);
        if (expect(answer, 200)) {
            model.put(acknowledged(row.kind(), row.number(), becomes, mapper.readTree(answer.body())));
        }
    }

    private void check(String method, String path, Function<JsonNode, @Nullable String> difference) throws IOException {
        HttpResponse<byte[]> answer = ask(method, path, null);
        if (expect(answer, 200)) {
            String wrong = difference.apply(mapper.readTree(answer.body()));
            wrong(wrong == null ? null : method + " " + path + ": " + wrong);
        }
    }

    private boolean expect(HttpResponse<byte[]> answer, int status) throws IOException {
        if (answer.statusCode() >= 500) {
            throw new IOException(answer + ": " + new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8));
        }
        if (answer.statusCode() != status) {
            wrong(answer + " instead of " + status);
        }
        return answer.statusCode() == status;
    }

    private void wrong(@Nullable String what) {
        if (what != null) {
            stale++;
            firstStale = firstStale == null ? "request " + requests + ": " + what : firstStale;
        }
    }

    private HttpResponse<byte[]> ask(String method, String path, @Nullable JsonNode body) throws IOException {
        requests++;
        return nodes.get(turn++ % nodes.size()).ask(method, path, body == null ? null : mapper.writeValueAsBytes(body));
    }
}
