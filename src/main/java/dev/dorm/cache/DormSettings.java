package dev.dorm.cache;

/**
 * The names of all settings. Unknown names under {@link #PREFIX} are an error when the session factory is built.
 *
 * <p>A value may be a {@code java.util.function.Supplier} of it: Hibernate logs all settings as they are given, at DEBUG,
 * so that is how a key or a password stays out of its logs.
 *
 * <p>Times are seconds, or a number with {@code ms}, {@code s}, {@code m} or {@code h}.
 */
public final class DormSettings {

    /** What every setting's name begins with. */
    public static final String PREFIX = "hibernate.cache.dorm.";

    /**
     * The backend: {@code locmem}, {@code redis}, or the name of a class that implements {@code Backend}. Default:
     * {@code redis} when a location, a configuration or a client is given, else {@code locmem}.
     */
    public static final String BACKEND = PREFIX + "backend";

    /**
     * Where the store is: {@code redis://}, {@code rediss://}, {@code unix://}, {@code redis+sentinel://} or
     * {@code redis+cluster://}. For {@code locmem}, a name by which session factories of one process share a store;
     * without one, those share it whose JDBC URL or data source, user, catalog and schema are the same.
     */
    public static final String LOCATION = PREFIX + "location";

    /** A Redisson YAML configuration: a file, or a resource on the class path. */
    public static final String CONFIG = PREFIX + "config";

    /** A {@code RedissonClient}, or a {@code Supplier} of one, that the application has and closes. */
    public static final String CLIENT = PREFIX + "client";

    /**
     * Who logs in to Redis where that changes, as tokens of IAM and Entra ID do: a Redisson {@code CredentialsResolver}, a {@code Supplier}
     * of one, or the name of a class that implements it and has a public constructor without parameters. It is asked for each new
     * connection, on a thread of Netty, and must not wait; when its {@code nextRenewal} completes, each open connection logs in again.
     * Beside a {@link #LOCATION} without a login, or a {@link #CONFIG}; not with sentinels.
     */
    public static final String CREDENTIALS = PREFIX + "credentials";

    /** What is handed on to Redisson's configuration: {@code options.connectTimeout=1000}. */
    public static final String OPTIONS = PREFIX + "options.";

    /** The time to live of entries; {@code 0} means until invalidated. Default: {@code 300s}. */
    public static final String TTL = PREFIX + "ttl";

    /**
     * By how much an entry may live shorter than the time to live, by chance: {@code 0%} to {@code 50%}. Default: {@code 10%}.
     */
    public static final String TTL_JITTER = PREFIX + "ttl_jitter";

    /**
     * How much of its time to live before its earliest end an entry that is still read is loaded anew, by one session, while others are
     * served: {@code 0%}, for never, to {@code 50%}. Default: {@code 10%}.
     */
    public static final String REFRESH_AHEAD = PREFIX + "refresh_ahead";

    /** How many entries {@code locmem} holds, or the near tier. Default: 10,000. */
    public static final String MAX_ENTRIES = PREFIX + "max_entries";

    /**
     * How large an entry may be, up to {@code 32MiB}: bytes, or a number with {@code KiB} or {@code MiB}. A larger one is
     * not put, and one that is found is taken away. The same in all processes. Default: {@code 1MiB}.
     */
    public static final String MAX_ENTRY_SIZE = PREFIX + "max_entry_size";

    /** The key that entries are signed with, at least 16 bytes. Default: {@link #SECRET_KEY}. */
    public static final String SIGNING_KEY = PREFIX + "signing_key";

    /** The application's secret key, used when no signing key is set. Default: a random key for each process. */
    public static final String SECRET_KEY = PREFIX + "secret_key";

    /** Keys, separated by commas, that still verify entries, so that the signing key can be changed. */
    public static final String SIGNING_KEY_FALLBACKS = PREFIX + "signing_key_fallbacks";

    /** Whether it is an error to have neither signing key nor secret key. Default: false. */
    public static final String REQUIRE_SIGNING_KEY = PREFIX + "require_signing_key";

    /** Whether entries are accepted without verification, which gives up the protection. Default: false. */
    public static final String INSECURE_UNSIGNED = PREFIX + "insecure_unsigned";

    /** How bodies are written: {@code json}, or {@code smile}. Default: {@code json}. */
    public static final String FORMAT = PREFIX + "format";

    /** Exact names, separated by commas, of further classes that may be cached as attribute values. */
    public static final String ALLOWED_TYPES = PREFIX + "allowed_types";

    /** What an outage of the backend means for a write: {@code bypass}, or {@code fail}. Default: {@code bypass}. */
    public static final String ON_OUTAGE = PREFIX + "on_outage";

    /** How long one call to the backend may take. Default: {@code 250ms}. */
    public static final String TIMEOUT = PREFIX + "timeout";

    /** Over how many shards a namespace is spread in a Redis Cluster. Default: 16 there, 1 elsewhere. */
    public static final String SHARDS = PREFIX + "shards";

    /**
     * How many replicas of the master must have received a lock before it counts; needs {@link #ON_OUTAGE}
     * {@code fail}, or TRANSACTIONAL, to keep a write from committing. Default: 0.
     */
    public static final String MIN_REPLICAS = PREFIX + "min_replicas";

    /**
     * What is kept decoded in this process, in front of a backend that is not in process itself: {@code off}, {@code on} for
     * rows of READ_ONLY and NONSTRICT_READ_WRITE, {@code all} for those of READ_WRITE and query results too, which may then
     * be served for twice the {@link #TIMEOUT} after another process has locked them or their tables, though mostly much
     * shorter. Rows of TRANSACTIONAL, and results over their tables, are never kept. In a region ({@code regions.<region>.near}) {@code on} includes
     * READ_WRITE and query results. Default: {@code off}.
     */
    public static final String NEAR = PREFIX + "near";

    /** Another backend's settings: {@code caches.<alias>.location}, and so on. */
    public static final String CACHES = PREFIX + "caches.";

    /** A region's settings: {@code regions.<region>.ttl}, {@code .alias}, {@code .max_entries},
     * {@code .max_entry_size}, {@code .near}, {@code .previous_name}. */
    public static final String REGIONS = PREFIX + "regions.";

    private DormSettings() {}
}
