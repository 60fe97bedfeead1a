package dev.dorm.cache.internal.redis.ability;

import org.jspecify.annotations.Nullable;

/** How a server is asked what it is, the best way first. */
public enum Look {
    /** Tells its role and its replication id. */
    INFO(Ability.INFO),
    /** Tells its role. */
    ROLE(Ability.ROLE),
    /** Tells its role; no ACL refuses it, but Redis 6.0 knows it with an argument only. */
    HELLO(Ability.HELLO),
    /** Nothing is asked. */
    NONE(null);

    private final @Nullable Ability needed;

    Look(@Nullable Ability needed) {
        this.needed = needed;
    }

    /** Returns what it needs, or null. */
    @Nullable
    Ability needed() {
        return needed;
    }
}
