package dev.dorm.cache.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.hibernate.Session;

/** When nobody writes any more, everything that is read through the cache, twice, is what the database says. */
final class QuietCheck {

    private final Application application;
    private final Connection database;
    private final Ledger ledger;
    private final int rows;
    private final String who;

    QuietCheck(Application application, Connection database, Ledger ledger, Options options) {
        this.application = application;
        this.database = database;
        this.ledger = ledger;
        this.rows = options.number("rows", 12);
        this.who = "process " + options.text("process");
    }

    void run() throws SQLException {
        TracedConnections.isolation(Connection.TRANSACTION_READ_COMMITTED);
        for (int pass = 0; pass < 2; pass++) {
            for (int entity = 0; entity < Entry.CLASSES.size(); entity++) {
                check(entity);
            }
        }
    }

    private void check(int entity) throws SQLException {
        String name = Entry.CLASSES.get(entity).getSimpleName();
        Map<Integer, String> expected = truth(name);
        Map<Integer, String> found = new TreeMap<>();
        application.factory().inTransaction(session -> {
            for (int row = 0; row < rows; row++) {
                Entry entry = session.find(Entry.CLASSES.get(entity), (long) row);
                if (entry != null) {
                    found.put(row, describe(entry));
                }
            }
        });
        for (int row = 0; row < rows; row++) {
            compare(name + " " + row, expected.get(row), found.get(row));
        }
        List<String> codes = codes(name);
        application.factory().inTransaction(session -> {
            for (int code = 0; code < 2 * rows; code++) {
                compare(name + " code " + code, codes.get(code), owner(session, entity, code));
            }
        });
        String numbers = numbers(name);
        application.factory().inTransaction(session -> compare(name + " query", numbers, query(session, name)));
    }

    private String describe(Entry entry) {
        return entry.code + " " + entry.number + " " + entry.twin + " "
                + (application.knowsNotes() ? entry.note + " " : "") + List.copyOf(entry.marks);
    }

    private Map<Integer, String> truth(String name) throws SQLException {
        Map<Integer, String> truth = new TreeMap<>();
        String sql = "select e.id, e.code, e.number, e.twin, e.note, "
                + "(select string_agg(m.marks::text, ', ' order by m.marks_order) from %s_marks m where m.%s_id = e.id)"
                        .formatted(name, name)
                + " from %s e".formatted(name);
        try (var statement = database.createStatement();
                var result = statement.executeQuery(sql)) {
            while (result.next()) {
                String note = application.knowsNotes() ? result.getString(5) + " " : "";
                truth.put(
                        result.getInt(1),
                        result.getInt(2) + " " + result.getLong(3) + " " + result.getLong(4) + " " + note + "["
                                + Objects.requireNonNullElse(result.getString(6), "") + "]");
            }
        }
        return truth;
    }

    private List<String> codes(String name) throws SQLException {
        List<String> owners = new ArrayList<>();
        for (int code = 0; code < 2 * rows; code++) {
            owners.add(ask("select id from %s where code = %d".formatted(name, code)));
        }
        return owners;
    }

    private String owner(Session session, int entity, int code) {
        Entry entry = session.bySimpleNaturalId(Entry.CLASSES.get(entity)).load(code);
        return entry == null ? null : "" + entry.id;
    }

    private String numbers(String name) throws SQLException {
        return Objects.requireNonNullElse(
                ask("select string_agg(id || '=' || number, ' ' order by id) from " + name), "");
    }

    private static String query(Session session, String name) {
        StringBuilder numbers = new StringBuilder();
        session
                .createQuery("select e.id, e.number from %s e".formatted(name), Object[].class)
                .setCacheable(true)
                .getResultList()
                .stream()
                .sorted((a, b) -> Long.compare((Long) a[0], (Long) b[0]))
                .forEach(
                        row -> numbers.append(row[0]).append('=').append(row[1]).append(' '));
        return numbers.toString().strip();
    }

    private String ask(String sql) throws SQLException {
        try (var statement = database.createStatement();
                var result = statement.executeQuery(sql)) {
            return result.next() ? result.getString(1) : null;
        }
    }

    private void compare(String what, String expected, String found) {
        ledger.count(Tally.READS);
        if (!Objects.equals(expected, found)) {
            ledger.count(Tally.QUIET_STALE);
            System.out.printf("QUIET_STALE %s is %s, the cache says %s, in %s%n", what, expected, found, who);
        }
    }
}
