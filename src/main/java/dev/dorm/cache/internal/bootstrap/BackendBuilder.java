package dev.dorm.cache.internal.bootstrap;

import dev.dorm.cache.DormSettings;
import dev.dorm.cache.SettingException;
import dev.dorm.cache.backend.Backend;
import dev.dorm.cache.backend.BackendSettings;
import dev.dorm.cache.backend.TransactionalStore;
import dev.dorm.cache.internal.locmem.TransactionalBackend;
import dev.dorm.cache.internal.settings.Settings;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/** Builds backends from the settings, by its class's name: what is not used need not be there. */
public final class BackendBuilder {

    private final Settings settings;
    private final @Nullable String database;

    /**
     * Creates the builder.
     *
     * @param settings the settings
     * @param database the name of the database, by which stores in this process are shared; null for a store of its own
     */
    public BackendBuilder(Settings settings, @Nullable String database) {
        this.settings = settings;
        this.database = database;
    }

    /** Builds the backend of a store. */
    public Backend build(StoreName name) {
        String alias = name.alias();
        if (!settings.exists(alias)) {
            throw new IllegalArgumentException(
                    "No cache has the alias '%s'; set %s%s.location".formatted(alias, DormSettings.CACHES, alias));
        }
        String type = settings.backend(alias);
        BackendSettings made = settings.backendSettings(alias);
        if (type.equals("locmem")) {
            if (made.location() == null) {
                made = made.withLocation(database);
            }
            if (name.own() != null) {
                made = bounded(made, name.own());
            }
        }
        return instantiate(alias, type, made);
    }

    private static BackendSettings bounded(BackendSettings of, StoreName.Bound bound) {
        String location = of.location() == null ? null : of.location() + "#" + bound.region();
        return new BackendSettings(
                of.alias(),
                location,
                of.config(),
                of.client(),
                of.ttl(),
                of.timeout(),
                bound.maxEntries(),
                of.shards(),
                of.minReplicas(),
                of.options(),
                of.credentials());
    }

    private static Backend instantiate(String alias, String type, BackendSettings settings) {
        String className = className(type);
        if (type.equals("redis")) {
            Library.check(Library.OF_REDIS);
        }
        try {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            Class<?> found = className.equals(type) && loader != null
                    ? Class.forName(className, true, loader)
                    : Class.forName(className);
            if (TransactionalStore.class.isAssignableFrom(found)) {
                return new TransactionalBackend(create(found.asSubclass(TransactionalStore.class), settings), settings);
            }
            return create(found.asSubclass(Backend.class), settings);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? refused(cause)
                    : e.getCause() instanceof NoClassDefFoundError missing
                            ? incomplete(alias, type, missing)
                            : unusable(alias, type, e.getCause());
        } catch (NoClassDefFoundError e) {
            throw incomplete(alias, type, e);
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw unusable(alias, type, e);
        }
    }

    private static <T> T create(Class<T> type, BackendSettings settings) throws ReflectiveOperationException {
        return type.getConstructor(BackendSettings.class).newInstance(settings);
    }

    private static RuntimeException refused(RuntimeException cause) {
        return cause instanceof IllegalArgumentException
                ? new SettingException(String.valueOf(cause.getMessage()), cause)
                : cause;
    }

    private static String className(String type) {
        return switch (type) {
            case "locmem" -> "dev.dorm.cache.internal.locmem.LocMemBackend";
            case "redis" -> "dev.dorm.cache.internal.redis.RedisBackend";
            default -> type;
        };
    }

    private static SettingException incomplete(String alias, String type, NoClassDefFoundError missing) {
        return new SettingException(
                "Setting %s: '%s' needs a library that is not on the class path: %s.%s"
                        .formatted(BackendSettings.nameOf(alias, "backend"), type, missing.getMessage(), hint(type)),
                missing);
    }

    private static String hint(String type) {
        return type.equals("redis") ? " Add org.redisson:redisson to the application." : "";
    }

    private static SettingException unusable(String alias, String type, @Nullable Throwable cause) {
        return new SettingException(
                "Setting %s: '%s' is not accepted; expected locmem, redis, or the name of a class that implements %s or %s and has a public constructor with %s: %s"
                        .formatted(
                                BackendSettings.nameOf(alias, "backend"),
                                type,
                                Backend.class.getName(),
                                TransactionalStore.class.getName(),
                                BackendSettings.class.getName(),
                                cause),
                cause);
    }
}
