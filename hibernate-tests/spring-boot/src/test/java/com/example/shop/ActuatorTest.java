package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What an operator sees, on each release of Spring Boot. */
class ActuatorTest {

    private static final String PRODUCTS = Product.class.getName();
    private static final String SECRET = "a-secret-that-nobody-may-see";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void eachEndpointShowsTheCache() {
        try (Actuator actuator = Actuator.with(
                "spring.data.redis.url=" + TestRedis.shared().url(), "dorm.cache.signing-key=" + SECRET)) {
            actuator.work();
            show(actuator, "health");
            assertThat(actuator.get("health/dormCache").body())
                    .contains("\"status\":\"UP\"", "\"breaker\":\"CLOSED\"", "\"place\":\"redis://localhost");
            show(actuator, "metrics/dorm.cache.hits");
            assertThat(actuator.get("metrics/dorm.cache.hits?tag=factory:default&tag=region:" + PRODUCTS)
                            .body())
                    .matches(".*\"statistic\":\"COUNT\",\"value\":[1-9].*");
            show(actuator, "metrics/dorm.cache.calls.answered");
            assertThat(actuator.get("metrics/dorm.cache.calls.answered").body()).contains("TOTAL_TIME");
            show(actuator, "metrics/cache.gets?tag=name:" + PRODUCTS);
            show(actuator, "dormcache");
            assertThat(actuator.get("dormcache").body())
                    .contains("\"default\":{", "\"" + PRODUCTS + "\":{\"alias\":\"default\",\"hits\":");
            assertThat(actuator.get("dormcache/" + PRODUCTS).body()).contains("\"hits\":");
            assertThat(actuator.get("dormcache/no.Such").status()).isEqualTo(404);
            String properties = actuator.get("configprops").body();
            Matcher ours = Pattern.compile("\"dorm\\.cache-[^{]*\\{.*?\\}\\}").matcher(properties);
            System.out.println("configprops: " + (ours.find() ? ours.group() : ""));
            assertThat(properties)
                    .contains("dorm.cache.management-", "\"signingKey\":\"******\"")
                    .doesNotContain(SECRET);
            assertThat(actuator.get("dormcache").body()).doesNotContain(SECRET);
        }
    }

    private static void show(Actuator actuator, String path) {
        System.out.println(path + ": " + actuator.get(path).body());
    }

    @Test
    void redisPasswordsAreInNoAnswer() {
        TestRedis redis = TestRedis.start(SECRET);
        try (Actuator actuator = Actuator.with("spring.data.redis.url=" + redis.url())) {
            actuator.work();
            assertThat(List.of("health", "dormcache", "configprops", "env", "prometheus", "beans"))
                    .allSatisfy(path ->
                            assertThat(actuator.get(path).body()).isNotEmpty().doesNotContain(SECRET));
        }
    }

    @Test
    void regionsAreInTheDashboardsOfOtherCaches() {
        try (Actuator actuator = Actuator.with()) {
            actuator.work();
            String name = "tag=name:" + PRODUCTS + "&tag=cache:" + PRODUCTS + "&tag=cache.manager:default";
            assertThat(actuator.get("metrics/cache.gets?tag=result:hit&" + name).body())
                    .contains("\"value\":2.0");
            assertThat(actuator.get("metrics/cache.gets?tag=result:miss&" + name)
                            .status())
                    .isEqualTo(200);
            assertThat(actuator.get("metrics/cache.puts?" + name).body()).contains("\"value\":1.0");
            assertThat(actuator.get("metrics/cache.size?" + name).body()).contains("\"value\":1.0");
            assertThat(actuator.get("metrics/cache.evictions?" + name).body()).contains("\"value\":0.0");
        }
    }

    @Test
    void aRegistryHasEachMeterOnceWhetherOrNotItJoinsTheGlobalOne() {
        for (String joins : List.of("true", "false")) {
            try (Actuator actuator = Actuator.with("management.metrics.use-global-registry=" + joins)) {
                actuator.work();
                List<Meter> hits = actuator.shop().context().getBean(MeterRegistry.class).getMeters().stream()
                        .filter(meter -> meter.getId().getName().equals("dorm.cache.hits"))
                        .filter(meter -> PRODUCTS.equals(meter.getId().getTag("region")))
                        .toList();
                assertThat(hits).as("joins: " + joins).hasSize(1);
                assertThat(hits.get(0).getId().getTag("factory")).isEqualTo("default");
                assertThat(hits.get(0).measure().iterator().next().getValue()).isEqualTo(2);
            }
        }
    }

    @Test
    void anApplicationThatWorksWithoutRedisIsNotDown() throws Exception {
        TestRedis redis = TestRedis.start("");
        try (Actuator actuator = Actuator.with("spring.data.redis.url=" + redis.url(), "dorm.cache.timeout=100ms")) {
            actuator.work();
            redis.command("SHUTDOWN", "NOSAVE");
            Actuator.Reply health = actuator.get("health");
            System.out.println("health without Redis: " + health.body());
            assertThat(health.status()).isEqualTo(200);
            assertThat(actuator.get("health/dormCache").body()).contains("\"status\":\"UNKNOWN\"", "\"error\":");
            actuator.work();
            await().atMost(PATIENCE)
                    .until(() -> !actuator.get("dormcache").body().contains("\"breaker\":\"CLOSED\""));
            assertThat(actuator.get("health/dormCache").body())
                    .contains("\"status\":\"UNKNOWN\"")
                    .doesNotContain("\"error\":");
        }
    }

