package dev.dorm.cache.internal.redis;

import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whom a TLS connection trusts, and as whom it logs in. It is given as the {@code client} beside a {@code rediss://} location, where
 * the application holds keys and certificates in memory.
 *
 * @param trust whom to trust, or null for the JDK's
 * @param keys as whom to log in, or null
 * @param protocols the versions to offer; none for the JDK's
 * @param ciphers the cipher suites to offer; none for the JDK's
 */
public record TlsMaterial(
        @Nullable TrustManagerFactory trust,
        @Nullable KeyManagerFactory keys,
        List<String> protocols,
        List<String> ciphers) {}
