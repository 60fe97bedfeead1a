package dev.dorm.cache.internal.bootstrap;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.hibernate.engine.jdbc.env.spi.JdbcEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * Names the database behind a session factory, so that the factories of one process that work on the same database
 * share their in-process store, and others do not.
 */
public final class Database {

    /** By this, whoever makes the data source, and so knows its database, says which one it is. */
    public static final String NAME = "dev.dorm.cache.database";

    private static final String[] URLS = {
        "jakarta.persistence.jdbc.url", "hibernate.connection.url", "javax.persistence.jdbc.url"
    };
    private static final String[] DATA_SOURCES = {
        "jakarta.persistence.jtaDataSource", "jakarta.persistence.nonJtaDataSource", "hibernate.connection.datasource"
    };
    private static final String[] USERS = {
        "jakarta.persistence.jdbc.user",
        "hibernate.connection.username",
        "javax.persistence.jdbc.user",
        "hibernate.connection.user",
        "hibernate.hikari.username",
        "hibernate.hikari.dataSource.user",
        "hibernate.agroal.principal"
    };
    private static final String[] NARROWER = {"hibernate.default_catalog", "hibernate.default_schema"};

    private Database() {}

    /**
     * Returns its name, or null when it cannot be told: then a session factory has a store of its own. Two users of one URL
     * may have tables of their own, since the user decides which schema is the connection's own, and which rows it shows.
     *
     * @param configuration Hibernate's settings
     * @param connection what Hibernate knows of its connections, or null for nothing
     */
    public static @Nullable String name(Map<String, ?> configuration, @Nullable JdbcEnvironment connection) {
        String name = source(configuration);
        if (name == null) {
            return null;
        }
        StringBuilder full = new StringBuilder("database:").append(name);
        for (String setting : NARROWER) {
            full.append('|').append(configuration.get(setting));
        }
        full.append('|').append(user(configuration));
        if (connection != null) {
            full.append('|').append(connection.getCurrentCatalog());
            full.append('|').append(connection.getCurrentSchema());
        }
        return full.toString();
    }

    private static @Nullable Object user(Map<String, ?> configuration) {
        return Arrays.stream(USERS)
                .map(configuration::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String source(Map<String, ?> configuration) {
        if (configuration.get(NAME) instanceof String known) {
            return known;
        }
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
