package org.rigatino.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.rigatino.Patience.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.MouseButton;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.rigatino.dicom.PixelFiles;

/** How the pictures of a study's page are windowed, enlarged and moved, and that what is pointed at is that pixel all the same. */
@QuarkusTest
@WithTestResource(GuardedWorker.class)
class StudyViewIT extends Browsing {
    /** Milliseconds after which what is turned is a turn of its own. */
    private static final int ANOTHER_TURN = 300;

    private static final String FILMS =
            """
            all => all.map(film => {
              const box = film.getBoundingClientRect();
              const pane = film.parentElement.getBoundingClientRect();
              return [box.left - pane.left, box.top - pane.top, box.width, box.height].map(Math.round).join(' ');
            })""";

    /** A point of the screen, in pixels of the style sheet. */
    private record Point(double x, double y) {}

    @Test
    void whatIsPointedAtIsThatPixelHoweverThePicturesAreEnlargedAndMoved() throws Exception {
        String study = open("pointed");
        int[][] pixels = {{100, 40}, {30, 200}, {128, 128}, {200, 90}};
        for (int pane = 0; pane < pixels.length; pane++) {
            Point at = at(pane, pixels[pane][0], pixels[pane][1]);
            enlarge(at, 3 + pane);
            assertThat(zoom()).isEqualTo(new double[] {2, 2.5, 3.25, 4}[pane]);
            inRegister();
            Point moved = drag(at, pane % 2 == 0 ? -37 : 21, pane % 2 == 0 ? 22 : -31, MouseButton.LEFT);
            inRegister();
            page.mouse().click(moved.x(), moved.y());
            // A pixel of the screen was more than one of the image.
            assertThat(value("column")).as("column, pane %d", pane).isCloseTo(pixels[pane][0], within(1));
            assertThat(value("row")).as("row, pane %d", pane).isCloseTo(pixels[pane][1], within(1));
            marked(pane, moved);
            page.mouse().dblclick(moved.x() + 9, moved.y());
            assertThat(zoom()).isEqualTo(1);
            assertThat(value("column")).as("a double click points at nothing").isCloseTo(pixels[pane][0], within(1));
        }
        int column = value("column");
        Point begin = at(0, 60, 60);
        page.mouse().move(begin.x(), begin.y());
        page.mouse().down();
        page.mouse().move(begin.x() + 30, begin.y() + 10);
        page.mouse().move(begin.x(), begin.y());
        page.mouse().up();
        assertThat(value("column")).as("a drag that comes back").isEqualTo(column);
        enlarge(at(3, 220, 30), 4);
        String place = "column " + value("column") + ", row " + value("row");
        pictured(page);
        page.locator("#answer-missed").click();
        assertThat(page.locator("#in-force")).containsText("Missed something, " + place);
        assertThat(trail(study)).contains("FINDING_ANSWERED rosa");
    }

    /** By what is seen there: the picture's own gray. */
    @Test
    void thePixelThatIsRecordedHasTheGrayThatWasClicked() throws Exception {
        String study = open("gray-clicked");
        BufferedImage source = ImageIO.read(new ByteArrayInputStream(page.request()
                .get(page.locator(".film img").first().getAttribute("src"))
                .body()));
        assertThat(study).isNotEmpty();
        enlarge(at(0, 100, 110), 11);
        assertThat(zoom()).isEqualTo(12);
        BoundingBox pane = pane(0).boundingBox();
        for (double[] part : new double[][] {{0.2, 0.3}, {0.7, 0.25}, {0.35, 0.8}, {0.8, 0.7}}) {
            Point at = new Point(Math.round(pane.x + part[0] * pane.width), Math.round(pane.y + part[1] * pane.height));
            page.mouse().click(at.x(), at.y());
            BufferedImage seen = ImageIO.read(new ByteArrayInputStream(
                    page.screenshot(new Page.ScreenshotOptions().setClip(at.x(), at.y(), 1, 1))));
            int least = 255;
            int most = 0;
            for (int i = 0; i < 9; i++) {
                int gray = source.getRaster().getSample(value("column") + i % 3 - 1, value("row") + i / 3 - 1, 0);
                least = Math.min(least, gray);
                most = Math.max(most, gray);
            }
            assertThat(new Color(seen.getRGB(0, 0)).getRed()).isBetween(least - 2, most + 2);
        }
    }

