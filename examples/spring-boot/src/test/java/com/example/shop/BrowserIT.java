package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** The page as people use it; makes the pictures of README.md as well. */
class BrowserIT {

    private static ChromeDriver browser;
    private static URI a;
    private static URI b;

    @BeforeAll
    static void start() throws Exception {
        try {
            browser = Browser.start();
            System.out.println("Browser: Chromium " + browser.getCapabilities().getBrowserVersion() + ", Spring Boot "
                    + System.getProperty("shop.boot"));
        } catch (Skipped e) {
            System.out.println("Browser: Chromium skipped, " + e.getMessage());
            Assumptions.abort("No browser: " + e.getMessage());
        }
        a = TwoInstances.shared().a();
        b = TwoInstances.shared().b();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.quit();
        }
    }

    @Test
    void anOrderClickedInOneInstanceIsSeenInTheOther() {
        Browser.resize(browser, 1180, 1000);
        browser.get(b.toString());
        int before = number("stock-33");

        browser.get(a.toString());
        choose("Rooibos");
        fill("quantity", "2");
        fill("customer", "Mary Shelley");
        buy();

        assertThat(find("written").getText()).contains("is written by instance A");
        WebElement mine = browser.findElement(By.cssSelector(".sales .new"));
        assertThat(mine.getText()).contains("2 × Rooibos", "Mary Shelley");
        String id = mine.getAttribute("id");

        find("written").findElement(By.tagName("a")).click();
        browser.findElement(By.xpath("//strong[.='B']"));
        assertThat(browser.getCurrentUrl()).isEqualTo(b + "#" + id);
        assertThat(find(id).getText()).contains("2 × Rooibos", "Mary Shelley");
        assertThat(number("stock-33")).isEqualTo(before - 2);
        assertThat(number("statements")).isLessThanOrEqualTo(2);
    }

    @Test
    void thePageIsUsedByKeyboard() {
        browser.get(a.toString());
        press(Keys.TAB);
        assertThat(focused().getText()).isEqualTo("Skip to the order form");
        press(Keys.ENTER);
        press(Keys.TAB);
        assertThat(focused().getAttribute("id")).isEqualTo("product");
        focused().sendKeys("Ass");
        press(Keys.TAB);
        assertThat(focused().getAttribute("id")).isEqualTo("quantity");
        press(Keys.TAB);
        focused().sendKeys("Keyboard");
        press(Keys.ENTER);
        assertThat(browser.findElement(By.cssSelector(".sales .new")).getText()).contains("1 × Assam", "Keyboard");

        WebElement table = browser.findElement(By.cssSelector("details table"));
        assertThat(table.isDisplayed()).isFalse();
        browser.findElement(By.tagName("summary")).sendKeys(Keys.ENTER);
        assertThat(table.isDisplayed()).isTrue();
    }

    @Test
    void hostileTextIsShownAndDoesNothing() {
        String hostile = "<img src=x onerror=document.title='owned'>\u202E\"'";
        browser.get(a.toString());
        choose("Assam");
        fill("customer", hostile);
        buy();
        for (URI instance : List.of(a, b)) {
            browser.get(instance.toString());
            assertThat(browser.findElement(By.cssSelector(".sales .customer")).getText())
                    .isEqualTo(hostile);
            assertThat(browser.getTitle()).startsWith("Steep & Grind");
            assertThat(browser.executeScript("return document.querySelectorAll('img, script').length"))
                    .isEqualTo(0L);
        }
    }

    @Test
    void aLongNameDoesNotWidenThePage() {
        browser.get(a.toString());
        choose("Assam");
        fill("customer", "W".repeat(60));
        buy();
        for (int width : List.of(1180, 520)) {
            Browser.resize(browser, width, 900);
            Number wider = (Number) browser.executeScript(
                    "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
            assertThat(wider.intValue()).as("at %d pixels", width).isZero();
        }
        Browser.resize(browser, 1180, 1000);
    }

    @Test
    void theChartsShowWhatIsCounted() {
        browser.get(a.toString());
        browser.get(a.toString());
        List<WebElement> columns = browser.findElements(By.cssSelector("#request-chart rect.hit"));
        assertThat(columns).isNotEmpty();
        WebElement last = columns.get(columns.size() - 1);
        assertThat(Double.parseDouble(last.getAttribute("height"))).isPositive();
        assertThat(browser.findElements(By.cssSelector("#region-chart text.label")))
                .extracting(WebElement::getText)
                .contains("Products", "Products of a category", "Query results");
    }

    @Test
    void darkAndLight() throws Exception {
        Browser.resize(browser, 1180, 1340);
        Visitor ofA = new Visitor(a);
        Visitor ofB = new Visitor(b);
        ofA.post("/cache/evict", Map.of());
        ofA.warmPage();
        for (String customer : List.of("Ada Lovelace", "Katherine Johnson", "Radia Perlman")) {
            ofA.order(11, 1, customer);
            ofA.warmPage();
            ofB.warmPage();
        }
        ofB.order(31, 3, "Grace Hopper");
        ofA.warmPage();
        ofA.order(12, 1, "Barbara Liskov");
        ofA.warmPage();

        browser.get(a.toString());
        choose("Gooseneck kettle");
        fill("customer", "Mary Shelley");
        buy();
        Browser.prefer(browser, "light");
        assertThat(lightness("body")).isGreaterThan(200);
        assertThat(contrasts())
                .allSatisfy((text, contrast) -> assertThat(contrast).isGreaterThan(4.5));
        Browser.picture(browser, "light");

        ofB.warmPage();
        browser.get(b.toString());
        Browser.prefer(browser, "dark");
        assertThat(lightness("body")).isLessThan(60);
        assertThat(contrasts())
                .allSatisfy((text, contrast) -> assertThat(contrast).isGreaterThan(4.5));
        Browser.picture(browser, "dark");
        Browser.prefer(browser, "light");
    }

    private static int lightness(String selector) {
        return ((Number) browser.executeScript(
                        "return Math.max(...getComputedStyle(document.querySelector(arguments[0])).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number))",
                        selector))
                .intValue();
    }

    private static Map<String, Double> contrasts() {
        return Stream.of("h2", "h3", ".verdict", ".number", ".description", "#other", ".by", "summary", "#evict")
                .collect(Collectors.toMap(text -> text, BrowserIT::contrast));
    }

    /** The contrast of a text with what is behind it, as WCAG defines it. */
    private static double contrast(String selector) {
        return ((Number) browser.executeScript(
                        """
                        const luminance = color => {
                            const [r, g, b] = color.match(/\\d+/g).slice(0, 3).map(Number).map(v => v / 255)
                                .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
                            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
                        };
                        const text = document.querySelector(arguments[0]);
                        const both = [getComputedStyle(text).color, getComputedStyle(text.closest('section, body')).backgroundColor]
                            .map(luminance).sort((x, y) => y - x);
                        return (both[0] + 0.05) / (both[1] + 0.05);
                        """,
                        selector))
                .doubleValue();
    }

    private static void choose(String product) {
        find("product")
                .findElement(By.xpath(".//option[normalize-space()='" + product + "']"))
                .click();
    }

    private static void fill(String id, String text) {
        find(id).clear();
        find(id).sendKeys(text);
    }

    /** Orders, and waits for the page that says so. */
    private static void buy() {
        find("buy").click();
        find("written");
    }

    private static void press(Keys key) {
        focused().sendKeys(key);
    }

    private static WebElement focused() {
        return browser.switchTo().activeElement();
    }

    private static WebElement find(String id) {
        return browser.findElement(By.id(id));
    }

    private static int number(String id) {
        return Integer.parseInt(find(id).getText());
    }
}
