package dev.dorm.cache.internal.spring;

import dev.dorm.cache.SettingException;
import dev.dorm.cache.backend.BackendSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Finds properties under {@code dorm.cache} that nobody reads, which Spring Boot itself passes over in silence. In a file they
 * are an error; in the environment, which others fill too, they are warned of.
 */
final class UnknownProperties {

    private static final Logger LOG = LoggerFactory.getLogger("dev.dorm.cache");
    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("dorm.cache");

    /** What can be read, by its name without hyphens; whether more may follow it. */
    private final Map<String, Boolean> known = new TreeMap<>();

    private final List<String> names = new ArrayList<>();

    private UnknownProperties() {
        add("", DormCacheProperties.class);
        add("management.", ManagementProperties.class);
    }

    private void add(String prefix, Class<?> properties) {
        Arrays.stream(properties.getRecordComponents()).forEach(each -> {
            boolean open = Map.class.isAssignableFrom(each.getType()) || List.class.isAssignableFrom(each.getType());
            known.put((prefix + each.getName()).replace(".", "").toLowerCase(Locale.ROOT), open);
            names.add(prefix + each.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
        });
    }

    /** Refuses what nobody reads. */
    static void refuse(Environment environment) {
        List<String> wrong = new ArrayList<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource several
                    && several.containsDescendantOf(ROOT) != ConfigurationPropertyState.ABSENT) {
                List<String> unknown = new UnknownProperties().in(several);
                if (source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource) {
                    unknown.forEach(each -> LOG.warn("{} (from an environment variable) has no effect", each));
                } else {
                    wrong.addAll(unknown);
                }
            }
        }
        if (!wrong.isEmpty()) {
            throw wrong.size() == 1 ? new SettingException(wrong.get(0)) : new SettingException(wrong);
        }
    }

    private List<String> in(IterableConfigurationPropertySource source) {
        return source.stream()
                .filter(name -> ROOT.isAncestorOf(name) && !isKnown(name))
                .map(this::told)
                .distinct()
                .collect(Collectors.toList());
    }

    /** In the environment a name's words may be elements of their own: DORM_CACHE_MAX_ENTRIES. */
    private boolean isKnown(ConfigurationPropertyName name) {
        StringBuilder words = new StringBuilder();
        for (int i = ROOT.getNumberOfElements(); i < name.getNumberOfElements(); i++) {
            words.append(name.getElement(i, ConfigurationPropertyName.Form.UNIFORM));
            Boolean open = known.get(words.toString());
            if (open != null && (open || i == name.getNumberOfElements() - 1)) {
                return true;
            }
        }
        return false;
    }

    private String told(ConfigurationPropertyName name) {
        String given = name.toString().substring(ROOT.toString().length() + 1);
        return "Unknown property dorm.cache.%s; did you mean dorm.cache.%s?"
                .formatted(given, BackendSettings.nearest(given, names));
    }
}
