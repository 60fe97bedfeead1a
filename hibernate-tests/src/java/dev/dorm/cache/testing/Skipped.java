package dev.dorm.cache.testing;

/** A rung that cannot serve here, and why, in one line. */
final class Skipped extends Exception {

    private static final long serialVersionUID = 1L;

    Skipped(String why) {
        super(why);
    }

    Skipped(Throwable cause) {
        super(firstLine(cause), cause);
    }

    static String firstLine(Throwable cause) {
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse(cause.toString());
    }
}