    @Test
    void aFilmThatIsHigherThanWideIsShownWholeAndLargeAndPointedAtRight() throws Exception {
        String study = sent("film");
        unflag(study);
        Path film = PixelFiles.write(
                Files.createTempDirectory("rigatino-page"),
                PixelFiles.header(2200, 1760).putPixels(new short[2200 * 1760]));
        update(
                "update instance set location = ? where study_id in (select id from study where study_instance_uid = ?)",
                film.toAbsolutePath().toString(),
                study);
        enter("rosa");
        page.navigate("/studies/" + study);
        page.locator(".film img").first().evaluate("picture => picture.decode()");
        assertThat(page.locator(".shown").first()).containsText("All values of this image");
        BoundingBox pane = pane(0).boundingBox();
        assertThat(pane.width).isGreaterThan(450);
        assertThat(page.locator(".film").first().boundingBox().height).isLessThanOrEqualTo(pane.height + 1);
        pane(0).scrollIntoViewIfNeeded();
        Point at = at(0, 880, 1650, 1760, 2200);
        enlarge(at, 4);
        page.mouse().click(at.x(), at.y());
        assertThat(value("column")).isCloseTo(880, within(4));
        assertThat(value("row")).isCloseTo(1650, within(4));
        marked(0, at);
        page.locator("#alone").check();
        assertThat(page.locator(".pane:visible")).hasCount(1);
        assertThat(page.locator(".pane:visible").boundingBox().width).isGreaterThan(600);
        Chromium.photograph(page, "film");
    }

    /** A directory stands for a file that the file system does not give. */
    @Test
    void anImageThatCannotBeReadIsNotSaidToBeGoneAndNotAnswered() throws Exception {
        String study = sent("unread");
        update(
                "update instance set location = ? where study_id in (select id from study where study_instance_uid = ?)",
                Files.createTempDirectory("rigatino-page").toAbsolutePath().toString(),
                study);
        enter("rosa");
        page.navigate("/studies/" + study);
        assertThat(page.locator("[data-unread]")).containsText("Cannot be read now");
        page.keyboard().press("a");
        assertThat(page.locator("#said")).hasText(Pattern.compile(".+"));
        assertThat(trail(study)).noneMatch(event -> event.startsWith("FINDING_ANSWERED"));
    }

    @Test
    void draggingWithTheRightButtonSetsTheWindowOfAllPicturesAndRecordsNothing() throws Exception {
        String study = open("windowed");
        Locator shown = page.locator(".shown").first();
        assertThat(shown).hasText(Pattern.compile("C [\\d,.]+ W [\\d,.]+ · 1×"));
        double width = number("width");
        double center = number("center");
        assertThat(page.locator("#upper")).hasAttribute("src", Pattern.compile(".*/overlay\\?model=[^&]*"));
        drag(at(0, 60, 60), 0, 0, MouseButton.RIGHT);
        assertThat(number("width")).isEqualTo(width);
        drag(at(0, 60, 60), -40, 50, MouseButton.RIGHT);
        assertThat(number("width")).isLessThan(width);
        assertThat(number("center")).isGreaterThan(center);
        String chosen = "C %s W %s · 1×".formatted(told("center"), told("width"));
        assertThat(page.locator(".shown")).hasText(new String[] {chosen, chosen, chosen, chosen});
        Pattern window = Pattern.compile(".*center=" + plain("center") + "&width=" + plain("width"));
        for (String kind : List.of("source", "restored", "difference")) {
            assertThat(page.locator(".film img[src*='/" + kind + "?']").first()).hasAttribute("src", window);
        }
        assertThat(page.locator("#upper")).hasAttribute("src", Pattern.compile(".*/overlay\\?model=[^&]*"));
        page.locator("#slice").press("Home");
        assertThat(page.locator("#slice-before")).hasCount(0);
        assertThat(page.locator(".shown").first()).hasText(chosen);
        page.locator("#slice").press("End");
        assertThat(page.locator("#slice-after")).hasCount(0);
        assertThat(page.locator(".shown").first()).hasText(chosen);
        page.locator("#windowing").check();
        pane(1).scrollIntoViewIfNeeded();
        drag(at(1, 60, 60), 30, 0, MouseButton.LEFT);
        assertThat(page.locator(".shown").first()).not().hasText(chosen);
        accessible(page);
        page.locator("#controls button[type=reset]").click();
        assertThat(number("width")).isEqualTo(width);
        assertThat(page.locator(".film img").first()).not().hasAttribute("src", Pattern.compile(".*width=.*"));
        assertThat(value("column")).isEqualTo(-1);
        assertThat(trail(study)).noneMatch(event -> event.startsWith("FINDING_ANSWERED"));
    }

