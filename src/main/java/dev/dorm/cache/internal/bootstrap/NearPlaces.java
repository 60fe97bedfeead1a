package dev.dorm.cache.internal.bootstrap;

import dev.dorm.cache.DormSettings;
import dev.dorm.cache.SettingException;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.internal.near.NearResults;
import dev.dorm.cache.internal.near.NearRows;
import dev.dorm.cache.internal.settings.Near;
import dev.dorm.cache.internal.settings.Settings;
import java.time.Duration;
import org.hibernate.cache.spi.access.AccessType;
import org.jspecify.annotations.Nullable;

/**
 * Where in this process the entries of a region are kept, if that is asked for; what is in process already needs no such place.
 */
final class NearPlaces {

    private final Settings settings;
    private final Stores stores;

    NearPlaces(Settings settings, Stores stores) {
        this.settings = settings;
        this.stores = stores;
    }

    /** Returns the place of a region's rows, or null. */
    @Nullable
    NearRows ofRows(String region, AccessType strategy, Duration ttl) {
        Near own = settings.near(region);
        if (isAsked(own) && strategy == AccessType.TRANSACTIONAL) {
            throw new SettingException("Setting %s%s.near: rows of TRANSACTIONAL are never kept in the near tier"
                    .formatted(DormSettings.REGIONS, region));
        }
        String alias = settings.alias(region);
        boolean wanted = own == null ? settings.near().includes(strategy) : isAsked(own);
        return !wanted || settings.isLocal(alias)
                ? null
                : listenedTo(stores.of(alias).near().rows(most(alias), settings.maxEntries(region), ttl), region);
    }

    /** Returns the place of a query region's results, or null. What ends them is told where their query clock stands. */
    @Nullable
    NearResults ofResults(String region, Duration ttl) {
        Near own = settings.near(region);
        String alias = settings.alias(region);
        boolean wanted = own == null ? settings.near().includesResults() : isAsked(own);
        if (!wanted || settings.isLocal(alias)) {
            return null;
        }
        if (stores.ofRegion(region) != stores.of(BackendSettings.DEFAULT_ALIAS)) {
            if (own == null) {
                return null;
            }
            throw new SettingException(
                    ("Setting %s%s.near: query results in the backend '%s' are never kept in the near tier,"
                                    + " since what is told of their tables is told in '%s'")
                            .formatted(DormSettings.REGIONS, region, alias, BackendSettings.DEFAULT_ALIAS));
        }
        return listenedTo(stores.of(alias).near().results(most(alias), settings.maxEntries(region), ttl), region);
    }

    private static boolean isAsked(@Nullable Near own) {
        return own != null && own != Near.OFF;
    }

    private long most(String alias) {
        return settings.backendSettings(alias).maxEntries();
    }

    private <T> T listenedTo(@Nullable T place, String region) {
        if (place == null) {
            boolean asksItself = settings.near(region) != null;
            throw new SettingException(
                    "Setting %s%s: the backend '%s' cannot be listened to, so nothing of it is kept in the near tier"
                            .formatted(
                                    asksItself ? DormSettings.REGIONS : DormSettings.NEAR,
                                    asksItself ? region + ".near" : "",
                                    settings.backend(settings.alias(region))));
        }
        return place;
    }
}
