package dev.dorm.cache.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Stands before a server whose commands have other names, and calls them by those; what a script calls it does not see. */
public final class RenamingProxy implements Closeable {

    private final ServerSocket listening;
    private final int server;
    private final Map<String, String> names;

    /**
     * Starts it.
     *
     * @param server the server's port
     * @param names what the server calls a command, by its name in lower case
     */
    public RenamingProxy(int server, Map<String, String> names) {
        this.server = server;
        this.names = names;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    private interface Copying {
        void run() throws IOException;
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "renaming-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Socket target = new Socket(InetAddress.getLoopbackAddress(), server);
                copy(List.of(client, target), () -> commands(client.getInputStream(), target.getOutputStream()));
                copy(List.of(client, target), () -> target.getInputStream().transferTo(client.getOutputStream()));
            } catch (IOException e) {
                // The client has gone, or we are closed.
            }
        }
    }

    private static void copy(List<Socket> both, Copying copying) {
        daemon(() -> {
            try {
                copying.run();
            } catch (IOException e) {
                // One of them has gone, so the other goes.
            }
            for (Socket each : both) {
                try {
                    each.close();
                } catch (IOException e) {
                    // It is gone.
                }
            }
        });
    }

    /** Commands are arrays of texts. */
    private void commands(InputStream from, OutputStream to) throws IOException {
        BufferedInputStream in = new BufferedInputStream(from);
        BufferedOutputStream out = new BufferedOutputStream(to);
        while (true) {
            String head = line(in);
            write(out, head);
            int words = Integer.parseInt(head.substring(1));
            for (int i = 0; i < words; i++) {
                byte[] word = in.readNBytes(Integer.parseInt(line(in).substring(1)));
                line(in);
                if (i == 0) {
                    String name = new String(word, ISO_8859_1);
                    word = names.getOrDefault(name.toLowerCase(Locale.ROOT), name)
                            .getBytes(ISO_8859_1);
                }
                write(out, "$" + word.length);
                out.write(word);
                write(out, "");
            }
            if (in.available() == 0) {
                out.flush();
            }
        }
    }

    private static void write(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(ISO_8859_1));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
