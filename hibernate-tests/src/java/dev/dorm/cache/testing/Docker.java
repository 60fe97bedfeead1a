package dev.dorm.cache.testing;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.DockerImageName;

/** Containers, where an engine answers and has the image or gets it soon; whatever is in the way skips the rung. */
final class Docker {

    /** A registry that is not reached by then will hardly be worth the wait. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final CompletableFuture<DockerClient> ENGINE = new CompletableFuture<>();
    private static boolean asked;

    private Docker() {}

    /** Starts a container; the caller waits for what runs in it, since only the caller speaks its protocol. */
    static GenericContainer<?> start(String image, int port, Map<String, String> environment) throws Skipped {
        DockerClient engine = engine();
        return within(() -> {
            obtain(image, engine);
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
        if (!asked) {
            asked = true;
            ask();
        }
        if (ENGINE.isCompletedExceptionally()) {
            throw new Skipped("no engine answers");
        }
        return ENGINE.join();
    }

    private static void ask() {
        try {
            ENGINE.complete(within(() -> DockerClientFactory.instance().client()));
        } catch (Skipped e) {
            ENGINE.completeExceptionally(e);
        }
    }

    private static void obtain(String image, DockerClient engine) throws InterruptedException {
        try {
            engine.inspectImageCmd(image).exec();
        } catch (NotFoundException absent) {
            engine.pullImageCmd(image).start().awaitCompletion();
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
            throw new Skipped(e.getCause());
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
