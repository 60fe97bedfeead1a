package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.shop.Visitor.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two instances, each a process of its own where there is a Redis, over HTTP. */
class ShopIT {

    private static final long SENCHA = 31;
    private static final long ASSAM = 32;
    private static final long MANTIQUEIRA = 13;
    private static final long GRINDER = 23;

    private static Visitor a;
    private static Visitor b;

    @BeforeAll
    static void start() throws Exception {
        System.out.println("Spring Boot " + System.getProperty("shop.boot"));
        a = new Visitor(TwoInstances.shared().a());
        b = new Visitor(TwoInstances.shared().b());
    }

    @Test
    void aWarmPageNeedsNoStatement() throws Exception {
        assertThat(a.warmPage().statements()).isZero();
        Page page = a.page();
        assertThat(page.statements()).isZero();
        assertThat(page.hits()).isPositive();
        assertThat(page.text()).contains("Sencha", "Gooseneck kettle", "The database was not asked");
    }

    @Test
    void whatOneInstanceHasReadTheOtherNeedNot() throws Exception {
        a.warmPage();
        assertThat(b.page().statements()).isZero();
    }

    @Test
    void anOrderWrittenInOneInstanceIsSeenAtOnceInTheOther() throws Exception {
        orderAndSee(a, b, "Ada Lovelace");
        orderAndSee(b, a, "Grace Hopper");
    }

    private static void orderAndSee(Visitor writer, Visitor reader, String customer) throws Exception {
        writer.warmPage();
        Page before = reader.warmPage();
        assertThat(before.statements()).isZero();
        assertThat(before.text()).doesNotContain(customer);

        assertThat(writer.order(SENCHA, 2, customer).status()).isEqualTo(302);

        Page after = reader.page();
        assertThat(after.text()).contains(customer);
        assertThat(after.stock(SENCHA)).isEqualTo(before.stock(SENCHA) - 2);
        // The list of orders, which has changed, is queried. The product, which has changed too, comes from the cache,
        // unless its lock is still on its way.
        assertThat(after.statements()).isBetween(1, 2);
        assertThat(reader.warmPage().statements()).isZero();
    }

    @Test
    void customersOfBothInstancesAtOnceBuyWhatThereIs() throws Exception {
        int before = a.warmPage().stock(MANTIQUEIRA);
        ExecutorService customers = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> orders = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                Visitor instance = i % 2 == 0 ? a : b;
                orders.add(() -> isFilled(instance.order(MANTIQUEIRA, 1, "One of many")));
            }
            int filled = 0;
            for (Future<Boolean> order : customers.invokeAll(orders)) {
                filled += order.get() ? 1 : 0;
            }
            assertThat(filled).isPositive();
            assertThat(a.page().stock(MANTIQUEIRA)).isEqualTo(before - filled);
            assertThat(b.page().stock(MANTIQUEIRA)).isEqualTo(before - filled);
        } finally {
            customers.shutdown();
        }
    }

    private static boolean isFilled(Page answer) {
        assertThat(answer.status()).isIn(302, 409);
        return answer.status() == 302;
    }

    @Test
    void moreThanThereIsCannotBeOrdered() throws Exception {
        int before = a.page().stock(GRINDER);
        Page refused = a.order(GRINDER, 20, "Greedy");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("Only " + before + " of Hand grinder are left.");
        assertThat(b.page().stock(GRINDER)).isEqualTo(before);
        assertThat(b.page().text()).doesNotContain("Greedy");
    }

    @Test
    void whatIsFilledInWrongIsRefused() throws Exception {
        assertThat(a.order(ASSAM, 0, "Nobody").text()).contains("Order between 1 and 20.");
        assertThat(a.order(ASSAM, 1, "  ").text()).contains("Give a name of at most 60 characters.");
        assertThat(a.order(ASSAM, 1, "x".repeat(61)).text()).contains("Give a name of at most 60 characters.");
        assertThat(a.order(999, 1, "Nobody").text()).contains("There is no such product.");
        assertThat(a.post("/orders", Map.of("product", "tea")).status()).isEqualTo(400);
        assertThat(a.get("/?ordered=tea").status()).isEqualTo(400);
        assertThat(a.get("/?ordered=12345").text()).doesNotContain("is written");
    }

    @Test
    void hostileTextIsText() throws Exception {
        assertThat(a.order(ASSAM, 1, "<script>alert(1)</script>\"'&").status()).isEqualTo(302);
        assertThat(b.page().text())
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;")
                .doesNotContain("<script");
        Page refused = a.order(ASSAM, 0, "\"><script>alert(2)</script>");
        assertThat(refused.text()).contains("&lt;script&gt;alert(2)").doesNotContain("<script");
        assertThat(refused.response().headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
    }

    @Test
    void emptyingTheCacheInOneInstanceEmptiesItForBoth() throws Exception {
        assertThat(b.warmPage().statements()).isZero();
        assertThat(a.post("/cache/evict", Map.of()).status()).isEqualTo(302);
        assertThat(b.page().statements()).isPositive();
        assertThat(a.warmPage().statements()).isZero();
    }

    @Test
    void actuatorHasTheMeters() throws Exception {
        a.warmPage();
        assertThat(a.get("/actuator/health").text()).contains("\"status\":\"UP\"");
        assertThat(a.get("/actuator/metrics/dorm.cache.hits").text()).contains("\"statistic\":\"COUNT\"");
    }
}
