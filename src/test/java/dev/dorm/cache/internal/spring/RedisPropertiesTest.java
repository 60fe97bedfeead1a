package dev.dorm.cache.internal.spring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dorm.cache.SettingException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RedisPropertiesTest {

    @Test
    void whoSaysNothingHasNoRedis() {
        assertThat(from(Map.of("spring.data.redis.timeout", "1s"))).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    spring.data.redis.host=h                                              | redis://h:6379/0
                    spring.data.redis.host=h;spring.data.redis.port=1;spring.data.redis.database=3 | redis://h:1/3
                    spring.data.redis.host=::1                                            | redis://[::1]:6379/0
                    spring.data.redis.host=h;spring.data.redis.password=a b:c@d/e         | redis://:a%20b%3Ac%40d%2Fe@h:6379/0
                    spring.data.redis.host=h;spring.data.redis.username=u;spring.data.redis.password=p | redis://u:p@h:6379/0
                    spring.data.redis.host=h;spring.data.redis.ssl.enabled=true           | rediss://h:6379/0
                    spring.data.redis.url=redis://u:p@h:1/2                               | redis://u:p@h:1/2
                    spring.data.redis.url=rediss://:p@h                                   | rediss://:p@h:6379/0
                    spring.data.redis.sentinel.nodes=a:1,b:2;spring.data.redis.sentinel.master=m | redis+sentinel://a:1,b:2/m?db=0
                    spring.data.redis.sentinel.nodes=a;spring.data.redis.sentinel.master=m;spring.data.redis.password=p | redis+sentinel://:p@a:26379/m?db=0
                    spring.data.redis.url=redis://h;spring.data.redis.database=4;spring.data.redis.password=p | redis://:p@h:6379/4
                    spring.data.redis.url=redis://:a%40b+c@h                              | redis://:a%40b%2Bc@h:6379/0
                    spring.data.redis.cluster.nodes=a:1,b:2                               | redis+cluster://a:1,b:2/0
                    """)
    void whatSpringBootCallsRedisIsALocation(String properties, String location) {
        Map<String, String> given = new java.util.HashMap<>();
        for (String each : properties.strip().split(";")) {
            given.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
        }
        assertThat(requireNonNull(from(given)).location()).isEqualTo(location);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:6379", "http://h", "redis://:pass word@h", "redis:///1"})
    void whatIsNoAddressIsRefusedWithoutShowingIt(String url) {
        assertThatThrownBy(() -> from(Map.of("spring.data.redis.url", url)))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("Property spring.data.redis.url is no address of Redis; expected redis://")
                .hasMessageNotContaining("pass word");
    }

    @Test
    void nothingShowsAPassword() {
        RedisServers servers = requireNonNull(
                from(Map.of("spring.data.redis.host", "h", "spring.data.redis.password", "correct horse")));
        assertThat(servers + " " + servers.settings()).doesNotContain("correct");
    }

    private static @Nullable RedisServers from(Map<String, String> given) {
        return RedisProperties.from(new Binder(new MapConfigurationPropertySource(given)), name -> {
            throw new AssertionError(name);
        });
    }
}
