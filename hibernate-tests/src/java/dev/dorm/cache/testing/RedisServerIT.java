package dev.dorm.cache.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

class RedisServerIT {

    @Test
    void theSharedServerAnswers() {
        try (Jedis jedis = new Jedis(URI.create(RedisServer.shared().url()))) {
            assertThat(jedis.ping()).isEqualTo("PONG");
        }
    }

    @Test
    void thereIsOneSharedServerAndEveryoneHasAPrefix() {
        RedisServer server = RedisServer.shared();
        assertThat(RedisServer.shared()).isSameAs(server);
        assertThat(server.uniquePrefix()).isNotEqualTo(server.uniquePrefix()).matches("[a-z0-9]+");
    }

    @Test
    void anOwnServerComesBackToItsPortEmpty() {
        try (OwnRedis redis = RedisServer.startOwn()) {
            try (Jedis jedis = new Jedis(URI.create(redis.url()))) {
                jedis.set("a", "1");
            }
            redis.kill();
            assertThatThrownBy(() -> new Jedis(URI.create(redis.url())).ping())
                    .isInstanceOf(JedisConnectionException.class);
            redis.start();
            try (Jedis jedis = new Jedis(URI.create(redis.url()))) {
                assertThat(jedis.get("a")).isNull();
            }
        }
    }

    @Test
    void anOwnServerTakesFurtherArguments() {
        try (OwnRedis redis =
                RedisServer.startOwn("--unixsocket", "{dir}/redis.sock", "--requirepass", TestSecrets.PASSWORD)) {
            assertThat(Files.exists(redis.directory().resolve("redis.sock"))).isTrue();
            try (Jedis jedis = new Jedis(URI.create(
                    "redis://:" + TestSecrets.encoded(TestSecrets.PASSWORD) + "@127.0.0.1:" + redis.port()))) {
                assertThat(jedis.ping()).isEqualTo("PONG");
            }
        }
    }

    @Test
    void anOwnServerNeedsNoPort() {
        try (OwnRedis redis = RedisServer.startOwn("--port", "0", "--unixsocket", "{dir}/redis.sock")) {
            assertThat(Files.exists(redis.directory().resolve("redis.sock"))).isTrue();
        }
    }

    @Test
    void anOwnServerThatCannotStartSaysWhy() {
        assertThatThrownBy(() -> RedisServer.startOwn("--no-such-option", "1"))
                .hasMessageContaining("no-such-option")
                .hasMessageContaining("Bad directive");
    }
}
