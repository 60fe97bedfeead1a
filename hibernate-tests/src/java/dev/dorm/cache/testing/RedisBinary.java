package dev.dorm.cache.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import redis.embedded.core.ExecutableProvider;

/** Where a {@code redis-server} to run can be found. */
final class RedisBinary {

    private RedisBinary() {}

    /** The one on the PATH, or else the embedded one, unless {@code DORM_TEST_RUNG} says which. */
    static Path any() {
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

    static Path embedded() throws Skipped {
        try {
            return ExecutableProvider.newJarResourceProvider().get().toPath();
        } catch (IOException | RuntimeException e) {
            throw new Skipped(e);
        }
    }
}
