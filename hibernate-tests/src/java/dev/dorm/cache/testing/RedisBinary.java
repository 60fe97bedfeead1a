package dev.dorm.cache.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.embedded.core.ExecutableProvider;

/** Where a {@code redis-server} to run can be found. */
final class RedisBinary {

    /** Says which binary to run: Redis, or what is started as Redis is, such as Valkey. */
    static final String NAMED = "DORM_TEST_REDIS_SERVER";

    /** "Redis server v=7.0.15 sha=...", and Valkey's likewise. */
    private static final Pattern VERSION = Pattern.compile("v=(\\d+)\\.");

    private RedisBinary() {}

    /** The named one, the one on the PATH, or else the embedded one, unless {@code DORM_TEST_RUNG} says which. */
    static Path any() {
        try {
            return TestSetting.of(NAMED).isPresent() ? named() : unnamed();
        } catch (Skipped e) {
            throw new IllegalStateException(e);
        }
    }

    /** The one that {@code DORM_TEST_REDIS_SERVER} names, which then must start. */
    static Path named() throws Skipped {
        Path binary = Path.of(TestSetting.of(NAMED).orElseThrow(() -> new Skipped(NAMED + " is not set")));
        if (!Files.isExecutable(binary)) {
            throw new IllegalStateException(NAMED + " = " + binary + ": no file that can be executed");
        }
        return binary;
    }

    private static Path unnamed() {
        try {
            return Ladder.forced(Served.REDIS).filter("embedded"::equals).isPresent() ? embedded() : pathOrEmbedded();
        } catch (Skipped e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path pathOrEmbedded() throws Skipped {
        try {
            return onPath();
        } catch (Skipped e) {
            return embedded();
        }
    }

    static Path onPath() throws Skipped {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new Skipped("no redis-server on the PATH"));
    }

    /** Returns the number before the first dot of the version that a binary tells. */
    static int majorVersion(Path binary) {
        try {
            Process asked = new ProcessBuilder(binary.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            String told = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher matcher = VERSION.matcher(told);
            if (!matcher.find()) {
                throw new IllegalStateException(binary + " --version: " + told);
            }
            return Integer.parseInt(matcher.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path embedded() throws Skipped {
        try {
            return ExecutableProvider.newJarResourceProvider().get().toPath();
        } catch (IOException | RuntimeException e) {
            throw new Skipped(e);
        }
    }
}
