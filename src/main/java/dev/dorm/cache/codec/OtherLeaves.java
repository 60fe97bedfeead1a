package dev.dorm.cache.codec;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import java.util.Currency;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Everything else that Hibernate maps as a basic type. */
final class OtherLeaves {

    /** Java parses and prints numbers in time that grows faster than their length. */
    private static final int LONGEST_NUMBER = 10_000;

    /** {@code new URL} loads a handler class by the protocol's name, so that only these may stand in a payload. */
    private static final Set<String> PROTOCOLS = Set.of("http", "https", "file", "jar", "jrt", "ftp", "mailto");

    private OtherLeaves() {}

    static void addTo(BiConsumer<Class<?>, Leaf> leaves) {
        leaves.accept(
                BigDecimal.class,
                new TextLeaf(
                        "decimal",
                        value -> value.getClass() == BigDecimal.class
                                && shortEnough(((BigDecimal) value).unscaledValue()),
                        Object::toString,
                        text -> new BigDecimal(bounded(text))));
        leaves.accept(
                BigInteger.class,
                new TextLeaf(
                        "bigint",
                        value -> value.getClass() == BigInteger.class && shortEnough((BigInteger) value),
                        Object::toString,
                        text -> new BigInteger(bounded(text))));
        leaves.accept(UUID.class, TextLeaf.of("uuid", UUID.class, UUID::toString, UUID::fromString));
        leaves.accept(
                Currency.class,
                TextLeaf.of("currency", Currency.class, Currency::getCurrencyCode, Currency::getInstance));
        leaves.accept(
                Locale.class, new TextLeaf("locale", OtherLeaves::printable, OtherLeaves::tag, OtherLeaves::locale));
        leaves.accept(
                TimeZone.class,
                new TextLeaf(
                        "timezone",
                        value -> value instanceof TimeZone zone
                                && TimeZone.getTimeZone(zone.getID()).equals(zone),
                        value -> ((TimeZone) value).getID(),
                        TimeZone::getTimeZone));
        leaves.accept(URI.class, TextLeaf.of("uri", URI.class, URI::toString, URI::create));
        leaves.accept(
                URL.class,
                new TextLeaf(
                        "url",
                        value -> value instanceof URL url && PROTOCOLS.contains(url.getProtocol()),
                        value -> ((URL) value).toExternalForm(),
                        OtherLeaves::url));
        Leaf address = new TextLeaf("inet", InetAddress.class::isInstance, OtherLeaves::address, OtherLeaves::address);
        leaves.accept(InetAddress.class, address);
        leaves.accept(Inet4Address.class, address);
        leaves.accept(Inet6Address.class, address);
    }

    private static boolean shortEnough(BigInteger number) {
        return number.bitLength() < LONGEST_NUMBER * 3L;
    }

    private static String bounded(String text) throws UndecodableException {
        if (text.length() > LONGEST_NUMBER) {
            throw Bodies.malformed("a number of " + text.length() + " digits");
        }
        return text;
    }

    private static boolean printable(Object value) {
        return value instanceof Locale locale && locale(tag(locale)).equals(locale);
    }

    /** The language tag where it says it all, else the parts, which may not be well-formed. */
    private static String tag(Object value) {
        Locale locale = (Locale) value;
        String tag = locale.toLanguageTag();
        return Locale.forLanguageTag(tag).equals(locale)
                ? tag
                : "_" + locale.getLanguage() + "_" + locale.getCountry() + "_" + locale.getVariant();
    }

    private static Locale locale(String text) {
        if (!text.startsWith("_")) {
            return Locale.forLanguageTag(text);
        }
        String[] parts = text.split("_", 4);
        return new Locale(parts[1], parts[2], parts[3]);
    }

    private static URL url(String text) throws IOException, UndecodableException {
        int colon = text.indexOf(':');
        if (colon < 0 || !PROTOCOLS.contains(text.substring(0, colon))) {
            throw Bodies.malformed("a URL of another protocol");
        }
        return new URL(text);
    }

    /** Four decimal bytes, or sixteen hexadecimal ones: neither is ever resolved by name. */
    private static String address(Object value) {
        byte[] bytes = ((InetAddress) value).getAddress();
        if (bytes.length == 4) {
            return (bytes[0] & 0xFF) + "." + (bytes[1] & 0xFF) + "." + (bytes[2] & 0xFF) + "." + (bytes[3] & 0xFF);
        }
        int scope = ((Inet6Address) value).getScopeId();
        return HexFormat.of().formatHex(bytes) + (scope == 0 ? "" : "%" + scope);
    }

    private static InetAddress address(String text) throws IOException {
        int percent = text.indexOf('%');
        if (percent >= 0) {
            byte[] bytes = HexFormat.of().parseHex(text.substring(0, percent));
            return Inet6Address.getByAddress(null, bytes, Integer.parseInt(text.substring(percent + 1)));
        }
        if (text.indexOf('.') < 0) {
            return InetAddress.getByAddress(HexFormat.of().parseHex(text));
        }
        String[] parts = text.split("\\.", 5);
        byte[] bytes = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            bytes[i] = (byte) Integer.parseInt(parts[i]);
        }
        return InetAddress.getByAddress(bytes);
    }
}
