package dev.dorm.cache.testing;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much of something random is run: a number of rounds, so that the same seed finds the same on a slow machine and on a
 * quick one, or a time when one is asked for.
 */
public final class RunLength {

    private final String unit;
    private final long rounds;
    private final @Nullable Duration time;
    private final long began = System.nanoTime();

    private RunLength(String unit, long rounds, @Nullable Duration time) {
        this.unit = unit;
        this.rounds = rounds;
        this.time = time;
    }

    /**
     * Reads the system properties {@code <name>.seconds}, which wins, and {@code <name>.<unit>}.
     *
     * @param name what the properties' names begin with
     * @param unit what a round is, in the plural
     * @param usual how many rounds when neither is set
     */
    public static RunLength of(String name, String unit, long usual) {
        @Nullable Long seconds = Long.getLong(name + ".seconds");
        return new RunLength(
                unit, Long.getLong(name + "." + unit, usual), seconds == null ? null : Duration.ofSeconds(seconds));
    }

    /** Returns whether there is one more round after so many. */
    public boolean goesOn(long done) {
        return time == null ? done < rounds : System.nanoTime() - began < time.toNanos();
    }

    @Override
    public String toString() {
        return time == null ? rounds + " " + unit : time.toSeconds() + " s";
    }
}
