package org.rigatino.proof.demo;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.awt.Color;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Assumptions;

/** A study in OHIF, in Debian's Chromium with WebGL in software, as a person at a screen of 1440x900 sees it. */
final class Ohif implements AutoCloseable {
    static final Path FILES = Path.of(".rigatino/ohif/dist");
    private static final Path PROGRAM = Path.of("/usr/bin/chromium-headless-shell");
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final int LIMIT_SECONDS = 300;
    private static final int TRIES = 5;
    /** OHIF's own: of an image that comes once its viewport is gone, on a machine that is busy. */
    private static final String LATE_IMAGE = "viewport has been destroyed";

    private final Playwright playwright;
    private final Page page;
    private final List<String> errors = new ArrayList<>();
    private String shown;

    private Ohif(Playwright playwright, Page page) {
        this.playwright = playwright;
        this.page = page;
        page.onPageError(errors::add);
    }

    static void assumeViewer() {
        Assumptions.assumeTrue(
                Files.isExecutable(PROGRAM), "skipped: Debian package chromium-headless-shell is missing");
        Assumptions.assumeTrue(
                Files.exists(FILES), "skipped: " + FILES + " is missing, which './rigatino demo --viewer' fetches");
    }

    static Ohif open(String address) {
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(PROGRAM)
                        .setArgs(List.of("--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")));
        Page page = browser.newPage(new Browser.NewPageOptions().setViewportSize(1440, 900));
        page.setDefaultTimeout(LIMIT_SECONDS * 1000.0);
        page.addInitScript("localStorage.setItem('shownTours', '[\"basicViewerTour\"]')");
        Ohif ohif = new Ohif(playwright, page);
        page.navigate(address);
        page.getByText("Confirm and hide").click();
        return ohif;
    }

    /** The study as it is opened first. */
    void again() {
        shown = null;
        page.reload();
    }

    /** @param description of a series, the beginning of it */
    void show(String description) {
        Awaitility.await("the image that is there before " + description)
                .atMost(LIMIT_SECONDS, TimeUnit.SECONDS)
                .ignoreExceptions()
                .until(() -> isDrawn(viewport()));
        shown = description;
        page.locator("[data-cy^=study-browser-thumbnail]")
                .filter(new Locator.FilterOptions().setHasText(description))
                .first()
                .dblclick();
    }

    private static boolean isDrawn(BufferedImage picture) {
        return IntStream.range(0, picture.getHeight()).anyMatch(y -> IntStream.range(0, picture.getWidth())
                .anyMatch(x -> new Color(picture.getRGB(x, y)).getGreen() > 120));
    }

    /** The image that the one viewport shows, once it has what is asked for; OHIF now and then wants to be asked again. */
    BufferedImage until(String what, Predicate<BufferedImage> seen) {
        for (int attempt = 1; ; attempt++) {
            try {
                return Awaitility.await(what)
                        .atMost(LIMIT_SECONDS / TRIES, TimeUnit.SECONDS)
                        .ignoreExceptions()
                        .until((Callable<BufferedImage>) this::viewport, seen::test);
            } catch (ConditionTimeoutException e) {
                if (attempt == TRIES) {
                    throw e;
                }
                String wanted = shown;
                again();
                if (wanted != null) {
                    show(wanted);
                }
            }
        }
    }

    /** What is drawn on its canvas, without what the page writes over it. */
    BufferedImage viewport() throws IOException {
        String url =
                (String) page.locator("canvas.cornerstone-canvas").first().evaluate("canvas => canvas.toDataURL()");
        byte[] png = Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1));
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    /** What is outlined over the canvas, in its pixels; empty where nothing is. */
    Rectangle outlined() {
        List<?> sides = (List<?>)
                page.evaluate(
                        """
                () => {
                  const canvas = document.querySelector("canvas.cornerstone-canvas");
                  const place = canvas.getBoundingClientRect();
                  const scale = canvas.width / place.width;
                  return [...document.querySelectorAll(".svg-layer polyline, .svg-layer path")]
                      .map(line => line.getBoundingClientRect())
                      .filter(box => box.width > 0)
                      .flatMap(box => [box.x - place.x, box.y - place.y, box.width, box.height])
                      .map(side => Math.round(side * scale));
                }""");
        Rectangle all = new Rectangle();
        for (int i = 0; i < sides.size(); i += 4) {
            Rectangle box = new Rectangle(side(sides, i), side(sides, i + 1), side(sides, i + 2), side(sides, i + 3));
            all = all.isEmpty() ? box : all.union(box);
        }
        return all;
    }

    private static int side(List<?> sides, int index) {
        return ((Number) sides.get(index)).intValue();
    }

    /** Instance Number of the image shown, as the viewer writes it: {@code I: 14 (7/20)}. */
    int instanceNumber() {
        String text = page.getByText(Pattern.compile("\\(\\d+/\\d+\\)")).first().innerText();
        return Integer.parseInt(text.replaceAll("\\(.*", "").replaceAll("\\D", ""));
    }

    /** What the page's scripts threw and nobody caught. */
    List<String> errors() {
        return errors.stream().filter(error -> !error.contains(LATE_IMAGE)).toList();
    }

    /** To be looked at by people: target/screenshots/NAME.png. */
    void photograph(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    @Override
    public void close() {
        playwright.close();
    }
}
