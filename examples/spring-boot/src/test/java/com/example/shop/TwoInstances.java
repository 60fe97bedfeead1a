package com.example.shop;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Two instances of the shop, with the servers that they share: each in a process of its own, unless there is no Redis. */
final class TwoInstances implements AutoCloseable {

    private static TwoInstances shared;

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final List<URI> urls;

    private TwoInstances(int portOfA, int portOfB) {
        urls = List.of(url(portOfA), url(portOfB));
    }

    static TwoInstances start(Server database, Server redis, int portOfA, int portOfB) {
        TwoInstances instances = new TwoInstances(portOfA, portOfB);
        instances.running.push(database);
        instances.running.push(redis);
        try {
            instances.start(database, redis);
            return instances;
        } catch (IOException | RuntimeException e) {
            instances.close();
            throw new IllegalStateException("The shop does not start", e);
        }
    }

    /** The ones of all tests, which end with the JVM. */
    static synchronized TwoInstances shared() throws IOException {
        if (shared == null) {
            shared = start(Database.start(), Redis.start(), Programs.freePort(), Programs.freePort());
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    URI a() {
        return urls.get(0);
    }

    URI b() {
        return urls.get(1);
    }

    @Override
    public synchronized void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                System.err.println("Does not stop: " + e);
            }
        }
    }

    private void start(Server database, Server redis) throws IOException {
        List<Map<String, String>> settings =
                List.of(settings(0, "A", "B", database, redis), settings(1, "B", "A", database, redis));
        if (redis.url().isEmpty()) {
            settings.forEach(each -> running.push(inThisProcess(each)));
            return;
        }
        Process a = process(settings.get(0), "A");
        Process b = process(settings.get(1), "B");
        await("A", a, a());
        await("B", b, b());
    }

    private Map<String, String> settings(int index, String name, String other, Server database, Server redis) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("server.port", "" + urls.get(index).getPort());
        settings.put("shop.instance.name", name);
        settings.put("shop.instance.other", urls.get(1 - index).toString());
        settings.put("shop.instance.other-name", other);
        settings.put("shop.instance.servers", database.name() + "; cache: " + redis.name());
        settings.put("spring.datasource.url", database.url().orElseThrow());
        redis.url()
                .ifPresentOrElse(
                        url -> settings.put("spring.data.redis.url", url),
                        () -> settings.putAll(Map.of("dorm.cache.backend", "locmem", "dorm.cache.location", "shop")));
        return settings;
    }

    private static AutoCloseable inThisProcess(Map<String, String> settings) {
        String[] arguments = settings.entrySet().stream()
                .map(each -> "--" + each.getKey() + "=" + each.getValue())
                .toArray(String[]::new);
        return new SpringApplicationBuilder(Shop.class)
                .bannerMode(org.springframework.boot.Banner.Mode.OFF)
                .run(arguments);
    }

    /** By environment variables, whose values, passwords among them, are not in the list of processes. */
    private Process process(Map<String, String> settings, String name) throws IOException {
        String classPath = "target/classes" + File.pathSeparator + read(Path.of("target", "shop.classpath"));
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        classPath,
                        Shop.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(log(name).toFile());
        settings.forEach((key, value) -> builder.environment()
                .put(key.replace("-", "").replace('.', '_').toUpperCase(java.util.Locale.ROOT), value));
        Process process = builder.start();
        running.push(() -> Programs.stop(process));
        return process;
    }

    private static void await(String name, Process process, URI url) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(url.resolve("/actuator/health")).build();
            Programs.await(
                    "Instance " + name,
                    process,
                    () -> HttpClient.newHttpClient()
                                    .send(request, BodyHandlers.discarding())
                                    .statusCode()
                            == 200);
        } catch (IllegalStateException e) {
            throw new IllegalStateException(e.getMessage() + ". Its log:\n" + read(log(name)), e);
        }
    }

    private static Path log(String name) {
        return Path.of("target", "instance-" + name + ".log");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URI url(int port) {
        return URI.create("http://localhost:" + port + "/");
    }
}
