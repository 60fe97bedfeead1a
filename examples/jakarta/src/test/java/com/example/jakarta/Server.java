package com.example.jakarta;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A WildFly in a process of its own. Applications are deployed by copying them into its directory, as a user does. */
final class Server implements AutoCloseable {

    private static final int HTTP_PORT = 8080;
    private static final int LAST_PORT = 9993;
    private static final long PATIENCE_SECONDS = 240;
    private static final Path HOME = Path.of(System.getProperty("wildfly"));
    private static final Path DEPLOYMENTS = HOME.resolve("standalone/deployments");
    private static final Path LOG = Path.of("target/wildfly.log");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Process process;
    private final int port;

    private Server(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it with these system properties, and waits until it answers. */
    static Server start(List<String> properties) throws Exception {
        lookForDeploymentsMoreOften();
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                // What the server's script sets.
                "-Djava.net.preferIPv4Stack=true",
                "-Djboss.modules.system.pkgs=org.jboss.byteman",
                "-Djboss.home.dir=" + HOME,
                "-Djboss.server.base.dir=" + HOME.resolve("standalone"),
                "-Dlogging.configuration="
                        + HOME.resolve("standalone/configuration/logging.properties")
                                .toUri(),
                "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
                "--add-exports=java.naming/com.sun.jndi.url.ldap=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
                "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
                "--add-opens=java.base/java.io=ALL-UNNAMED",
                "--add-opens=java.base/java.net=ALL-UNNAMED",
                "--add-opens=java.base/java.security=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.management/javax.management=ALL-UNNAMED",
                "--add-opens=java.naming/javax.naming=ALL-UNNAMED",
                "-Djava.security.manager=allow",
                "-jar",
                HOME.resolve("jboss-modules.jar").toString(),
                "-mp",
                HOME.resolve("modules").toString(),
                "org.jboss.as.standalone",
                "-Djboss.socket.binding.port-offset=" + (port - HTTP_PORT)));
        command.addAll(properties);
        Process process = new ProcessBuilder(command)
                .directory(Path.of("target").toFile())
                .redirectErrorStream(true)
                .redirectOutput(LOG.toFile())
                .start();
        Server server = new Server(process, port);
        server.await("it starts", server::answers);
        return server;
    }

    /** Every half a second, not every five seconds. */
    private static void lookForDeploymentsMoreOften() throws IOException {
        Path configuration = HOME.resolve("standalone/configuration/standalone.xml");
        String text = Files.readString(configuration);
        Files.writeString(configuration, text.replace("scan-interval=\"5000\"", "scan-interval=\"500\""));
    }

    void deploy(Path war, String name) throws Exception {
        Files.copy(war, DEPLOYMENTS.resolve(name + ".war"));
        Files.createFile(marker(name, "dodeploy"));
        await(
                name + " is deployed",
                () -> Files.exists(marker(name, "deployed")) || Files.exists(marker(name, "failed")));
        if (Files.exists(marker(name, "failed"))) {
            throw new IllegalStateException(Files.readString(marker(name, "failed")) + "\n" + log());
        }
    }

    void undeploy(String name) throws Exception {
        Files.delete(marker(name, "deployed"));
        await(name + " is undeployed", () -> Files.exists(marker(name, "undeployed")));
        Files.delete(marker(name, "undeployed"));
        Files.delete(DEPLOYMENTS.resolve(name + ".war"));
    }

    String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response =
                send(HttpRequest.newBuilder(uri(path)).GET().build());
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(response.statusCode() + " " + response.body() + "\n" + log());
        }
        return response.body();
    }

    int put(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path))
                        .PUT(BodyPublishers.noBody())
                        .build())
                .statusCode();
    }

    /** Lets the JDK's jcmd ask the server's JVM. */
    String jcmd(String... command) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(process.pid())));
        line.addAll(List.of(command));
        Process asked = new ProcessBuilder(line).redirectErrorStream(true).start();
        return new String(asked.getInputStream().readAllBytes());
    }

    /** Waits until it is so. */
    void await(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.holds()) {
            if (System.nanoTime() > end || process.waitFor(100, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("In vain was awaited that " + what + ":\n" + log());
            }
        }
    }

    String log() throws IOException {
        return Files.readString(LOG);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    /** Its deployment scanner begins after that. */
    private boolean answers() throws IOException, InterruptedException {
        try {
            send(HttpRequest.newBuilder(uri("")).GET().build());
            return log().contains("WFLYSRV0025");
        } catch (ConnectException e) {
            return false;
        }
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return CLIENT.send(request, BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + "/" + path);
    }

    private static Path marker(String name, String state) {
        return DEPLOYMENTS.resolve(name + ".war." + state);
    }

    /** One that leaves room above it for the server's other ports. */
    static int freePort() throws IOException {
        while (true) {
            try (ServerSocket socket = new ServerSocket(0)) {
                int port = socket.getLocalPort();
                if (port + LAST_PORT - HTTP_PORT < 65_536) {
                    return port;
                }
            }
        }
    }

    interface Condition {
        boolean holds() throws Exception;
    }
}
