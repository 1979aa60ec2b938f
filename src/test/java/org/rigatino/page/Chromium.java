package org.rigatino.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Debian's Chromium, as a person at a screen of 1280x720 uses it. */
final class Chromium implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final Path SCREENSHOTS = Path.of("target/screenshots");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright) {
        this.playwright = playwright;
        browser = playwright.chromium().launch(new LaunchOptions().setExecutablePath(PROGRAM));
    }

    static Chromium start() {
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "chromium is not installed");
        return new Chromium(Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))));
    }

    /** A browser of its own, without cookies. @param language that it asks for, BCP 47 */
    BrowserContext person(String base, String language) {
        return browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(base)
                .setLocale(language)
                .setViewportSize(1280, 720));
    }

    /** To be looked at by people: target/screenshots/NAME.png. */
    static void photograph(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
