package dev.dorm.cache.internal.redis;

import dev.dorm.cache.testing.TestSecrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An authority of our own, and a certificate it made for {@code localhost}. */
final class Certificates {

    private final Path directory;

    private Certificates(Path directory) {
        this.directory = directory;
    }

    static Certificates create(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Certificates made = new Certificates(directory);
        Files.writeString(directory.resolve("san"), "subjectAltName=DNS:localhost\n");
        made.run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=test authority",
                "-keyout",
                "ca.key",
                "-out",
                "ca.crt");
        made.run(
                "openssl",
                "req",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                "/CN=localhost",
                "-keyout",
                "server.key",
                "-out",
                "server.csr");
        made.run(
                "openssl",
                "x509",
                "-req",
                "-in",
                "server.csr",
                "-CA",
                "ca.crt",
                "-CAkey",
                "ca.key",
                "-CAcreateserial",
                "-days",
                "2",
                "-extfile",
                "san",
                "-out",
                "server.crt");
        made.run(
                "keytool",
                "-importcert",
                "-noprompt",
                "-alias",
                "ca",
                "-file",
                "ca.crt",
                "-keystore",
                "trust.p12",
                "-storetype",
                "PKCS12",
                "-storepass",
                TestSecrets.STORE_PASSWORD);
        return made;
    }

    String[] serverArguments() {
        return new String[] {
            "--port",
            "0",
            "--tls-port",
            "{port}",
            "--tls-cert-file",
            file("server.crt"),
            "--tls-key-file",
            file("server.key"),
            "--tls-ca-cert-file",
            file("ca.crt"),
            "--tls-auth-clients",
            "no"
        };
    }

    Map<String, String> clientOptions() {
        return Map.of(
                "sslTruststore",
                file("trust.p12"),
                "sslTruststorePassword",
                TestSecrets.STORE_PASSWORD,
                "sslKeystoreType",
                "PKCS12");
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    private void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(command))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
    }
}
