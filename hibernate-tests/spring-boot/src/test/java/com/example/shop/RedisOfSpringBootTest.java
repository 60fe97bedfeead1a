package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dorm.cache.DormSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.redisson.config.Credentials;
import org.redisson.config.CredentialsResolver;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The cache is in the Redis that the application has anyway. */
@ExtendWith(OutputCaptureExtension.class)
class RedisOfSpringBootTest {

    private static final String KEY = "dorm.cache.signing-key=0123456789abcdef";

    @Test
    void hostPortPasswordNameAndTimes(CapturedOutput output) throws IOException {
        TestRedis redis = TestRedis.start("geheim");
        try (Application shop = Application.with(
                KEY,
                "spring.data.redis.host=localhost",
                "spring.data.redis.port=" + redis.port(),
                "spring.data.redis.password=geheim",
                "spring.data.redis.database=3",
                "spring.data.redis.client-name=the-shop",
                "spring.data.redis.timeout=700ms",
                "spring.data.redis.connect-timeout=5s")) {
            shop.products().save(new Product("tea"));
            shop.cache().awaitSettled();
            assertThat(redis.command("INFO", "keyspace")).contains("db3:");
            assertThat(redis.command("CLIENT", "LIST")).contains("name=the-shop");
            assertThat(shop.setting(DormSettings.TIMEOUT)).hasToString("PT0.7S");
            assertThat(shop.setting(DormSettings.OPTIONS + "connectTimeout")).isEqualTo("5000");
        }
        assertThat(output.getAll()).doesNotContain("geheim");
    }

    @Test
    void theUrlsUserLogsIn() throws IOException {
        TestRedis redis = TestRedis.start("", "--user", "clerk", "on", ">gehe:im", "~*", "&*", "+@all");
        try (Application shop = Application.with(
                KEY, "spring.data.redis.url=redis://clerk:gehe%3Aim@localhost:" + redis.port() + "/2")) {
            shop.products().save(new Product("tea"));
            shop.cache().awaitSettled();
            assertThat(redis.command("CLIENT", "LIST")).contains("user=clerk");
            assertThat(redis.command("INFO", "keyspace")).contains("db2:");
        }
    }

