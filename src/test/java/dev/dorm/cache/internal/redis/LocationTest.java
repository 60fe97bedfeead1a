package dev.dorm.cache.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.internal.redis.Location.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocationTest {

    private static Location parse(String url) {
        return Location.parse(url, BackendSettings.defaults());
    }

    @Test
    void everyFormIsUnderstood() {
        assertThat(parse("redis://localhost"))
                .isEqualTo(new Location(Kind.SINGLE, false, List.of("localhost:6379"), "", 0, null, null));
        assertThat(parse("rediss://u%40:p%3a%2F@[::1]:7000/12"))
                .isEqualTo(new Location(Kind.SINGLE, true, List.of("[::1]:7000"), "", 12, "u@", "p:/"));
        assertThat(parse("redis://secret@h:1?db=4"))
                .isEqualTo(new Location(Kind.SINGLE, false, List.of("h:1"), "", 4, null, "secret"));
        assertThat(parse("unix://u:p@/run/my%20redis.sock?database=2"))
                .isEqualTo(new Location(Kind.UNIX, false, List.of("/run/my redis.sock"), "", 2, "u", "p"));
        assertThat(parse("redis+sentinel://:p@a:1,b/mymaster?db=3"))
                .isEqualTo(new Location(Kind.SENTINEL, false, List.of("a:1", "b:26379"), "mymaster", 3, null, "p"));
        assertThat(parse("rediss+cluster://a:1,b:2"))
                .isEqualTo(new Location(Kind.CLUSTER, true, List.of("a:1", "b:2"), "", 0, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:6379",
                "http://h:1",
                "redis://",
                "redis://h:0",
                "redis://h:99999",
                "redis://h:1,i:2",
                "redis://h:1/x",
                "redis://h:1/0?timeout=3",
                "redis://u:%zz@h:1",
                "unix://host/x",
                "unix://",
                "unix+cluster:///x",
                "redis+sentinel://h:1"
            })
    void anythingElseIsRefusedByName(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse(url))
                .withMessageStartingWith("Setting hibernate.cache.dorm.location: '")
                .withMessageContaining("expected redis://")
                .withMessageContaining("rediss+sentinel://")
                .withMessageContaining("rediss+cluster://");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://u:secret@h:1/x",
                "secret@h:1",
                "u:secret@h:1",
                "http://u:se@secret@h",
                "redis://:se/cret-secret@h:1"
            })
    void aPasswordIsNeverTold(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> parse(url)).satisfies(e -> assertThat(e.getMessage())
                .doesNotContain("secret"));
    }
}
