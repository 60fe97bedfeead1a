package dev.dorm.cache.internal.bootstrap;

import dev.dorm.cache.internal.codec.Codecs;
import dev.dorm.cache.internal.entity.RowCodec;
import dev.dorm.cache.internal.region.RowRegion;
import dev.dorm.cache.internal.row.CachedRows;
import dev.dorm.cache.internal.settings.LifetimeSettings;
import dev.dorm.cache.internal.settings.Settings;
import dev.dorm.cache.internal.signing.Envelope;
import dev.dorm.cache.internal.signing.Signer;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hibernate.cache.cfg.spi.DomainDataCachingConfig;
import org.hibernate.cache.spi.access.AccessType;
import org.hibernate.engine.spi.SessionFactoryImplementor;

/** Makes the rows of a region's roles; region names are unqualified in settings and qualified in keys. */
final class RegionRows implements RowRegion.Namespaces {

    private final Settings settings;
    private final RegionSettings regions;
    private final Stores stores;
    private final Signer signer;
    private final String region;
    private final String qualified;
    private final SessionFactoryImplementor factory;
    private final Supplier<Codecs> codecs;
    private final Consumer<CachedRows> made;

    RegionRows(
            Settings settings,
            RegionSettings regions,
            Stores stores,
            Signer signer,
            String region,
            String qualified,
            SessionFactoryImplementor factory,
            Supplier<Codecs> codecs,
            Consumer<CachedRows> made) {
        this.settings = settings;
        this.regions = regions;
        this.stores = stores;
        this.signer = signer;
        this.region = region;
        this.qualified = qualified;
        this.factory = factory;
        this.codecs = codecs;
        this.made = made;
    }

    @Override
    public CachedRows ofEntity(DomainDataCachingConfig config) {
        String role = role(config);
        return make(config, name(role), () -> codecs.get()
                .forEntity(factory.getMappingMetamodel().getEntityDescriptor(role)));
    }

    @Override
    public CachedRows ofCollection(DomainDataCachingConfig config) {
        String role = role(config);
        return make(config, name(role), () -> codecs.get()
                .forCollection(factory.getMappingMetamodel().getCollectionDescriptor(role)));
    }

    @Override
    public CachedRows ofNaturalId(DomainDataCachingConfig config) {
        String role = role(config);
        return make(config, name(role + RegionNames.NATURAL_ID), () -> codecs.get()
                .forNaturalId(factory.getMappingMetamodel().getEntityDescriptor(role)));
    }

    /** A renamed entity keeps its namespaces, so that the releases before and after lock the same rows. */
    private String name(String role) {
        String kept = settings.previousName(region);
        String prefix = qualified.substring(0, qualified.length() - region.length());
        return RegionNames.namespace(kept, prefix + kept, region.equals(role) ? kept : role);
    }

    private CachedRows make(DomainDataCachingConfig config, String name, Supplier<RowCodec> codec) {
        regions.exists(region);
        boolean transactional = config.getAccessType() == AccessType.TRANSACTIONAL;
        CachedRows cached = new CachedRows(
                stores.ofRegion(region),
                stores.counters(region, region),
                name,
                new Envelope(signer, settings.maxEntrySize(region)),
                codec,
                LifetimeSettings.of(settings::text, ttl(settings, region)),
                settings.failsOnOutage() || transactional,
                new NearPlaces(settings, stores).ofRows(region, config.getAccessType(), ttl(settings, region)));
        stores.tell(region, cached.store(), cached.namespace());
        made.accept(cached);
        return cached;
    }

    /** Returns how long the entries of a region live. */
    static Duration ttl(Settings settings, String region) {
        Duration own = settings.ttl(region);
        return own == null ? settings.backendSettings(settings.alias(region)).ttl() : own;
    }

    private static String role(DomainDataCachingConfig config) {
        return config.getNavigableRole().getFullPath();
    }
}
