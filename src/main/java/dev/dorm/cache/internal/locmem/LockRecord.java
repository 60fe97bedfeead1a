package dev.dorm.cache.internal.locmem;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.dorm.cache.backend.RowFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A lock, on a row or on a shard.
 *
 * @param tokens who holds it
 * @param concurrent whether several held it at once, or a region lock stood
 * @param wellFormed whether the bytes are a lock at all, if perhaps a spent one
 */
record LockRecord(LockTokens tokens, boolean concurrent, boolean wellFormed) {

    static LockRecord of(byte @Nullable [] bytes, long now) {
        // Mostly an entry stands there, which is long.
        boolean none = bytes == null || RowFormat.kind(bytes, 0) != RowFormat.Kind.LOCK;
        String text = none ? "" : new String(bytes, ISO_8859_1);
        int mark = RowFormat.LOCK.length();
        boolean marked = text.startsWith(RowFormat.LOCK + "0") || text.startsWith(RowFormat.LOCK + "1");
        if (!marked || (text.length() > mark + 1 && text.charAt(mark + 1) != '|')) {
            return new LockRecord(new LockTokens(new TreeMap<>(), false, false), false, false);
        }
        LockTokens tokens = LockTokens.of(text.substring(mark + 1), now);
        return new LockRecord(tokens, text.charAt(mark) == '1' && !tokens.live().isEmpty(), tokens.sound());
    }

    boolean stands() {
        return !tokens.live().isEmpty();
    }

    static byte[] bytes(SortedMap<String, LockTokens.Hold> live, boolean concurrent) {
        return (RowFormat.LOCK + (concurrent ? '1' : '0') + LockTokens.written(live)).getBytes(ISO_8859_1);
    }
}
