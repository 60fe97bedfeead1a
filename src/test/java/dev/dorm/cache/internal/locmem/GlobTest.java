package dev.dorm.cache.internal.locmem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "a* abc true",
                "a* ba false",
                "* x true",
                "h?llo hello true",
                "h?llo hllo false",
                "h[ae]llo hallo true",
                "h[ae]llo hillo false",
                "h[^e]llo hallo true",
                "h[^e]llo hello false",
                "h[a-b]llo hbllo true",
                "h[b-a]llo hallo true",
                "a\\*b a*b true",
                "a\\*b axb false",
                "*b*d abcd true",
                "*b*d abce false",
                "a[\\]]b a]b true",
                "** x true",
                "abc abcd false",
                "abcd abc false",
                "a[b ab true",
                "a\\ a\\ true"
            })
    void aPatternMatchesAsInRedis(String pattern, String key, boolean expected) {
        assertThat(new Glob(pattern).matches(key)).isEqualTo(expected);
    }
}
