package com.example.shop;

import java.util.Optional;

/**
 * A server that both instances share.
 *
 * @param name what it is and where it comes from
 * @param url where it is; nothing when the instances need none
 * @param stop ends it, if it is ours
 */
record Server(String name, Optional<String> url, AutoCloseable stop) implements AutoCloseable {

    Server(String name, String url, AutoCloseable stop) {
        this(name, Optional.of(url), stop);
    }

    @Override
    public void close() {
        try {
            stop.close();
        } catch (Exception e) {
            System.err.println(name + " does not stop: " + e);
        }
    }
}
