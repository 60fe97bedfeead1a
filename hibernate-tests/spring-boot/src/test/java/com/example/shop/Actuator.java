package com.example.shop;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** The shop as its operators see it: all endpoints over HTTP. */
final class Actuator implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Application shop;

    private Actuator(Application shop) {
        this.shop = shop;
    }

    static Actuator with(String... properties) {
        return of(new SpringApplicationBuilder(Shop.class), properties);
    }

    static Actuator of(SpringApplicationBuilder builder, String... properties) {
        List<String> all = new ArrayList<>(List.of(
                "spring.main.web-application-type=servlet",
                "server.port=0",
                "management.endpoints.web.exposure.include=*",
                "management.endpoint.health.show-details=always",
                "management.endpoint.health.probes.enabled=true"));
        all.addAll(List.of(properties));
        return new Actuator(Application.of(builder, all.toArray(String[]::new)));
    }

    Application shop() {
        return shop;
    }

    /** A reply: its status and its body. */
    record Reply(int status, String body) {}

    Reply get(String path) {
        return send("GET", path);
    }

    Reply send(String method, String path) {
        String port = shop.context().getEnvironment().getProperty("local.server.port");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/" + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new AssertionError(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(path, e);
        }
    }

    /** Writes a product and reads it twice. */
    Product work() {
        Product tea = shop.products().save(new Product("tea"));
        shop.cache().awaitSettled();
        Stream.of(1, 2).forEach(time -> shop.products().findById(tea.getId()));
        return tea;
    }

    @Override
    public void close() {
        shop.close();
    }
}
