package com.example.shop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.SessionNotCreatedException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** A Chromium, driven by the driver that the system has for it: Debian's packages chromium and chromium-driver, or Chrome and its own. */
final class Browser {

    private Browser() {}

    static ChromeDriver start() throws Skipped {
        Path program = first("google-chrome", "chromium", "chromium-browser");
        Path driver = first("chromedriver");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program.toFile());
        // A container has neither another user nor a large /dev/shm.
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars");
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.toFile())
                .usingAnyFreePort()
                .build();
        try {
            ChromeDriver browser = new ChromeDriver(service, options);
            browser.manage().timeouts().pageLoadTimeout(Duration.ofSeconds(60)).implicitlyWait(Duration.ofSeconds(30));
            return browser;
        } catch (SessionNotCreatedException e) {
            service.stop();
            throw new Skipped(e);
        }
    }

    /** Says to pages what the user likes. */
    static void prefer(ChromeDriver browser, String scheme) {
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    static void resize(ChromeDriver browser, int width, int height) {
        browser.manage().window().setSize(new Dimension(width, height));
    }

    static void picture(ChromeDriver browser, String name) throws IOException {
        Path directory = Path.of(System.getProperty("shop.pictures", "target/pictures"));
        Files.createDirectories(directory);
        Files.write(directory.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
    }

    private static Path first(String... names) throws Skipped {
        return Stream.of(names)
                .map(Programs::onPath)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new Skipped("none of " + String.join(", ", names) + " is on the PATH"));
    }
}
