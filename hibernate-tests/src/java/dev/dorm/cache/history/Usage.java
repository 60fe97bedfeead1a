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

/** What the JVMs of a run use, whenever that is asked for, in a file that is mapped into each of them. */
final class Usage {

    private static final int OF_PROCESS = 3;
    private static final int ANSWERED = 0;
    private static final int HEAP = 1;
    private static final int THREADS = 2;
    private static final int SIZE = 8 * (1 + OF_PROCESS * Ledger.MAX_PROCESSES);
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer file;

    /** Maps the file, which is created with zeros. */
    Usage(Path path) {
        try (FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            file = channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE).order(ByteOrder.nativeOrder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks all processes; returns the number of the question. */
    long ask() {
        return (long) LONGS.getAndAdd(file, 0, 1L) + 1;
    }

    /** Returns the number of the last question. */
    long asked() {
        return (long) LONGS.getVolatile(file, 0);
    }

    void answer(int process, long question, long heap, long threads) {
        LONGS.setVolatile(file, at(process, HEAP), heap);
        LONGS.setVolatile(file, at(process, THREADS), threads);
        LONGS.setVolatile(file, at(process, ANSWERED), question);
    }

    /** Returns the last question that a process has answered. */
    long answered(int process) {
        return (long) LONGS.getVolatile(file, at(process, ANSWERED));
    }

    long heap(int process) {
        return (long) LONGS.getVolatile(file, at(process, HEAP));
    }

    long threads(int process) {
        return (long) LONGS.getVolatile(file, at(process, THREADS));
    }

    String of(int process) {
        return "process %d heap %.1f MB, threads %d"
                .formatted(process, (long) LONGS.getVolatile(file, at(process, HEAP)) / 1e6, (long)
                        LONGS.getVolatile(file, at(process, THREADS)));
    }

    private static int at(int process, int what) {
        return 8 * (1 + OF_PROCESS * process + what);
    }
}
