package dev.dorm.cache.backend;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a backend is built from: the settings of one alias, parsed.
 *
 * @param alias the alias
 * @param location where the store is ({@code redis://host:6379/0}); in {@code locmem}, the name of a store that
 *     session factories of this process share
 * @param config a Redisson YAML file or class-path resource
 * @param client a {@code RedissonClient} of the application, or a supplier of one; it is not closed with the backend
 * @param ttl the default time to live; {@link Duration#ZERO} means until invalidated
 * @param timeout how long one call may take
 * @param maxEntries how many entries {@code locmem} holds
 * @param shards over how many shards a namespace is spread; 0 means the backend's default
 * @param minReplicas how many replicas must have received a lock before it counts; 0 for none
 * @param options what is handed on to the client's own configuration
 * @param credentials who logs in, asked for each new connection: an {@code org.redisson.config.CredentialsResolver}, or the name of a class
 *     that implements it; null for who stands in the location or the configuration
 */
public record BackendSettings(
        String alias,
        @Nullable String location,
        @Nullable String config,
        @Nullable Object client,
        Duration ttl,
        Duration timeout,
        long maxEntries,
        int shards,
        int minReplicas,
        Map<String, String> options,
        @Nullable Object credentials) {

    /** The alias that is meant when none is named. */
    public static final String DEFAULT_ALIAS = "default";

    /** What every setting's name begins with. */
    public static final String PREFIX = "hibernate.cache.dorm.";

    /** The default time to live of an entry. */
    public static final Duration DEFAULT_TTL = Duration.ofMinutes(5);

    /** The default bound on one call. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(250);

    /** How many entries {@code locmem} holds by default. */
    public static final long DEFAULT_MAX_ENTRIES = 10_000;

    /**
     * Creates settings whose locks wait for no replica.
     *
     * @param alias the alias
     * @param location where the store is
     * @param config a Redisson YAML file or class-path resource
     * @param client a {@code RedissonClient} of the application, or a supplier of one
     * @param ttl the default time to live
     * @param timeout how long one call may take
     * @param maxEntries how many entries {@code locmem} holds
     * @param shards over how many shards a namespace is spread
     * @param options what is handed on to the client's own configuration
     */
    public BackendSettings(
            String alias,
            @Nullable String location,
            @Nullable String config,
            @Nullable Object client,
            Duration ttl,
            Duration timeout,
            long maxEntries,
            int shards,
            Map<String, String> options) {
        this(alias, location, config, client, ttl, timeout, maxEntries, shards, 0, options);
    }

    /**
     * Creates settings of a login that does not change.
     *
     * @param alias the alias
     * @param location where the store is
     * @param config a Redisson YAML file or class-path resource
     * @param client a {@code RedissonClient} of the application, or a supplier of one
     * @param ttl the default time to live
     * @param timeout how long one call may take
     * @param maxEntries how many entries {@code locmem} holds
     * @param shards over how many shards a namespace is spread
     * @param minReplicas how many replicas must have received a lock before it counts
     * @param options what is handed on to the client's own configuration
     */
    public BackendSettings(
            String alias,
            @Nullable String location,
            @Nullable String config,
            @Nullable Object client,
            Duration ttl,
            Duration timeout,
            long maxEntries,
            int shards,
            int minReplicas,
            Map<String, String> options) {
        this(alias, location, config, client, ttl, timeout, maxEntries, shards, minReplicas, options, null);
    }

    /**
     * Returns the settings of an alias for which nothing was set.
     *
     * @return the defaults
     */
    public static BackendSettings defaults() {
        return new BackendSettings(
                DEFAULT_ALIAS, null, null, null, DEFAULT_TTL, DEFAULT_TIMEOUT, DEFAULT_MAX_ENTRIES, 0, 0, Map.of());
    }

    /**
     * Returns these settings with another location.
     *
     * @param location where the store is
     * @return the settings
     */
    public BackendSettings withLocation(@Nullable String location) {
        return new BackendSettings(
                alias, location, config, client, ttl, timeout, maxEntries, shards, minReplicas, options, credentials);
    }

    /**
     * Returns these settings with another number of replicas.
     *
     * @param replicas how many replicas must have received a lock before it counts; 0 for none
     * @return the settings
     */
    public BackendSettings withMinReplicas(int replicas) {
        return new BackendSettings(
                alias, location, config, client, ttl, timeout, maxEntries, shards, replicas, options, credentials);
    }

    /**
     * Returns these settings with another login.
     *
     * @param credentials who logs in, asked for each new connection: an {@code org.redisson.config.CredentialsResolver}, or the name of a
     *     class that implements it
     * @return the settings
     */
    public BackendSettings withCredentials(@Nullable Object credentials) {
        return new BackendSettings(
                alias, location, config, client, ttl, timeout, maxEntries, shards, minReplicas, options, credentials);
    }

    /**
     * Returns the full name of one of the alias's settings, for messages.
     *
     * @param setting its name, such as {@code location}
     * @return {@code hibernate.cache.dorm.location}, or {@code hibernate.cache.dorm.caches.<alias>.location}
     */
    public String nameOf(String setting) {
        return nameOf(alias, setting);
    }

    /**
     * Returns the full name of a setting of an alias.
     *
     * @param alias the alias
     * @param setting the setting's name, such as {@code location}
     * @return {@code hibernate.cache.dorm.location}, or {@code hibernate.cache.dorm.caches.<alias>.location}
     */
    public static String nameOf(String alias, String setting) {
        return PREFIX + (alias.equals(DEFAULT_ALIAS) ? setting : "caches." + alias + "." + setting);
    }

    /**
     * Says that one of the alias's settings is wrong, in the words of all settings. A backend throws it from its
     * constructor; the session factory is not built then, and its error says the same.
     *
     * @param setting the setting's name, such as {@code location}
     * @param value what was given; no secret
     * @param expected what is accepted
     * @return the exception to throw
     */
    public IllegalArgumentException refused(String setting, @Nullable Object value, String expected) {
        return new IllegalArgumentException(refusal(nameOf(setting), value, expected));
    }

    /**
     * Says that a setting is wrong.
     *
     * @param name the setting's full name
     * @param value what was given; no secret
     * @param expected what is accepted
     * @return the message
     */
    public static String refusal(String name, @Nullable Object value, String expected) {
        return "Setting %s: '%s' is not accepted; expected %s".formatted(name, value, expected);
    }

    /**
     * Returns the name that was probably meant by one that is none of them, for messages.
     *
     * @param given what was given
     * @param names the names, at least one
     * @return the one with the fewest edits from what was given, whatever the case; the first in order of those
     */
    public static String nearest(String given, Collection<String> names) {
        return NearestName.of(given, names);
    }

    /** Names the alias and no more: a location or an option may hold a password. */
    @Override
    public String toString() {
        return "BackendSettings[" + alias + "]";
    }
}
