package dev.dorm.cache.internal.bootstrap;

import static java.util.Objects.requireNonNull;

import dev.dorm.cache.DormSettings;
import dev.dorm.cache.SettingException;
import dev.dorm.cache.internal.io.Format;
import dev.dorm.cache.internal.settings.Problems;
import dev.dorm.cache.internal.settings.Settings;
import dev.dorm.cache.internal.signing.SigningKeys;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a cache is made from: settings that were found right as a whole.
 *
 * @param settings the settings
 * @param keys the keys by which entries are signed
 * @param format how bodies are written
 * @param backends the backends that the settings name; they begin to connect
 */
record Configuration(Settings settings, SigningKeys keys, Format format, Backends backends) {

    /**
     * Reads the settings of a session factory.
     *
     * @param given all its settings
     * @param database the name of its database, by which stores in this process are shared; null for a store of its own
     * @param loadable throws when a class cannot be loaded
     * @throws SettingException when settings are wrong; it tells all of them
     */
    static Configuration of(Map<String, Object> given, @Nullable String database, Consumer<String> loadable) {
        OtherProviders.tell(given);
        Library.check(Library.ALWAYS);
        Problems problems = new Problems();
        Settings settings = new Settings(given, problems);
        SigningKeys keys = problems.read(() -> SigningKeys.from(settings.lookup()));
        Format format =
                problems.read(() -> Format.of(Objects.requireNonNullElse(settings.text(DormSettings.FORMAT), "json")));
        settings.allowedTypes()
                .forEach(type -> problems.read(() -> {
                    loadable.accept(type);
                    return type;
                }));
        Backends backends = new Backends(new BackendBuilder(settings, database)::build);
        settings.aliases().forEach(alias -> problems.read(() -> backends.get(StoreName.of(alias))));
        settings.regions().forEach(region -> problems.read(() -> StoreName.ofRegion(settings, region)));
        if (keys == null || format == null || !problems.none()) {
            backends.close();
            problems.throwIfAny();
        }
        return new Configuration(settings, requireNonNull(keys), requireNonNull(format), backends);
    }
}
