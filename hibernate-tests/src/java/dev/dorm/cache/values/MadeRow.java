package dev.dorm.cache.values;

import dev.dorm.cache.testing.WholeSession;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.CacheMode;
import org.hibernate.Session;

/**
 * A row of a generated entity, as a session reads and changes it.
 *
 * @param made the entity
 * @param number the row's number
 * @param attributes those that are looked at
 * @param persisted the id that the row was persisted with
 */
record MadeRow(MadeEntity made, long number, Collection<Attribute> attributes, Object persisted) {

    /** The same row, of which it is known now what id the database has given it. */
    MadeRow identified(Session session) {
        Object id = session.createQuery(
                        "select e.id from " + made.entityName() + " e where e.number = ?1", Object.class)
                .setParameter(1, number)
                .getSingleResult();
        return new MadeRow(made, number, attributes, id);
    }

    Object find(Session session) {
        Object found = number % 4 == 0
                ? session.byNaturalId(made.type())
                        .using("natural", MadeEntity.natural(number))
                        .load()
                // Unlike find, which has a cache mode of its own.
                : session.byId(made.type()).with(session.getCacheMode()).load(id());
        if (found == null) {
            throw new IllegalStateException("the row is not found by " + made.id());
        }
        return found;
    }

    /**
     * Any form of the id; the one that was persisted where there are collections, since Hibernate finds their elements by
     * an owner's key that equals the one it has.
     */
    private Object id() {
        boolean collections = made.attributes().stream().anyMatch(Attribute::hasTable);
        return collections || made.id().isGenerated() ? persisted : made.idOf(number);
    }

    /** What each attribute holds, to the last part. */
    Map<String, String> picture(Session session, CacheMode mode) {
        WholeSession.uses(session, mode);
        Object entity = find(session);
        Map<String, String> picture = new LinkedHashMap<>();
        for (Attribute attribute : attributes) {
            picture.put(attribute.name(), Picture.serialized(MadeEntity.get(entity, attribute.name())));
        }
        return picture;
    }

    /** Changes another attribute. */
    void rename(Session session, CacheMode mode, String name) {
        WholeSession.uses(session, mode);
        MadeEntity.set(find(session), "name", name);
    }

    /** What stands in the row, but for serialized values, whose bytes also say which parts are the same object. */
    Map<String, String> columns(Session session) {
        return session.doReturningWork(connection -> {
            Map<String, String> columns = new LinkedHashMap<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "select * from " + made.entityName() + " where number = " + number)) {
                ResultSetMetaData metadata = rows.getMetaData();
                rows.next();
                for (int i = 1; i <= metadata.getColumnCount(); i++) {
                    String name = metadata.getColumnName(i);
                    if (!name.equalsIgnoreCase("name")) {
                        columns.put(name, text(rows, i, metadata.getColumnTypeName(i)));
                    }
                }
            }
            return columns;
        });
    }

    private static String text(ResultSet rows, int column, String type) throws SQLException {
        if (!type.contains("BINARY") || type.contains("ARRAY")) {
            return rows.getString(column);
        }
        byte[] bytes = rows.getBytes(column);
        String hex = bytes == null ? "null" : HexFormat.of().formatHex(bytes);
        return hex.startsWith("aced") ? "serialized" : hex;
    }

    /** Queries of a column: alone, in a tuple, and in a constructor's arguments. */
    static List<String> queries(MadeEntity made, Attribute attribute) {
        String path = "e." + attribute.name();
        return List.of(
                "select " + path + " from " + made.entityName() + " e where e.number = ?1",
                "select " + path + " as v, e.name as n from " + made.entityName() + " e where e.number = ?1",
                "select new dev.dorm.cache.values.Samples$Made(" + path + ", e.name) from " + made.entityName()
                        + " e where e.number = ?1");
    }

    String result(Session session, String hql, boolean cacheable) {
        List<String> rows = new ArrayList<>();
        for (Object row : session.createQuery(hql, Object.class)
                .setParameter(1, number)
                .setCacheable(cacheable)
                .getResultList()) {
            rows.add(Picture.of(row));
        }
        return rows.toString();
    }
}
