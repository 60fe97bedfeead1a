package dev.dorm.cache.benchmark.stampede;

import java.util.function.Function;
import org.hibernate.Session;

/** What all threads read. */
enum HotRead {
    /** By its id. */
    ROW("One row, by its id", session -> session.find(HotRow.class, HotRow.ID).title),
    /** Its one result, by the cache of queries. */
    QUERY("One cacheable query", session -> session.createQuery("select title from HotRow", String.class)
            .setCacheable(true)
            .getSingleResult());

    private final String title;
    private final Function<Session, String> read;

    HotRead(String title, Function<Session, String> read) {
        this.title = title;
        this.read = read;
    }

    /** Returns how the page calls it. */
    String title() {
        return title;
    }

    /** Reads it, and fails if it is not what is in the database. */
    void read(Session session) {
        String found = read.apply(session);
        if (!HotRow.TITLE.equals(found)) {
            throw new IllegalStateException("wrong answer: " + found);
        }
    }
}
