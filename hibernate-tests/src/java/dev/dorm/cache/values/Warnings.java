package dev.dorm.cache.values;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** What the log warned of, while it is heard. */
final class Warnings implements AutoCloseable {

    private final PrintStream before = System.err;
    private final List<String> heard = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();

    Warnings() {
        System.setErr(new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        hear(new byte[] {(byte) b}, 0, 1);
                    }

                    @Override
                    public void write(byte[] bytes, int offset, int length) {
                        hear(bytes, offset, length);
                    }
                },
                true,
                UTF_8));
    }

    private synchronized void hear(byte[] bytes, int offset, int length) {
        for (char c : new String(bytes, offset, length, UTF_8).toCharArray()) {
            if (c == '\n') {
                String whole = line.toString();
                line.setLength(0);
                if (whole.contains("Not cached")) {
                    heard.add(whole.substring(whole.indexOf("Not cached")));
                } else if (!whole.contains("HHH") && !whole.isBlank() && whole.contains("ERROR")) {
                    before.println(whole);
                }
            } else if (c != '\r') {
                line.append(c);
            }
        }
    }

    synchronized int count() {
        return heard.size();
    }

    synchronized List<String> since(int count) {
        return List.copyOf(heard.subList(count, heard.size()));
    }

    @Override
    public void close() {
        System.setErr(before);
    }
}
