package dev.dorm.cache.internal.redis.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of itself.
 *
 * @param id its replication id; {@link #UNTOLD} when it tells none
 * @param replica whether it is anything other than a master
 * @param promoted whether its history was begun by another server, or before it was started, as far as is known
 */
public record ReplicationInfo(String id, boolean replica, boolean promoted) {

    /** Stands for the id of a server that tells none. */
    public static final String UNTOLD = "unknown";

    private static final String MASTER = "master";

    /** What is known of a server that may not be asked: whoever takes a write is a master. */
    public static final ReplicationInfo NOTHING = new ReplicationInfo(UNTOLD, false, true);

    /** Reads what a server replied to {@code INFO replication}. */
    public static ReplicationInfo of(byte[] info) {
        String text = new String(info, ISO_8859_1);
        String id = value(text, "master_replid:");
        String before = value(text, "master_replid2:");
        boolean first = id != null && (before == null || before.chars().allMatch(digit -> digit == '0'));
        return new ReplicationInfo(id == null ? UNTOLD : id, !MASTER.equals(value(text, "role:")), !first);
    }

    /** Reads what a server replied to {@code ROLE}. */
    public static ReplicationInfo ofRole(List<?> reply) {
        return untold(reply.isEmpty() ? "" : text(reply.get(0)));
    }

    /** Reads what a server replied to {@code HELLO}: names, and behind each its value. */
    public static ReplicationInfo ofHello(List<?> reply) {
        for (int i = 0; i + 1 < reply.size(); i += 2) {
            if (text(reply.get(i)).equals("role")) {
                return untold(text(reply.get(i + 1)));
            }
        }
        return NOTHING;
    }

    private static ReplicationInfo untold(String role) {
        return new ReplicationInfo(UNTOLD, !role.equals(MASTER), true);
    }

    private static String text(@Nullable Object value) {
        return value instanceof byte[] bytes ? new String(bytes, ISO_8859_1) : String.valueOf(value);
    }

    /** Returns whether the server tells its replication id. */
    boolean isTold() {
        return !id.equals(UNTOLD);
    }

    private static @Nullable String value(String text, String name) {
        int at = text.indexOf(name);
        if (at < 0) {
            return null;
        }
        int end = text.indexOf('\n', at);
        return text.substring(at + name.length(), end < 0 ? text.length() : end).trim();
    }
}
