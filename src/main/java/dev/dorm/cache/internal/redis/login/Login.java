package dev.dorm.cache.internal.redis.login;

import dev.dorm.cache.backend.BackendSettings;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import org.redisson.client.DefaultCredentialsResolver;
import org.redisson.config.Config;
import org.redisson.config.CredentialsResolver;

/** Sets up who logs in to Redis where that is asked for. */
public final class Login {

    private static final String ACCEPTED = "an org.redisson.config.CredentialsResolver, a supplier of one, or the name"
            + " of a class that implements it and has a public constructor without parameters";

    private Login() {}

    /**
     * Lets a configuration ask who logs in: whom the settings name, or else whom the configuration names itself.
     *
     * @param config Redisson's configuration
     * @param settings the settings
     */
    public static void apply(Config config, BackendSettings settings) {
        Object named = settings.credentials();
        CredentialsResolver given = named == null ? config.getCredentialsResolver() : resolver(named, settings);
        if (!(given instanceof DefaultCredentialsResolver)) {
            Logins logins = new Logins(given);
            config.setCredentialsResolver(logins);
            config.setNettyHook(new LoginHook(logins, config.getNettyHook()));
        }
    }

    /**
     * Returns the passwords that a configuration's connections were lately made with.
     *
     * @param config Redisson's configuration
     * @return the latest ones
     */
    public static List<String> passwords(Config config) {
        return config.getCredentialsResolver() instanceof Logins logins ? logins.passwords() : List.of();
    }

    private static CredentialsResolver resolver(Object named, BackendSettings settings) {
        if (named instanceof CredentialsResolver resolver) {
            return resolver;
        }
        if (!(named instanceof CharSequence) && !(named instanceof Class<?>)) {
            throw settings.refused("credentials", named.getClass().getName(), ACCEPTED);
        }
        String name = named instanceof Class<?> type
                ? type.getName()
                : named.toString().trim();
        try {
            Class<?> type = named instanceof Class<?> given ? given : type(name);
            return type.asSubclass(CredentialsResolver.class).getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw settings.refused("credentials", name, ACCEPTED + "; its constructor failed: " + e.getCause());
        } catch (ReflectiveOperationException | ClassCastException | LinkageError e) {
            throw settings.refused("credentials", name, ACCEPTED + ": " + e);
        }
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == null ? Class.forName(name) : Class.forName(name, true, context);
    }
}
