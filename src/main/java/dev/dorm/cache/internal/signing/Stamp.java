package dev.dorm.cache.internal.signing;

import dev.dorm.cache.backend.RowFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What makes an entry unlike every other one of the same value: when it was written, and a nonce.
 *
 * <p>It is 16 characters long, of digits and small letters: ten for the microseconds since 1970, by the store's clock, and
 * six at random.
 */
public final class Stamp {

    private static final int TIME = 10;
    private static final int NONCE = 6;
    private static final long TIMES = power(TIME);
    private static final long NONCES = power(NONCE);

    private Stamp() {}

    /**
     * Returns a stamp that no other entry has.
     *
     * @param micros the store's time, in microseconds since 1970, as well as it is known
     * @return the stamp
     */
    public static String at(long micros) {
        return digits(Math.floorMod(micros, TIMES), TIME)
                + digits(ThreadLocalRandom.current().nextLong(NONCES), NONCE);
    }

    /**
     * Returns a stamp that no other entry has, with the version of the row that the entry shows.
     *
     * @param micros the store's time, in microseconds since 1970, as well as it is known
     * @param rowVersion the version; a negative one, or one that is too high to be compared, is left out
     * @return the stamp
     */
    public static String at(long micros, long rowVersion) {
        String stamp = at(micros);
        return rowVersion < 0 || rowVersion > RowFormat.HIGHEST_ROW_VERSION
                ? stamp
                : stamp + RowFormat.BEFORE_ROW_VERSION + rowVersion;
    }

    private static String digits(long number, int length) {
        String digits = Long.toString(number, Character.MAX_RADIX);
        return "0".repeat(length - digits.length()) + digits;
    }

    private static long power(int digits) {
        long power = 1;
        for (int i = 0; i < digits; i++) {
            power *= Character.MAX_RADIX;
        }
        return power;
    }
}
