package dev.dorm.cache.internal.column;

import org.hibernate.dialect.Dialect;
import org.hibernate.engine.jdbc.Size;
import org.hibernate.metamodel.mapping.JdbcMapping;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.jspecify.annotations.Nullable;

/** How much a column holds, as Hibernate's own DDL declares it: as the mapping says, and else by the dialect's default. */
final class ColumnSize {

    private final @Nullable Integer precision;
    private final @Nullable Integer scale;
    private final @Nullable Long length;

    ColumnSize(SelectableMapping column, Dialect dialect) {
        JdbcMapping mapping = column.getJdbcMapping();
        Integer fraction = column.getTemporalPrecision();
        Integer declared = fraction != null ? fraction : column.getPrecision();
        Size size = resolved(mapping, declared, column, dialect);
        this.precision = declared != null ? declared : size.getPrecision();
        this.scale = column.getScale() != null ? column.getScale() : size.getScale();
        this.length = column.getLength() != null ? column.getLength() : size.getLength();
    }

    private static Size resolved(
            JdbcMapping mapping, @Nullable Integer precision, SelectableMapping column, Dialect dialect) {
        try {
            return dialect.getSizeStrategy()
                    .resolveSize(
                            mapping.getJdbcType(),
                            mapping.getJdbcJavaType(),
                            precision,
                            column.getScale(),
                            column.getLength());
        } catch (IllegalArgumentException e) {
            // A scale that means nothing to the type: nothing is known then.
            return new Size();
        }
    }

    /** Returns the digits of a number or of a fraction of a second, or -1. */
    int precision() {
        return precision == null ? -1 : precision;
    }

    /** Returns the digits behind the point, or -1. */
    int scale() {
        return scale == null ? -1 : scale;
    }

    /** Returns the characters of a text, or -1. */
    long length() {
        return length == null ? -1 : length;
    }
}
