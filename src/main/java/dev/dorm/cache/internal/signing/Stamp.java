package dev.dorm.cache.internal.signing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

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
    private static final int DECIMAL = 10;
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
        return new String(unlike(micros, TIME + NONCE), ISO_8859_1);
    }

    /**
     * Returns a stamp that no other entry has, with the version of the row that the entry shows.
     *
     * @param micros the store's time, in microseconds since 1970, as well as it is known
     * @param rowVersion the version; a negative one, or one that is too high to be compared, is left out
     * @return the stamp
     */
    public static String at(long micros, long rowVersion) {
        if (rowVersion < 0 || rowVersion > RowFormat.HIGHEST_ROW_VERSION) {
            return at(micros);
        }
        int begin = TIME + NONCE + 1;
        int end = begin + decimals(rowVersion);
        byte[] stamp = unlike(micros, end);
        stamp[begin - 1] = (byte) RowFormat.BEFORE_ROW_VERSION;
        write(stamp, begin, end, rowVersion, DECIMAL);
        return new String(stamp, ISO_8859_1);
    }

    /**
     * Returns when an entry was written.
     *
     * @param entry its bytes
     * @param at where its stamp begins in them
     * @return microseconds since 1970, by the store's clock as well as it was known; -1 when no stamp stands there
     */
    public static long micros(byte[] entry, int at) {
        if (at + TIME > entry.length) {
            return -1;
        }
        long micros = 0;
        for (int i = at; i < at + TIME; i++) {
            int digit = Character.digit(entry[i], Character.MAX_RADIX);
            if (digit < 0) {
                return -1;
            }
            micros = micros * Character.MAX_RADIX + digit;
        }
        return micros;
    }

    /** Returns an array that begins with a stamp. */
    private static byte[] unlike(long micros, int length) {
        byte[] stamp = new byte[length];
        write(stamp, 0, TIME, Math.floorMod(micros, TIMES), Character.MAX_RADIX);
        write(stamp, TIME, TIME + NONCE, ThreadLocalRandom.current().nextLong(NONCES), Character.MAX_RADIX);
        return stamp;
    }

    /** Fills a part of an array with the digits of a number that has no more. */
    private static void write(byte[] stamp, int begin, int end, long number, int radix) {
        long rest = number;
        for (int i = end - 1; i >= begin; i--) {
            stamp[i] = (byte) Character.forDigit((int) (rest % radix), radix);
            rest /= radix;
        }
    }

    private static int decimals(long number) {
        int digits = 1;
        for (long rest = number; rest >= DECIMAL; rest /= DECIMAL) {
            digits++;
        }
        return digits;
    }

    private static long power(int digits) {
        long power = 1;
        for (int i = 0; i < digits; i++) {
            power *= Character.MAX_RADIX;
        }
        return power;
    }
}
