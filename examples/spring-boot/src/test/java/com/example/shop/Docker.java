package com.example.shop;

import java.util.Map;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/** Servers in containers, where there is a Docker. */
final class Docker {

    private Docker() {}

    static GenericContainer<?> start(String image, int port, Map<String, String> environment) throws Skipped {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new Skipped("no Docker that answers");
        }
        GenericContainer<?> container =
                new GenericContainer<>(image).withExposedPorts(port).withEnv(environment);
        try {
            container.start();
            return container;
        } catch (RuntimeException e) {
            container.stop();
            throw new Skipped(e);
        }
    }
}
