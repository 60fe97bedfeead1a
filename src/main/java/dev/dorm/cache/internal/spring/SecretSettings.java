package dev.dorm.cache.internal.spring;

import java.util.List;
import java.util.Locale;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/** Hides the cache's keys, and what may hold a password, from the actuator's endpoints, however these were told to show values. */
final class SecretSettings implements SanitizingFunction {

    /** As they end, without hyphens and the like. */
    private static final List<String> SECRET = List.of("signingkey", "secretkey", "location", "password", "passphrase");

    @Override
    public SanitizableData apply(SanitizableData data) {
        return isSecret(data.getKey()) ? data.withSanitizedValue() : data;
    }

    static boolean isSecret(String key) {
        String plain = key.toLowerCase(Locale.ROOT).replaceAll("[-_.]", "");
        return (plain.contains("dormcache") || plain.contains("hibernatecachedorm"))
                && (plain.contains("signingkeyfallbacks") || SECRET.stream().anyMatch(plain::endsWith));
    }
}
