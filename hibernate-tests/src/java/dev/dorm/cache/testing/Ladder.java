package dev.dorm.cache.testing;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ways to come by a real server, best first: the first that can serves, each skipped one says why.
 * {@code DORM_TEST_RUNG} ({@code docker}, or {@code redis=docker,postgres=embedded}) forces one, which then must serve.
 *
 * @param <S> the server
 */
final class Ladder<S> {

    /**
     * One way to come by a server.
     *
     * @param <S> the server
     */
    @FunctionalInterface
    interface Rung<S> {
        /** Starts or finds the server, or says why it cannot be had. */
        S serve() throws Skipped;
    }

    /** The server that someone named must serve: to test against another in silence is not what was asked for. */
    static final String NAMED = "url";

    /** The binary that someone named must serve, too. */
    static final String BINARY = "binary";

    private final Served server;
    private final Map<String, Rung<S>> rungs = new LinkedHashMap<>();
    private @Nullable S serving;
    private @Nullable IllegalStateException failure;

    Ladder(Served server) {
        this.server = server;
    }

    Ladder<S> rung(String name, Rung<S> rung) {
        rungs.put(name, rung);
        return this;
    }

    /** Returns what the first climb led to, be it that nothing serves: no rung is tried for every test anew. */
    synchronized S server() {
        if (failure != null) {
            throw failure;
        }
        if (serving == null) {
            serving = climb();
        }
        return serving;
    }

    private S climb() {
        Optional<String> forced = forced(server).filter(rungs::containsKey);
        StringBuilder reasons = new StringBuilder();
        for (var rung : rungs.entrySet()) {
            if (forced.isPresent() && !forced.get().equals(rung.getKey())) {
                continue;
            }
            try {
                S found = rung.getValue().serve();
                say("%s serves".formatted(found));
                ServedAccount.OF_THIS_JVM.servedBy(server, found.toString());
                return found;
            } catch (Skipped | RuntimeException e) {
                if (Set.of(NAMED, BINARY).contains(rung.getKey()) && !(e instanceof Skipped)) {
                    throw failed("%s that was named does not serve".formatted(server.title()), e);
                }
                String reason = "%s skipped: %s".formatted(rung.getKey(), Skipped.firstLine(e));
                say(reason);
                reasons.append("\n  ").append(reason);
            }
        }
        throw failed("no " + server.title() + " to test with:" + reasons, null);
    }

    private IllegalStateException failed(String message, @Nullable Exception cause) {
        failure = new IllegalStateException(message, cause);
        return failure;
    }

    /** The rung that is forced upon a server; a bare name is meant for every server that has such a rung. */
    static Optional<String> forced(Served server) {
        String prefix = server.name().toLowerCase(Locale.ROOT) + "=";
        return TestSetting.of("DORM_TEST_RUNG").stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(word -> word.startsWith(prefix) || !word.contains("="))
                .map(word -> word.substring(word.indexOf('=') + 1))
                .findFirst();
    }

    private void say(String what) {
        System.out.println(server.title() + ": " + what);
    }
}
