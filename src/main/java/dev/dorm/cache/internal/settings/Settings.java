package dev.dorm.cache.internal.settings;

import dev.dorm.cache.DormSettings;
import dev.dorm.cache.SettingException;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.internal.signing.EntryLimit;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The settings under {@link DormSettings#PREFIX}, parsed strictly. */
public final class Settings {

    private static final String REGIONS = "regions.";

    private final GivenSettings given;
    private final AliasSettings aliases;

    /**
     * Reads the settings of a session factory.
     *
     * @param configuration all its settings
     * @throws SettingException when some are wrong; it tells all of them
     */
    public Settings(Map<String, ?> configuration) {
        Problems problems = new Problems();
        this.given = new GivenSettings(configuration, problems);
        this.aliases = new AliasSettings(given);
        check(problems);
        problems.throwIfAny();
    }

    /**
     * Reads the settings of a session factory.
     *
     * @param configuration all its settings
     * @param problems takes what is wrong with them
     */
    public Settings(Map<String, ?> configuration, Problems problems) {
        this.given = new GivenSettings(configuration, problems);
        this.aliases = new AliasSettings(given);
        check(problems);
    }

    /** Parses every value, so that a wrong one is told when the session factory is built, whether it is used or not. */
    private void check(Problems problems) {
        problems.read(this::failsOnOutage);
        given.check("near", problems, this::near);
        given.check("ttl_jitter", problems, () -> LifetimeSettings.jitter(this::text));
        given.check("refresh_ahead", problems, () -> LifetimeSettings.ahead(this::text));
        aliases.check(problems);
        for (String region : regions()) {
            given.check(REGIONS + region + ".alias", problems, () -> alias(region));
            given.check(REGIONS + region + ".ttl", problems, () -> ttl(region));
            given.check(REGIONS + region + ".max_entries", problems, () -> maxEntries(region));
            given.check(REGIONS + region + ".max_entry_size", problems, () -> maxEntrySize(region));
            given.check(REGIONS + region + ".near", problems, () -> near(region));
        }
    }

    /** Returns the aliases that are configured, the default one first. */
    public Set<String> aliases() {
        return aliases.names();
    }

    /** Returns the regions that are configured, as the settings name them. */
    public Set<String> regions() {
        return given.names().stream()
                .filter(name -> name.startsWith(REGIONS))
                .map(name -> name.substring(REGIONS.length(), name.lastIndexOf('.')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns what is set, without the prefix. */
    public Set<String> names() {
        return given.names();
    }

    /** Returns a setting by its full name, as the signing keys are read. */
    public Function<String, @Nullable Object> lookup() {
        return name -> given.get(GivenSettings.strip(name));
    }

    @Nullable
    public String text(String name) {
        return given.text(GivenSettings.strip(name));
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
        return given.list(GivenSettings.strip(DormSettings.ALLOWED_TYPES));
    }

    /** Returns the name or class of an alias's backend. */
    public String backend(String alias) {
        return aliases.backend(alias);
    }

    /** Returns whether an alias's entries are in this process. */
    public boolean isLocal(String alias) {
        return backend(alias).equals("locmem");
    }

    /** Returns the settings of an alias's backend; what an alias leaves out of times and sizes is the default's. */
    public BackendSettings backendSettings(String alias) {
        return aliases.of(alias);
    }

    /** Returns whether anything was set for an alias; the default alias always exists. */
    public boolean exists(String alias) {
        return aliases.exists(alias);
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
        return value == null ? null : GivenSettings.positive(DormSettings.REGIONS + region + ".max_entries", value);
    }

    /** Returns how large an entry of a region may be: as it says itself, or its alias. */
    public EntryLimit maxEntrySize(String region) {
        Object own = ofRegion(region, "max_entry_size");
        String setting = DormSettings.REGIONS + region + ".max_entry_size";
        return own == null ? aliases.maxEntrySize(alias(region)) : new EntryLimit(Sizes.parse(setting, own), setting);
    }

    /** Returns a region's setting; the case of its name does not matter where no other name is closer. */
    private @Nullable Object ofRegion(String region, String name) {
        return given.getInAnyCase(REGIONS + region + "." + name);
    }

    /** Returns which rows the near tier keeps where nothing else is said. */
    public Near near() {
        Object value = given.get("near");
        return value == null ? Near.OFF : Near.of(DormSettings.NEAR, value);
    }

    /** Returns what a region says of itself, or null; whatever is not off is on there, whichever its strategy. */
    @Nullable
    public Near near(String region) {
        Object value = ofRegion(region, "near");
        return value == null ? null : Near.of(DormSettings.REGIONS + region + ".near", value);
    }

    @Override
    public String toString() {
        return "Settings" + given.names().toString().toLowerCase(Locale.ROOT);
    }
}
