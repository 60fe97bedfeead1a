package dev.dorm.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dorm.cache.testing.Book;
import dev.dorm.cache.testing.CachedFactory;
import dev.dorm.cache.testing.ClassPath;
import dev.dorm.cache.testing.RedisServer;
import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.Test;

/**
 * An application that is deployed again and again, each time with classes of its own, leaves nothing behind: its class
 * loader is collected when it has closed its session factory.
 */
class DeploymentsIT {

    private static final int DEPLOYMENTS = 3;

    /** A JVM of its own: what is the first to use a thread of the JDK gives that its class loader. */
    @Test
    void areCollected() throws IOException, InterruptedException {
        Path printed = Files.createTempFile("printed", ".txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        ClassPath.ofThisJvm(),
                        DeploymentsIT.class.getName(),
                        RedisServer.shared().url())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        try {
            assertThat(process.waitFor(3, TimeUnit.MINUTES))
                    .as("the JVM has ended")
                    .isTrue();
            assertThat(Files.readString(printed))
                    .contains("used by 1", "used by 2", "used by 3")
                    .contains("left behind: []");
        } finally {
            process.destroyForcibly();
            Files.delete(printed);
        }
    }

    /**
     * The container: deploys an application some times, one after the other, and tells which are not collected.
     *
     * @param arguments where Redis is
     * @throws Exception when that fails
     */
    @SuppressWarnings("SystemOut") // what the parent reads
    public static void main(String... arguments) throws Exception {
        URL[] drivers = jars(name -> name.startsWith("h2-"));
        URL[] application = jars(name -> !name.startsWith("h2-"));
        try (URLClassLoader container = new URLClassLoader(drivers, ClassLoader.getPlatformClassLoader())) {
            List<WeakReference<ClassLoader>> deployed = new ArrayList<>();
            for (int n = 1; n <= DEPLOYMENTS; n++) {
                deployed.add(deploy(container, application, arguments[0]));
                System.out.println("used by " + n);
            }
            System.out.println("left behind: " + leftBehind(deployed));
        }
    }

    /** As a servlet container does: threads that have worked for an application do not outlive it. */
    private static WeakReference<ClassLoader> deploy(ClassLoader container, URL[] application, String redis)
            throws Exception {
        try (URLClassLoader loader = new URLClassLoader(application, container)) {
            Runnable work = (Runnable) loader.loadClass(Application.class.getName())
                    .getConstructor(String.class)
                    .newInstance(redis);
            Thread thread = new Thread(work, "application");
            thread.setContextClassLoader(loader);
            thread.start();
            thread.join();
            return new WeakReference<>(loader);
        }
    }

    private static List<Integer> leftBehind(List<WeakReference<ClassLoader>> deployed) {
        try {
            return await().atMost(Duration.ofSeconds(30)).until(() -> stillThere(deployed), List::isEmpty);
        } catch (ConditionTimeoutException e) {
            return stillThere(deployed);
        }
    }

    private static List<Integer> stillThere(List<WeakReference<ClassLoader>> deployed) {
        System.gc();
        return IntStream.rangeClosed(1, deployed.size())
                .filter(n -> deployed.get(n - 1).get() != null)
                .boxed()
                .toList();
    }

    private static URL[] jars(Predicate<String> wanted) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (String entry : Arrays.asList(ClassPath.ofThisJvm().split(File.pathSeparator, -1))) {
            if (!entry.isEmpty() && wanted.test(Path.of(entry).getFileName().toString())) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }

    /** What is deployed. */
    public static final class Application implements Runnable {

        private final String redis;

        /**
         * Creates the application.
         *
         * @param redis where Redis is
         */
        public Application(String redis) {
            this.redis = redis;
        }

        @Override
        public void run() {
            try (CachedFactory factory = CachedFactory.of(Book.class)
                    .cacheAll(AccessType.READ_WRITE)
                    .set(DormSettings.LOCATION, redis)
                    .set(DormSettings.NEAR, "all")
                    .set(DormSettings.REGIONS + "never-asked-for.ttl", "1s")
                    .build()) {
                factory.inTransaction(session -> session.persist(new Book(1, "Emma")));
                for (int pass = 0; pass < 3; pass++) {
                    factory.inTransaction(session -> {
                        session.find(Book.class, 1L).retitle("Emma");
                        session.createQuery("from Book", Book.class)
                                .setCacheable(true)
                                .list();
                    });
                }
                factory.cache().reset();
                factory.fromTransaction(session -> session.find(Book.class, 1L));
            }
        }
    }
}
