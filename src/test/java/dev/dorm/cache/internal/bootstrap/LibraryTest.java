package dev.dorm.cache.internal.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dorm.cache.SettingException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A library that is too old is told of by its name, its version and its jar. */
class LibraryTest {

    @Test
    void thoseOfTheTestsAreNewEnough() {
        assertThatCode(() -> Library.check(Library.ALWAYS)).doesNotThrowAnyException();
        assertThatCode(() -> Library.check(Library.OF_REDIS)).doesNotThrowAnyException();
    }

    @Test
    void anOlderOneIsNamed() {
        for (Library each : List.of(Library.ALWAYS.get(0), Library.OF_REDIS.get(0))) {
            Library wanted = new Library(each.artifact(), each.type(), "99.1");
            String jar = each.artifact().substring(each.artifact().indexOf(':') + 1);
            assertThatThrownBy(() -> Library.check(List.of(wanted)))
                    .isInstanceOf(SettingException.class)
                    .hasMessageContaining(each.artifact() + " is too old: ")
                    .hasMessageContaining(jar + "-")
                    .hasMessageContaining(".jar, and 99.1 or newer is needed");
        }
    }

    @Test
    void oneThatIsAbsentIsNoProblemHere() {
        assertThatCode(() -> Library.check(List.of(new Library("a:b", "no.such.Type", "1"))))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "3.52.0,4.0.0,true",
        "4.0.0,4.0.0,false",
        "4.7.0,4.0.0,false",
        "4.1.118.Final,4.2.0.Final,true",
        "4.2.16.Final,4.2.0.Final,false",
        "2.9.10,2.16.0,true",
        "2.16,2.16.0,false",
        "2.22.4,2.16.0,false",
        "3.0.0-rc1,2.16.0,false"
    })
    void versionsAreComparedByTheirNumbers(String version, String least, boolean older) {
        assertThat(Library.isOlder(version, least)).isEqualTo(older);
    }
}
