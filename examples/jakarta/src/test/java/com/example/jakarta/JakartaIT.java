package com.example.jakarta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The application twice in one server, each with class loaders of its own, over one database and one Redis. */
@TestMethodOrder(OrderAnnotation.class)
class JakartaIT {

    private static final Path WAR = Path.of("target/shop.war");

    private static Redis redis;
    private static Server server;

    @BeforeAll
    static void start() throws Exception {
        redis = Redis.start();
        server = Server.start(List.of("-DREDIS_URL=" + redis.url(), "-DDORM_SIGNING_KEY=a key of the test's own"));
        server.deploy(WAR, "first");
        server.deploy(WAR, "second");
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
        redis.close();
    }

    @Test
    @Order(1)
    void theCacheIsInUse() throws Exception {
        assertTrue(server.log().contains("Second-level cache: redis"), server.log());
    }

    @Test
    @Order(1)
    void whatOneHasReadIsAHitInTheOther() throws Exception {
        server.put("first/products/1?name=tea&price=3");
        assertEquals("tea 3", server.get("first/products/1"));
        int before = hits("second");
        assertEquals("tea 3", server.get("second/products/1"));
        assertEquals(before + 1, hits("second"));
    }

    @Test
    @Order(1)
    void whatOneWritesTheOtherReadsAtOnce() throws Exception {
        server.put("first/products/2?name=jam&price=4");
        assertEquals("jam 4", server.get("second/products/2"));
        server.put("second/products/2?name=jam&price=5");
        assertEquals("jam 5", server.get("first/products/2"));
    }

    @Test
    @Order(1)
    void whatIsRolledBackIsNotServed() throws Exception {
        server.put("first/products/3?name=oil&price=6");
        assertEquals("oil 6", server.get("first/products/3"));
        assertEquals(500, server.put("first/products/3/in-vain?price=7"));
        assertEquals("oil 6", server.get("first/products/3"));
        assertEquals("oil 6", server.get("second/products/3"));
    }

    @Test
    @Order(1)
    void aQueryResultIsAHitUntilTheOtherWritesItsTable() throws Exception {
        server.put("first/products/4?name=rice&price=70");
        assertEquals("rice", server.get("second/products/from/70"));
        assertEquals("rice", server.get("second/products/from/70"));
        int before = hits("second");
        assertEquals("rice", server.get("second/products/from/70"));
        assertEquals(before + 1, hits("second"));
        server.put("first/products/5?name=salt&price=80");
        assertEquals("rice, salt", server.get("second/products/from/70"));
    }

    @Test
    @Order(2)
    void aRedeploymentGoesOnWithWhatIsCached() throws Exception {
        for (int again = 0; again < 2; again++) {
            server.undeploy("first");
            server.deploy(WAR, "first");
            server.put("first/products/1?name=tea&price=" + again);
            assertEquals("tea " + again, server.get("second/products/1"));
        }
        server.undeploy("first");
        server.undeploy("second");
        server.await("no thread of the cache runs", () -> threads().isEmpty());
    }

    private static List<String> threads() throws Exception {
        return server.jcmd("Thread.print")
                .lines()
                .filter(line -> line.matches("\"(dorm|redisson).*"))
                .toList();
    }

    private static int hits(String name) throws Exception {
        return Integer.parseInt(server.get(name + "/products/hits"));
    }
}
