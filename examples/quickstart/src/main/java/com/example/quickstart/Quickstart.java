package com.example.quickstart;

import dev.dorm.cache.backend.BackendException;
import jakarta.persistence.Cache;
import jakarta.persistence.EntityManagerFactory;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Shows what a second-level cache does for an ordinary application, and checks all that it says. */
public final class Quickstart {

    private static final String PREFIX = "quickstart";
    private static final String REGION_PREFIX = "hibernate.cache.region_prefix";
    private static final String BACKEND = "hibernate.cache.dorm.backend";
    private static final String LOCATION = "hibernate.cache.dorm.location";

    static {
        System.setProperty("org.jboss.logging.provider", "slf4j"); // Hibernate logs where the cache does.
    }

    private final PrintStream out;
    private final String redisUrl;
    private final String prefix;
    private final boolean remote;
    private final Map<String, Object> settings = new HashMap<>();

    /**
     * Creates the demonstration.
     *
     * @param out where it prints
     * @param redisUrl where the entries are; null for this process
     * @param prefix the region prefix
     */
    Quickstart(PrintStream out, String redisUrl, String prefix) {
        this.out = out;
        this.redisUrl = redisUrl;
        this.prefix = prefix;
        this.remote = redisUrl != null;
        settings.put(REGION_PREFIX, prefix);
        if (redisUrl == null) {
            settings.put(BACKEND, "locmem");
        } else {
            settings.put(LOCATION, redisUrl);
        }
    }

    /**
     * Creates the demonstration of another backend than Redis and the process.
     *
     * @param out where it prints
     * @param backend the backend's class
     * @param location where the entries are
     * @param prefix the region prefix
     */
    Quickstart(PrintStream out, Class<?> backend, String location, String prefix) {
        this.out = out;
        this.redisUrl = null;
        this.prefix = prefix;
        this.remote = true;
        settings.put(REGION_PREFIX, prefix);
        settings.put(BACKEND, backend.getName());
        settings.put(LOCATION, location);
    }

    /**
     * Runs it.
     *
     * @param args a Redis URL, or nothing; without one, the environment's REDIS_URL counts
     */
    public static void main(String[] args) {
        String url = args.length > 0 ? args[0] : System.getenv("REDIS_URL");
        try {
            new Quickstart(System.out, url == null || url.isBlank() ? null : url, PREFIX).run();
        } catch (Claim.Untrue e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    void run() {
        ReferenceData data = new ReferenceData();
        try (DemoDatabase database = DemoDatabase.start();
                Application plain = withDatabase(data, database);
                Application first = new Application(settings, true);
                Application second = new Application(settings, true)) {
            reach(first);
            forgetFormerDatabase(first);
            introduce(data, database, place(first));

            title("1. The same requests three times: SQL, hits, calls to the cache, milliseconds");
            new Comparison(Work.of(data), plain, first).print(out, calls());
            out.println("What one kind of request has cached serves the next ones, too.");

            title("2. Two instances of the application: one writes, the other reads");
            new TwoInstances(out).show(first, second);

            title("3. Somebody tampers with an entry");
            new Tampering(out).show(first);

            title("4. The entries");
            new Entries(out, redisUrl, remote).show(first, prefix, signingKey(first.factory()));
        }
    }

    /** Makes the database, by an instance that does not cache: the cache is to be empty. */
    private Application withDatabase(ReferenceData data, DemoDatabase database) {
        settings.put("jakarta.persistence.jdbc.url", database.url());
        Map<String, Object> creating = new HashMap<>(settings);
        creating.put("hibernate.hbm2ddl.auto", "create");
        Application plain = new Application(creating, false);
        plain.request(session -> {
            data.all().forEach(session::persist);
            return null;
        });
        return plain;
    }

    /** An application starts and works without its Redis, only slower; a demonstration had better say so. */
    private void reach(Application application) {
        try {
            application.cache().backend().get("dormclk");
        } catch (BackendException e) {
            throw new Claim.Untrue("entries are " + place(application) + ": " + e.getMessage());
        }
    }

    /**
     * Makes all dead that a former run has left in Redis: its database was another one, and is gone. Whoever restores
     * a database, or changes it past Hibernate, does the same.
     */
    private static void forgetFormerDatabase(Application application) {
        List.of(Country.class, Currency.class, Language.class, LocaleTag.class, Zone.class)
                .forEach(application.cache()::bumpModelVersion);
        Cache cache = application.factory().getCache();
        cache.unwrap(org.hibernate.Cache.class).evictCollectionData();
    }

    private void introduce(ReferenceData data, DemoDatabase database, String place) {
        out.printf(
                "%d countries, %d currencies, %d languages, %d locales and %d time zones of this JDK (%s)%n",
                data.countries.size(),
                data.currencies.size(),
                data.languages.size(),
                data.locales.size(),
                data.zones.size(),
                Runtime.version().feature());
        out.printf("are in a database, %s; entries are %s.%n", database.name(), place);
    }

    private String calls() {
        if (redisUrl != null) {
            return "to Redis, a round trip each";
        }
        return remote ? "to the store" : "to the store, none of them over a network";
    }

    private String place(Application application) {
        if (redisUrl != null) {
            return "in Redis at " + Entries.withoutPassword(redisUrl);
        }
        return remote ? "at " + application.cache().backend().place() : "in this process (locmem)";
    }

    private static String signingKey(EntityManagerFactory factory) {
        return factory.getProperties().get("hibernate.cache.dorm.signing_key").toString();
    }

    private void title(String text) {
        out.println();
        out.println(text);
        out.println();
    }
}
