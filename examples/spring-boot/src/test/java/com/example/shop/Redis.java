package com.example.shop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import redis.embedded.core.ExecutableProvider;

/** The Redis that both instances share. */
final class Redis {

    /** A URL as Spring Boot takes it, or {@code none}. */
    private static final String URL = "SHOP_REDIS_URL";

    private static final String IMAGE = "redis:7-alpine";

    private Redis() {}

    static Server start() {
        Ladder ladder = new Ladder("Cache");
        if (!"none".equals(System.getenv(URL))) {
            ladder.rung(URL, Redis::given)
                    .rung("Docker", Redis::container)
                    .rung("PATH", Redis::onPath)
                    .rung("embedded", Redis::embedded);
        }
        return ladder.rung("in process", Redis::none).start();
    }

    /** Without one, both instances live in one process, which has the entries. */
    static Server none() {
        return new Server("in process, and so both instances in one", Optional.empty(), () -> {});
    }

    private static Server given() throws Skipped {
        String url = System.getenv(URL);
        if (url == null || url.isBlank()) {
            throw new Skipped("it is not set");
        }
        return new Server("the Redis that " + URL + " names", url, () -> {});
    }

    private static Server container() throws Skipped {
        var container = Docker.start(IMAGE, 6379, Map.of());
        String url = "redis://%s:%d".formatted(container.getHost(), container.getMappedPort(6379));
        return new Server("Redis, in a container of " + IMAGE, url, container::stop);
    }

    private static Server onPath() throws Skipped {
        Path binary = Programs.onPath("redis-server").orElseThrow(() -> new Skipped("there is no redis-server"));
        return process("Redis, from the PATH", binary);
    }

    private static Server embedded() throws Skipped {
        try {
            Path binary = ExecutableProvider.newJarResourceProvider().get().toPath();
            return process("Redis, whose binary comes by Maven", binary);
        } catch (IOException | RuntimeException e) {
            throw new Skipped(e);
        }
    }

    private static Server process(String name, Path binary) throws Skipped {
        try {
            int port = Programs.freePort();
            Process process = new ProcessBuilder(
                            binary.toString(),
                            "--bind",
                            "127.0.0.1",
                            "--port",
                            "" + port,
                            "--save",
                            "",
                            "--appendonly",
                            "no")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Programs.await(name, process, () -> answers(port));
            return new Server(name, "redis://127.0.0.1:" + port, () -> Programs.stop(process));
        } catch (IOException | IllegalStateException e) {
            throw new Skipped(e);
        }
    }

    private static boolean answers(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write("PING\r\n".getBytes());
            return socket.getInputStream().read() == '+';
        }
    }
}
