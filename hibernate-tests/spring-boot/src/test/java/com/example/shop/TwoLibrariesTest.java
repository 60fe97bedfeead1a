package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hibernate.boot.registry.selector.StrategyRegistrationProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Two libraries with a region factory are on the class path, and none is chosen. */
@ExtendWith(OutputCaptureExtension.class)
class TwoLibrariesTest {

    private static final String LINE =
            "Nothing is cached by dorm for 'entityManagerFactory': another region factory is on"
                    + " the class path, too (com.example.shop.OtherFactory$Factory). Set"
                    + " spring.jpa.properties.hibernate.cache.region.factory_class=dorm";

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @BeforeEach
    void addTheOther(@TempDir Path directory) throws Exception {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(services.resolve(StrategyRegistrationProvider.class.getName()), OtherFactory.class.getName());
        Thread.currentThread()
                .setContextClassLoader(
                        new URLClassLoader(new URL[] {directory.toUri().toURL()}, before));
    }

    @AfterEach
    void removeIt() {
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void oneLineSaysWhatToSet(CapturedOutput output) {
        try (Application shop = Application.with()) {
            assertThat(shop.setting("hibernate.cache.region_prefix")).isNull();
        }
        assertThat(output.getAll().lines().filter(line -> line.contains(LINE)))
                .singleElement()
                .asString()
                .contains("INFO");
    }

    @Test
    void whereACacheIsDemandedItIsAWarningAndSaysWhyHibernateStops(CapturedOutput output) {
        assertThatThrownBy(() -> Application.with("spring.jpa.properties.hibernate.cache.use_second_level_cache=true"))
                .isNotNull();
        assertThat(output.getAll().lines().filter(line -> line.contains(LINE)))
                .singleElement()
                .asString()
                .contains("WARN");
        assertThat(output.getAll())
                .contains("APPLICATION FAILED TO START", "Hibernate takes none of them by itself", "Action:");
    }
}
