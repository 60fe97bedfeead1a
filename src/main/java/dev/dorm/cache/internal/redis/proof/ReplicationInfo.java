package dev.dorm.cache.internal.redis.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jspecify.annotations.Nullable;

/**
 * What a server says of itself in {@code INFO replication}.
 *
 * @param id its replication id
 * @param replica whether it is a replica
 * @param promoted whether its history was begun by another server, or before it was started
 */
public record ReplicationInfo(String id, boolean replica, boolean promoted) {

    /** Reads what a server replied. One that does not tell its id counts as one that never restarts. */
    public static ReplicationInfo of(byte[] info) {
        String text = new String(info, ISO_8859_1);
        String id = value(text, "master_replid:");
        String before = value(text, "master_replid2:");
        boolean first = before == null || before.chars().allMatch(digit -> digit == '0');
        return new ReplicationInfo(id == null ? "unknown" : id, text.contains("role:slave"), !first);
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
