package dev.dorm.cache.internal.hibernate.mapping;

import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.WeakHashMap;
import org.hibernate.boot.Metadata;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.mapping.Column;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.jspecify.annotations.Nullable;

/**
 * The columns whose SQL types the mapping spells out ({@code columnDefinition}), so that Hibernate does not know what they
 * hold. They are read from the metadata while a session factory is built.
 *
 * <p>Hibernate: {@code SqlTypedMapping.getColumnDefinition} does not tell them, and in 6.6 tells also what the dialect makes.
 *
 * <p>Since: 7.0. Until: 7.4 or later.
 *
 * <p>Goes when: {@code ExactValuesIT#anUpdate} stays green without it.
 */
public final class DeclaredColumns {

    private static final Map<SessionFactoryImplementor, Map<String, String>> OF =
            Collections.synchronizedMap(new WeakHashMap<>());

    private DeclaredColumns() {}

    /**
     * Takes note of a mapping's columns.
     *
     * @param metadata the mapping
     * @param factory its session factory, not complete yet
     */
    public static void read(Metadata metadata, SessionFactoryImplementor factory) {
        Map<String, String> declared = new HashMap<>();
        metadata.collectTableMappings().forEach(table -> table.getColumns().forEach(column -> {
            String type = column.getSqlType();
            if (type != null && !type.equals(standard(column, metadata))) {
                declared.put(key(table.getName(), column.getName()), type);
            }
        }));
        OF.put(factory, declared);
    }

    /** The type that Hibernate would declare; once it has, that stands where a spelled one would. */
    private static @Nullable String standard(Column column, Metadata metadata) {
        Column same = new Column(column.getName());
        same.setValue(column.getValue());
        same.setTypeIndex(column.getTypeIndex());
        same.setLength(column.getLength());
        same.setPrecision(column.getPrecision());
        same.setScale(column.getScale());
        same.setTemporalPrecision(column.getTemporalPrecision());
        try {
            return same.getSqlType(metadata);
        } catch (RuntimeException e) {
            return null;
        }
    }

    /** Returns the types that a factory's mapping spells. */
    public static Map<String, String> of(SessionFactoryImplementor factory) {
        return OF.getOrDefault(factory, Map.of());
    }

    public static String key(SelectableMapping column) {
        String table = column.getContainingTableExpression();
        return key(table.substring(table.lastIndexOf('.') + 1), column.getSelectionExpression());
    }

    private static String key(String table, String column) {
        return bare(table) + "." + bare(column);
    }

    private static String bare(String name) {
        return name.replaceAll("[`\"\\[\\]]", "").toLowerCase(Locale.ROOT);
    }
}
