package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.data.redis.RedisConnectionDetails;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Connection details, as Testcontainers and Docker Compose provide them, say where Redis is; properties count less. */
class ConnectionDetailsTest {

    private static final TestRedis REDIS = TestRedis.start("pass word");

    @Test
    void theyCountMoreThanProperties() throws IOException {
        var builder = new SpringApplicationBuilder(Shop.class, Details.class);
        try (Application shop = Application.of(builder, "spring.data.redis.url=redis://nowhere.invalid")) {
            shop.products().save(new Product("tea"));
            shop.cache().awaitSettled();
            assertThat(REDIS.command("INFO", "keyspace")).contains("db2:");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Details {

        @Bean
        RedisConnectionDetails redisDetails() {
            return new RedisConnectionDetails() {
                @Override
                public String getPassword() {
                    return "pass word";
                }

                @Override
                public Standalone getStandalone() {
                    return Standalone.of("localhost", REDIS.port(), 2);
                }
            };
        }
    }
}
