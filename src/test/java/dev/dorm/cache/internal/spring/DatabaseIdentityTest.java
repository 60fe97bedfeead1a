package dev.dorm.cache.internal.spring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseIdentityTest {

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://h:1/shop?user=a&password=b, jdbc:postgresql://h:1/shop",
        "jdbc:mysql://a:b@h/shop, jdbc:mysql://h/shop",
        "jdbc:oracle:thin:scott/tiger@//h:1/x, jdbc:oracle:thin:@//h:1/x",
        "jdbc:oracle:thin:@//h:1/x, jdbc:oracle:thin:@//h:1/x",
        "jdbc:sqlserver://h:1;databaseName=shop;user=a, jdbc:sqlserver://h:1"
    })
    void whoLogsInMakesNoOtherDatabase(String url, String name) {
        assertThat(DatabaseIdentity.withoutLogin(url)).isEqualTo(name);
    }

    @Test
    void oneDatabaseHasOnePrefix(@TempDir Path directory) {
        String url = "jdbc:h2:" + directory.resolve("shop");
        String prefix = prefix(h2(url + ";MODE=LEGACY"));
        assertThat(prefix).matches("db[0-9a-f]{10}").isEqualTo(prefix(h2(url + ";LOCK_TIMEOUT=1")));
        assertThat(prefix(h2("jdbc:h2:" + directory.resolve("other")))).isNotEqualTo(prefix);
    }

    @Test
    void schemasOfOneDatabaseAreApart() {
        String url = "jdbc:h2:mem:schemas;DB_CLOSE_DELAY=-1";
        String prefix = prefix(h2(url));
        assertThat(prefix(h2(url + ";INIT=create schema if not exists other\\;set schema other")))
                .isNotEqualTo(prefix);
    }

    @Test
    void aDatabaseThatCannotBeAskedHasNone() {
        JdbcDataSource wrong = h2("jdbc:h2:tcp://localhost:1/none");
        assertThat(DatabaseIdentity.of(wrong)).isNull();
        assertThat(DatabaseIdentity.of(null)).isNull();
    }

    @Test
    void twoDatabasesInMemoryOfOneNameAreApartInTwoProcesses() {
        assertThat(requireNonNull(DatabaseIdentity.of(h2("jdbc:h2:mem:shop"))).name())
                .matches("jdbc:h2:mem:shop\\|SHOP\\|PUBLIC\\|[0-9a-f-]{36}");
    }

    private static String prefix(DataSource source) {
        return requireNonNull(DatabaseIdentity.of(source)).prefix();
    }

    private static JdbcDataSource h2(String url) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);
        source.setUser("sa");
        return source;
    }
}
