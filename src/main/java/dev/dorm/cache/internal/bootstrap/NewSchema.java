package dev.dorm.cache.internal.bootstrap;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.hibernate.tool.schema.Action;
import org.jspecify.annotations.Nullable;

/**
 * Whether Hibernate makes the schema anew when a session factory is built, as the settings say
 * ({@code SchemaManagementToolCoordinator}): then nothing that is cached from before may be served.
 */
public final class NewSchema {

    private static final List<String> DATABASE_ACTIONS = List.of(
            "jakarta.persistence.schema-generation.database.action",
            "javax.persistence.schema-generation.database.action");
    private static final List<String> SCRIPT_ACTIONS = List.of(
            "jakarta.persistence.schema-generation.scripts.action",
            "javax.persistence.schema-generation.scripts.action");
    private static final String AUTO = "hibernate.hbm2ddl.auto";

    /** Compared by their names: which of them there are depends on the version of Hibernate. */
    private static final Set<String> ANEW = Set.of("CREATE", "CREATE_ONLY", "CREATE_DROP", "DROP", "TRUNCATE");

    private static final Set<String> DROPPED_AT_CLOSE = Set.of("CREATE_DROP");

    private NewSchema() {}

    /** Returns the setting that asks for it, as {@code name = value}, or null. */
    public static @Nullable String asked(Map<String, ?> configuration) {
        return asked(configuration, ANEW);
    }

    /** Returns whether Hibernate drops the schema when the session factory is closed. */
    public static boolean drops(Map<String, ?> configuration) {
        return asked(configuration, DROPPED_AT_CLOSE) != null;
    }

    private static @Nullable String asked(Map<String, ?> configuration, Set<String> actions) {
        for (String name : DATABASE_ACTIONS) {
            String asked = asked(configuration, name, Action::interpretJpaSetting, actions);
            if (asked != null) {
                return asked;
            }
        }
        boolean jakarta = DATABASE_ACTIONS.stream().anyMatch(name -> configuration.get(name) != null)
                || SCRIPT_ACTIONS.stream().anyMatch(name -> configuration.get(name) != null);
        return jakarta ? null : asked(configuration, AUTO, Action::interpretHbm2ddlSetting, actions);
    }

    /** A setting may be given for a contributor of the mapping, whose name stands behind it. */
    private static @Nullable String asked(
            Map<String, ?> configuration, String name, Function<Object, Action> interpretation, Set<String> actions) {
        for (Map.Entry<String, ?> entry : configuration.entrySet()) {
            String key = entry.getKey();
            Object value = entry.getValue();
            if (value != null
                    && (key.equals(name) || key.startsWith(name + "."))
                    && actions.contains(interpretation.apply(value).name())) {
                return key + " = " + value;
            }
        }
        return null;
    }
}
