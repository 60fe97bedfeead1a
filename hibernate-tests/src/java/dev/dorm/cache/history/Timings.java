package dev.dorm.cache.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** How long the transactions of all JVMs took, in each stage of an outage, in a file that is mapped into each of them. */
final class Timings {

    /** Where a run stands. */
    enum Stage {
        WARMING,
        BEFORE,
        OUTAGE,
        AFTER
    }

    /** Which of the two applications of a thread. */
    enum Side {
        CACHED,
        UNCACHED
    }

    /** Each bucket is so much wider than the one below: a percentile is known to within three percent. */
    private static final double GROWTH = Math.log(1.03);

    private static final int BUCKETS = 700;
    private static final int HISTOGRAMS = 1;
    private static final int SIZE = 8 * (HISTOGRAMS + Stage.values().length * Side.values().length * BUCKETS);
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer file;

    /** Maps the file, which is created with zeros. */
    Timings(Path path) {
        try (FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            file = channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE).order(ByteOrder.nativeOrder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Stage stage() {
        return Stage.values()[(int) (long) LONGS.getVolatile(file, 0)];
    }

    void enter(Stage stage) {
        LONGS.setVolatile(file, 0, (long) stage.ordinal());
    }

    /** Counts a transaction; one that touches the outage belongs to it. */
    void took(Side side, Stage begun, long nanos) {
        Stage ended = stage();
        Stage stage = begun == Stage.OUTAGE ? begun : ended;
        int bucket = Math.min(BUCKETS - 1, (int) (Math.log(1 + nanos / 1_000.0) / GROWTH));
        LONGS.getAndAdd(file, at(side, stage, bucket), 1L);
    }

    long count(Side side, Stage stage) {
        long count = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            count += of(side, stage, bucket);
        }
        return count;
    }

    /** Returns what so many of a hundred transactions stayed below. */
    Duration percentile(Side side, Stage stage, double percent) {
        double rest = count(side, stage) * percent / 100;
        int bucket = 0;
        while (bucket < BUCKETS - 1 && (rest -= of(side, stage, bucket)) > 0) {
            bucket++;
        }
        return Duration.ofNanos((long) (1_000 * Math.expm1((bucket + 0.5) * GROWTH)));
    }

    private long of(Side side, Stage stage, int bucket) {
        return (long) LONGS.getVolatile(file, at(side, stage, bucket));
    }

    private static int at(Side side, Stage stage, int bucket) {
        return 8 * (HISTOGRAMS + (stage.ordinal() * Side.values().length + side.ordinal()) * BUCKETS + bucket);
    }
}
