package dev.dorm.cache.internal.locmem.live;

import dev.dorm.cache.internal.live.LiveShard.Made;
import org.jspecify.annotations.Nullable;

/** What stands under a key, with what was made of it. Thread-safe. */
public abstract class Held {

    // Immutable, and always true of these bytes: a thread that sees it late has it made once more.
    private @Nullable Made made;

    /** Returns the bytes. */
    public abstract byte[] bytes();

    @Nullable
    Made made() {
        return made;
    }

    void made(Made of) {
        made = of;
    }
}
