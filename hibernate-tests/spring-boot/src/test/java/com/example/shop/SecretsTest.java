package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.actuate.context.properties.ConfigurationPropertiesReportEndpoint;
import org.springframework.boot.actuate.env.EnvironmentEndpoint;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Keys and passwords are not shown, also where the actuator was told to show values. */
@ExtendWith(OutputCaptureExtension.class)
class SecretsTest {

    @Test
    void noEndpointAndNoLogShowsThem(CapturedOutput output) throws Exception {
        TestRedis redis = TestRedis.start("geheim");
        try (Application shop = Application.with(
                "dorm.cache.signing-key=geheim-0123456789",
                "dorm.cache.signing-key-fallbacks=geheim-1234567890,geheim-2345678901",
                "dorm.cache.caches.other.location=" + redis.url(),
                "dorm.cache.location=" + redis.url(),
                "dorm.cache.ttl=7m",
                "logging.level.dev.dorm=trace",
                "management.endpoints.jmx.exposure.include=*",
                "spring.jmx.enabled=true",
                "management.endpoint.configprops.show-values=always",
                "management.endpoint.env.show-values=always")) {
            String properties = String.valueOf(shop
                    .context()
                    .getBean(ConfigurationPropertiesReportEndpoint.class)
                    .configurationProperties()
                    .getContexts()
                    .values()
                    .stream()
                    .flatMap(context -> context.getBeans().entrySet().stream())
                    .filter(bean -> bean.getKey().contains("dorm"))
                    .map(bean -> bean.getValue().getProperties() + " "
                            + bean.getValue().getInputs())
                    .toList());
            assertThat(properties).contains("PT7M").doesNotContain("geheim");
            EnvironmentEndpoint environment = shop.context().getBean(EnvironmentEndpoint.class);
            String values = environment.environment("dorm.*").getPropertySources().stream()
                    .flatMap(source -> source.getProperties().values().stream())
                    .map(each -> String.valueOf(each.getValue()))
                    .toList()
                    .toString();
            assertThat(values).contains("7m").doesNotContain("geheim");
        }
        assertThat(output.getAll()).doesNotContain("geheim");
    }
}