    /** Browsers tell a notch as 53 to 120 pixels, or as lines; fingers on a trackpad as many small parts. */
    @Test
    void aNotchOfTheWheelIsOneSlice() throws Exception {
        Locator slice = firstSlice();
        int at = 1;
        for (int pixels : new int[] {120, 53, 100, 240}) {
            page.waitForTimeout(ANOTHER_TURN);
            page.mouse().wheel(0, pixels);
            assertThat(slice).hasValue("" + ++at);
            page.mouse().wheel(0, pixels);
            assertThat(slice).hasValue("" + ++at);
        }
        page.waitForTimeout(ANOTHER_TURN);
        turn(3, 1, 1);
        assertThat(slice).hasValue("" + ++at);
        page.waitForTimeout(ANOTHER_TURN);
        turn(10, 0, 10);
        assertThat(slice).hasValue("" + ++at);
        turn(-10, 0, 9);
        turn(-120, 0, 1);
        assertThat(slice).hasValue("" + --at);
        page.waitForTimeout(ANOTHER_TURN);
        turn(1, 2, 1);
        assertThat(slice).hasValue("" + ++at);
    }

    /** Its events are as large as notches of a wheel, and of many sizes. */
    @Test
    void aFastSwipeOfFingersIsASliceForEachNotchThatItTurns() throws Exception {
        Locator slice = firstSlice();
        await().until(() -> {
            slice.press("Home");
            assertThat(slice).hasValue("1");
            pane(0).hover();
            page.waitForTimeout(ANOTHER_TURN);
            return swipe(12, 45, 70, 90, 95, 80, 60, 30, 12);
        });
        assertThat(slice).hasValue("4");
        pictured(page);
        assertThat(slice).hasValue("4");
    }

    private Locator firstSlice() throws Exception {
        String study = judged();
        enter("rosa");
        page.navigate("/studies/" + study);
        page.locator("#slice").press("Home");
        assertThat(page.locator("#slice")).hasValue("1");
        pane(0).hover();
        return page.locator("#slice");
    }

    /** Whether the events came as close to each other as fingers' do, which a machine that is busy may not manage. */
    private boolean swipe(int... pixels) {
        page.evaluate("() => { window.turns = [];"
                + " addEventListener('wheel', event => turns.push(event.timeStamp), {passive: true}); }");
        for (int each : pixels) {
            page.mouse().wheel(0, each);
        }
        Chromium.await(page, "turns.length >= " + pixels.length);
        return (Boolean) page.evaluate("() => turns.every((at, i) => i === 0 || at - turns[i - 1] < 200)");
    }

    /** @param mode of WheelEvent: 0 pixels, 1 lines, 2 pages */
    private void turn(int by, int mode, int times) {
        pane(0).evaluate(
                        "(pane, [by, mode, times]) => { for (let i = 0; i < times; i++) { pane.dispatchEvent("
                                + "new WheelEvent('wheel', {deltaY: by, deltaMode: mode, bubbles: true, cancelable: true})); } }",
                        List.of(by, mode, times));
    }

