package dev.dorm.cache.benchmark.walk;

import dev.dorm.cache.benchmark.walk.Model.Row;
import java.io.IOException;
import java.util.List;

/** The kinds of requests that are timed when everything is warm. */
enum WarmRequest {
    /** By its id. */
    ENTITY("one entity"),
    /** A query that is not cached, of cached entities. */
    LIST("a list"),
    /** A query that is. */
    CACHED_LIST("a cached list"),
    /** With a join fetch of a collection and of a reference. */
    EAGER_LIST("an eager list"),
    /** A cached collection of an entity. */
    COLLECTION("a collection"),
    /** Reads an entity and changes it. */
    PATCH("a PATCH");

    private final String title;

    WarmRequest(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Asks that once. */
    void ask(Walker walker, int number) throws IOException {
        switch (this) {
            case ENTITY -> walker.read(row(walker, "products", number));
            case LIST -> walker.list(kind("users"));
            case CACHED_LIST -> walker.list(kind("tags"));
            case EAGER_LIST -> walker.eagerList(kind("posts"));
            case COLLECTION -> walker.member(row(walker, "blogs", number), "posts");
            case PATCH -> walker.patch(row(walker, "employees", number), number);
        }
    }

    private static Row row(Walker walker, String path, int number) {
        List<Row> rows = List.copyOf(walker.model().rows(kind(path)).values());
        return rows.get(number % Walker.REFERRED);
    }

    private static Kind kind(String path) {
        return Kind.ALL.stream()
                .filter(kind -> kind.path().equals(path))
                .findFirst()
                .orElseThrow();
    }
}
