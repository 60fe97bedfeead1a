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
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;
import org.hibernate.cache.spi.access.AccessType;
import org.junit.jupiter.api.Test;

/**
 * An application that is deployed again and again, each time with classes of its own, leaves nothing behind: its class
 * loader is collected when it has closed its session factory.
 */
class DeploymentsIT {

    /** A JVM of its own: what is the first to use a thread of the JDK gives that its class loader. */
    @Test
    void areCollected() throws IOException, InterruptedException {
        Path printed = Files.createTempFile("printed", ".txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // Three short lives: the second compiler would cost more than it saves.
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classes() + File.pathSeparator + jars(DeploymentsIT::isOfTheContainer),
                        Container.class.getName(),
                        jars(DeploymentsIT::isDriver),
                        jars(name -> !isDriver(name)),
                        RedisServer.shared().url())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        try {
            assertThat(process.waitFor(15, TimeUnit.MINUTES))
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

    private static Path classes() {
        return Path.of(URI.create(DeploymentsIT.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
    }

    /** The JDK keeps a driver that it has found in the application's jars, and with it the first application. */
    private static boolean isDriver(String jar) {
        return jar.startsWith("h2-") || jar.startsWith("postgresql-");
    }

    /** What the container needs itself, and no more: Hibernate also looks for what the JVM's class path has. */
    private static boolean isOfTheContainer(String jar) {
        return jar.startsWith("awaitility-") || jar.startsWith("hamcrest-");
    }

    private static String jars(Predicate<String> wanted) {
        return Arrays.stream(ClassPath.ofThisJvm().split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty()
                        && wanted.test(Path.of(entry).getFileName().toString()))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** What deploys the application some times, one after the other, and tells which are not collected. */
    static final class Container {

        private static final int DEPLOYMENTS = 3;

        /**
         * Runs in a JVM of its own.
         *
         * @param arguments the jars of the database's driver, those of the application, and where Redis is
         * @throws Exception when that fails
         */
        @SuppressWarnings("SystemOut") // what the parent reads
        public static void main(String... arguments) throws Exception {
            try (URLClassLoader drivers =
                    new URLClassLoader(urls(arguments[0]), ClassLoader.getPlatformClassLoader())) {
                warm(drivers);
                List<WeakReference<ClassLoader>> deployed = new ArrayList<>();
                for (int n = 1; n <= DEPLOYMENTS; n++) {
                    deployed.add(deploy(drivers, urls(arguments[1]), arguments[2]));
                    System.out.println("used by " + n);
                }
                useRecords();
                System.out.println("left behind: " + leftBehind(deployed));
            }
        }

        /** H2 keeps an exception for ever, with the stack of whoever was the first to connect. */
        private static void warm(ClassLoader drivers) throws Exception {
            Driver driver =
                    (Driver) drivers.loadClass("org.h2.Driver").getConstructor().newInstance();
            driver.connect("jdbc:h2:mem:warm", new Properties()).close();
        }

        /** A record of another application: until then a JDK before 19 keeps the type that was last compared by a record. */
        private static void useRecords() {
            Other one = new Other("a");
            Other other = new Other("b");
            if (one.equals(other)
                    || one.hashCode() == other.hashCode()
                    || one.toString().isEmpty()) {
                throw new IllegalStateException("two records are the same");
            }
        }

        private record Other(String name) {}

        /** As a servlet container does: threads that have worked for an application do not outlive it. */
        private static WeakReference<ClassLoader> deploy(ClassLoader container, URL[] application, String redis)
                throws Exception {
            try (URLClassLoader loader = new URLClassLoader(application, container)) {
                Runnable work = (Runnable) loader.loadClass(Application.class.getName())
                        .getConstructor(String.class)
                        .newInstance(redis);
                FutureTask<Boolean> task = new FutureTask<>(work, true);
                Thread thread = new Thread(task, "application");
                thread.setContextClassLoader(loader);
                thread.start();
                task.get();
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

        private static URL[] urls(String jars) throws IOException {
            List<URL> urls = new ArrayList<>();
            for (String jar : jars.split(File.pathSeparator, -1)) {
                urls.add(Path.of(jar).toUri().toURL());
            }
            return urls.toArray(URL[]::new);
        }
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