    @Test
    void aClusterIsFoundByItsNodes(CapturedOutput output) throws IOException {
        TestRedis redis = TestRedis.start("", "--cluster-enabled", "yes", "--cluster-announce-ip", "127.0.0.1");
        redis.command("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
        await().until(() -> redis.command("CLUSTER", "INFO").contains("cluster_state:ok"));
        try (Application shop = Application.with(KEY, "spring.data.redis.cluster.nodes=127.0.0.1:" + redis.port())) {
            shop.products().save(new Product("tea"));
            shop.cache().awaitSettled();
            assertThat(output.getAll()).contains("Second-level cache: redis (redis+cluster://");
            assertThat(redis.command("KEYS", "*")).contains(Product.class.getName());
        }
    }

    @Test
    void sentinelsSayWhereTheMasterIs(CapturedOutput output) throws IOException {
        TestRedis redis = TestRedis.start("");
        try (Application shop = Application.with(
                KEY,
                "spring.data.redis.sentinel.master=the-master",
                "spring.data.redis.sentinel.nodes=localhost:" + redis.watched("the-master"),
                "spring.data.redis.database=4")) {
            shop.products().save(new Product("tea"));
            shop.cache().awaitSettled();
            assertThat(redis.command("INFO", "keyspace")).contains("db4:");
            assertThat(output.getAll()).contains("Second-level cache: redis (redis+sentinel://");
        }
    }

    @Test
    void anSslBundleSaysWhomToTrust(@TempDir Path directory, CapturedOutput output) throws Exception {
        ServerCertificate right = ServerCertificate.create(directory.resolve("right"));
        ServerCertificate wrong = ServerCertificate.create(directory.resolve("wrong"));
        int port = TestRedis.freePort();
        TestRedis redis = TestRedis.start("", right.arguments(port));
        String[] settings = {
            KEY,
            "spring.data.redis.host=localhost",
            "spring.data.redis.port=" + port,
            "spring.data.redis.ssl.bundle=ours",
            "spring.ssl.bundle.pem.ours.truststore.certificate=file:" + wrong.pem("certificate")
        };
        try (Application shop = Application.with(settings)) {
            shop.products().save(new Product("tea"));
            shop.cache().awaitSettled();
            assertThat(redis.command("DBSIZE")).startsWith(":0");
        }
        assertThat(output.getAll()).contains("is bypassed: TLS: ");
        settings[settings.length - 1] =
                "spring.ssl.bundle.pem.ours.truststore.certificate=file:" + right.pem("certificate");
        try (Application shop = Application.with(settings)) {
            shop.products().save(new Product("tea"));
            shop.cache().awaitSettled();
            assertThat(redis.command("DBSIZE")).doesNotStartWith(":0");
        }
    }

    @Test
    void theCachesOwnTimeComesFirst() {
        try (Application shop = Application.with(
                KEY,
                "spring.data.redis.url=" + TestRedis.shared().url(),
                "spring.data.redis.timeout=5s",
                "dorm.cache.timeout=300ms")) {
            assertThat(shop.setting(DormSettings.TIMEOUT)).hasToString("PT0.3S");
        }
    }

    @Test
    void theBackendAloneSaysNotWhere(CapturedOutput output) {
        try (Application shop = Application.with(
                KEY,
                "dorm.cache.backend=redis",
                "spring.data.redis.url=" + TestRedis.shared().url())) {
            assertThat(shop.cache()).isNotNull();
            assertThat(output.getAll()).contains("Second-level cache: redis (redis://localhost:");
        }
    }

    @Test
    void whoWantsItInProcessHasItThere(CapturedOutput output) {
        try (Application shop = Application.with(
                "dorm.cache.backend=locmem",
                "spring.data.redis.url=" + TestRedis.shared().url())) {
            assertThat(shop.cache()).isNotNull();
            assertThat(output.getAll()).contains("Second-level cache: locmem");
        }
    }

    @Test
    void theApplicationsOwnClientIsUsedAndLeftOpen(CapturedOutput output) {
        try (Application shop = Application.of(new SpringApplicationBuilder(Shop.class, OwnClient.class), KEY)) {
            assertThat(shop.cache()).isNotNull();
            assertThat(output.getAll()).contains("Second-level cache: redis (through the application's client)");
            shop.factory().close();
            assertThat(shop.context().getBean(RedissonClient.class).isShutdown())
                    .isFalse();
        }
    }

    @Test
    void aBeanSaysWhoLogsIn() throws IOException {
        TestRedis redis = TestRedis.start("", "--user", "clerk", "on", ">gehe:im", "~*", "&*", "+@all");
        String url = "redis://localhost:" + redis.port();
        for (String where : List.of("spring.data.redis.url=" + url, "dorm.cache.location=" + url)) {
            try (Application shop =
                    Application.of(new SpringApplicationBuilder(Shop.class, Tokens.class), KEY, where)) {
                shop.products().save(new Product("tea"));
                shop.cache().awaitSettled();
                assertThat(redis.command("CLIENT", "LIST")).contains("user=clerk");
            }
        }
    }

    @Test
    void twoApplicationsSeeEachOthersWrites() {
        String database = "spring.datasource.url=" + Application.newDatabase();
        String redis = "spring.data.redis.url=" + TestRedis.shared().url();
        try (Application one = Application.with(KEY, database, redis);
                Application two = Application.with(KEY, database, redis, "spring.jpa.hibernate.ddl-auto=none")) {
            Product tea = one.products().save(new Product("tea"));
            one.cache().awaitSettled();
            assertThat(two.products().findById(tea.getId()))
                    .get()
                    .extracting(Product::getName)
                    .isEqualTo("tea");
            assertThat(two.statistics().getHits()).isEqualTo(1);
            tea.setName("green tea");
            one.products().save(tea);
            assertThat(two.products().findById(tea.getId()))
                    .get()
                    .extracting(Product::getName)
                    .isEqualTo("green tea");
        }
    }

    @Test
    void whatWasThereBeforeTheSchemaWasMadeAnewIsDead() {
        String database = "spring.datasource.url=" + Application.newDatabase();
        String redis = "spring.data.redis.url=" + TestRedis.shared().url();
        Long id;
        try (Application before = Application.with(KEY, database, redis)) {
            id = before.products().save(new Product("tea")).getId();
            before.cache().awaitSettled();
        }
        try (Application after = Application.with(KEY, database, redis, "spring.jpa.hibernate.ddl-auto=create-drop")) {
            assertThat(after.products().findById(id)).isEmpty();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Tokens {

        @Bean
        CredentialsResolver tokens() {
            return server -> CompletableFuture.completedFuture(new Credentials("clerk", "gehe:im"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnClient {

        @Bean(destroyMethod = "shutdown")
        RedissonClient redisson() {
            Config config = new Config();
            config.useSingleServer()
                    .setAddress("redis://localhost:" + TestRedis.shared().port());
            return Redisson.create(config);
        }
    }
}
