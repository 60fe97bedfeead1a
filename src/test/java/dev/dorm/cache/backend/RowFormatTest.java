package dev.dorm.cache.backend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowFormatTest {

    private static int behind(String text, int at, long version) {
        return RowFormat.behindVersion(text.getBytes(ISO_8859_1), at, version);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 9, 10, 11, 99, 100, 1_764_198_000_123_456L, Long.MAX_VALUE, -1, -30, Long.MIN_VALUE})
    void findsAVersionAndNoOther(long version) {
        String head = "v" + version + "|";
        assertThat(behind(head, 0, version)).isEqualTo(head.length());
        assertThat(behind("xx" + head + "rest", 2, version)).isEqualTo(2 + head.length());
        for (int length = 0; length < head.length(); length++) {
            assertThat(behind(head.substring(0, length), 0, version)).isEqualTo(-1);
            String other = head.substring(0, length) + '!' + head.substring(length + 1);
            assertThat(behind(other, 0, version)).isEqualTo(-1);
        }
        assertThat(behind(head, 0, version + 1)).isEqualTo(-1);
        assertThat(behind("v0" + version + "|", 0, version)).isEqualTo(-1);
        assertThat(behind("v" + version + "0|", 0, version)).isEqualTo(-1);
    }

    @Test
    void nothingStandsBehindTheEnd() {
        assertThat(behind("", 74, 1)).isEqualTo(-1);
        assertThat(behind("v1|", 74, -1)).isEqualTo(-1);
    }
}
