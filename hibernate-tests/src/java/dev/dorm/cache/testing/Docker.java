package dev.dorm.cache.testing;

import static org.testcontainers.dockerclient.DockerClientProviderStrategy.getClientForConfig;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.dockerclient.DockerClientConfigUtils;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.TestcontainersConfiguration;

/** Containers, where an engine answers and has the image or gets it soon; whatever is in the way skips the rung. */
final class Docker {

    /** A registry that is not reached by then will hardly be worth the wait. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String NO_ENGINE = "no engine answers";

    private static @Nullable DockerClient engine;
    private static boolean noEngine;

    private Docker() {}

    /** Starts a container; the caller waits for what runs in it, since only the caller speaks its protocol. */
    static GenericContainer<?> start(String image, int port, Map<String, String> environment) throws Skipped {
        DockerClient engine = engine();
        return within(() -> {
            obtain(image, engine);
            for (String own : ownImages()) {
                obtain(own, engine);
            }
            GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(image))
                    .withExposedPorts(port)
                    .withEnv(environment)
                    .waitingFor(new DoNotWait());
            Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
            container.start();
            return container;
        });
    }

    private static synchronized DockerClient engine() throws Skipped {
        if (noEngine) {
            throw new Skipped(NO_ENGINE);
        }
        if (engine == null) {
            engine = ask();
        }
        return engine;
    }

    /** Not Testcontainers' own client: before it answers at all, that one pulls Ryuk, with much patience. */
    private static DockerClient ask() throws Skipped {
        try {
            return within(
                    () -> getClientForConfig(DockerClientFactory.instance().getTransportConfig()));
        } catch (Skipped e) {
            noEngine = true;
            throw new Skipped(NO_ENGINE);
        }
    }

    /**
     * The images that Testcontainers runs for itself: Ryuk, which removes the containers of a JVM that could not, and,
     * when we are in a container ourselves, one that finds the way to the host. Without network it would wait long.
     */
    @SuppressWarnings("deprecation") // nothing else tells the names of these images
    private static List<String> ownImages() {
        TestcontainersConfiguration configuration = TestcontainersConfiguration.getInstance();
        List<String> images = new ArrayList<>();
        if (!Boolean.parseBoolean(System.getenv("TESTCONTAINERS_RYUK_DISABLED"))) {
            images.add(configuration.getRyukImage());
        }
        if (DockerClientConfigUtils.IN_A_CONTAINER && System.getenv("TESTCONTAINERS_HOST_OVERRIDE") == null) {
            images.add(configuration.getTinyImage());
        }
        return images;
    }

    private static void obtain(String image, DockerClient engine) throws Exception {
        try {
            engine.inspectImageCmd(image).exec();
        } catch (NotFoundException absent) {
            try {
                engine.pullImageCmd(image).start().awaitCompletion();
            } catch (DockerException e) {
                throw new Skipped("cannot pull %s: %s".formatted(image, e.getMessage()));
            }
        }
    }

    private static <T> T within(Callable<T> work) throws Skipped {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> complete(result, work), "docker");
        thread.setDaemon(true);
        thread.start();
        try {
            return result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            throw new Skipped("nothing came of it within " + PATIENCE.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Skipped skipped ? skipped : new Skipped(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Skipped(e);
        }
    }

    private static <T> void complete(CompletableFuture<T> result, Callable<T> work) {
        try {
            result.complete(work.call());
        } catch (Throwable e) { // Testcontainers fails with errors of linkage and initialization, too
            result.completeExceptionally(e);
        }
    }

    /** Testcontainers' own strategies run a shell in the container, and an image need not have one. */
    private static final class DoNotWait extends AbstractWaitStrategy {
        @Override
        protected void waitUntilReady() {}
    }
}
