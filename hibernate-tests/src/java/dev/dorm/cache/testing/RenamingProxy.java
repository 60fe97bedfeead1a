package dev.dorm.cache.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Stands between a client and a server that knows a command by another name: the client may use it, but no script may, whose calls
 * nobody translates.
 */
public final class RenamingProxy extends TurnProxy {

    private final byte[] from;
    private final byte[] to;

    /**
     * Opens the proxy on a free port.
     *
     * @param target the server's port on this machine
     * @param command the command as the client calls it
     * @param renamed its name at the server, of the same length
     * @throws IOException when no port can be had
     */
    public RenamingProxy(int target, String command, String renamed) throws IOException {
        super(target);
        this.from = word(command);
        this.to = word(renamed);
        if (from.length != to.length) {
            throw new IllegalArgumentException(command + " and " + renamed + " are not of one length");
        }
        open();
    }

    private static byte[] word(String command) {
        return ("\r\n" + command + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    void said(byte[] bytes, int length) {
        for (int i = 0; i + from.length <= length; i++) {
            boolean found = true;
            for (int k = 0; found && k < from.length; k++) {
                found = bytes[i + k] == from[k];
            }
            if (found) {
                System.arraycopy(to, 0, bytes, i, to.length);
            }
        }
    }

    @Override
    boolean request(Link link) {
        return true;
    }

    @Override
    boolean reply(Link link) {
        return true;
    }
}
