package org.rigatino.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rigatino.access.UserCommand;
import org.rigatino.access.UserRole;
import org.rigatino.dicom.RemoteNode;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.worker.MrStudy;
import org.rigatino.worker.RunningWorker;
import picocli.CommandLine;

/** The pages in a real browser, over studies that a real worker restored. */
@QuarkusTest
@QuarkusTestResource(value = PageIT.Parts.class, restrictToAnnotatedClass = true)
class PageIT {
    private static final String PASSWORD = "a long enough password";
    private static final String TOKEN = "token of a program in these tests, long";
    private static final double LONG = 60_000;
    private static final List<String> WCAG_AA = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    private static Chromium chromium;
    private static MrStudy judged;

    /** A worker on which people must sign in. */
    public static final class Parts extends RunningWorker {
        @Override
        public Map<String, String> start() {
            Map<String, String> settings = new TreeMap<>(super.start());
            settings.put("rigatino.access.machines.program.token", TOKEN);
            settings.put("rigatino.access.machines.program.roles", "coordinator,auditor");
            return settings;
        }
    }

    @TestHTTPResource("/")
    String base;

    @Inject
    IngestConfiguration ingest;

    private BrowserContext person;
    private Page page;

    @BeforeAll
    static void startBrowser() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void stopBrowser() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void people() {
        addOnce("rosa", UserRole.RADIOLOGIST);
        addOnce("otto", UserRole.AUDITOR);
        person = chromium.person(base, "en-GB");
        page = person.newPage();
    }

    @AfterEach
    void leave() {
        person.close();
    }

    @Test
    void aStrangerSeesTheFormAndNothingElse() throws Exception {
        MrStudy study = judged();
        for (String path : List.of("/", "/worklist", "/worklist?show=MINE", "/studies/" + study.uid())) {
            page.navigate(path);
            assertThat(page).hasURL(base + "sign-in");
            assertThat(page.content()).doesNotContain(study.uid());
        }
        String picture = picture(study, "source");
        assertThat(page.navigate(picture).status()).isEqualTo(401);
        assertThat(given().header("Accept", "*/*").get("/worklist/rows").statusCode())
                .isEqualTo(401);

        page.navigate("/worklist");
        Chromium.photograph(page, "sign-in");
        accessible(page);
        signIn(page, "rosa", "not the password");
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        assertThat(page.locator("#password")).isFocused();
        accessible(page);
        signIn(page, "rosa", PASSWORD);
        assertThat(page).hasURL(base + "worklist");
        assertThat(page.locator("body")).containsText("Signed in as rosa");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out"))
                .click();
        assertThat(page).hasURL(base + "sign-in");
        page.navigate("/worklist");
        assertThat(page).hasURL(base + "sign-in");
    }

