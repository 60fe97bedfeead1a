package com.example.quarkus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.quarkus.Instance.Figures;
import java.util.Map;
import java.util.UUID;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two processes of the packaged application over one database and one Redis. */
class QuarkusIT {

    private static final String KEY = "a key of the test's own";

    private static Redis redis;
    private static Server database;
    private static Map<String, String> environment;
    private static Instance first;
    private static Instance second;

    @BeforeAll
    static void start() throws Exception {
        redis = Redis.start();
        database = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
        String shop = "jdbc:h2:tcp://127.0.0.1:" + database.getPort() + "/mem:" + UUID.randomUUID();
        environment = Map.of("SHOP_DATABASE", shop + ";DB_CLOSE_DELAY=-1", "REDIS_URL", redis.url());
        first = Instance.launch(withKey()).awaitStart();
        second = Instance.launch(withKey()).awaitStart();
    }

    @AfterAll
    static void stop() throws Exception {
        if (first != null) {
            first.close();
        }
        if (second != null) {
            second.close();
        }
        database.stop();
        redis.close();
    }

    @Test
    void theCacheIsInUse() throws Exception {
        assertTrue(first.log().contains("Second-level cache: redis"), first.log());
    }

    @Test
    void whatOneHasReadIsAHitInTheOther() throws Exception {
        first.put("1?name=tea&price=3");
        assertEquals("tea 3", first.get("1"));
        Figures before = second.figures();
        assertEquals("tea 3", second.get("1"));
        assertEquals(new Figures(before.statements(), before.hits() + 1), second.figures());
    }

    @Test
    void whatOneWritesTheOtherReadsAtOnce() throws Exception {
        first.put("2?name=jam&price=4");
        assertEquals("jam 4", second.get("2"));
        first.put("2?name=jam&price=5");
        assertEquals("jam 5", second.get("2"));
        second.put("2?name=jam&price=6");
        assertEquals("jam 6", first.get("2"));
    }

    @Test
    void aQueryResultIsAHitUntilTheOtherWritesItsTable() throws Exception {
        first.put("3?name=rice&price=70");
        assertEquals("rice", names());
        assertEquals("rice", names());
        Figures before = second.figures();
        assertEquals("rice", names());
        assertEquals(new Figures(before.statements(), before.hits() + 1), second.figures());
        first.put("4?name=salt&price=80");
        assertEquals("rice, salt", names());
    }

    private static String names() throws Exception {
        return second.get("from/70");
    }

    @Test
    void aForgottenKeyIsRefusedWhenItStarts() throws Exception {
        try (Instance keyless = Instance.launch(environment)) {
            assertNotEquals(0, keyless.awaitEnd(), keyless.log());
            assertTrue(keyless.log().contains("hibernate.cache.dorm.signing_key"), keyless.log());
            assertTrue(keyless.log().contains("at least 16 bytes"), keyless.log());
        }
    }

    private static Map<String, String> withKey() {
        return Map.of(
                "SHOP_DATABASE", environment.get("SHOP_DATABASE"),
                "REDIS_URL", environment.get("REDIS_URL"),
                "DORM_SIGNING_KEY", KEY);
    }
}
