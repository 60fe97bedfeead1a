package dev.dorm.cache.testing;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is printed on standard error, where the tests' loggers write, until it is closed; it is still shown. */
public final class Printed implements AutoCloseable {

    private final PrintStream before = System.err;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private Printed() {
        System.setErr(new PrintStream(new Both(), true, StandardCharsets.UTF_8));
    }

    /**
     * Starts to listen.
     *
     * @return what will be printed
     */
    public static Printed onStandardError() {
        return new Printed();
    }

    /**
     * Returns everything that was printed.
     *
     * @return the text
     */
    public String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /**
     * Returns the lines that contain something.
     *
     * @param part what they contain
     * @return the lines
     */
    public List<String> lines(String part) {
        return text().lines().filter(line -> line.contains(part)).toList();
    }

    @Override
    public void close() {
        System.setErr(before);
    }

    private final class Both extends OutputStream {

        @Override
        public void write(int b) {
            bytes.write(b);
            before.write(b);
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            bytes.write(from, offset, length);
            before.write(from, offset, length);
        }
    }
}
