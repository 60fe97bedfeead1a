package dev.dorm.cache.internal.settings;

import dev.dorm.cache.SettingException;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.internal.signing.EntryLimit;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The settings of each alias's backend; what an alias leaves out of times and sizes is the default's. */
final class AliasSettings {

    private static final Duration MAX_TIMEOUT = Duration.ofHours(1);
    private static final String CACHES = "caches.";

    /** The slots of a Redis Cluster. */
    private static final int MAX_SHARDS = 16_384;

    private final GivenSettings given;

    AliasSettings(GivenSettings given) {
        this.given = given;
    }

    /** Parses every value, whether it is used or not. */
    void check(Problems problems) {
        for (String alias : names()) {
            given.check(key(alias, "ttl"), problems, () -> time(alias, "ttl", BackendSettings.DEFAULT_TTL));
            given.check(key(alias, "timeout"), problems, () -> timeout(alias));
            given.check(
                    key(alias, "max_entries"),
                    problems,
                    () -> number(alias, "max_entries", BackendSettings.DEFAULT_MAX_ENTRIES));
            given.check(key(alias, "max_entry_size"), problems, () -> maxEntrySize(alias));
            given.check(key(alias, "shards"), problems, () -> shards(alias));
            given.check(key(alias, "min_replicas"), problems, () -> minReplicas(alias));
        }
    }

    /** Returns the aliases that are configured, the default one first. */
    Set<String> names() {
        Set<String> aliases = new LinkedHashSet<>(Set.of(BackendSettings.DEFAULT_ALIAS));
        given.names().stream()
                .filter(name -> name.startsWith(CACHES))
                .forEach(name -> aliases.add(name.split("\\.", 3)[1]));
        return aliases;
    }

    /** Returns whether anything was set for an alias; the default alias always exists. */
    boolean exists(String alias) {
        return alias.equals(BackendSettings.DEFAULT_ALIAS)
                || given.names().stream().anyMatch(name -> name.startsWith(CACHES + alias + "."));
    }

    /** Returns the name or class of an alias's backend. */
    String backend(String alias) {
        Object named = given.get(key(alias, "backend"));
        if (named != null) {
            return named.toString().trim();
        }
        boolean placed = given.get(key(alias, "location")) != null
                || given.get(key(alias, "config")) != null
                || given.get(key(alias, "client")) != null;
        return placed ? "redis" : "locmem";
    }

    BackendSettings of(String alias) {
        return new BackendSettings(
                alias,
                given.text(key(alias, "location")),
                given.text(key(alias, "config")),
                given.get(key(alias, "client")),
                time(alias, "ttl", BackendSettings.DEFAULT_TTL),
                timeout(alias),
                number(alias, "max_entries", BackendSettings.DEFAULT_MAX_ENTRIES),
                shards(alias),
                minReplicas(alias),
                given.below(key(alias, "options.")),
                given.get(key(alias, "credentials")));
    }

    /** Returns how large an entry may be. */
    EntryLimit maxEntrySize(String alias) {
        Object value = inherited(alias, "max_entry_size");
        String setting = name(alias, "max_entry_size");
        return new EntryLimit(value == null ? EntryLimit.DEFAULT_BYTES : Sizes.parse(setting, value), setting);
    }

    private Duration timeout(String alias) {
        Duration timeout = time(alias, "timeout", BackendSettings.DEFAULT_TIMEOUT);
        if (timeout.isZero() || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw SettingException.of(name(alias, "timeout"), timeout.toMillis() + "ms", "1ms to 1h");
        }
        return timeout;
    }

    private int shards(String alias) {
        long shards = number(alias, "shards", 0);
        if (shards > MAX_SHARDS) {
            throw SettingException.of(name(alias, "shards"), shards, "a whole number from 1 to " + MAX_SHARDS);
        }
        return (int) shards;
    }

    private int minReplicas(String alias) {
        Object value = inherited(alias, "min_replicas");
        String text = value == null ? "0" : value.toString().trim();
        if (!text.matches("\\d{1,3}")) {
            throw SettingException.of(name(alias, "min_replicas"), text, "a whole number from 0 to 999");
        }
        return Integer.parseInt(text);
    }

    private Duration time(String alias, String name, Duration otherwise) {
        Object value = inherited(alias, name);
        return value == null ? otherwise : Times.parse(name(alias, name), value);
    }

    private long number(String alias, String name, long otherwise) {
        Object value = inherited(alias, name);
        return value == null ? otherwise : GivenSettings.positive(name(alias, name), value);
    }

    private @Nullable Object inherited(String alias, String name) {
        Object own = given.get(key(alias, name));
        return own == null ? given.get(name) : own;
    }

    private static String name(String alias, String name) {
        return BackendSettings.nameOf(alias, name);
    }

    private static String key(String alias, String name) {
        return alias.equals(BackendSettings.DEFAULT_ALIAS) ? name : CACHES + alias + "." + name;
    }
}
