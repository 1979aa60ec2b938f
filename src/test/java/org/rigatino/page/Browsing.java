package org.rigatino.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import io.quarkus.test.common.http.TestHTTPResource;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rigatino.Patience;
import org.rigatino.access.People;
import org.rigatino.access.UserRole;
import org.rigatino.dicom.RemoteNode;
import org.rigatino.dicom.StorageScu;
import org.rigatino.dicom.StoreStatus;
import org.rigatino.dicom.Uids;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.proof.demo.DicomFiles.DicomFile;
import org.rigatino.proof.demo.TestStudies;

/**
 * What tests of a page share: a browser, people who sign in, studies that a real worker restored. Each class names
 * {@link GuardedWorker} as its resource, so that all of them run on one application.
 */
abstract class Browsing {
    static final String PASSWORD = "a long enough password";

    /** Acts and fields that are not whole in sight. */
    private static final String CUT_OFF =
            """
            () => [...document.querySelectorAll('main :is(button, .button, input, select)')].filter(one => {
              const box = one.getBoundingClientRect();
              let cut = box.width > 0 && (box.left < -1 || box.right > innerWidth + 1);
              for (let around = one.parentElement; around && box.width > 0; around = around.parentElement) {
                if (getComputedStyle(around).overflowX !== 'visible') {
                  const frame = around.getBoundingClientRect();
                  cut ||= box.left < frame.left - 1 || box.right > frame.right + 1;
                }
              }
              return cut;
            }).map(one => one.outerHTML)""";

    private static final List<String> WCAG_AA = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    /** Of this application, whose class loader this class is of too. */
    private static final Set<String> ADDED = new HashSet<>();

    /** Of people who signed in here. */
    private static final Map<String, List<Cookie>> SESSIONS = new HashMap<>();

    /** One for all classes of a suite, closed with it. */
    @RegisterExtension
    static final BeforeAllCallback BROWSER = context -> chromium = context.getRoot()
            .getStore(ExtensionContext.Namespace.create(Chromium.class))
            .computeIfAbsent(Chromium.class, type -> Chromium.start(), Chromium.class);

    static Chromium chromium;

    @TestHTTPResource("/")
    String base;

    @Inject
    DataSource database;

    @Inject
    IngestConfiguration ingest;

    BrowserContext person;
    Page page;

    @BeforeEach
    void people() {
        addOnce("rosa", UserRole.RADIOLOGIST);
        addOnce("otto", UserRole.AUDITOR);
        addOnce("adam", UserRole.ADMINISTRATOR);
        addOnce("carla", UserRole.COORDINATOR);
        person = chromium.person(base, "en-GB");
        page = person.newPage();
    }

    @AfterEach
    void leave() {
        person.close();
    }

    /** As who signed in a while ago: by the form only the first time, and where that is longer ago than a session lasts. */
    void enter(String name) {
        person.addCookies(SESSIONS.getOrDefault(name, List.of()));
        page.navigate("/worklist");
        if (page.locator("#password").count() > 0) {
            signIn(page, name, PASSWORD);
        }
        assertThat(page.locator("body")).containsText("Signed in as " + name);
        SESSIONS.put(name, session());
    }

    private List<Cookie> session() {
        return person.cookies().stream()
                .filter(cookie -> cookie.name.equals("rigatino-session"))
                .toList();
    }

    static void signIn(Page page, String name, String password) {
        page.getByLabel("Name").fill(name);
        page.locator("#password").fill(password);
        page.keyboard().press("Enter");
    }

    /** Until the modules of a study's page run: a page that an act leads to is there before them. */
    static void scripted(Page page) {
        Chromium.await(page, "document.documentElement.dataset.scripts === 'run'");
    }

    /** Until all pictures of a study's page are there, before which nothing is answered. */
    static void pictured(Page page) {
        Chromium.await(
                page,
                "document.readyState === 'complete'"
                        + " && import('/page/study/viewer.js').then(shown => shown.unseen() !== 'early')");
    }

    /** By WCAG 2.2 AA, as far as a program can tell. No page has frames, for which alone a second, blank page would be opened. */
    static void accessible(Page page) {
        // With its style sheet, which what it says does not wait for.
        Chromium.await(page, "document.readyState === 'complete'");
        AxeRunOptions violationsAlone = new AxeRunOptions();
        violationsAlone.setResultTypes(List.of("violations"));
        List<Rule> violations = new AxeBuilder(page)
                .options(violationsAlone)
                .withTags(WCAG_AA)
                .setLegacyMode(true)
                .analyze()
                .getViolations();
        assertThat(violations.stream()
                        .map(rule -> rule.getId() + ": " + rule.getHelp() + " "
                                + rule.getNodes().stream()
                                        .map(node -> node.getHtml() + " " + node.getFailureSummary())
                                        .toList())
                        .toList())
                .isEmpty();
    }

