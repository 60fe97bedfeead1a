package dev.dorm.cache.history;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.hibernate.Session;
import org.hibernate.query.Query;

/** The ways in which a transaction reads through the cache, each judged by its oracle. */
final class Reading {

    private final Session session;
    private final Oracle oracle;
    private final boolean notes;

    public Reading(Session session, Oracle oracle, boolean notes) {
        this.session = session;
        this.oracle = oracle;
        this.notes = notes;
    }

    /** Reads in one of the ways. */
    void some(Random random, int rows) {
        int entity = random.nextInt(Entry.CLASSES.size());
        switch (random.nextInt(10)) {
            case 0 -> byNaturalId(entity, random.nextInt(2 * rows));
            case 1 -> numbers(entity, rows);
            case 2 -> owner(entity, random.nextInt(2 * rows));
            case 3 -> entries(entity);
            case 4 -> {
                for (int row = 0; row < rows; row++) {
                    find(entity, row, false);
                }
            }
            default -> find(entity, random.nextInt(rows), random.nextBoolean());
        }
    }

    void find(int entity, int row, boolean withMarks) {
        Entry entry = session.find(Entry.CLASSES.get(entity), (long) row);
        judge(entity, row, entry, "find");
        if (entry != null && withMarks) {
            marks(entity, entry);
        }
    }

    /** Judges an entry, or that there is none. */
    void judge(int entity, int row, Entry entry, String how) {
        Cell cell = new Cell(Cell.Kind.ROW, entity, row);
        if (entry == null) {
            oracle.sawNothing(cell, how);
            return;
        }
        oracle.saw(cell, entry.number, how);
        if (entry.number != entry.twin) {
            oracle.notWhole(cell, "shows " + entry.number + " and " + entry.twin, how);
        }
        oracle.sawValue(new Cell(Cell.Kind.CODE, entity, entry.code), row + 1, how);
        Cell note = new Cell(Cell.Kind.NOTE, entity, row);
        if (notes && entry.note == null) {
            oracle.sawNothing(note, how);
        } else if (notes) {
            oracle.saw(note, entry.note, how);
        }
    }

    void marks(int entity, Entry entry) {
        Cell cell = new Cell(Cell.Kind.MARKS, entity, (int) entry.id);
        List<Long> marks = entry.marks;
        if (marks.isEmpty()) {
            oracle.sawNothing(cell, "marks");
        } else if (marks.stream().distinct().count() != 1 || marks.get(0) == null) {
            oracle.notWhole(cell, "shows " + List.copyOf(marks), "marks");
        } else {
            oracle.saw(cell, marks.get(0), "marks");
        }
    }

    void byNaturalId(int entity, int code) {
        Cell cell = new Cell(Cell.Kind.CODE, entity, code);
        Entry entry = session.bySimpleNaturalId(Entry.CLASSES.get(entity)).load(code);
        if (entry == null) {
            oracle.ledNowhere(cell, "natural id");
        } else {
            oracle.sawValue(cell, (int) entry.id + 1, "natural id");
        }
    }

    /** A cached query over one table: every row must be in it, and none may be old. */
    void numbers(int entity, int rows) {
        Query<Object[]> query =
                session.createQuery("select e.id, e.number from %s e".formatted(name(entity)), Object[].class);
        BitSet found = new BitSet();
        for (Object[] row : query.setCacheable(true).getResultList()) {
            int id = ((Long) row[0]).intValue();
            found.set(id);
            oracle.saw(new Cell(Cell.Kind.ROW, entity, id), (Long) row[1], "query of numbers");
        }
        for (int row = found.nextClearBit(0); row < rows; row = found.nextClearBit(row + 1)) {
            oracle.sawNothing(new Cell(Cell.Kind.ROW, entity, row), "query of numbers");
        }
    }

    /** A cached query with a parameter. */
    void owner(int entity, int code) {
        Query<Long> query =
                session.createQuery("select e.id from %s e where e.code = :code".formatted(name(entity)), Long.class);
        Long owner = query.setParameter("code", code).setCacheable(true).uniqueResult();
        oracle.sawValue(
                new Cell(Cell.Kind.CODE, entity, code),
                owner == null ? Ledger.NOTHING : owner.intValue() + 1,
                "query of the owner");
    }

    /** A cached query whose result is ids, and whose rows come from the cache one by one. */
    void entries(int entity) {
        Query<? extends Entry> query =
                session.createQuery("from %s".formatted(name(entity)), Entry.CLASSES.get(entity));
        for (Entry entry : query.setCacheable(true).getResultList()) {
            if (entry != null) {
                judge(entity, (int) entry.id, entry, "query of entries");
            }
        }
    }

    private static String name(int entity) {
        return Entry.CLASSES.get(entity).getSimpleName();
    }
}