    @Test
    void allOfItIsDoneByKeysAlone() throws Exception {
        open("by-keys");
        page.keyboard().press("+");
        page.keyboard().press("+");
        page.keyboard().press("+");
        assertThat(page.locator("[data-of=zoom]")).hasText("2×");
        page.keyboard().press("-");
        assertThat(page.locator("[data-of=zoom]")).hasText("1.5×");
        double width = number("width");
        double center = number("center");
        page.keyboard().press("Shift+ArrowLeft");
        page.keyboard().press("Shift+ArrowDown");
        assertThat(number("width")).isLessThan(width);
        assertThat(number("center")).isGreaterThan(center);
        page.keyboard().press("0");
        assertThat(page.locator("[data-of=zoom]")).hasText("1×");
        page.locator("#single-keys").evaluate("box => { box.closest('details').open = true; }");
        page.locator("#single-keys").uncheck();
        page.locator("#viewer").focus();
        page.keyboard().press("+");
        assertThat(page.locator("[data-of=zoom]")).hasText("1×");
        pane(0).focus();
        for (int i = 0; i < 6; i++) {
            page.keyboard().press("+");
        }
        assertThat(page.locator("[data-of=zoom]")).hasText("4×");
        double left = ((Number) pane(3).evaluate("pane => pane.scrollLeft")).doubleValue();
        page.keyboard().press("ArrowRight");
        Chromium.await(page, "document.querySelectorAll('.pane')[3].scrollLeft > " + left);
        inRegister();
        page.locator("#single-keys").check();
        page.locator("#answer-column").fill("17");
        page.locator("#answer-row").fill("33");
        page.locator("#viewer").focus();
        pictured(page);
        page.keyboard().press("m");
        assertThat(page.locator("#in-force")).containsText("Missed something, column 17, row 33");
        assertThat(page.locator("[data-of=zoom]")).hasText("4×");
        scripted(page);
        page.locator("#controls button[type=reset]").press("Enter");
        assertThat(page.locator("[data-of=zoom]")).hasText("1×");
        page.locator("#alone").press("Space");
        assertThat(page.locator(".pane:visible")).hasCount(1);
        accessible(page);
    }

    /** Of two slices, of which none is flagged as far as the record says. */
    private String open(String name) throws Exception {
        String study = sent(name);
        unflag(study);
        enter("rosa");
        page.navigate("/studies/" + study);
        page.evaluate("() => Promise.all([...document.querySelectorAll('.film img')].map(one => one.decode()))");
        pane(0).scrollIntoViewIfNeeded();
        return study;
    }

    private Locator pane(int index) {
        return page.locator(".panes .pane").nth(index);
    }

    private Point at(int pane, int column, int row) {
        return at(pane, column, row, 256, 256);
    }

    /** Where a pixel's middle lies on the screen. */
    private Point at(int pane, int column, int row, int columns, int rows) {
        BoundingBox box = pane(pane).locator("img").first().boundingBox();
        return new Point(box.x + box.width * (column + 0.5) / columns, box.y + box.height * (row + 0.5) / rows);
    }

    private void enlarge(Point at, int notches) {
        page.mouse().move(at.x(), at.y());
        page.keyboard().down("Control");
        for (int i = 0; i < notches; i++) {
            String before = page.locator("[data-of=zoom]").innerText();
            page.mouse().wheel(0, -120);
            assertThat(page.locator("[data-of=zoom]")).not().hasText(before);
        }
        page.keyboard().up("Control");
    }

    private Point drag(Point from, int right, int down, MouseButton button) {
        page.mouse().move(from.x(), from.y());
        page.mouse().down(new Mouse.DownOptions().setButton(button));
        page.mouse().move(from.x() + right, from.y() + down, new Mouse.MoveOptions().setSteps(4));
        page.mouse().up(new Mouse.UpOptions().setButton(button));
        return new Point(from.x() + right, from.y() + down);
    }

    private void inRegister() {
        Chromium.await(page, "new Set((" + FILMS + ")([...document.querySelectorAll('.film')])).size === 1");
        assertThat(page.locator(".pane img").evaluateAll("all => new Set(all.map(one => one.offsetWidth)).size"))
                .isEqualTo(1);
    }

    /** The mark lies at the point, to a pixel of the image. */
    private void marked(int pane, Point at) {
        BoundingBox mark = pane(pane).locator(".missed-place").boundingBox();
        double pixel = Math.max(1, pane(pane).locator("img").first().boundingBox().width / 256);
        assertThat(mark.x + mark.width / 2).isCloseTo(at.x(), within(pixel));
        assertThat(mark.y + mark.height / 2).isCloseTo(at.y(), within(pixel));
    }

    private double zoom() {
        return number("zoom");
    }

    private double number(String slider) {
        return Double.parseDouble(page.locator("#" + slider).inputValue());
    }

    private String told(String slider) {
        return page.locator("[data-of=" + slider + "]").innerText();
    }

    private String plain(String slider) {
        return page.locator("#" + slider).inputValue().replace(".", "\\.");
    }

    /** -1 where the field is empty. */
    private int value(String field) {
        Matcher number =
                Pattern.compile("\\d+").matcher(page.locator("#answer-" + field).inputValue());
        return number.matches() ? Integer.parseInt(number.group()) : -1;
    }
}
