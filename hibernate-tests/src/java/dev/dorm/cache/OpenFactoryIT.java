package dev.dorm.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.ClassPath;
import dev.dorm.cache.testing.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.Redisson;
import org.redisson.config.Config;

/** A JVM whose {@code main} returns ends, though nobody has closed the session factory. */
class OpenFactoryIT {

    private static final String USED = "used";
    private static final String KEPT_ALIVE_BY = "kept alive by ";

    @ParameterizedTest
    @ValueSource(strings = {"off", "all"})
    void keepsNoJvmAlive(String near) throws IOException, InterruptedException {
        assertThat(output("ours", near)).contains(USED).endsWith(KEPT_ALIVE_BY + "[]");
    }

    /** What the application has made is its own to close. */
    @Test
    void theApplicationsClientIsLeftAsItIs() throws IOException, InterruptedException {
        assertThat(output("theirs", "off")).contains(USED, KEPT_ALIVE_BY, "redisson-netty", "redisson-timer");
    }

    /** Runs {@link #main} in a JVM of its own until that ends, and returns what it prints. */
    private static String output(String client, String near) throws IOException, InterruptedException {
        Path printed = Files.createTempFile("printed", ".txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        ClassPath.ofThisJvm(),
                        OpenFactoryIT.class.getName(),
                        RedisServer.shared().url(),
                        client,
                        near)
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES))
                    .as("the JVM has ended")
                    .isTrue();
            return Files.readString(printed).strip();
        } finally {
            process.destroyForcibly();
            Files.delete(printed);
        }
    }

    /**
     * The application: uses a session factory, and forgets to close it.
     *
     * @param arguments where Redis is, whose the client is, and what the near tier keeps
     */
    @SuppressWarnings("SystemOut") // what the parent reads
    public static void main(String... arguments) {
        CachedFactory.Builder builder =
                CachedFactory.of(Book.class).cacheAll(AccessType.READ_WRITE).set(DormSettings.NEAR, arguments[2]);
        boolean theirs = arguments[1].equals("theirs");
        if (theirs) {
            Config config = new Config();
            config.useSingleServer().setAddress(arguments[0]);
            builder.set(DormSettings.CLIENT, Redisson.create(config));
        } else {
            builder.set(DormSettings.LOCATION, arguments[0]);
        }
        CachedFactory factory = builder.build();
        factory.inTransaction(session -> session.persist(new Book(1, "Emma")));
        factory.fromTransaction(session -> session.find(Book.class, 1L));
        System.out.println(USED);
        System.out.println(KEPT_ALIVE_BY
                + Thread.getAllStackTraces().keySet().stream()
                        .filter(each -> !each.isDaemon() && each != Thread.currentThread())
                        .map(Thread::getName)
                        .collect(Collectors.toList()));
        if (theirs) {
            System.exit(0);
        }
    }
}