    /**
     * Nothing is cut off or to be scrolled to from side to side, at 1280x720 and on a tablet, whose system asks for light pages;
     * nor where the window of a telephone becomes that of a wide screen. Photographed.
     */
    void fits(String path, String name) {
        page.setViewportSize(390, 900);
        page.navigate(path);
        for (int width : new int[] {390, 1024, 1440}) {
            page.setViewportSize(width, 900);
            nothingIsCutOff(path, width);
        }
        for (int[] screen : new int[][] {{1280, 720}, {768, 1024}}) {
            page.setViewportSize(screen[0], screen[1]);
            page.emulateMedia(new Page.EmulateMediaOptions()
                    .setColorScheme(screen[0] == 1280 ? ColorScheme.DARK : ColorScheme.LIGHT));
            page.navigate(path);
            nothingIsCutOff(path, screen[0]);
            assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                    .as(path + " on " + screen[0])
                    .isLessThanOrEqualTo(screen[0]);
            Chromium.photograph(page, name + "-" + screen[0]);
            accessible(page);
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    }

    private void nothingIsCutOff(String path, int width) {
        assertThat(page.evaluate(CUT_OFF)).as(path + " on " + width).isEqualTo(List.of());
    }

    static Locator row(Page page, String study) {
        return page.locator("[data-study='" + study + "']");
    }

    /** For a selector by id. */
    static String escaped(String study) {
        return study.replace(".", "\\.");
    }

    /** The demo's head with a simulated lesion, which no test changes. */
    String judged() throws Exception {
        return sent("judged", 20);
    }

    /** Study Instance UID of what is sent under a name. */
    static String uid(String name) {
        return Uids.nameBased("demo", "PAGE-" + name, "study");
    }

    /** Two slices through the lesion. */
    String sent(String name) throws Exception {
        return sent(name, 2);
    }

    /** On the worklist. Sent once for each name. */
    private String sent(String name, int slices) throws Exception {
        String study = uid(name);
        if (listed(study)) {
            return study;
        }
        List<DicomFile> files = TestStudies.head(Files.createTempDirectory("rigatino-page"), "PAGE-" + name, slices);
        send(files.stream().map(DicomFile::path).toList());
        await().until(() -> listed(study));
        return study;
    }

    /** The slices of a study that was {@link #sent}, as a study of another day of the same patient; listed. */
    String sentAgain(String name, String date, String frameOfReference) throws Exception {
        Path folder = Files.createTempDirectory("rigatino-page");
        List<DicomFile> files = TestStudies.again(
                TestStudies.head(folder.resolve("first"), "PAGE-" + name, 2), folder, date, frameOfReference);
        send(files.stream().map(DicomFile::path).toList());
        String study = files.get(0).studyInstanceUid();
        await().until(() -> listed(study));
        return study;
    }

    private void send(List<Path> files) throws IOException {
        RemoteNode node =
                new RemoteNode("127.0.0.1", ingest.port(), ingest.aeTitle(), "TEST", Patience.STEP, Patience.STEP);
        try (StorageScu scu = StorageScu.open(node, files)) {
            for (Path file : files) {
                assertThat(scu.store(file)).matches(StoreStatus::isSuccess);
            }
        }
    }

    private static boolean listed(String study) {
        return program().get("/api/worklist/" + study).statusCode() == 200;
    }

    /** The path of a picture of the study's most abnormal image. */
    static String picture(String study, String kind) {
        String instance = program().get("/api/studies/" + study).path("[0].findings[0].sopInstanceUid");
        return "/api/studies/" + study + "/images/" + instance + "/frames/1/" + kind;
    }

    static RequestSpecification program() {
        return given().auth().preemptive().oauth2(GuardedWorker.TOKEN);
    }

    /** Kind and actor of each event of a study that somebody is behind. */
    static List<String> trail(String study) {
        return program().get("/api/studies/" + study + "/audit").jsonPath().<Map<String, Object>>getList("$").stream()
                .map(row -> row.get("kind") + " " + row.get("actor"))
                .toList();
    }

    void addOnce(String name, String role) {
        if (ADDED.add(name)) {
            People.add(name, role, PASSWORD);
        }
    }

    /** As if its two images were not flagged. */
    void unflag(String study) throws SQLException {
        update(
                "update finding set flagged = false where instance_id in (select i.id from instance i"
                        + " join study s on s.id = i.study_id where s.study_instance_uid = ?)",
                study);
    }

    /** Of two rows, once they are there. */
    void update(String sql, String... values) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                update.setString(i + 1, values[i]);
            }
            await().until(() -> update.executeUpdate() == 2);
        }
    }
}
