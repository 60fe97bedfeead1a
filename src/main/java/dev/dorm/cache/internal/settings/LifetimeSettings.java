package dev.dorm.cache.internal.settings;

import dev.dorm.cache.DormSettings;
import dev.dorm.cache.internal.lifetime.Lifetime;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How long entries live, by the settings that hold for all regions. */
public final class LifetimeSettings {

    private static final long PROCESS = ThreadLocalRandom.current().nextLong();

    private LifetimeSettings() {}

    /**
     * Returns how long entries live.
     *
     * @param settings tells each setting's text, or null
     * @param ttl the time to live of their region
     * @return their lifetime
     */
    public static Lifetime of(Function<String, @Nullable String> settings, Duration ttl) {
        return new Lifetime(ttl, jitter(settings), ahead(settings), PROCESS + System.identityHashCode(settings));
    }

    static int jitter(Function<String, @Nullable String> settings) {
        String setting = DormSettings.TTL_JITTER;
        return Percentage.of(setting, settings.apply(setting), Lifetime.DEFAULT_JITTER, Lifetime.MOST_JITTER);
    }

    static int ahead(Function<String, @Nullable String> settings) {
        String setting = DormSettings.REFRESH_AHEAD;
        return Percentage.of(setting, settings.apply(setting), Lifetime.DEFAULT_AHEAD, Lifetime.MOST_AHEAD);
    }
}
