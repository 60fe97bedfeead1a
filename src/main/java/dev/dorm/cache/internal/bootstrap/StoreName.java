package dev.dorm.cache.internal.bootstrap;

import dev.dorm.cache.DormSettings;
import dev.dorm.cache.SettingException;
import dev.dorm.cache.internal.settings.Near;
import dev.dorm.cache.internal.settings.Settings;
import org.jspecify.annotations.Nullable;

/**
 * Says which store is meant: that of an alias, or one in this process that a region has for itself.
 *
 * @param alias the alias that configures it
 * @param own the region and its bound; null for the store that all other regions of the alias share
 */
public record StoreName(String alias, @Nullable Bound own) {

    /**
     * A region's own bound.
     *
     * @param region the region, as the settings name it
     * @param maxEntries how many entries it holds
     */
    record Bound(String region, long maxEntries) {}

    /** Returns the store of an alias. */
    public static StoreName of(String alias) {
        return new StoreName(alias, null);
    }

    /**
     * Returns the store of a region: its alias's, or one of its own when it has a bound of its own in this process.
     *
     * @throws SettingException when it has a bound, and neither is in this process nor kept near
     */
    static StoreName ofRegion(Settings settings, String region) {
        String alias = settings.alias(region);
        Long maxEntries = settings.maxEntries(region);
        if (maxEntries == null) {
            return of(alias);
        }
        if (settings.isLocal(alias)) {
            return new StoreName(alias, new Bound(region, maxEntries));
        }
        Near near = settings.near(region);
        if ((near == null ? settings.near() : near) == Near.OFF) {
            throw SettingException.of(
                    DormSettings.REGIONS + region + ".max_entries",
                    maxEntries,
                    "no bound, since the region's entries are in " + settings.backend(alias)
                            + ", unless it is kept near (setting " + DormSettings.REGIONS + region + ".near)");
        }
        // The bound is that of the near tier.
        return of(alias);
    }
}
