package dev.dorm.cache.exploration;

import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.LockReply;
import dev.dorm.cache.backend.Step;
import org.jspecify.annotations.Nullable;

/** The rules about statements that write a part of a row, each of which an exploration must miss. */
enum PartialMutant {

    /** Nothing is taken away. */
    NONE,

    /** A statement that writes a part does not prove the whole. */
    WHOLE,

    /** The state that was changed is that of the entry. */
    STATE_OF_THE_ENTRY,

    /** The entry stands in the row's place until the lock. */
    ENTRY_UNTIL_THE_LOCK;

    Backend over(Backend real) {
        return this == ENTRY_UNTIL_THE_LOCK ? new MutatedBackend(real, PartialMutant::alwaysFound) : real;
    }

    private static @Nullable Object alwaysFound(Backend real, Step<?> step) {
        if (!(step instanceof Step.LockRow lock)) {
            return null;
        }
        LockReply reply = real.run(lock);
        return new LockReply(reply.version(), true, reply.kept());
    }
}
