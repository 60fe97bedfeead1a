package dev.dorm.cache.differential;

import dev.dorm.cache.testing.SourceEntity;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hibernate.SessionBuilder;

/**
 * Entities of which Hibernate keeps the past, since 7.4: by their history, and by an audit log. Before that, they are
 * ordinary ones, and no session reads the past.
 */
final class Annals {

    private static final String SOURCE =
            """
            import jakarta.persistence.*;
            import java.util.*;

            public class Annals {
                @Entity(name = "Annal")
                @Cacheable
                @TEMPORAL
                public static class Annal {
                    @Id long id;
                    String name;
                    int amount;
                    @ElementCollection @TEMPORAL Set<String> tags = new HashSet<>();
                }

                @Entity(name = "Ledger")
                @Cacheable
                @org.hibernate.annotations.NaturalIdCache
                @AUDITED
                public static class Ledger {
                    @Id long id;
                    String name;
                    int amount;
                    @org.hibernate.annotations.NaturalId(mutable = true) String code;
                    @Version int version;
                }
                SUPPLIER
            }
            """;

    private static final String SUPPLIER =
            """
            public static class Supplier implements org.hibernate.temporal.spi.ChangesetIdentifierSupplier<Long> {
                @Override
                public Long generateIdentifier(org.hibernate.SharedSessionContract session) {
                    return dev.dorm.cache.differential.Changesets.current();
                }
            }
            """;

    private static final Class<?> CLASSES = SourceEntity.compile(
            "Annals",
            SOURCE.replace("@TEMPORAL", areKnown() ? "@org.hibernate.annotations.Temporal" : "")
                    .replace("@AUDITED", areKnown() ? "@org.hibernate.annotations.Audited" : "")
                    .replace("SUPPLIER", areKnown() ? SUPPLIER : ""));

    private Annals() {}

    /** Whether this Hibernate has sessions that read the past. */
    static boolean areKnown() {
        return Stream.of(SessionBuilder.class.getMethods())
                .anyMatch(method -> method.getName().equals("atChangeset"));
    }

    /** The class that holds the entities. */
    static Class<?> entities() {
        return CLASSES;
    }

    /** Whether Hibernate keeps the past of an entity. */
    static boolean keep(Kind kind) {
        return areKnown() && kind.type().getDeclaringClass() == CLASSES;
    }

    /** Hibernate's settings for them. */
    static Map<String, Object> settings() {
        Thread.currentThread().setContextClassLoader(CLASSES.getClassLoader());
        return areKnown()
                ? Map.of(
                        "hibernate.temporal.table_strategy",
                        "HISTORY_TABLE",
                        "hibernate.temporal.changeset_id_supplier",
                        supplier())
                : Map.of();
    }

    private static Class<?> supplier() {
        return Stream.of(CLASSES.getDeclaredClasses())
                .filter(type -> type.getSimpleName().equals("Supplier"))
                .findFirst()
                .orElseThrow();
    }

    /** Whether one table keeps the past of another. */
    static boolean isHistoryOf(String table, String of) {
        return List.of(of + "_history", of + "_AUD").contains(table);
    }

    /** Lets what a builder opens read what was there before a program's first step. */
    static <B> B before(Class<? super B> type, B builder) {
        try {
            type.getMethod("atChangeset", Object.class).invoke(builder, Changesets.SEED);
            return builder;
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
