package dev.dorm.cache.internal.redis.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dorm.cache.backend.RowFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/** The Lua scripts, one for each kind of step; their texts are the {@code .lua} resources beside this class. */
public enum Script {
    PUT_ROWS("common", "writes", "rows"),
    PUT_QUERY("common"),
    LOCK_ROWS("common", "writes", "rows"),
    UNLOCK_ROWS("common", "writes", "rows"),
    LOCK_SHARD("common"),
    UNLOCK_SHARD("common"),
    BUMP_VERSION("common"),
    READ_VERSION("common", "writes"),
    LOCK_TABLES("common", "tables"),
    UNLOCK_TABLES("common", "tables"),
    SETTLE_TABLES("common", "tables"),
    RENEW_SHARD("common", "writes", "incarnation"),
    RENEW_TABLES("common", "tables", "incarnation"),
    REGISTER("common"),
    READ_KEYS("common"),
    PROVE();

    private final String text;
    private final String sha;

    Script(String... preludes) {
        StringBuilder all = new StringBuilder();
        for (String prelude : preludes) {
            all.append(resource(prelude)).append('\n');
        }
        this.text = all.append(resource(name().toLowerCase(Locale.ROOT))).toString();
        this.sha = RowFormat.digest(text.getBytes(UTF_8));
    }

    /** Returns what SCRIPT LOAD takes. */
    public String text() {
        return text;
    }

    /** Returns whether its last argument is the replication id, where a script may not ask for it itself. */
    boolean isToldId() {
        return this == PROVE || this == RENEW_SHARD || this == RENEW_TABLES;
    }

    /** Returns the name under which EVALSHA knows it. */
    String sha() {
        return sha;
    }

    private static String resource(String name) {
        try (InputStream in = Script.class.getResourceAsStream(name + ".lua")) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + ".lua is missing beside " + Script.class);
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
