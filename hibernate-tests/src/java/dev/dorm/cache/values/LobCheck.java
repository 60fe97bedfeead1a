package dev.dorm.cache.values;

import java.util.List;
import java.util.Random;
import org.hibernate.LobHelper;

/** Columns that hold LOBs, in query results: each is one cause of a warning, whatever class stands for it. */
final class LobCheck {

    private static final int ROWS = 3;

    private LobCheck() {}

    /** They are Hibernate's own: 7.0 and 7.1 cannot bind any other CLOB ({@code ClobJdbcType}). */
    static void prepare(Jvm jvm, Random random) {
        for (long id = 1; id <= ROWS; id++) {
            long row = id;
            RandomValues values = new RandomValues(random);
            byte[] bytes = values.of(byte[].class);
            String text = values.of(String.class);
            jvm.in(() -> {
                jvm.factory().inTransaction(session -> {
                    LobHelper lobs = session.getLobHelper();
                    session.persist(new Samples.Lobs(row, lobs.createBlob(bytes), lobs.createClob(text)));
                });
                return null;
            });
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
