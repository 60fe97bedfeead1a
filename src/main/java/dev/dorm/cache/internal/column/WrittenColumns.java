package dev.dorm.cache.internal.column;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hibernate.boot.Metadata;
import org.hibernate.mapping.Column;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.Property;
import org.hibernate.mapping.Selectable;
import org.hibernate.mapping.Value;
import org.jspecify.annotations.Nullable;

/**
 * The columns whose type or collation the mapping writes out: {@code columnDefinition} and {@code @Collate}. Hibernate's
 * run-time model has neither, since version 7.
 */
public final class WrittenColumns {

    /** What is known without a mapping's metadata. */
    public static final WrittenColumns NONE = new WrittenColumns();

    private static final String ID = "#id";

    private final Map<String, List<Definition>> byRole = new HashMap<>();

    private WrittenColumns() {}

    /**
     * How a column is written out.
     *
     * @param type its type in lower case, empty when Hibernate chooses it
     * @param collation its collation in lower case, or null
     */
    public record Definition(String type, @Nullable String collation) {

        public static final Definition NONE = new Definition("", null);

        private static Definition of(Selectable selectable) {
            return selectable instanceof Column column
                    ? new Definition(lower(column.getSqlType()), nullOrLower(column.getCollation()))
                    : NONE;
        }

        private static String lower(@Nullable String text) {
            return text == null ? "" : text.trim().toLowerCase(Locale.ROOT);
        }

        private static @Nullable String nullOrLower(@Nullable String text) {
            return text == null ? null : lower(text);
        }
    }

    /**
     * Takes note of a mapping's columns.
     *
     * @param metadata the mapping, which no session factory has changed yet
     * @return its columns
     */
    public static WrittenColumns of(Metadata metadata) {
        WrittenColumns written = new WrittenColumns();
        for (PersistentClass entity : metadata.getEntityBindings()) {
            written.add(entity.getEntityName() + ID, entity.getIdentifier());
            for (Property property : entity.getPropertyClosure()) {
                written.add(entity.getEntityName() + "." + property.getName(), property.getValue());
            }
        }
        return written;
    }

    private void add(String role, Value value) {
        List<Definition> definitions = new ArrayList<>();
        value.getSelectables().forEach(each -> definitions.add(Definition.of(each)));
        if (definitions.stream().anyMatch(each -> !each.equals(Definition.NONE))) {
            byRole.put(role, List.copyOf(definitions));
        }
    }

    /** The columns of an entity's id, in the order of the mapping; empty when none is written out. */
    public List<Definition> ofId(String entity) {
        return byRole.getOrDefault(entity + ID, List.of());
    }

    /** The columns of an attribute. */
    public List<Definition> of(String entity, String attribute) {
        return byRole.getOrDefault(entity + "." + attribute, List.of());
    }
}
