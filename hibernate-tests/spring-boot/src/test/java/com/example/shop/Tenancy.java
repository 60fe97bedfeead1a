package com.example.shop;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;

/** Which tenant is served; by default each has a row's column, and with {@link Databases} a database of its own. */
class Tenancy implements CurrentTenantIdentifierResolver<String> {

    private static String current = "one";

    static void serve(String tenant) {
        current = tenant;
    }

    @Override
    public String resolveCurrentTenantIdentifier() {
        return current;
    }

    @Override
    public boolean validateExistingCurrentSessions() {
        return false;
    }

    void customize(Map<String, Object> settings) {
        settings.put("hibernate.tenant_identifier_resolver", this);
    }

    /** Each tenant has a database. */
    static final class Databases extends Tenancy implements MultiTenantConnectionProvider<String> {

        private static final long serialVersionUID = 1L;

        private final String url = Application.newDatabase().replace(";", "-%s;");

        Databases(String... tenants) throws SQLException {
            for (String tenant : tenants) {
                try (Connection connection = getConnection(tenant)) {
                    connection
                            .createStatement()
                            .execute("create table product (id bigint primary key, name varchar(255))");
                    connection.createStatement().execute("create sequence product_seq increment by 50");
                }
            }
        }

        @Override
        void customize(Map<String, Object> settings) {
            super.customize(settings);
            settings.put("hibernate.multi_tenant_connection_provider", this);
        }

        @Override
        public Connection getAnyConnection() throws SQLException {
            return getConnection("one");
        }

        @Override
        public void releaseAnyConnection(Connection connection) throws SQLException {
            connection.close();
        }

        @Override
        public Connection getConnection(String tenant) throws SQLException {
            return DriverManager.getConnection(url.formatted(tenant));
        }

        @Override
        public void releaseConnection(String tenant, Connection connection) throws SQLException {
            connection.close();
        }

        @Override
        public boolean supportsAggressiveRelease() {
            return false;
        }

        @Override
        public boolean isUnwrappableAs(Class<?> type) {
            return false;
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            throw new UnsupportedOperationException();
        }
    }
}
