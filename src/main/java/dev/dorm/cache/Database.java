package dev.dorm.cache;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names the database behind a session factory, so that the factories of one process that work on the same database
 * share their in-process store, and others do not.
 */
final class Database {

    private static final String[] URLS = {
        "jakarta.persistence.jdbc.url", "hibernate.connection.url", "javax.persistence.jdbc.url"
    };
    private static final String[] DATA_SOURCES = {
        "jakarta.persistence.jtaDataSource", "jakarta.persistence.nonJtaDataSource", "hibernate.connection.datasource"
    };
    private static final String[] NARROWER = {"hibernate.default_catalog", "hibernate.default_schema"};

    private Database() {}

    /** Returns its name, or null when it cannot be told: then a session factory has a store of its own. */
    static @Nullable String name(Map<String, ?> configuration) {
        String name = source(configuration);
        if (name == null) {
            return null;
        }
        StringBuilder full = new StringBuilder("database:").append(name);
        for (String setting : NARROWER) {
            full.append('|').append(configuration.get(setting));
        }
        return full.toString();
    }

    private static @Nullable String source(Map<String, ?> configuration) {
        for (String setting : DATA_SOURCES) {
            Object source = configuration.get(setting);
            if (source instanceof String jndiName) {
                return jndiName;
            }
            if (source != null) {
                return source.getClass().getName() + "@" + System.identityHashCode(source);
            }
        }
        for (String setting : URLS) {
            Object url = configuration.get(setting);
            if (url != null) {
                return privateToItsConnection(url.toString()) ? null : url.toString();
            }
        }
        return null;
    }

    /** An unnamed database in memory is another one for every connection pool. */
    private static boolean privateToItsConnection(String url) {
        return url.endsWith(":mem:") || url.contains(":mem:;") || url.contains(":memory:");
    }
}