    @Test
    void theListIsWorkedByKeyboardAndFollowsWhatOthersDo() throws Exception {
        MrStudy study = sent("keyboard");
        MrStudy other = sent("keyboard-other");
        enter("rosa");
        try (BrowserContext colleague = chromium.person(base, "en-GB")) {
            Page theirs = colleague.newPage();
            theirs.navigate("/worklist");
            signIn(theirs, "rosa", PASSWORD);
            assertThat(row(theirs, study)).containsText("nobody");

            page.locator("#study-" + escaped(study)).focus();
            page.keyboard().press("ArrowDown");
            page.keyboard().press("ArrowUp");
            page.keyboard().press("Tab");
            page.keyboard().press("Tab");
            assertThat(page.locator("#take-" + escaped(study))).isFocused();
            Chromium.photograph(page, "worklist");
            page.keyboard().press("Enter");
            assertThat(page.getByRole(AriaRole.STATUS)).containsText("Done: study " + study.uid());
            assertThat(row(page, study)).containsText("rosa");
            assertThat(row(theirs, study)).containsText("rosa", within());

            theirs.locator("#acknowledge-" + escaped(study)).click();
            assertThat(row(theirs, study)).hasCount(0);
            assertThat(row(page, study)).hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(LONG));
        }
        assertThat(row(page, other)).hasCount(1);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Acknowledged"))
                .click();
        assertThat(row(page, study)).containsText("Acknowledged by rosa");
        assertThat(trail(study)).contains("STUDY_ASSIGNED rosa", "STUDY_ACKNOWLEDGED rosa");
    }

    @Test
    void whoIsTooLateIsToldAndChangesNothing() throws Exception {
        MrStudy study = sent("late");
        enter("rosa");
        page.navigate("/studies/" + study.uid());
        Locator acknowledge = page.getByRole(
                AriaRole.BUTTON,
                new Page.GetByRoleOptions().setName("Acknowledge").setExact(true));
        assertThat(acknowledge).isVisible();
        program()
                .contentType("application/json")
                .body(Map.of("version", 0))
                .post("/api/worklist/" + study.uid() + "/assign")
                .then()
                .statusCode(200);
        acknowledge.click();
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("Somebody was quicker");
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("With program");
        accessible(page);
        page.getByLabel("Assign to").fill("otto");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Assign").setExact(true))
                .click();
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("Nobody of this name");
        assertThat(trail(study)).doesNotContain("STUDY_ACKNOWLEDGED rosa", "STUDY_ASSIGNED rosa");
    }

    @Test
    void aStudyShowsItsPicturesItsDeliveriesAndWhoSawIt() throws Exception {
        MrStudy study = judged();
        enter("rosa");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(study.uid()))
                .click();
        Locator pictures = page.locator("#viewer img");
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(pictures.evaluateAll("all => all.map(one => one.naturalWidth)"))
                        .isEqualTo(List.of(40, 40, 40, 40, 40)));
        assertThat(page.locator(".images li")).hasCount(2);
        assertThat(page.locator("body")).containsText("secondary capture");
        assertThat(page.locator("body")).containsText("STUDY_VIEWED");
        accessible(page);
        Chromium.photograph(page, "study");

        Locator upper = page.locator("#upper");
        page.locator("#share").focus();
        page.keyboard().press("End");
        assertThat(upper).hasCSS("opacity", "1");
        page.keyboard().press("Home");
        assertThat(upper).hasCSS("opacity", "0");
        page.getByLabel("Overlay").check();
        assertThat(upper).hasAttribute("src", Pattern.compile(".*/overlay\\?.*"));
        page.locator("#width").focus();
        Response windowed = page.waitForResponse(
                answer -> answer.url().contains("/source?") && answer.url().contains("width="),
                () -> page.keyboard().press("Home"));
        assertThat(windowed.status()).isEqualTo(200);
        page.locator("#zoom").focus();
        page.keyboard().press("End");
        assertThat((Boolean) page.locator(".pane").first().evaluate("pane => pane.scrollWidth > 5 * pane.clientWidth"))
                .isTrue();
        page.locator("#image-2").click();
        assertThat(page.locator("#image-2")).hasAttribute("aria-current", "true");
        assertThat(trail(study)).contains("STUDY_VIEWED rosa");
    }

    @Test
    void picturesAreTheFramesOwnAndTheirDifference() throws Exception {
        MrStudy study = judged();
        BufferedImage source = png(picture(study, "source"));
        BufferedImage restored = png(picture(study, "restored"));
        BufferedImage difference = png(picture(study, "difference"));
        for (int row = 0; row < 40; row++) {
            for (int column = 0; column < 40; column++) {
                int departs = source.getRaster().getSample(column, row, 0)
                        - restored.getRaster().getSample(column, row, 0);
                int colour = difference.getRGB(column, row);
                int warm = (colour >> 16 & 0xFF) - (colour & 0xFF);
                assertThat(Integer.signum(warm)).as("at %d, %d", row, column).isEqualTo(Integer.signum(departs));
            }
        }
        assertThat(source.getRaster().getSample(20, 20, 0))
                .isGreaterThan(source.getRaster().getSample(0, 0, 0));
        BufferedImage dark = png(picture(study, "source") + "?center=5000&width=10");
        assertThat(dark.getRaster().getSample(20, 20, 0)).isZero();
        assertThat(program().get(picture(study, "source") + "?center=5").statusCode())
                .isEqualTo(400);
        assertThat(program().get(picture(study, "source") + "?center=5&width=0").statusCode())
                .isEqualTo(400);
        assertThat(program().get(picture(study, "sauce")).statusCode()).isEqualTo(404);
        assertThat(program()
                        .get(picture(study, "source").replace("/1/source", "/2/source"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(program()
                        .get(picture(study, "source").replace(study.uid(), "1.2.3"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(trail(study).stream().filter("STUDY_VIEWED program"::equals))
                .as("once an hour")
                .hasSize(1);
    }

    @Test
    void germanIsSpokenToWhomAsksForItAndToWhomSwitches() throws Exception {
        MrStudy study = judged();
        try (BrowserContext german = chromium.person(base, "de-AT")) {
            Page deutsch = german.newPage();
            deutsch.navigate("/worklist");
            accessible(deutsch);
            signIn(deutsch, "rosa", PASSWORD);
            assertThat(deutsch.locator("h1")).hasText("Arbeitsliste");
            assertThat(deutsch.locator("html")).hasAttribute("lang", "de");
            accessible(deutsch);
            Chromium.photograph(deutsch, "worklist-de");
            deutsch.navigate("/studies/" + study.uid());
            assertThat(deutsch.locator("body")).containsText("Zustellungen");
            accessible(deutsch);
            Chromium.photograph(deutsch, "study-de");
        }
        enter("rosa");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Deutsch"))
                .click();
        assertThat(page.locator("h1")).hasText("Arbeitsliste");
        page.navigate("/worklist?show=MINE");
        assertThat(page.locator("h1")).hasText("Arbeitsliste");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("English"))
                .click();
        assertThat(page.locator("h1")).hasText("Worklist");
        assertThat(page.locator("[aria-current=page]")).hasText("With me");
    }

    @Test
    void anAuditorSeesTheHistoryAndNoPictures() throws Exception {
        MrStudy study = judged();
        enter("otto");
        assertThat(page.locator("body")).containsText("Your role does not show this page");
        accessible(page);
        page.navigate("/studies/" + study.uid());
        assertThat(page.locator("body")).containsText("Pictures are for coordinators and radiologists");
        assertThat(page.locator("body")).containsText("127.0.0.1");
        assertThat(page.locator("img")).hasCount(0);
        assertThat(page.locator("main form")).hasCount(0);
        assertThat(page.navigate(picture(study, "source")).status()).isEqualTo(403);
        page.navigate("/studies/1.2.3");
        assertThat(page.locator("body")).containsText("not known here");
    }

    @Test
    void everyPageFitsASmallScreenAndATablet() throws Exception {
        MrStudy study = judged();
        enter("rosa");
        for (int[] screen : new int[][] {{1280, 720}, {768, 1024}}) {
            page.setViewportSize(screen[0], screen[1]);
            for (String path : List.of("/worklist", "/studies/" + study.uid())) {
                page.navigate(path);
                assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                        .as(path + " on " + screen[0])
                        .isLessThanOrEqualTo(screen[0]);
                Chromium.photograph(page, (path.contains("studies") ? "study-" : "worklist-") + screen[0]);
            }
            accessible(page);
        }
    }

    private static void accessible(Page page) {
        List<Rule> violations = new AxeBuilder(page).withTags(WCAG_AA).analyze().getViolations();
        assertThat(violations.stream()
                        .map(rule -> rule.getId() + ": " + rule.getHelp() + " "
                                + rule.getNodes().stream()
                                        .map(node -> node.getHtml() + " " + node.getFailureSummary())
                                        .toList())
                        .toList())
                .isEmpty();
    }

    private static LocatorAssertions.ContainsTextOptions within() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(LONG);
    }

    private void enter(String name) {
        page.navigate("/worklist");
        signIn(page, name, PASSWORD);
        assertThat(page.locator("body")).containsText("Signed in as " + name);
    }

    private static void signIn(Page page, String name, String password) {
        page.getByLabel("Name").fill(name);
        page.locator("#password").fill(password);
        page.keyboard().press("Enter");
    }

    private static Locator row(Page page, MrStudy study) {
        return page.locator("[data-study='" + study.uid() + "']");
    }

    /** For a selector by id. */
    private static String escaped(MrStudy study) {
        return study.uid().replace(".", "\\.");
    }

    /** One that no test changes. */
    private MrStudy judged() throws Exception {
        if (judged == null) {
            judged = sent("judged");
        }
        return judged;
    }

    /** Of two images, on the worklist. */
    private MrStudy sent(String name) throws Exception {
        Path folder = Files.createTempDirectory("rigatino-page");
        MrStudy study = new MrStudy(folder, "page-" + name).slice().slice();
        study.send(new RemoteNode(
                "127.0.0.1", ingest.port(), ingest.aeTitle(), "TEST", Duration.ofSeconds(5), Duration.ofSeconds(30)));
        await().atMost(Duration.ofSeconds(90))
                .until(() -> program().get("/api/worklist/" + study.uid()).statusCode() == 200);
        return study;
    }

    private static String picture(MrStudy study, String kind) {
        String instance = program().get("/api/studies/" + study.uid()).path("[0].findings[0].sopInstanceUid");
        return "/api/studies/" + study.uid() + "/images/" + instance + "/frames/1/" + kind;
    }

    private static BufferedImage png(String path) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(program()
                .get(path)
                .then()
                .statusCode(200)
                .contentType("image/png")
                .extract()
                .asByteArray()));
    }

    private static RequestSpecification program() {
        return given().auth().preemptive().oauth2(TOKEN);
    }

    /** Kind and actor of each event of a study that somebody is behind. */
    private static List<String> trail(MrStudy study) {
        return program()
                .get("/api/studies/" + study.uid() + "/audit")
                .jsonPath()
                .<Map<String, Object>>getList("$")
                .stream()
                .map(row -> row.get("kind") + " " + row.get("actor"))
                .toList();
    }

    private static void addOnce(String name, String role) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream((PASSWORD + "\n").getBytes(StandardCharsets.UTF_8)));
        try {
            // Refused where an earlier test added it.
            new CommandLine(new UserCommand()).execute("add", name, "--role", role, "--password-stdin");
        } finally {
            System.setIn(before);
        }
    }
}
