package dev.dorm.cache.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every key and password that the tests give to the library, so that their logs can be searched for them
 * ({@link LeakCheck}). {@link CachedFactory} takes no other keys.
 */
public final class TestSecrets {

    /** What entries are signed with, unless a test says otherwise. */
    public static final String SIGNING_KEY = "a signing key of the tests";

    /** The key of an application that is none of ours. */
    public static final String ANOTHER_KEY = "another application's key";

    /** A key that was used before. */
    public static final String OLDER_KEY = "an older signing key";

    /** A key that comes after. */
    public static final String NEXT_KEY = "the next signing key";

    /** What the history check signs with. */
    public static final String HISTORY_KEY = "the key of the history check";

    /** What the virtual JVMs of the unit tests sign with. */
    public static final String VIRTUAL_KEY = "the key of the virtual JVMs";

    /** A server's or user's password. */
    public static final String PASSWORD = "pa55word-of@the:tests/";

    /** A password that is refused. */
    public static final String WRONG_PASSWORD = "wr0ng-password-of-the-tests";

    /** What the store of trusted certificates is locked with. */
    public static final String STORE_PASSWORD = "st0repass-of-the-tests";

    private static final List<String> ALL = List.of(
            SIGNING_KEY,
            ANOTHER_KEY,
            OLDER_KEY,
            NEXT_KEY,
            HISTORY_KEY,
            VIRTUAL_KEY,
            PASSWORD,
            WRONG_PASSWORD,
            STORE_PASSWORD);

    private TestSecrets() {}

    /**
     * Returns them.
     *
     * @return all of them
     */
    public static List<String> all() {
        return ALL;
    }

    /**
     * Returns every way in which a secret could be written down.
     *
     * @param secret the secret
     * @return itself, URL-encoded, in Base64, in hexadecimal, and as an array's numbers
     */
    public static Stream<String> forms(String secret) {
        byte[] bytes = secret.getBytes(UTF_8);
        String base64 = Base64.getEncoder().withoutPadding().encodeToString(bytes);
        return Stream.of(
                        secret,
                        URLEncoder.encode(secret, UTF_8),
                        encoded(secret),
                        base64,
                        base64.substring(0, base64.length() - 2),
                        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
                        HexFormat.of().formatHex(bytes),
                        HexFormat.of().withUpperCase().formatHex(bytes),
                        Arrays.toString(bytes).replaceAll("[\\[\\]]", ""))
                .distinct();
    }

    /**
     * Returns a secret as it stands in a URL.
     *
     * @param secret the secret
     * @return it, with every special character encoded
     */
    public static String encoded(String secret) {
        return URLEncoder.encode(secret, UTF_8).replace("+", "%20");
    }
}
