package dev.dorm.cache.internal.value;

import dev.dorm.cache.internal.io.BodyFormat;
import dev.dorm.cache.internal.io.ScalarCodec;
import dev.dorm.cache.internal.io.UndecodableException;
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
import org.jspecify.annotations.Nullable;

/** Everything else that Hibernate maps as a basic type. */
final class OtherCodecs {

    /** {@code new URL} loads a handler class by the protocol's name, so that only these may stand in a payload. */
    private static final Set<String> PROTOCOLS = Set.of("http", "https", "file", "jar", "jrt", "ftp", "mailto");

    private OtherCodecs() {}

    static void addTo(BiConsumer<Class<?>, ScalarCodec> codecs) {
        codecs.accept(BigDecimal.class, new DecimalCodec());
        codecs.accept(
                BigInteger.class,
                new TextCodec(
                        "bigint",
                        value -> value.getClass() == BigInteger.class && BigNumbers.shortEnough((BigInteger) value),
                        Object::toString,
                        text -> {
                            BigNumbers.bound(text.length());
                            return new BigInteger(text);
                        },
                        BigNumbers.TOO_LONG));
        codecs.accept(UUID.class, TextCodec.of("uuid", UUID.class, UUID::toString, UUID::fromString));
        codecs.accept(
                Currency.class,
                TextCodec.of("currency", Currency.class, Currency::getCurrencyCode, Currency::getInstance));
        codecs.accept(
                Locale.class, new TextCodec("locale", OtherCodecs::printable, OtherCodecs::tag, OtherCodecs::locale));
        codecs.accept(
                TimeZone.class,
                new TextCodec(
                        "timezone",
                        value -> value instanceof TimeZone zone && isOfTheJdk(zone),
                        value -> ((TimeZone) value).getID(),
                        TimeZone::getTimeZone));
        codecs.accept(URI.class, TextCodec.of("uri", URI.class, URI::toString, URI::create));
        codecs.accept(
                URL.class,
                new TextCodec(
                        "url",
                        value -> value instanceof URL url && PROTOCOLS.contains(url.getProtocol()),
                        value -> ((URL) value).toExternalForm(),
                        OtherCodecs::url,
                        "its protocol is none of " + PROTOCOLS));
        codecs.accept(InetAddress.class, ofAddress("inet"));
        codecs.accept(Inet4Address.class, ofAddress("inet4"));
        codecs.accept(Inet6Address.class, ofAddress("inet6"));
    }

    private static ScalarCodec ofAddress(String tag) {
        return new TextCodec(
                tag,
                OtherCodecs::isPortable,
                OtherCodecs::address,
                OtherCodecs::address,
                "its scope is a network interface of this machine");
    }

    private static boolean isOfTheJdk(TimeZone zone) {
        TimeZone known = TimeZone.getTimeZone(zone.getID());
        return known.equals(zone) && known.getClass() == zone.getClass();
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
            throw BodyFormat.malformed("a URL of another protocol");
        }
        return new URL(text);
    }

    /**
     * Four decimal bytes, or sixteen hexadecimal ones, with the scope, and before them the name, if there are any: neither
     * is ever resolved.
     */
    private static String address(Object value) {
        InetAddress address = (InetAddress) value;
        String printed = address.toString();
        String name = printed.substring(0, printed.indexOf('/'));
        byte[] bytes = address.getAddress();
        int percent = printed.indexOf('%', name.length());
        String text = address instanceof Inet4Address
                ? printed.substring(name.length() + 1)
                : HexFormat.of().formatHex(bytes) + (percent < 0 ? "" : printed.substring(percent));
        return name.isEmpty() ? text : name + "/" + text;
    }

    /** A scope that names a network interface means something on this machine only. */
    private static boolean isPortable(Object value) {
        return !(value instanceof Inet6Address address) || address.getScopedInterface() == null;
    }

    private static InetAddress address(String text) throws IOException {
        int slash = text.lastIndexOf('/');
        @Nullable String name = slash < 0 ? null : text.substring(0, slash);
        String bytes = text.substring(slash + 1);
        int percent = bytes.indexOf('%');
        if (percent >= 0 || bytes.indexOf('.') < 0) {
            // Without a scope it is -1: InetAddress.getByAddress would make some of them addresses of four bytes.
            return Inet6Address.getByAddress(
                    name,
                    HexFormat.of().parseHex(percent < 0 ? bytes : bytes.substring(0, percent)),
                    percent < 0 ? -1 : Integer.parseInt(bytes.substring(percent + 1)));
        }
        String[] parts = bytes.split("\\.", 5);
        byte[] four = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            four[i] = (byte) Integer.parseInt(parts[i]);
        }
        return InetAddress.getByAddress(name, four);
    }
}
