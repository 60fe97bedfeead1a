package dev.dorm.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.internal.bootstrap.Database;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.hibernate.boot.model.naming.Identifier;
import org.hibernate.engine.jdbc.env.spi.JdbcEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two session factories share a store only if all that their settings and connections say of the database is the same. */
class DatabaseTest {

    private static final String URL = "jdbc:postgresql://db/app";

    private static Map<String, Object> with(String name, Object value) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("jakarta.persistence.jdbc.url", URL);
        settings.put("jakarta.persistence.jdbc.user", "app");
        settings.put(name, value);
        return settings;
    }

    /** What Hibernate knows of a connection. */
    private static JdbcEnvironment showing(String catalog, String schema) {
        return (JdbcEnvironment) Proxy.newProxyInstance(
                DatabaseTest.class.getClassLoader(),
                new Class<?>[] {JdbcEnvironment.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getCurrentCatalog" -> Identifier.toIdentifier(catalog);
                    case "getCurrentSchema" -> Identifier.toIdentifier(schema);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @ParameterizedTest
    @CsvSource({
        "jakarta.persistence.jdbc.url, jdbc:postgresql://db/other",
        "jakarta.persistence.jdbc.user, other",
        "hibernate.default_catalog, other",
        "hibernate.default_schema, other",
        "jakarta.persistence.nonJtaDataSource, java:other"
    })
    void anotherSettingIsAnotherDatabase(String name, String value) {
        String one = Database.name(with("hibernate.show_sql", "true"), showing("app", "public"));
        assertThat(Database.name(with("hibernate.show_sql", "false"), showing("app", "public")))
                .isEqualTo(one)
                .isNotNull();
        assertThat(Database.name(with(name, value), showing("app", "public"))).isNotEqualTo(one);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jakarta.persistence.jdbc.user",
                "hibernate.connection.username",
                "javax.persistence.jdbc.user",
                "hibernate.connection.user",
                "hibernate.hikari.username",
                "hibernate.hikari.dataSource.user",
                "hibernate.agroal.principal"
            })
    void aUserIsToldByAnyOfItsSettings(String setting) {
        Map<String, Object> one = Map.of("hibernate.connection.url", URL, setting, "one");
        Map<String, Object> other = Map.of("hibernate.connection.url", URL, setting, "other");
        assertThat(Database.name(one, null)).isNotEqualTo(Database.name(other, null));
    }

    @Test
    void aConnectionThatShowsAnotherCatalogOrSchemaIsAnotherDatabase() {
        Map<String, Object> settings = with("hibernate.show_sql", "true");
        String one = Database.name(settings, showing("app", "public"));
        assertThat(Database.name(settings, showing("app", "public"))).isEqualTo(one);
        assertThat(Database.name(settings, showing("other", "public"))).isNotEqualTo(one);
        assertThat(Database.name(settings, showing("app", "other"))).isNotEqualTo(one);
        assertThat(Database.name(settings, showing(null, null))).isNotEqualTo(one);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:h2:mem:", "jdbc:h2:mem:;DB_CLOSE_DELAY=-1", "jdbc:sqlite::memory:"})
    void aDatabaseOfItsConnectionsAloneHasNoName(String url) {
        assertThat(Database.name(Map.of("hibernate.connection.url", url), null)).isNull();
    }

    @Test
    void whereNothingIsSaidThereIsNoName() {
        assertThat(Database.name(Map.of("hibernate.connection.username", "app"), null))
                .isNull();
    }
}
