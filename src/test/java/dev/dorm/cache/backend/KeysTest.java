package dev.dorm.cache.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeysTest {

    /**
     * A literal that begins as keys do, as the bytes of a row do, or as a hash tag with one of them in it. The name of the actuator's
     * endpoint is none.
     */
    private static final Pattern LITERAL = Pattern.compile("\"\\{?dorm(?!cache\")[a-z]+\\d*[:@\"]");

    /** {@link Keys} knows the keys, {@link RowFormat} what stands in a row. */
    private static final Set<String> OWNERS = Set.of("Keys.java", "RowFormat.java");

    @Test
    void nobodyElseKnowsHowKeysBegin() throws IOException {
        Map<String, List<String>> literals = new TreeMap<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                List<String> found = LITERAL.matcher(Files.readString(source))
                        .results()
                        .map(MatchResult::group)
                        .toList();
                if (!found.isEmpty()) {
                    literals.put(source.getFileName().toString(), found);
                }
            }
        }
        assertThat(literals).containsOnlyKeys(OWNERS);
    }

    @Test
    void theNamesOfANamespaceSayWhereTheyEnd() {
        assertThat(Keys.namespace("shop.hot:list{1}%", "a:b")).isEqualTo("dormqs:shop.hot%3Alist%7B1%7D%25:a%3Ab");
        assertThat(Keys.namespace("shop.Book")).isEqualTo("dormqs:shop.Book");
    }

    @Test
    void aNamespaceTellsItsRegion() {
        for (String region : List.of("shop.Book", "shop.hot:list{1}%", "a#3")) {
            assertThat(Keys.region(Keys.namespace(region))).isEqualTo(region);
            assertThat(Keys.region(Keys.namespace(region, "role") + ":v1:x")).isEqualTo(region);
            assertThat(Keys.region("{" + Keys.namespace(region) + "#15}:v1:x")).isEqualTo(region);
        }
    }

    @Test
    void aShardsKeysAreRecognised() {
        Shard shard = Shard.of("dormqs:shop.Book");
        assertThat(List.of(shard.versionKey(), shard.lockKey(), shard.writtenKey(), shard.slicesKey(), "dormclk:book"))
                .allMatch(Keys::isBookkeeping)
                .noneMatch(Keys::isRow);
        assertThat(new Row(shard, "1").key()).matches(Keys::isRow).matches(key -> !Keys.isBookkeeping(key));
        assertThat(shard.resultKey(1, "00")).matches(key -> !Keys.isRow(key) && !Keys.isBookkeeping(key));
        assertThat(shard.epochKey()).isEqualTo("dorminc:dormqs:shop.Book");
    }
}
