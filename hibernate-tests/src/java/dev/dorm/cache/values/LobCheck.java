package dev.dorm.cache.values;

import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import javax.sql.rowset.serial.SerialBlob;
import javax.sql.rowset.serial.SerialClob;

/** Columns that hold LOBs, in query results: each is one cause of a warning, whatever class stands for it. */
final class LobCheck {

    private static final int ROWS = 3;

    private LobCheck() {}

    static void prepare(Jvm jvm, Random random) {
        for (long id = 1; id <= ROWS; id++) {
            Samples.Lobs lobs = lobs(id, new RandomValues(random));
            jvm.in(() -> {
                jvm.factory().inTransaction(session -> session.persist(lobs));
                return null;
            });
        }
    }

    private static Samples.Lobs lobs(long id, RandomValues values) {
        try {
            return new Samples.Lobs(
                    id,
                    new SerialBlob(values.of(byte[].class)),
                    new SerialClob(values.of(String.class).toCharArray()));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Reads them; what is warned of is looked at with all else. */
    static void check(Jvm jvm) {
        for (String column : List.of("blob", "clob")) {
            for (long id = 1; id <= ROWS; id++) {
                String hql = "select l." + column + " from Lobs l where l.id = " + id;
                jvm.in(() -> jvm.factory().fromTransaction(session -> session.createQuery(hql, Object.class)
                        .setCacheable(true)
                        .getSingleResult()));
            }
        }
    }
}
