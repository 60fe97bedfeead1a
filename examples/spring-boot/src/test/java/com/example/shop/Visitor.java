package com.example.shop;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody who visits the shop without a browser. */
final class Visitor {

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI instance;

    Visitor(URI instance) {
        this.instance = instance;
    }

    /** A page as it came. */
    record Page(int status, HttpResponse<String> response) {

        String text() {
            return response.body();
        }

        int statements() {
            return number("statements");
        }

        int hits() {
            return number("hits");
        }

        int stock(long product) {
            return number("stock-" + product);
        }

        private int number(String id) {
            Matcher found = Pattern.compile("id=\"" + id + "\"[^>]*>(\\d+)<").matcher(text());
            if (!found.find()) {
                throw new AssertionError("No " + id + " in " + text());
            }
            return Integer.parseInt(found.group(1));
        }
    }

    Page get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(instance.resolve(path)).GET());
    }

    Page page() throws IOException, InterruptedException {
        return get("/");
    }

    /** The page once it needs no statement: others may have written just before. */
    Page warmPage() throws IOException, InterruptedException {
        Page page = page();
        for (int i = 0; i < 10 && page.statements() > 0; i++) {
            page = page();
        }
        return page;
    }

    /** Orders; what comes back is a redirection, or the page that says why not. */
    Page order(long product, int quantity, String customer) throws IOException, InterruptedException {
        return post("/orders", Map.of("product", "" + product, "quantity", "" + quantity, "customer", customer));
    }

    Page post(String path, Map<String, String> form) throws IOException, InterruptedException {
        String body = form.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(instance.resolve(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    private Page send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        return new Page(response.statusCode(), response);
    }
}
