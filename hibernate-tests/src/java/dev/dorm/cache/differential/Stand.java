package dev.dorm.cache.differential;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The databases of one kind: that beneath the cache, and two that are set up alike. */
final class Stand {

    private final Database cached;
    private final Side beneath;
    private final Side plain;
    private final Side witness;
    private Set<String> used = new LinkedHashSet<>();

    /**
     * Opens the databases.
     *
     * @param engine of which kind
     * @param bench where session factories are built
     */
    Stand(Engine engine, Bench bench) {
        cached = new Database(engine, "cached");
        beneath = bench.plain(cached);
        plain = bench.plain(new Database(engine, "plain"));
        witness = bench.plain(new Database(engine, "witness"));
    }

    Database cached() {
        return cached;
    }

    Side beneath() {
        return beneath;
    }

    Side plain() {
        return plain;
    }

    Side witness() {
        return witness;
    }

    List<Side> sides() {
        return List.of(beneath, plain, witness);
    }

    /** Returns the tables that programs have used, with those that one is going to use. */
    Set<String> usedWith(List<String> tables) {
        Set<String> all = new LinkedHashSet<>(used);
        all.addAll(tables);
        return all;
    }

    /** Says which tables alone have rows now. */
    void use(List<String> tables) {
        used = new LinkedHashSet<>(tables);
    }
}
