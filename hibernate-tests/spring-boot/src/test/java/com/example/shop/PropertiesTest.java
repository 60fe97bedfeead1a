package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dorm.cache.DormSettings;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class PropertiesTest {

    private static final String METADATA = "META-INF/spring-configuration-metadata.json";

    @Test
    void everySettingIsDescribedForEditors() throws Exception {
        String metadata = metadata();
        for (Field setting : DormSettings.class.getFields()) {
            String name = setting.get(null).toString().substring(DormSettings.PREFIX.length());
            if (!name.isEmpty() && !name.equals("client")) {
                String property = "dorm.cache." + name.replaceFirst("\\.$", "").replace('_', '-');
                assertThat(metadata)
                        .as(property)
                        .containsPattern("\\{\\s*\"name\": \"" + property
                                + "\",\\s*\"type\": \"[^\"]+\",\\s*\"description\": \"[^\"]{10}");
            }
        }
    }

    @Test
    void editorsAreToldDefaultsAndChoices() throws Exception {
        assertThat(metadata())
                .contains(
                        "\"defaultValue\": \"300s\"",
                        "\"defaultValue\": \"250ms\"",
                        "\"value\": \"locmem\"",
                        "\"value\": \"smile\"");
    }

    @Test
    void theEnvironmentMaySetEach() {
        var variables = new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                java.util.Map.of(
                        "DORM_CACHE_TTL", "20m",
                        "DORM_CACHE_MAX_ENTRIES", "77",
                        "DORM_CACHE_REGIONS_COM_EXAMPLE_SHOP_PRODUCT_TTL", "30s",
                        "DORM_CACHE_REGIONS_COM_EXAMPLE_SHOP_PRODUCT_MAX_ENTRIES", "5"));
        var builder = new SpringApplicationBuilder(Shop.class).initializers(context -> context.getEnvironment()
                .getPropertySources()
                .replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        try (Application shop = Application.of(builder)) {
            assertThat(shop.setting(DormSettings.TTL)).hasToString("PT20M");
            assertThat(shop.setting(DormSettings.MAX_ENTRIES)).hasToString("77");
            assertThat(shop.setting(DormSettings.REGIONS + "com.example.shop.product.ttl"))
                    .hasToString("PT30S");
        }
    }

    @Test
    void relaxedNamesAreOne() {
        for (String name : List.of("max-entries", "max_entries", "maxEntries")) {
            try (Application shop = Application.with("dorm.cache." + name + "=78")) {
                assertThat(shop.setting(DormSettings.MAX_ENTRIES)).hasToString("78");
            }
        }
    }

    private static String metadata() throws IOException {
        ClassLoader loader = DormSettings.class.getClassLoader();
        for (var each : java.util.Collections.list(loader.getResources(METADATA))) {
            try (InputStream in = each.openStream()) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                if (text.contains("dorm.cache.enabled")) {
                    return text;
                }
            }
        }
        throw new AssertionError("none of " + Set.copyOf(Arrays.asList(METADATA)));
    }
}
