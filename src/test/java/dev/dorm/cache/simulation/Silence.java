package dev.dorm.cache.simulation;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Keeps thousands of simulated outages from being logged. */
public final class Silence implements AutoCloseable {

    private final PrintStream before = System.err;

    public Silence() {
        System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        System.setErr(before);
    }
}
