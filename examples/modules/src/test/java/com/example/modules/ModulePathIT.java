package com.example.modules;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.modules.ModulePath.Ended;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.embedded.RedisServer;

/** The cache on the module path: it works, and shows its two packages and nothing else. */
class ModulePathIT {

    private static final String HITS = "hits 9, puts 3";

    @Test
    void keepsEntriesInTheProcessWithoutRedisson() throws Exception {
        Ended ended = ModulePath.WITHOUT_REDIS.run();
        assertEquals(0, ended.code(), ended.output());
        assertTrue(ended.output().contains(HITS), ended.output());
    }

    @Test
    void keepsEntriesInRedis() throws Exception {
        int port = freePort();
        RedisServer redis = RedisServer.newRedisServer().port(port).build();
        redis.start();
        try {
            Ended ended = ModulePath.WITH_REDIS.run("redis://127.0.0.1:" + port);
            assertEquals(0, ended.code(), ended.output());
            assertTrue(ended.output().contains("Second-level cache: redis"), ended.output());
            assertTrue(ended.output().contains(HITS), ended.output());
        } finally {
            redis.stop();
        }
    }

    @Test
    void saysThatRedissonIsMissing() throws Exception {
        Ended ended = ModulePath.WITHOUT_REDIS.run("redis://127.0.0.1:1");
        assertFalse(ended.code() == 0, ended.output());
        assertTrue(ended.output().contains("org.redisson:redisson"), ended.output());
    }

    @Test
    void exportsItsTwoPackages() {
        ModuleDescriptor cache = ModulePath.WITHOUT_REDIS.cache();
        assertFalse(cache.isAutomatic());
        assertEquals(
                Set.of("dev.dorm.cache", "dev.dorm.cache.backend"),
                cache.exports().stream().map(ModuleDescriptor.Exports::toString).collect(toSet()));
        // Spring must reach what it makes; nobody can compile against it.
        assertEquals(
                Set.of(
                        "dev.dorm.cache.internal.spring",
                        "dev.dorm.cache.internal.spring.actuate",
                        "dev.dorm.cache.internal.spring.actuate.boot3",
                        "dev.dorm.cache.internal.spring.actuate.boot4",
                        "dev.dorm.cache.internal.spring.aot"),
                cache.opens().stream().map(ModuleDescriptor.Opens::toString).collect(toSet()));
        assertFalse(cache.isOpen());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev.dorm.cache.DormCache", "dev.dorm.cache.backend.Backend"})
    void publicClassesAreSeen(String name, @TempDir Path directory) throws IOException {
        Ended ended = ModulePath.WITHOUT_REDIS.compile(directory, name);
        assertEquals(0, ended.code(), ended.output());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"dev.dorm.cache.internal.bootstrap.CacheRuntime", "dev.dorm.cache.internal.metrics.Counter"})
    void internalClassesAreNot(String name, @TempDir Path directory) throws IOException {
        Ended ended = ModulePath.WITHOUT_REDIS.compile(directory, name);
        assertEquals(1, ended.code(), ended.output());
        assertTrue(ended.output().contains("does not export it"), ended.output());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
