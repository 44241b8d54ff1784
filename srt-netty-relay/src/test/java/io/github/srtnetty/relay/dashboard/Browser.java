// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.dashboard;

import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.json.Json;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A Chromium without a window, and its driver, both of this machine: nothing is downloaded. */
public final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final Json JSON = new Json();

    private final ChromeDriver driver;
    private final Path profile;

    private Browser(ChromeDriver driver, Path profile) {
        this.driver = driver;
        this.profile = profile;
    }

    /** Starts one; skips the test where there is none. */
    public static Browser start(String... arguments) throws IOException {
        Needs.that(
                Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
                "a browser (Debian: chromium and chromium-driver)");
        Path profile = Files.createTempDirectory("srt-netty-browser");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless=new",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--window-size=1280,1000",
                "--lang=en-GB",
                "--user-data-dir=" + profile);
        options.addArguments(arguments);
        if (System.getProperty("user.name").equals("root")) {
            options.addArguments("--no-sandbox"); // Chromium refuses to start as root with it
        }
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .withEnvironment(Map.of("LC_ALL", "C.UTF-8", "TZ", "UTC"))
                .build();
        return new Browser(new ChromeDriver(service, options), profile);
    }

    public void open(String url) {
        driver.get("about:blank"); // a change of the fragment alone would not load the page
        driver.get(url);
    }

    /** Runs a script in the page and returns its result. */
    public Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Runs a script that calls its last argument when it is done. */
    public Object runAsync(String script) {
        driver.manage().timeouts().scriptTimeout(WAIT);
        return driver.executeAsyncScript(script);
    }

    /** Returns the text of the first element, empty where there is none. */
    public String text(String selector) {
        return String.valueOf(run("return document.querySelector(arguments[0])?.textContent ?? ''", selector));
    }

    /** Returns an attribute of the first element, empty where there is none. */
    public String attribute(String selector, String name) {
        return String.valueOf(
                run("return document.querySelector(arguments[0])?.getAttribute(arguments[1]) ?? ''", selector, name));
    }

    /** Returns how many elements there are that can be seen. */
    public long count(String selector) {
        return (long) run(
                "return [...document.querySelectorAll(arguments[0])].filter(e => e.checkVisibility()).length",
                selector);
    }

    /** Waits for an element and clicks it. */
    public void click(String selector) {
        Await.until(selector + " can be clicked", WAIT, () -> {
            try {
                List<WebElement> found = driver.findElements(By.cssSelector(selector));
                if (found.isEmpty() || !found.get(0).isDisplayed()) {
                    return false;
                }
                found.get(0).click();
                return true;
            } catch (StaleElementReferenceException e) {
                return false; // the page has drawn it anew
            }
        });
    }

    /** Types into the first element, or into what has the focus where the selector is empty. */
    public void type(String selector, CharSequence keys) {
        if (selector.isEmpty()) {
            driver.switchTo().activeElement().sendKeys(keys);
            return;
        }
        By wanted = By.cssSelector(selector);
        Await.until(
                selector + " is there", WAIT, () -> !driver.findElements(wanted).isEmpty());
        driver.findElement(wanted).sendKeys(keys);
    }

    /** Waits until the text of an element is as wanted. */
    public void awaitText(String selector, String pattern) {
        Pattern wanted = Pattern.compile(pattern);
        try {
            Await.until(
                    pattern + " in " + selector,
                    WAIT,
                    () -> wanted.matcher(text(selector)).find());
        } catch (AssertionError e) {
            throw new AssertionError(
                    e.getMessage() + "; it is: " + text(selector) + "; the page: " + text("body") + "; errors: "
                            + errors(),
                    e);
        }
    }

    /**
     * Returns the addresses of all requests since the last call, without those that pages of chrome: make: a
     * browser that starts slowly loads its new tab, with pictures, behind the first page.
     */
    public List<String> requests() {
        return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(entry -> message(entry.getMessage()))
                .filter(message -> "Network.requestWillBeSent".equals(message.get("method")))
                .map(message -> object(message, "params"))
                .filter(request -> !String.valueOf(request.get("documentURL")).startsWith("chrome"))
                .map(request -> (String) object(request, "request").get("url"))
                .toList();
    }

    private static Map<String, Object> message(String entry) {
        return object(JSON.toType(entry, Json.MAP_TYPE), "message");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Map<String, Object> owner, String key) {
        return (Map<String, Object>) owner.get(key);
    }

    /** Returns the errors of scripts and of the policy, and failed requests, since the last call. */
    public List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Takes a picture of a page of this size. */
    public byte[] picture(int width, int height, double scale) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", scale, "mobile", width < 600));
        Await.until("the graphs have the new width", WAIT, () -> (boolean)
                run("return [...document.querySelectorAll('.uplot')].every(e => e.offsetWidth <= window.innerWidth)"));
        return driver.getScreenshotAs(OutputType.BYTES);
    }

    /** Chooses dark or light. */
    public void colorScheme(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    @Override
    public void close() throws IOException {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
