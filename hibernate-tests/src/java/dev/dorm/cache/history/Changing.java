package dev.dorm.cache.history;

import jakarta.persistence.LockModeType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hibernate.CacheMode;
import org.hibernate.Hibernate;
import org.hibernate.Session;
import org.hibernate.query.MutationQuery;

/**
 * The ways in which a transaction changes rows. Each first takes the database's locks on everything it may change (rows
 * of a table of their own, as the changed ones come and go), and only then draws its number.
 */
final class Changing {

    private static final int CODE_GUARDS = 100;
    private static final int ENTITY_GUARDS = 1_000;

    private final Session session;
    private final Ledger ledger;
    private final Writing writing;
    private final Reading reading;
    private final boolean notes;
    private final boolean trusting;
    private final Random random;

    /**
     * Creates the changes of a transaction.
     *
     * @param trusting whether what a writer changes may come from the cache: not where it may be stale, as a writer
     *     would then carry old columns back into the database
     */
    Changing(
            Session session,
            Ledger ledger,
            Writing writing,
            Reading reading,
            boolean notes,
            boolean trusting,
            Random random) {
        this.session = session;
        this.ledger = ledger;
        this.writing = writing;
        this.reading = reading;
        this.notes = notes;
        this.trusting = trusting;
        this.random = random;
    }

