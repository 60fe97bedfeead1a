package dev.dorm.cache.internal.value;

import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.UndecodableException;
import java.math.BigInteger;

/** How long a number may be: Java parses and prints numbers in time that grows faster than their length. */
final class BigNumbers {

    private static final int LONGEST_NUMBER = 10_000;

    /** Why a longer one is not written. */
    static final String TOO_LONG = "it has more than " + LONGEST_NUMBER + " digits";

    private static final int BITS_IN_TEN_DIGITS = 33;

    /** What stands beside the digits: signs, a point, an exponent. */
    private static final int SIGNS = 32;

    private BigNumbers() {}

    static boolean shortEnough(BigInteger number) {
        return number.bitLength() <= LONGEST_NUMBER * BITS_IN_TEN_DIGITS / 10;
    }

    /** Refuses text of so many characters when it is too long for a number. */
    static void bound(int length) throws UndecodableException {
        if (length > LONGEST_NUMBER + SIGNS) {
            throw BodyFormat.malformed("a number of " + length + " digits");
        }
    }
}
