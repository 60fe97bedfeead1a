package dev.dorm.cache.internal.spring;

import dev.dorm.cache.DormSettings;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * The settings of the cache as Spring Boot binds them: {@code dorm.cache.max-entries} here is {@code
 * hibernate.cache.dorm.max_entries} on the page of settings, which has their defaults. A time without a unit is in seconds, there
 * and here.
 *
 * @param enabled whether the second-level cache is on
 * @param useQueryCache whether results of cacheable queries are cached, too; each write then locks its tables as well as its rows
 * @param regionPrefix what each region's name begins with in Redis. By default a name that is made from the database's URL, catalog and schema
 * @param backend locmem, redis, or the name of a class. By default Redis where Spring Boot knows one, else this process
 * @param location where Redis is, unless it is where spring.data.redis says
 * @param config a Redisson YAML file, or a resource on the class path
 * @param credentials the name of a class that says who logs in to Redis, for each new connection; by default the bean of type CredentialsResolver
 * @param options what is set on Redisson's configuration, under its own names: options.connectTimeout
 * @param ttl how long an entry lives; 0 until it is invalidated
 * @param ttlJitter by how much an entry may live shorter than its ttl, by chance: 0% to 50%
 * @param refreshAhead how much of its ttl before its earliest end an entry that is still read is loaded anew: 0%, for never, to 50%
 * @param maxEntries how many entries are held in this process
 * @param maxEntrySize how large an entry may be, up to 32MB
 * @param timeout the bound on one call of Redis
 * @param signingKey the key that entries are signed with, at least 16 bytes; the same in all processes
 * @param secretKey used when there is no signing key
 * @param signingKeyFallbacks older keys that still verify
 * @param requireSigningKey whether it is an error to have no key
 * @param insecureUnsigned whether entries are accepted without verification, which gives the protection up
 * @param format how entries are written: json, or smile, which needs jackson-dataformat-smile
 * @param allowedTypes exact names of further classes that may be attribute values
 * @param onOutage what a write does whose lock cannot be had: bypass, or fail, and it does not commit
 * @param minReplicas how many replicas must have received a lock before it counts
 * @param shards over how many slots of a Redis Cluster a namespace is spread
 * @param near what each process keeps decoded in front of Redis: off, on, or all
 * @param caches further backends, by alias: caches.reports.location
 * @param regions settings of single regions: regions[com.acme.Product].ttl
 */
@ConfigurationProperties("dorm.cache")
public record DormCacheProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable Boolean useQueryCache,
        @Nullable String regionPrefix,
        @Nullable String backend,
        @Nullable String location,
        @Nullable String config,
        @Nullable String credentials,
        @DefaultValue Map<String, String> options,
        @Nullable @DurationUnit(ChronoUnit.SECONDS) Duration ttl,
        @Nullable String ttlJitter,
        @Nullable String refreshAhead,
        @Nullable Long maxEntries,
        @Nullable DataSize maxEntrySize,
        @Nullable @DurationUnit(ChronoUnit.SECONDS) Duration timeout,
        @Nullable String signingKey,
        @Nullable String secretKey,
        @DefaultValue List<String> signingKeyFallbacks,
        @Nullable Boolean requireSigningKey,
        @Nullable Boolean insecureUnsigned,
        @Nullable String format,
        @DefaultValue List<String> allowedTypes,
        @Nullable String onOutage,
        @Nullable Integer minReplicas,
        @Nullable Integer shards,
        @Nullable String near,
        @DefaultValue Map<String, String> caches,
        @DefaultValue Map<String, String> regions) {

    /** Returns Hibernate's settings, of which each is given. Hibernate logs them: what is secret is handed on by a supplier. */
    Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        put(settings, "backend", backend);
        put(settings, "location", BootValues.hiddenIfGiven(location));
        put(settings, "config", config);
        put(settings, "credentials", credentials);
        put(settings, "ttl", ttl);
        put(settings, "ttl_jitter", ttlJitter);
        put(settings, "refresh_ahead", refreshAhead);
        put(settings, "max_entries", maxEntries);
        put(settings, "max_entry_size", maxEntrySize == null ? null : maxEntrySize.toBytes());
        put(settings, "timeout", timeout);
        put(settings, "signing_key", BootValues.hiddenIfGiven(signingKey));
        put(settings, "secret_key", BootValues.hiddenIfGiven(secretKey));
        put(settings, "signing_key_fallbacks", BootValues.hiddenIfGiven(list(signingKeyFallbacks)));
        put(settings, "require_signing_key", requireSigningKey);
        put(settings, "insecure_unsigned", insecureUnsigned);
        put(settings, "format", format);
        put(settings, "allowed_types", list(allowedTypes));
        put(settings, "on_outage", onOutage);
        put(settings, "min_replicas", minReplicas);
        put(settings, "shards", shards);
        put(settings, "near", near);
        options.forEach((name, value) -> put(settings, "options." + name, BootValues.option(name, value)));
        caches.forEach((name, value) -> put(settings, "caches." + name, BootValues.of(name, value)));
        regions.forEach((name, value) -> put(settings, "regions." + name, BootValues.of(name, value)));
        return settings;
    }

    /** Spring asks each bean for it, and that of a record would be put together by the JDK, at the start. */
    @Override
    public int hashCode() {
        return Objects.hash(enabled, backend, location);
    }

    /** Says nothing of keys, locations and options, which hold secrets. */
    @Override
    public String toString() {
        return "DormCacheProperties[enabled=" + enabled + "]";
    }

    private static void put(Map<String, Object> settings, String name, @Nullable Object value) {
        if (value != null) {
            settings.put(DormSettings.PREFIX + name, value);
        }
    }

    private static @Nullable String list(List<String> values) {
        return values.isEmpty() ? null : String.join(",", values);
    }
}
