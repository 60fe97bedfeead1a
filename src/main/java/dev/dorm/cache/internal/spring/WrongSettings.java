package dev.dorm.cache.internal.spring;

import dev.dorm.cache.DormSettings;
import dev.dorm.cache.SettingException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * Says what is wrong with the cache's settings in Spring Boot's own way, instead of the trace of a bean's creation, and under the
 * names by which they were given.
 */
final class WrongSettings extends AbstractFailureAnalyzer<SettingException> {

    private static final Pattern NAME =
            Pattern.compile(Pattern.quote(DormSettings.PREFIX) + "[A-Za-z0-9_.<>#$-]*[A-Za-z0-9_>*]");
    private static final Pattern IN_REGION = Pattern.compile("(regions\\.)(.+)(\\.[a-z_]+)");

    private static final String NOWHERE = "exactly one of them must say where Redis is";

    private final Environment environment;

    WrongSettings(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SettingException cause) {
        String message =
                NAME.matcher(cause.getMessage()).replaceAll(found -> Matcher.quoteReplacement(named(found.group())));
        return new FailureAnalysis(message, action(message), cause);
    }

    private static String action(String message) {
        String otherwise = "dorm.cache.enabled=false starts the application without the cache.";
        return message.contains(NOWHERE)
                ? "Say where Redis is: by spring.data.redis.url or its kin, by dorm.cache.location, by dorm.cache.config, or by a bean"
                        + " of type RedissonClient. " + otherwise
                : "Correct what is named above. " + otherwise;
    }

    /** Returns a setting's name as the application would write it. */
    private String named(String setting) {
        if (environment.containsProperty("spring.jpa.properties." + setting)) {
            return "spring.jpa.properties." + setting;
        }
        String name = setting.substring(DormSettings.PREFIX.length());
        if (name.equals("client")) {
            return "a bean of type RedissonClient";
        }
        Matcher region = IN_REGION.matcher(name);
        return "dorm.cache."
                + (region.matches()
                        ? "regions[" + region.group(2) + "]" + hyphened(region.group(3))
                        : name.startsWith("options.") ? name : hyphened(name));
    }

    private static String hyphened(String name) {
        return name.replace('_', '-');
    }
}
