package com.example.restart;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.shop.ChildJvm;
import com.example.shop.TestRedis;
import java.util.List;
import org.junit.jupiter.api.Test;

/** DevTools restarts an application in one JVM, with its classes loaded anew. */
class RestartTest {

    @Test
    void overRedisAndNearEachRunFindsWhatTheFirstCached() throws Exception {
        assertThat(restarted(
                        "dorm.cache.near=all",
                        "spring.data.redis.url=" + TestRedis.shared().url()))
                .containsSubsequence("HITS 3", "HITS 2", "HITS 2");
    }

    @Test
    void inProcessEachRunHasEntriesOfItsOwnClasses() throws Exception {
        assertThat(restarted("dorm.cache.backend=locmem", "dorm.cache.location=shared"))
                .containsSubsequence("HITS 3", "HITS 0", "HITS 0");
    }

    /** The database outlives a run, as one on a server does. */
    private static String restarted(String... properties) throws Exception {
        String printed = ChildJvm.run(
                Restarting.class,
                List.of("-XX:SoftRefLRUPolicyMSPerMB=0"),
                "--" + properties[0],
                "--" + properties[1],
                "--dorm.cache.use-query-cache=true",
                "--spring.datasource.url=jdbc:h2:mem:restart;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE",
                "--spring.autoconfigure.exclude="
                        + "org.springframework.boot.devtools.autoconfigure.DevToolsDataSourceAutoConfiguration",
                "--spring.jpa.hibernate.ddl-auto=update",
                "--spring.main.web-application-type=none");
        assertThat(printed)
                .containsSubsequence(
                        "READ GREEN GREEN", "READ GREEN GREEN", "READ GREEN GREEN", "SECOND LOADER GONE true")
                .doesNotContain("ClassCastException");
        return printed;
    }
}
