package dev.dorm.cache.internal.signing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dorm.cache.backend.BackendSettings;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that sign entries and those that only verify them.
 *
 * <p>A key is the UTF-8 form of its string, as in dorm, and at least {@value #MINIMUM_LENGTH} bytes long. Key material
 * never appears in {@link #toString}, in an exception or in a log.
 */
public final class SigningKeys {

    /** The fewest bytes a key may have. */
    public static final int MINIMUM_LENGTH = 16;

    private static final String PREFIX = BackendSettings.PREFIX;
    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");

    private static final AtomicBoolean WARNED = new AtomicBoolean();

    private final byte[] current;
    private final List<byte[]> fallbacks;
    private final boolean insecure;
    private final boolean random;

    private SigningKeys(byte[] current, boolean random, List<byte[]> fallbacks, boolean insecure) {
        this.current = current;
        this.random = random;
        this.fallbacks = fallbacks;
        this.insecure = insecure;
    }

    /**
     * Reads the keys from the settings {@code signing_key}, {@code secret_key}, {@code signing_key_fallbacks},
     * {@code require_signing_key} and {@code insecure_unsigned}.
     *
     * @param settings gives the value of a setting by its name without the prefix {@code hibernate.cache.dorm.}, or
     *     null
     * @return the keys
     * @throws IllegalArgumentException when a key is too short or a value is of the wrong kind; names the setting, never
     *     the key
     */
    public static SigningKeys from(Function<String, @Nullable Object> settings) {
        boolean insecure = flag(settings, "insecure_unsigned");
        boolean required = flag(settings, "require_signing_key");
        byte[] key = key(settings, "signing_key");
        if (key == null) {
            key = key(settings, "secret_key");
        }
        if (key == null) {
            if (required) {
                throw new IllegalArgumentException("Setting " + PREFIX + "require_signing_key is true, but neither "
                        + PREFIX + "signing_key nor " + PREFIX + "secret_key is set");
            }
        }
        boolean random = key == null;
        if (insecure) {
            LOG.warn(
                    "{}insecure_unsigned is true: SIGNATURES ARE NOT VERIFIED. Whoever can write to the store can"
                            + " forge every cached row. Use it only while an unsigned legacy cache is being replaced.",
                    PREFIX);
        }
        return new SigningKeys(
                key == null ? OfThisProcess.KEY.clone() : key,
                random,
                fallbacks(settings.apply("signing_key_fallbacks")),
                insecure);
    }

    /**
     * Returns keys of one signing key and fallbacks that only verify.
     *
     * @param key the signing key
     * @param fallbacks older keys
     * @return the keys
     */
    public static SigningKeys of(String key, String... fallbacks) {
        List<byte[]> older = new ArrayList<>();
        for (String fallback : fallbacks) {
            older.add(checked("signing_key_fallbacks", fallback));
        }
        return new SigningKeys(checked("signing_key", key), false, List.copyOf(older), false);
    }

    /**
     * Warns, once in this process, that no key was set, so that other processes do not read what this one stores. Only
     * a store that others use needs it.
     */
    public void warnIfRandom() {
        if (random && WARNED.compareAndSet(false, true)) {
            LOG.warn(
                    "No signing key: entries are signed with a random key of this process, so two processes over one"
                            + " Redis never read each other's entries, and none survives a restart. Set {}signing_key,"
                            + " in Spring Boot dorm.cache.signing-key or the variable DORM_CACHE_SIGNING_KEY;"
                            + " or {}require_signing_key=true to make this an error.",
                    PREFIX,
                    PREFIX);
        }
    }

    /**
     * Returns whether no key was set, so that one was made for this process.
     *
     * @return true when it is random
     */
    public boolean isRandom() {
        return random;
    }

    byte[] current() {
        return current;
    }

    List<byte[]> fallbacks() {
        return fallbacks;
    }

    boolean insecure() {
        return insecure;
    }

    /** Says how many keys there are, and no more. */
    @Override
    public String toString() {
        return "SigningKeys[1 + " + fallbacks.size() + (insecure ? ", insecure]" : "]");
    }

    private static byte @Nullable [] key(Function<String, @Nullable Object> settings, String name) {
        Object value = settings.apply(name);
        return value == null ? null : checked(name, value);
    }

    private static List<byte[]> fallbacks(@Nullable Object value) {
        Collection<?> parts;
        if (value == null) {
            return List.of();
        } else if (value instanceof Collection<?> list) {
            parts = list;
        } else if (value instanceof String text) {
            parts = Arrays.stream(text.split(",", -1))
                    .map(String::strip)
                    .filter(part -> !part.isEmpty())
                    .toList();
        } else {
            throw refused("signing_key_fallbacks", value, "texts separated by commas, or a collection of them");
        }
        List<byte[]> keys = new ArrayList<>();
        for (Object part : parts) {
            keys.add(checked("signing_key_fallbacks", part));
        }
        return List.copyOf(keys);
    }

    private static byte[] checked(String name, @Nullable Object value) {
        if (!(value instanceof String text)) {
            throw refused(name, value, "a text");
        }
        byte[] key = text.getBytes(UTF_8);
        if (key.length < MINIMUM_LENGTH) {
            throw new IllegalArgumentException(BackendSettings.refusal(
                    PREFIX + name, "a key of " + key.length + " bytes", "at least " + MINIMUM_LENGTH + " bytes"));
        }
        return key;
    }

    private static boolean flag(Function<String, @Nullable Object> settings, String name) {
        Object value = settings.apply(name);
        if (value == null) {
            return false;
        }
        String text = value.toString().strip();
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return Boolean.parseBoolean(text);
        }
        throw new IllegalArgumentException(BackendSettings.refusal(PREFIX + name, text, "true or false"));
    }

    /** Names the class of a value that may be a key, never the value. */
    private static IllegalArgumentException refused(String name, @Nullable Object value, String expected) {
        String given = value == null ? "null" : "a " + value.getClass().getName();
        return new IllegalArgumentException(BackendSettings.refusal(PREFIX + name, given, expected));
    }

    /** The key of all who have none: one per process, so that two session factories read each other's entries. */
    private static final class OfThisProcess {

        static final byte[] KEY = new byte[32];

        static {
            new SecureRandom().nextBytes(KEY);
        }
    }
}
