package dev.dorm.cache.differential;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a program's run.
 *
 * @param what the unit that was read, or what else differs: the same for what has the same cause, if we are lucky
 * @param text what was expected, and what there was instead
 */
record Finding(String what, String text) {

    /** Whether another one is likely to have the same cause. */
    boolean alike(@Nullable Finding other) {
        return other != null && rough(what).equals(rough(other.what));
    }

    private static String rough(String what) {
        return what.replaceAll("\\d+", "n");
    }
}
