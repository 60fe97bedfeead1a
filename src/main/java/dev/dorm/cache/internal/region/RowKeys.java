package dev.dorm.cache.internal.region;

import dev.dorm.cache.internal.key.RowId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the rows of one namespace. Ids that were lately asked for are not rendered again: {@value #MOST} at most, of some
 * 250 bytes each. Thread-safe.
 */
final class RowKeys {

    private static final int FEW = 1 << 8;

    /** Of two ids that fall into one place, the later stays. */
    static final int MOST = 1 << 12;

    /** The longest text whose rendering is kept. */
    private static final int LONGEST = 64;

    // Threads may see places filled by others late: then an id is rendered once more.
    private volatile @Nullable Known[] known = new Known[FEW];
    private int displaced;

    private record Known(Object original, RowId id) {}

    /** Returns the key of an id that was lately rendered, or null. */
    @Nullable
    RowKey known(Object original, @Nullable String tenant) {
        if (tenant != null || !isPlain(original)) {
            return null;
        }
        @Nullable Known[] places = known;
        Known there = places[place(original, places.length)];
        return there != null && there.original.equals(original) ? new RowKey(there.id, original) : null;
    }

    /** Takes note of a key that was rendered, and returns it. */
    RowKey remember(RowKey made, @Nullable String tenant) {
        RowId id = made.id();
        Object original = made.original();
        if (id != null && original != null && tenant == null && isPlain(original)) {
            @Nullable Known[] places = known;
            int place = place(original, places.length);
            boolean taken = places[place] != null;
            places[place] = new Known(original, id);
            if (taken && ++displaced > places.length && places.length < MOST) {
                displaced = 0;
                known = new Known[2 * places.length];
            }
        }
        return made;
    }

    /** What is equal is rendered alike, and cannot be changed. */
    private static boolean isPlain(Object original) {
        return original instanceof Long
                || original instanceof Integer
                || original instanceof String text && text.length() <= LONGEST
                || original instanceof UUID;
    }

    private static int place(Object original, int places) {
        int hash = original.hashCode() * 0x9E3779B9;
        return (hash ^ hash >>> 16) & (places - 1);
    }
}
