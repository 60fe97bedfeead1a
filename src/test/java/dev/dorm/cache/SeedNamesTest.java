package dev.dorm.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every public name of dorm's page has the counterpart that docs/migration.md says it has. */
class SeedNamesTest {

    private static final Pattern LINE = Pattern.compile("\\| `([^`]+)` \\| `([^`]+)` \\|");
    private static final List<String> PACKAGES = List.of("", "dev.dorm.cache.", "dev.dorm.cache.backend.");

    private static Map<String, String> table() throws IOException {
        String readme = Files.readString(Path.of("docs/migration.md"));
        String section = readme.substring(readme.indexOf("| dorm | here |"));
        Map<String, String> names = new LinkedHashMap<>();
        Matcher matcher = LINE.matcher(section);
        while (matcher.find()) {
            names.put(matcher.group(1), matcher.group(2));
        }
        return names;
    }

    @Test
    void theTableHasEveryNameOfThePage() throws IOException {
        assertThat(table())
                .containsOnlyKeys(
                        "dorm.cache.BaseCache",
                        "BaseCache.default_timeout",
                        "BaseCache.delete_pattern",
                        "dorm.cache.redis.RedisCache",
                        "RedisCache.delete_pattern",
                        "RedisCache.close",
                        "dorm.cache.locmem.LocMemCache",
                        "LocMemCache.delete_pattern",
                        "LocMemCache.clear",
                        "dorm.cache.get_cache",
                        "dorm.cache.reset_caches",
                        "dorm.cache.model_cache_namespace",
                        "dorm.cache.model_cache_version",
                        "dorm.cache.bump_model_cache_version",
                        "dorm.cache.sign_payload",
                        "dorm.cache.verify_payload",
                        "QuerySet.cache",
                        "Manager.cache_get",
                        "Manager.cache_get_many",
                        "settings.CACHES",
                        "BACKEND",
                        "LOCATION",
                        "OPTIONS",
                        "TTL",
                        "settings.CACHE_INSECURE_PICKLE");
    }

    @TestFactory
    Stream<DynamicTest> ours() throws IOException {
        return table().entrySet().stream()
                .map(line -> DynamicTest.dynamicTest(
                        line.getKey() + " is " + line.getValue(), () -> assertExists(line.getValue())));
    }

    private static void assertExists(String name) throws IllegalAccessException {
        if (name.startsWith(DormSettings.PREFIX)) {
            int value = name.indexOf('=');
            assertThat(settings()).contains(value < 0 ? name : name.substring(0, value));
            return;
        }
        int hash = name.indexOf('#');
        Class<?> type = find(hash < 0 ? name : name.substring(0, hash));
        assertThat(Modifier.isPublic(type.getModifiers()))
                .as("%s is public", type)
                .isTrue();
        if (hash >= 0) {
            assertThat(Arrays.stream(type.getMethods()).map(Method::getName))
                    .contains(name.substring(hash + 1).replaceAll("\\(.*", ""));
        }
    }

    private static List<Object> settings() throws IllegalAccessException {
        List<Object> names = new ArrayList<>();
        for (var field : DormSettings.class.getFields()) {
            names.add(field.get(null));
        }
        return names;
    }

    private static Class<?> find(String name) {
        for (String prefix : PACKAGES) {
            try {
                return Class.forName(prefix + name);
            } catch (ClassNotFoundException e) {
                // the next package may have it
            }
        }
        throw new AssertionError("There is no class " + name);
    }
}
