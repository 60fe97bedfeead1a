package com.example.shop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/** A certificate that a Redis of the tests' own shows, in the files that Redis and Java read. */
record ServerCertificate(Path directory) {

    static final String PASSWORD = "changeit";

    private static final String ALIAS = "redis";

    /** Makes one for {@code localhost}, signed by itself, with the JDK's keytool. */
    static ServerCertificate create(Path directory) throws IOException, InterruptedException, GeneralSecurityException {
        Files.createDirectories(directory);
        ServerCertificate made = new ServerCertificate(directory);
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-validity",
                        "2",
                        "-keystore",
                        made.store().toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD))
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes());
        if (keytool.waitFor() != 0) {
            throw new IOException(said);
        }
        KeyStore store = KeyStore.getInstance(made.store().toFile(), PASSWORD.toCharArray());
        made.write(
                "key",
                "PRIVATE KEY",
                store.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
        made.write("certificate", "CERTIFICATE", store.getCertificate(ALIAS).getEncoded());
        return made;
    }

    private void write(String name, String kind, byte[] bytes) throws IOException {
        Files.writeString(
                directory.resolve(name + ".pem"),
                "-----BEGIN " + kind + "-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + kind
                        + "-----\n");
    }

    /** Returns what a server that shows it is started with. */
    String[] arguments(int port) {
        return new String[] {
            "--tls-port",
            String.valueOf(port),
            "--tls-cert-file",
            pem("certificate"),
            "--tls-key-file",
            pem("key"),
            "--tls-ca-cert-file",
            pem("certificate"),
            "--tls-auth-clients",
            "no"
        };
    }

    String pem(String name) {
        return directory.resolve(name + ".pem").toString();
    }

    private Path store() {
        return directory.resolve("store.p12");
    }
}
