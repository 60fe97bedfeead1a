package dev.dorm.cache.internal.settings;

import dev.dorm.cache.DormSettings;
import dev.dorm.cache.SettingException;
import dev.dorm.cache.backend.BackendSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The settings under {@link DormSettings#PREFIX}, parsed strictly. */
public final class Settings {

    private static final Duration MAX_TIMEOUT = Duration.ofHours(1);

    private static final String REGIONS = "regions.";

    /** The slots of a Redis Cluster. */
    private static final int MAX_SHARDS = 16_384;

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");

    private final Map<String, Object> values = new TreeMap<>();

    /**
     * Reads the settings of a session factory.
     *
     * @param configuration all its settings
     * @throws SettingException when some are wrong; it tells all of them
     */
    public Settings(Map<String, ?> configuration) {
        Problems problems = new Problems();
        read(configuration, problems);
        problems.throwIfAny();
    }

    /**
     * Reads the settings of a session factory.
     *
     * @param configuration all its settings
     * @param problems takes what is wrong with them
     */
    public Settings(Map<String, ?> configuration, Problems problems) {
        read(configuration, problems);
    }

    private void read(Map<String, ?> configuration, Problems problems) {
        Map<String, String> names = new TreeMap<>();
        new TreeMap<>(configuration).forEach((name, value) -> {
            if (name.startsWith(DormSettings.PREFIX) && value != null) {
                String given = strip(name);
                String documented = KnownSettings.documented(given);
                if (documented == null) {
                    problems.add(KnownSettings.unknown(given));
                } else if (names.containsKey(documented)) {
                    problems.add("Setting %s%s is given twice, as %s and as %s; remove one"
                            .formatted(DormSettings.PREFIX, documented, names.get(documented), given));
                } else {
                    names.put(documented, given);
                    Object read = problems.read(() -> given(name, value));
                    if (read != null) {
                        values.put(documented, read);
                    }
                }
                if (KnownSettings.isFormer(given)) {
                    LOG.warn("Setting {} is called {}{} now", name, DormSettings.PREFIX, documented);
                }
            }
        });
        parseAll(problems);
    }

    /** Hibernate logs settings as they are given: who wants a secret out of its logs gives a supplier of it. */
    private static Object given(String name, Object value) {
        if (!(value instanceof Supplier<?> supplier) || name.endsWith(".client")) {
            return value;
        }
        Object supplied = supplier.get();
        if (supplied == null) {
            throw SettingException.of(name, "a supplier of null", "a value, or a supplier of one");
        }
        return supplied;
    }

    /**
     * Parses every value, so that a wrong one is told when the session factory is built, whether it is used or not. What
     * is wrong counts as not set from then on, so that it does not hide what else is wrong.
     */
    private void parseAll(Problems problems) {
        problems.read(this::failsOnOutage);
        keep("near", problems, this::near);
        for (String alias : aliases()) {
            keep(key(alias, "ttl"), problems, () -> time(alias, "ttl", BackendSettings.DEFAULT_TTL));
            keep(key(alias, "timeout"), problems, () -> timeout(alias));
            keep(
                    key(alias, "max_entries"),
                    problems,
                    () -> number(alias, "max_entries", BackendSettings.DEFAULT_MAX_ENTRIES));
            keep(key(alias, "shards"), problems, () -> shards(alias));
            keep(key(alias, "min_replicas"), problems, () -> minReplicas(alias));
        }
        for (String region : regions()) {
            keep(REGIONS + region + ".alias", problems, () -> alias(region));
            keep(REGIONS + region + ".ttl", problems, () -> ttl(region));
            keep(REGIONS + region + ".max_entries", problems, () -> maxEntries(region));
            keep(REGIONS + region + ".near", problems, () -> near(region));
        }
    }

    private void keep(String name, Problems problems, Supplier<@Nullable Object> reading) {
        if (problems.read(reading) == null) {
            values.remove(name);
        }
    }

    /** Returns the aliases that are configured, the default one first. */
    public Set<String> aliases() {
        Set<String> aliases = new LinkedHashSet<>(Set.of(BackendSettings.DEFAULT_ALIAS));
        values.keySet().stream()
                .filter(name -> name.startsWith("caches."))
                .forEach(name -> aliases.add(name.split("\\.", 3)[1]));
        return aliases;
    }

    /** Returns the regions that are configured, as the settings name them. */
    public Set<String> regions() {
        return values.keySet().stream()
                .filter(name -> name.startsWith(REGIONS))
                .map(name -> name.substring(REGIONS.length(), name.lastIndexOf('.')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns what is set, without the prefix. */
    public Set<String> names() {
        return Collections.unmodifiableSet(values.keySet());
    }

    /** Returns a setting by its full name, as the signing keys are read. */
    public Function<String, @Nullable Object> lookup() {
        return name -> values.get(name.startsWith(DormSettings.PREFIX) ? strip(name) : name);
    }

    @Nullable
    public String text(String name) {
        Object value = values.get(strip(name));
        return value == null ? null : value.toString().trim();
    }

    public boolean failsOnOutage() {
        String value = text(DormSettings.ON_OUTAGE);
        if (value == null || value.equalsIgnoreCase("bypass")) {
            return false;
        }
        if (value.equalsIgnoreCase("fail")) {
            return true;
        }
        throw SettingException.of(DormSettings.ON_OUTAGE, value, "bypass or fail");
    }

    public Set<String> allowedTypes() {
        return list(values.get(strip(DormSettings.ALLOWED_TYPES)));
    }

    /** Returns the name or class of an alias's backend. */
    public String backend(String alias) {
        Object named = values.get(key(alias, "backend"));
        if (named != null) {
            return named.toString().trim();
        }
        boolean placed = values.containsKey(key(alias, "location"))
                || values.containsKey(key(alias, "config"))
                || values.containsKey(key(alias, "client"));
        return placed ? "redis" : "locmem";
    }

    /** Returns whether an alias's entries are in this process. */
    public boolean isLocal(String alias) {
        return backend(alias).equals("locmem");
    }

    /** Returns the settings of an alias's backend; what an alias leaves out of times and sizes is the default's. */
    public BackendSettings backendSettings(String alias) {
        return new BackendSettings(
                alias,
                string(alias, "location"),
                string(alias, "config"),
                values.get(key(alias, "client")),
                time(alias, "ttl", BackendSettings.DEFAULT_TTL),
                timeout(alias),
                number(alias, "max_entries", BackendSettings.DEFAULT_MAX_ENTRIES),
                shards(alias),
                minReplicas(alias),
                options(alias));
    }

    /** Returns whether anything was set for an alias; the default alias always exists. */
    public boolean exists(String alias) {
        return alias.equals(BackendSettings.DEFAULT_ALIAS)
                || values.keySet().stream().anyMatch(name -> name.startsWith("caches." + alias + "."));
    }

    @Nullable
    public Duration ttl(String region) {
        Object value = ofRegion(region, "ttl");
        return value == null ? null : Times.parse(DormSettings.REGIONS + region + ".ttl", value);
    }

    /** Returns the name that a region had in the release before, under which its entries still are; or its name. */
    public String previousName(String region) {
        Object value = ofRegion(region, "previous_name");
        return value == null ? region : value.toString().trim();
    }

    public String alias(String region) {
        Object value = ofRegion(region, "alias");
        String alias = value == null ? BackendSettings.DEFAULT_ALIAS : value.toString();
        if (!exists(alias)) {
            throw SettingException.of(
                    DormSettings.REGIONS + region + ".alias", alias, "an alias that caches.<alias>.* configures");
        }
        return alias;
    }

    @Nullable
    public Long maxEntries(String region) {
        Object value = ofRegion(region, "max_entries");
        return value == null ? null : positive(DormSettings.REGIONS + region + ".max_entries", value);
    }

    /** Returns a region's setting; the case of its name does not matter where no other name is closer. */
    private @Nullable Object ofRegion(String region, String name) {
        Object exact = values.get(REGIONS + region + "." + name);
        if (exact != null) {
            return exact;
        }
        String wanted = REGIONS + region + "." + name;
        return values.entrySet().stream()
                .filter(each -> each.getKey().equalsIgnoreCase(wanted))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    /** Returns which rows the near tier keeps where nothing else is said. */
    public Near near() {
        Object value = values.get("near");
        return value == null ? Near.OFF : Near.of(DormSettings.NEAR, value);
    }

    /** Returns what a region says of itself, or null; whatever is not off is on there, whichever its strategy. */
    @Nullable
    public Near near(String region) {
        Object value = ofRegion(region, "near");
        return value == null ? null : Near.of(DormSettings.REGIONS + region + ".near", value);
    }

    private Map<String, String> options(String alias) {
        String prefix = key(alias, "options.");
        Map<String, String> options = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                options.put(name.substring(prefix.length()), value.toString());
            }
        });
        return options;
    }

    private @Nullable String string(String alias, String name) {
        Object value = values.get(key(alias, name));
        return value == null ? null : value.toString().trim();
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
        return value == null ? otherwise : positive(name(alias, name), value);
    }

    private @Nullable Object inherited(String alias, String name) {
        Object own = values.get(key(alias, name));
        return own == null ? values.get(name) : own;
    }

    private static long positive(String setting, Object value) {
        String text = value.toString().trim();
        if (text.matches("[1-9]\\d{0,17}")) {
            return Long.parseLong(text);
        }
        throw SettingException.of(setting, value, "a whole number from 1");
    }

    private static Set<String> list(@Nullable Object value) {
        if (value == null) {
            return Set.of();
        }
        Collection<?> items = value instanceof Collection<?> collection
                ? collection
                : Arrays.asList(value.toString().split(",", -1));
        return items.stream()
                .map(item -> item instanceof Class<?> type
                        ? type.getName()
                        : item.toString().trim())
                .filter(item -> !item.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String name(String alias, String name) {
        return BackendSettings.nameOf(alias, name);
    }

    private static String key(String alias, String name) {
        return alias.equals(BackendSettings.DEFAULT_ALIAS) ? name : "caches." + alias + "." + name;
    }

    private static String strip(String name) {
        return name.substring(DormSettings.PREFIX.length());
    }

    @Override
    public String toString() {
        return "Settings" + values.keySet().toString().toLowerCase(Locale.ROOT);
    }
}
