package org.rigatino.page;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.rigatino.Patience;

/** Debian's Chromium, as a person at a screen of 1280x720 uses it. */
final class Chromium implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/chromium-headless-shell");
    private static final Path SCREENSHOTS = Path.of("target/screenshots");

    /**
     * Milliseconds that each answer takes longer, so that a test which looks before a page's scripts run fails each time. A test
     * that takes the network away fails with it too.
     */
    private static final int LATENCY = Integer.getInteger("browser.latency", 0);

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright) {
        this.playwright = playwright;
        browser = playwright.chromium().launch(new LaunchOptions().setExecutablePath(PROGRAM));
    }

    static Chromium start() {
        Assumptions.assumeTrue(
                Files.isExecutable(PROGRAM), "skipped: Debian package chromium-headless-shell is missing");
        PlaywrightAssertions.setDefaultAssertionTimeout(Patience.STEP.toMillis());
        return new Chromium(Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))));
    }

    /** A browser of its own, without cookies. @param language that it asks for, BCP 47 */
    BrowserContext person(String base, String language) {
        BrowserContext person = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(base)
                .setLocale(language)
                .setColorScheme(ColorScheme.DARK)
                .setViewportSize(1280, 720));
        person.setDefaultTimeout(Patience.STEP.toMillis());
        if (LATENCY > 0) {
            person.onPage(Chromium::slow);
        }
        return person;
    }

    private static void slow(Page page) {
        CDPSession session = page.context().newCDPSession(page);
        session.send("Network.enable");
        JsonObject conditions = new JsonObject();
        conditions.addProperty("offline", false);
        conditions.addProperty("latency", LATENCY);
        conditions.addProperty("downloadThroughput", -1);
        conditions.addProperty("uploadThroughput", -1);
        session.send("Network.emulateNetworkConditions", conditions);
    }

    /**
     * Until it is so. {@code Page.waitForFunction} evaluates from within the page when it looks again, which the pages'
     * own Content-Security-Policy forbids.
     *
     * @param expression JavaScript, of a boolean
     */
    static void await(Page page, String expression) {
        page.waitForCondition(() -> Boolean.TRUE.equals(page.evaluate(expression)));
    }

    /** To be looked at by people: target/screenshots/NAME.png. */
    static void photograph(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }

    /** What is seen of it without scrolling, compressed as far as PNG goes, for docs/images: target/screenshots/NAME.png. */
    static void illustrate(Page page, String name) throws IOException {
        page.evaluate("() => window.scrollTo(0, 0)");
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(page.screenshot()));
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam smallest = writer.getDefaultWriteParam();
        smallest.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        smallest.setCompressionQuality(0);
        Files.createDirectories(SCREENSHOTS);
        try (OutputStream file = Files.newOutputStream(SCREENSHOTS.resolve(name + ".png"));
                ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), smallest);
        } finally {
            writer.dispose();
        }
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
