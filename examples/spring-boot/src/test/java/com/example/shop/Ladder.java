package com.example.shop;

import java.util.LinkedHashMap;
import java.util.Map;

/** The ways to come by a server, best first. The first that can be had serves; each one skipped says why. */
final class Ladder {

    private final String what;
    private final Map<String, Rung> rungs = new LinkedHashMap<>();

    /** One way. */
    interface Rung {
        Server start() throws Skipped;
    }

    Ladder(String what) {
        this.what = what;
    }

    Ladder rung(String name, Rung rung) {
        rungs.put(name, rung);
        return this;
    }

    Server start() {
        for (Map.Entry<String, Rung> rung : rungs.entrySet()) {
            try {
                Server server = rung.getValue().start();
                System.out.printf("%s: %s%n", what, server.name());
                return server;
            } catch (Skipped e) {
                System.out.printf("%s: %s skipped, %s%n", what, rung.getKey(), e.getMessage());
            }
        }
        throw new IllegalStateException(what + ": nothing can be had here");
    }
}