    @Test
    void itIsDownWhereThatIsSetAndStillReady() throws Exception {
        TestRedis redis = TestRedis.start("");
        try (Actuator actuator = Actuator.with(
                "spring.data.redis.url=" + redis.url(),
                "dorm.cache.timeout=100ms",
                "dorm.cache.management.bypassed-status=down")) {
            redis.command("SHUTDOWN", "NOSAVE");
            assertThat(actuator.get("health").status()).isEqualTo(503);
            assertThat(actuator.get("health/readiness").status()).isEqualTo(200);
            assertThat(actuator.get("health/liveness").status()).isEqualTo(200);
        }
    }

    @Test
    void eachPartIsLeftOutByItsSwitch() {
        try (Actuator actuator = Actuator.with(
                "management.health.dormcache.enabled=false",
                "management.endpoint.dormcache.access=none",
                "dorm.cache.management.cache-meters=false")) {
            assertThat(actuator.get("health").body()).doesNotContain("dormCache");
            assertThat(actuator.get("dormcache").status()).isEqualTo(404);
            assertThat(actuator.get("metrics/cache.gets").status()).isEqualTo(404);
            assertThat(actuator.get("metrics/dorm.cache.hits").status()).isEqualTo(200);
        }
    }

    @Test
    void nothingIsChangedThroughTheEndpointUnlessThatIsSet() {
        try (Actuator actuator = Actuator.with()) {
            actuator.work();
            long version = actuator.shop().cache().modelVersion(Product.class);
            assertThat(actuator.send("DELETE", "dormcache").status()).isEqualTo(405);
            assertThat(actuator.send("DELETE", "dormcache/" + PRODUCTS).status())
                    .isEqualTo(405);
            assertThat(actuator.send("POST", "dormcache/" + PRODUCTS).status()).isEqualTo(405);
            assertThat(actuator.shop().cache().modelVersion(Product.class)).isEqualTo(version);
        }
    }

    @Test
    void theEndpointEvictsAndBumps() {
        try (Actuator actuator = Actuator.with("dorm.cache.management.endpoint-writes=true")) {
            actuator.work();
            for (Actuator.Reply reply : List.of(
                    version(actuator, "DELETE", "dormcache"),
                    version(actuator, "DELETE", "dormcache/" + PRODUCTS),
                    version(actuator, "POST", "dormcache/" + PRODUCTS))) {
                System.out.println("write: " + reply.body());
                assertThat(reply.status()).isEqualTo(200);
            }
            assertThat(actuator.send("DELETE", "dormcache/no.Such").status()).isEqualTo(400);
            assertThat(actuator.send("POST", "dormcache/no.Such").status()).isEqualTo(400);
        }
    }

    /** Returns the reply of a request after which nothing is served that was cached before. */
    private static Actuator.Reply version(Actuator actuator, String method, String path) {
        long before = actuator.shop().cache().modelVersion(Product.class);
        Actuator.Reply reply = actuator.send(method, path);
        assertThat(actuator.shop().cache().modelVersion(Product.class)).as(path).isGreaterThan(before);
        return reply;
    }

    @Test
    void callsOfRedisAreObservedWhereThatIsAskedFor() {
        String redis = "spring.data.redis.url=" + TestRedis.shared().url();
        assertThat(observed(redis)).isEmpty();
        List<Observation.Context> calls = observed(redis, "dorm.cache.management.observations=true");
        assertThat(calls).isNotEmpty();
        assertThat(calls.stream().map(Observation.Context::getContextualName).collect(Collectors.toSet()))
                .contains("read " + PRODUCTS, "put " + PRODUCTS);
        assertThat(calls).allSatisfy(call -> {
            assertThat(call.getHighCardinalityKeyValues()).isEmpty();
            assertThat(call.getLowCardinalityKeyValues().stream().map(each -> each.getKey()))
                    .containsExactlyInAnyOrder("factory", "alias", "operation", "region");
        });
    }

    private static List<Observation.Context> observed(String... properties) {
        try (Actuator actuator = Actuator.of(new SpringApplicationBuilder(Shop.class, Observing.class), properties)) {
            actuator.work();
            return List.copyOf(actuator.shop().context().getBean(Observing.class).calls);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Observing {

        final List<Observation.Context> calls = new CopyOnWriteArrayList<>();

        @Bean
        ObservationHandler<Observation.Context> calls() {
            return new ObservationHandler<>() {
                @Override
                public void onStop(Observation.Context context) {
                    if (context.getName().startsWith("dorm.")) {
                        calls.add(context);
                    }
                }

                @Override
                public boolean supportsContext(Observation.Context context) {
                    return true;
                }
            };
        }
    }
}
