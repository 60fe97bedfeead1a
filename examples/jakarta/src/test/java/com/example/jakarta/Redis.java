package com.example.jakarta;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import redis.embedded.RedisServer;

/** The Redis that {@code REDIS_URL} names, or one of the test's own: the PATH's, or the embedded one. */
final class Redis implements AutoCloseable {

    private final String url;
    private final Optional<RedisServer> own;

    private Redis(String url, Optional<RedisServer> own) {
        this.url = url;
        this.own = own;
    }

    static Redis start() throws IOException {
        String named = System.getenv("REDIS_URL");
        if (named != null && !named.isBlank()) {
            return new Redis(named, Optional.empty());
        }
        int port = Server.freePort();
        var builder = RedisServer.newRedisServer().port(port).setting("save \"\"");
        Optional<Path> onPath = onPath();
        if (onPath.isPresent()) {
            File binary = onPath.get().toFile();
            builder.executableProvider(() -> binary);
        }
        RedisServer server = builder.build();
        server.start();
        return new Redis("redis://127.0.0.1:" + port, Optional.of(server));
    }

    String url() {
        return url;
    }

    @Override
    public void close() throws IOException {
        if (own.isPresent()) {
            own.get().stop();
        }
    }

    private static Optional<Path> onPath() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
