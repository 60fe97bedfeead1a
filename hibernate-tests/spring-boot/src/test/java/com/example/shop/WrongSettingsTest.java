package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What a user reads who has set something wrong: the cause in a few lines, and no trace. */
@ExtendWith(OutputCaptureExtension.class)
class WrongSettingsTest {

    private static final int LINES = 16;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    dorm.cache.ttl=soon                                | Property: dorm.cache.ttl;Value: "soon"
                    dorm.cache.max-entry-size=2MiB                     | Property: dorm.cache.max-entry-size;Value: "2MiB"
                    dorm.cache.max-entries=many                        | Property: dorm.cache.max-entries;Value: "many"
                    dorm.cache.enabled=ja                              | dorm.cache.enabled
                    dorm.cache.tll=10m                                 | Unknown property dorm.cache.tll; did you mean dorm.cache.ttl?
                    dorm.cache.backend=redsi                           | dorm.cache.backend;'redsi'
                    dorm.cache.backend=redis                           | dorm.cache.location;exactly one of them must say where Redis is;spring.data.redis.url
                    dorm.cache.location=localhost:6379                 | dorm.cache.location;redis://
                    dorm.cache.config=missing.yml                      | dorm.cache.config;missing.yml
                    dorm.cache.config=a.yml dorm.cache.location=redis://h | exactly one of them
                    dorm.cache.signing-key=short                       | dorm.cache.signing-key;16 bytes
                    dorm.cache.require-signing-key=true                | dorm.cache.signing-key
                    dorm.cache.regions[com.example.shop.Produkt].ttl=1m | dorm.cache.regions[com.example.shop.Produkt].ttl;com.example.shop.Product
                    dorm.cache.regions[com.example.shop.Product].tll=1m | dorm.cache.regions[com.example.shop.Product].t
                    dorm.cache.regions[com.example.shop.Product].ttl=soon | dorm.cache.regions[com.example.shop.Product].ttl;'soon'
                    dorm.cache.max-entry-size=64MB                     | dorm.cache.max-entry-size;32MiB
                    dorm.cache.timeout=2h                              | dorm.cache.timeout;1ms to 1h
                    dorm.cache.on-outage=panic                         | dorm.cache.on-outage;bypass
                    dorm.cache.near=maybe                              | dorm.cache.near;'maybe'
                    dorm.cache.format=smile                            | dorm.cache.format;smile
                    dorm.cache.ttl-jitter=200%                         | dorm.cache.ttl-jitter;50%
                    dorm.cache.allowed-types=com.acme.Missing          | dorm.cache.allowed-types;com.acme.Missing
                    dorm.cache.location=redis://h dorm.cache.options.conectTimeout=1 | dorm.cache.options.connectTimeout
                    dorm.cache.options.connectTimeout=1                | dorm.cache.options.connectTimeout
                    dorm.cache.caches.default.ttl=1m                   | dorm.cache.
                    spring.data.redis.url=localhost:6379               | Property spring.data.redis.url is no address of Redis
                    spring.data.redis.host=h spring.data.redis.ssl.bundle=mine | 'mine'
                    spring.jpa.properties.hibernate.cache.region.factory_class=drom | drom
                    spring.jpa.properties.hibernate.cache.dorm.ttl=soon | spring.jpa.properties.hibernate.cache.dorm.ttl;'soon'
                    """)
    void isToldInAFewLines(String given, String told, CapturedOutput output) throws IOException {
        String[] properties = given.split(" ");
        Throwable failure = catchThrowable(() -> Application.with(properties).close());
        String all = output.getAll();
        String shown = all.substring(Math.max(0, all.indexOf("***************************")));
        record(given, shown);
        assertThat(failure).as("the start").isNotNull();
        assertThat(shown).contains("APPLICATION FAILED TO START", "Description:", "Action:");
        assertThat(shown).contains(told.split(";"));
        assertThat(shown).doesNotContain("\tat ", "BeanCreationException");
        assertThat(shown.strip().lines().count()).isLessThanOrEqualTo(LINES + told.split(";").length);
    }

    @Test
    void severalAreToldAtOnce(CapturedOutput output) {
        catchThrowable(() -> Application.with("dorm.cache.near=maybe", "dorm.cache.on-outage=panic")
                .close());
        assertThat(output.getAll())
                .contains("2 settings are wrong", "- Setting dorm.cache.near:", "- Setting dorm.cache.on-outage:");
    }

    @Test
    void aSecretIsNotShown(CapturedOutput output) {
        catchThrowable(() -> Application.with("dorm.cache.signing-key=geheim").close());
        catchThrowable(
                () -> Application.with("dorm.cache.location=http://u:geheim@h").close());
        assertThat(output.getAll()).contains("APPLICATION FAILED TO START").doesNotContain("geheim");
    }

    /** Keeps what was printed, to be read by people: target/boot-VERSION/wrong-settings.txt. */
    private static void record(String given, String shown) throws IOException {
        Path file = Path.of("target", "boot-" + SpringBootVersion.getVersion(), "wrong-settings.txt");
        Files.createDirectories(file.getParent());
        List<String> old = Files.exists(file) ? Files.readAllLines(file) : List.of();
        String text = String.join("\n", old) + "\n======== " + given + "\n" + shown.strip() + "\n";
        Files.writeString(
                file,
                Arrays.stream(text.split("\n")).filter(line -> !line.isBlank()).reduce("", (a, b) -> a + b + "\n"));
    }
}
