package dev.dorm.cache.internal.store;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/** Makes tokens that no other writer in any process has: a random name of this process, and a count. */
public final class Tokens {

    private static final String PROCESS = HexFormat.of().toHexDigits(new SecureRandom().nextLong());
    private static final AtomicLong COUNT = new AtomicLong();

    private Tokens() {}

    public static String next() {
        return PROCESS + "-" + Long.toString(COUNT.incrementAndGet(), 36);
    }
}
