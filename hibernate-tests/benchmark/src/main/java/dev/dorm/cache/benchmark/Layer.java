package dev.dorm.cache.benchmark;

import java.util.List;

/** Whose code a sampled stack is in. */
enum Layer {
    /** Writing to a socket, reading from it, waiting for it and waking up whoever waits. */
    SOCKET(
            "system calls of the client's socket",
            "io/netty/channel/epoll/Native",
            "io/netty/channel/unix/",
            "sun/nio/ch/"),
    /** The client's library, without its system calls. */
    CLIENT("Netty and Redisson", "io/netty/", "org/redisson/"),
    /** What a stored entry costs. */
    CODEC("our codec and signature", "dev/dorm/cache/internal/codec/", "dev/dorm/cache/internal/signing/"),
    /** Commands, scripts and replies. */
    COMMANDS("our commands to Redis", "dev/dorm/cache/internal/redis/"),
    /** All else of the library. */
    LIBRARY("the rest of this library", "dev/dorm/cache/"),
    /** The database's driver and, where it is H2, the database. */
    DATABASE("the database", "org/h2/", "org/postgresql/"),
    /** Sessions, transactions, queries. */
    HIBERNATE("Hibernate", "org/hibernate/"),
    /** Compiler, collector, and what is in no code of the others. */
    JVM("the JVM: compiler, collector, idle threads");

    /** The benchmark's own frames are nobody's. */
    private static final String BENCHMARK = "dev/dorm/cache/benchmark/";

    private final String title;
    private final List<String> prefixes;

    Layer(String title, String... prefixes) {
        this.title = title;
        this.prefixes = List.of(prefixes);
    }

    String title() {
        return title;
    }

    /** Returns the layer of the innermost frame that belongs to one. */
    static Layer of(String... stack) {
        for (int i = stack.length - 1; i >= 0; i--) {
            for (Layer layer : values()) {
                if (!stack[i].startsWith(BENCHMARK) && layer.prefixes.stream().anyMatch(stack[i]::startsWith)) {
                    return layer;
                }
            }
        }
        return JVM;
    }
}