    /** Creates the table of the guards. */
    static void prepare(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("create table guard (id integer primary key)");
            statement.execute("insert into guard select i from generate_series(0, %d) i"
                    .formatted(ENTITY_GUARDS * Entry.CLASSES.size()));
        }
    }

    /** Changes something in one of the ways. */
    void some(int rows) {
        int entity = random.nextInt(Entry.CLASSES.size());
        int row = random.nextInt(rows);
        int code = random.nextInt(2 * rows);
        switch (random.nextInt(16)) {
            case 0, 1 -> delete(entity, row);
            case 2 -> deleteAndInsert(entity, row, code);
            case 3, 4 -> recode(entity, row, code);
            case 5 -> handOver(entity, row, random.nextInt(rows), code);
            case 6 -> bulkUpdate(entity, random.ints(3, 0, rows).toArray());
            case 7 -> bulkDelete(entity, row);
            case 8, 9 -> remark(entity, row);
            default -> {
                update(entity, row, code);
                if (random.nextInt(4) == 0) {
                    session.flush();
                }
            }
        }
    }

    /** Changes a row and its collection, or inserts it under a natural id that stays its own. */
    void touch(int entity, int row) {
        update(entity, row, row);
    }

    private void update(int entity, int row, int code) {
        guard(entity, new int[] {row}, code);
        Entry entry = load(entity, row);
        if (entry == null) {
            insert(entity, row, code);
        } else {
            write(entity, entry);
            if (random.nextInt(3) == 0) {
                marks(entity, entry);
            }
        }
    }

    /** Changes the collection and nothing else. */
    private void remark(int entity, int row) {
        guard(entity, new int[] {row});
        Entry entry = load(entity, row);
        if (entry != null) {
            marks(entity, entry);
        }
    }

    private void delete(int entity, int row) {
        guard(entity, new int[] {row});
        Entry entry = load(entity, row);
        if (entry != null) {
            gone(entity, row, entry.code);
            session.remove(entry);
            ledger.count(Tally.DELETES);
        }
    }

    private void deleteAndInsert(int entity, int row, int code) {
        guard(entity, new int[] {row}, code);
        Entry entry = load(entity, row);
        if (entry != null) {
            // Asked before the number is drawn: a code that another transaction gives away later may not be taken.
            int next = random.nextBoolean() && isFree(entity, code) ? code : entry.code;
            gone(entity, row, entry.code);
            session.remove(entry);
            session.flush();
            ledger.count(Tally.DELETES);
            insert(entity, row, next);
        }
    }

    private void insert(int entity, int row, int code) {
        if (!isFree(entity, code)) {
            return;
        }
        Entry entry = entity == 0 ? new Plain() : new Versioned();
        entry.id = row;
        entry.code = code;
        write(entity, entry);
        marks(entity, entry);
        writing.change(new Cell(Cell.Kind.CODE, entity, code), row + 1);
        session.persist(entry);
        ledger.count(Tally.INSERTS);
    }

    /** Gives a row another natural id. */
    private void recode(int entity, int row, int code) {
        guard(entity, new int[] {row}, code);
        Entry entry = load(entity, row);
        if (entry != null && isFree(entity, code)) {
            recode(entity, entry, code);
        }
    }

    /** Gives a row another natural id, and its old one to another row. */
    private void handOver(int entity, int from, int to, int code) {
        guard(entity, new int[] {from, to}, code);
        Entry giver = load(entity, from);
        Entry taker = load(entity, to);
        if (giver != null && taker != null && giver != taker && isFree(entity, code)) {
            int given = giver.code;
            recode(entity, giver, code);
            session.flush();
            recode(entity, taker, given);
        }
    }

    private void recode(int entity, Entry entry, int code) {
        writing.change(new Cell(Cell.Kind.CODE, entity, entry.code), Ledger.NOTHING);
        writing.change(new Cell(Cell.Kind.CODE, entity, code), (int) entry.id + 1);
        entry.code = code;
        write(entity, entry);
    }

    private void bulkUpdate(int entity, int[] rows) {
        guard(entity, rows);
        for (int row : rows) {
            if (exists(entity, row)) {
                writing.change(new Cell(Cell.Kind.ROW, entity, row), Change.SOMETHING);
            }
        }
        writing.guarding();
        MutationQuery update = session.createMutationQuery("update %s%s set number = :n, twin = :n where id in :rows"
                .formatted(
                        entity == 0 ? "" : "versioned ",
                        Entry.CLASSES.get(entity).getSimpleName()));
        update.setParameter("n", writing.number());
        update.setParameterList(
                "rows", Arrays.stream(rows).mapToObj(row -> (long) row).toList());
        update.executeUpdate();
        ledger.count(Tally.BULK_UPDATES);
    }

    private void bulkDelete(int entity, int row) {
        guard(entity, new int[] {row});
        Integer code = ask("select code from %s where id = %d".formatted(table(entity), row));
        if (code != null) {
            gone(entity, row, code);
            writing.guarding();
            session.createMutationQuery("delete from %s where id = :row".formatted(table(entity)))
                    .setParameter("row", (long) row)
                    .executeUpdate();
            ledger.count(Tally.BULK_DELETES);
        }
    }

    private void write(int entity, Entry entry) {
        entry.write(writing.number());
        writing.change(new Cell(Cell.Kind.ROW, entity, (int) entry.id), Change.SOMETHING);
        if (notes) {
            entry.note = writing.number();
            writing.change(new Cell(Cell.Kind.NOTE, entity, (int) entry.id), Change.SOMETHING);
        }
    }

    private void marks(int entity, Entry entry) {
        entry.mark(writing.number(), 1 + random.nextInt(3));
        writing.change(new Cell(Cell.Kind.MARKS, entity, (int) entry.id), Change.SOMETHING);
    }

    private void gone(int entity, int row, int code) {
        writing.change(new Cell(Cell.Kind.ROW, entity, row), Ledger.NOTHING);
        writing.change(new Cell(Cell.Kind.MARKS, entity, row), Ledger.NOTHING);
        writing.change(new Cell(Cell.Kind.NOTE, entity, row), Ledger.NOTHING);
        writing.change(new Cell(Cell.Kind.CODE, entity, code), Ledger.NOTHING);
    }

    private Entry load(int entity, int row) {
        Class<? extends Entry> type = Entry.CLASSES.get(entity);
        if (!trusting) {
            return fromDatabase(session.find(type, (long) row, LockModeType.PESSIMISTIC_WRITE));
        }
        Entry entry = session.find(type, (long) row);
        if (!writing.writes()) {
            reading.judge(entity, row, entry, "find by a writer");
        }
        return entry;
    }

    /** A lock on the row says nothing of its collection: a change made to a stale copy would leave a mixture. */
    private Entry fromDatabase(Entry entry) {
        if (entry != null) {
            CacheMode before = session.getCacheMode();
            session.setCacheMode(CacheMode.IGNORE);
            Hibernate.initialize(entry.marks);
            session.setCacheMode(before);
        }
        return entry;
    }

    /** Takes the database's locks on rows and on a natural id, in an order that cannot deadlock. */
    private void guard(int entity, int[] rows, int... codes) {
        TreeSet<Integer> guards = new TreeSet<>();
        Arrays.stream(rows).forEach(row -> guards.add(entity * ENTITY_GUARDS + row));
        Arrays.stream(codes).forEach(code -> guards.add(entity * ENTITY_GUARDS + CODE_GUARDS + code));
        String ids = guards.stream().map(String::valueOf).collect(Collectors.joining(","));
        ask("select id from guard where id in (%s) order by id for update".formatted(ids));
    }

    private boolean isFree(int entity, int code) {
        return ask("select 1 from %s where code = %d".formatted(table(entity), code)) == null;
    }

    private boolean exists(int entity, int row) {
        return ask("select 1 from %s where id = %d".formatted(table(entity), row)) != null;
    }

    /** Asks the database, past Hibernate, on this transaction's connection. */
    private Integer ask(String sql) {
        return session.doReturningWork(connection -> {
            try (var statement = connection.createStatement();
                    var result = statement.executeQuery(sql)) {
                return result.next() ? result.getInt(1) : null;
            }
        });
    }

    private static String table(int entity) {
        return Entry.CLASSES.get(entity).getSimpleName();
    }
}
