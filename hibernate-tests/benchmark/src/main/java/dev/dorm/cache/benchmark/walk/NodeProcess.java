package dev.dorm.cache.benchmark.walk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dorm.cache.benchmark.Subject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A {@link Node} in a JVM of its own, seen from outside. */
final class NodeProcess implements AutoCloseable {

    /** Nothing takes longer by far: who does not answer is broken. */
    private static final long PATIENCE_SECONDS = 120;

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Process process;
    private final URI root;

    /** How long it took until it served, in milliseconds. */
    final double startMillis;

    /** Starts one, and waits until it serves. */
    NodeProcess(Subject subject, String database, String redis, String prefix, Path log) throws IOException {
        Files.createDirectories(log.getParent());
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms128m",
                "-Xmx256m",
                // The JDK's server would wait 40 ms for an acknowledgement otherwise.
                "-Dsun.net.httpserver.nodelay=true",
                "-Dorg.jboss.logging.provider=slf4j"));
        String more = System.getProperty("walk.jvm", "");
        if (!more.isEmpty()) {
            command.addAll(List.of(more.split(" ")));
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Node.class.getName(),
                subject.name(),
                database,
                redis,
                prefix));
        long begin = System.nanoTime();
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        String ready = CompletableFuture.supplyAsync(this::line)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .exceptionally(failure -> "nothing: " + failure)
                .join();
        startMillis = (System.nanoTime() - begin) / 1e6;
        if (!ready.startsWith("ready ")) {
            close();
            throw new IOException("A node does not start, it said " + ready + "; see " + log);
        }
        root = URI.create("http://127.0.0.1:" + ready.substring("ready ".length()));
    }

    private String line() {
        try {
            BufferedReader reader = process.inputReader();
            return String.valueOf(reader.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks it something, and returns a status and a body. */
    HttpResponse<byte[]> ask(String method, String path, byte @Nullable [] body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(root.resolve(path))
                .timeout(Duration.ofSeconds(PATIENCE_SECONDS))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .build();
        try {
            return CLIENT.send(request, BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Returns what it has counted. */
    Map<String, Long> statistics() throws IOException {
        JsonNode body = MAPPER.readTree(ask("GET", "/statistics", null).body());
        Map<String, Long> statistics = new LinkedHashMap<>();
        body.fields()
                .forEachRemaining(
                        each -> statistics.put(each.getKey(), each.getValue().asLong()));
        return statistics;
    }

    @Override
    public void close() {
        try {
            process.outputWriter().close();
            if (process.waitFor(10, TimeUnit.SECONDS)) {
                return;
            }
        } catch (IOException e) {
            // It has ended already.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
