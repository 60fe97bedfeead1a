package dev.dorm.cache.internal.column;

import dev.dorm.cache.internal.hibernate.mapping.DeclaredColumns;
import dev.dorm.cache.internal.time.Zones;
import java.util.Map;
import org.hibernate.dialect.Dialect;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.jspecify.annotations.Nullable;

/**
 * What columns are like in a factory's database, if it was made by Hibernate, or as Hibernate would.
 *
 * @param dialect the database's
 * @param declared the types of columns that the mapping spells
 * @param zones the time zones that times go through
 */
public record Schema(Dialect dialect, Map<String, String> declared, Zones zones) {

    public static Schema of(SessionFactoryImplementor factory) {
        return new Schema(
                factory.getJdbcServices().getDialect(),
                DeclaredColumns.of(factory),
                new Zones(factory.getSessionFactoryOptions().getJdbcTimeZone()));
    }

    /** Returns the type that the mapping spells for a column, or null. */
    @Nullable
    String declared(SelectableMapping column) {
        return declared.isEmpty() ? null : declared.get(DeclaredColumns.key(column));
    }
}
