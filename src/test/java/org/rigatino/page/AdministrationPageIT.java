package org.rigatino.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rigatino.Patience.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Patience;
import org.rigatino.deliver.DeliverConfiguration;
import org.rigatino.dicom.DicomListener;
import org.rigatino.dicom.RemoteNode;
import org.rigatino.dicom.StoreHandler;
import org.rigatino.dicom.StoreStatus;
import org.rigatino.dicom.Tool;
import org.rigatino.dicom.VerificationScu;
import org.rigatino.proof.demo.Orthanc;
import org.rigatino.worker.Archives;
import org.rigatino.worker.MrStudy;

/** Destinations and what failed, as administrators see them. */
@QuarkusTest
@WithTestResource(GuardedWorker.class)
class AdministrationPageIT extends Browsing {
    @Inject
    DataSource database;

    @Inject
    DeliverConfiguration deliver;

    @TempDir
    Path folder;

    @Test
    void cEchoTellsInWordsWhatCameOfIt() throws Exception {
        openAsAdministrator();
        assertThat(row("pacs")).containsText("ORTHANC at 127.0.0.1:" + port("pacs"));
        assertThat(row("pacs")).containsText("proved by storage commitment");
        assertThat(row("other")).containsText("C-FIND");
        assertThat(row("pacs")).containsText("secondary capture");

        echo("pacs");
        assertThat(outcome()).containsText("Nothing takes connections at 127.0.0.1:" + port("pacs"));
        assertThat(outcome()).containsText("Connection refused");
        accessible(page);
        Chromium.photograph(page, "administration-refused");

        try (Orthanc orthanc = archive("pacs", Map.of())) {
            echo("pacs");
            assertThat(outcome()).containsText("pacs answered C-ECHO after ");
            Chromium.photograph(page, "administration-answered");
        }
        try (Orthanc stranger = archive("pacs", Map.of("DicomAet", "SOMEBODY"))) {
            echo("pacs");
            assertThat(outcome()).containsText("pacs rejected the association");
            assertThat(outcome()).containsText("knows the AE title RIGATINO");
            assertThat(outcome()).containsText("called AE title not recognized");
        }
        assertThat(tested("pacs"))
                .anyMatch(detail -> detail.startsWith("C-ECHO: CONNECTION_REFUSED"))
                .anyMatch(detail -> detail.startsWith("C-ECHO: ANSWERED"))
                .anyMatch(detail -> detail.startsWith("C-ECHO: REJECTED"));
    }

    @Test
    void aSilentPeerIsGivenUp() throws Exception {
        openAsAdministrator();
        try (ServerSocket silent = new ServerSocket(port("other"))) {
            echo("other");
            assertThat(outcome()).containsText("Asking other by C-ECHO");
            assertThat(outcome())
                    .containsText(
                            "other did not answer in time",
                            new LocatorAssertions.ContainsTextOptions().setTimeout(Patience.STEP.toMillis()));
        }
    }

    @Test
    void withoutScriptsTheOutcomeIsOnThePageThatFollows() {
        try (BrowserContext plain = chromium.person(base, "en-GB")) {
            Page form = plain.newPage();
            form.navigate("/worklist");
            signIn(form, "adam", PASSWORD);
            assertThat(form.locator("body")).containsText("Signed in as adam");
            form.route("**/page/administration.js", route -> route.abort());
            form.navigate("/administration");
            form.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("C-ECHO to pacs"))
                    .click();
            assertThat(form.getByRole(AriaRole.STATUS)).containsText("Nothing takes connections");
        }
    }

    /** The way of who has no shell: a page, an Orthanc that no file names, and a study that arrives there confirmed. */
    @Test
    void anArchiveIsAddedOnThePageAndReceives() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/sbin/Orthanc")), "orthanc is not installed");
        int port = Tool.freePort();
        openAsAdministrator();
        assertThat(row("pacs")).containsText("From the configuration");
        link("Add a destination").press("Enter");
        page.getByLabel("Name, as it is to be shown here").fill("ward");
        page.getByLabel("Host name or address").fill("127.0.0.1");
        page.getByLabel("Port", exactly()).fill("99999");
        page.getByLabel("AE title", exactly()).fill("WARD");
        act("Save");
        assertThat(outcome()).containsText("ward.port must be less than or equal to 65535");
        assertThat(page.getByLabel("Host name or address")).hasValue("127.0.0.1");
        accessible(page);
        inGerman(
                "/administration/destination",
                "name=ward&host=h&title=W&port=99999&commitment=none&object=secondary-capture",
                "Nicht geschehen: Der Port (rigatino.deliver.destinations.ward.port) darf höchstens 65535 sein.");
        inGerman(
                "/administration/senders",
                "kind=AE_TITLE&value=A+TITLE+THAT+IS+TOO+LONG",
                "\"A TITLE THAT IS TOO LONG\" ist kein AE-Titel");
        inGerman(
                "/administration/destinations/nowhere/repeat",
                "place=A+at+h:104&repeatable=1",
                "Ein Ziel nowhere steht weder in rigatino.deliver.destinations noch wurde es hier hinzugefügt");
        page.getByLabel("Port", exactly()).fill("" + port);
        act("Test");
        assertThat(outcome()).containsText("Nothing takes connections at 127.0.0.1:" + port);
        page.setViewportSize(390, 844);
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(390);
        Chromium.photograph(page, "destination-390");
        fits("/administration/destination", "destination");

        try (Orthanc ward = Orthanc.start(
                Files.createTempDirectory(folder, "ward"),
                port,
                Tool.freePort(),
                Map.of(deliver.aeTitle(), ingest.port()),
                Map.of("DicomAet", "WARD"))) {
            page.navigate("/administration/destination");
            page.getByLabel("Name, as it is to be shown here").fill("ward");
            page.getByLabel("Host name or address").fill("127.0.0.1");
            page.getByLabel("Port", exactly()).fill("" + port);
            page.getByLabel("AE title", exactly()).fill("WARD");
            act("Test");
            assertThat(outcome()).containsText("ward answered C-ECHO after ");
            act("Save");
            assertThat(outcome()).containsText("Saved.");
            act("Pause");
            assertThat(page.locator("main")).containsText("Paused: what is for it waits");
            try (Orthanc pacs = archive("pacs", Map.of());
                    Orthanc other = archive("other", Map.of())) {
                String study = sent("ward");
                await().until(() -> settled(study, "pacs"));
                assertThat(of(study, "ward", "state")).isNotEmpty().containsOnly("PENDING");
                act("Go on");
                await().until(() -> state(study).equals("CONFIRMED"));
                assertThat(of(study, "ward", "confirmedBy")).containsOnly("STORAGE_COMMITMENT");
                assertThat(ward.instancesOf(study)).hasSameSizeAs(of(study, "ward", "state"));
            }
        }
        page.navigate("/administration");
        assertThat(row("ward")).containsText("Set here by adam");
        Chromium.photograph(page, "administration-added");
        link("Change ward").click();
        Page stale = person.newPage();
        stale.navigate("/administration/destination?name=ward");
        page.getByLabel("AE title", exactly()).fill("OTHERS");
        page.getByLabel("AE title", exactly()).press("Enter");
        assertThat(program().get("/api/destinations").statusCode()).isEqualTo(403);
        act("Save");
        assertThat(outcome()).containsText("Saved.");
        stale.getByLabel("AE title", exactly()).fill("LATE");
        stale.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save"))
                .press("Enter");
        assertThat(stale.getByRole(AriaRole.STATUS)).containsText("somebody was quicker: adam changed ward");
        page.navigate("/administration/destination?name=ward");
        page.getByLabel("Remove ward").check();
        act("Remove");
        assertThat(outcome()).containsText("ward is removed.");
        assertThat(row("ward")).hasCount(0);
        assertThat(told("DESTINATION_ADDED")).hasSize(1);
        assertThat(told("DESTINATION_CHANGED")).hasSize(3).anyMatch(detail -> detail.contains("OTHERS at 127.0.0.1"));
        assertThat(told("DESTINATION_REMOVED")).hasSize(1);
    }

    @Test
    void whoIsAddedToTheSendersMaySendAtOnce() throws Exception {
        openAsAdministrator();
        assertThat(page.locator("main")).containsText("All are served: the configuration has no list.");
        assertThat(page.locator("[data-user='otto']")).containsText("auditor");
        assertThatThrownBy(() -> echoFrom("WARD2")).hasMessageContaining("calling AE title");
        Locator more = page.getByLabel("One more AE title", exactly());
        more.fill("A TITLE THAT IS TOO LONG");
        more.press("Enter");
        assertThat(outcome()).containsText("is not an AE title");
        page.getByLabel("One more AE title", exactly()).fill("WARD2");
        page.getByLabel("One more AE title", exactly()).press("Enter");
        Locator added = page.locator("[data-sender='WARD2']");
        assertThat(added).containsText("added by adam");
        assertThat(outcome()).containsText("WARD2 is added and may send.");
        assertThat(size("section > h3")).isLessThan(size("section > h2"));
        echoFrom("WARD2");
        accessible(page);
        fits("/administration", "administration-senders");
        page.setViewportSize(390, 844);
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(390);
        Chromium.photograph(page, "administration-390");
        act("Take out WARD2");
        assertThat(outcome()).containsText("WARD2 is taken out.");
        assertThat(added).hasCount(0);
        page.navigate("/administration?changed=SENDER_ADDED&name=WARD2");
        assertThat(page.locator("#outcome .told")).hasCount(0);
        await().untilAsserted(
                        () -> assertThatThrownBy(() -> echoFrom("WARD2")).hasMessageContaining("calling AE title"));
        assertThat(told("SENDER_ADDED")).containsExactly("added to calling-ae-titles before: none; after: WARD2");
        assertThat(told("SENDER_REMOVED")).hasSize(1);
    }

    /** Of the first one's letters, in pixels. */
    private double size(String heading) {
        return ((Number) page.locator(heading).first().evaluate("one => parseFloat(getComputedStyle(one).fontSize)"))
                .doubleValue();
    }

    private void inGerman(String path, String form, String said) {
        assertThat(page.request()
                        .post(
                                path + "?language=de",
                                RequestOptions.create()
                                        .setHeader("Content-Type", "application/x-www-form-urlencoded")
                                        .setData(form))
                        .text()
                        .replaceAll("<[^>]*>", "")
                        .replace("&quot;", "\""))
                .contains(said);
        page.request().get("/administration?language=en");
    }

    private void echoFrom(String title) throws Exception {
        VerificationScu.echo(
                new RemoteNode("127.0.0.1", ingest.port(), ingest.aeTitle(), title, Patience.STEP, Patience.STEP));
    }

    private static Page.GetByLabelOptions exactly() {
        return new Page.GetByLabelOptions().setExact(true);
    }

    private Locator link(String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
    }

    private void act(String name) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .press("Enter");
    }

    private static boolean settled(String study, String destination) {
        List<String> states = of(study, destination, "state");
        return !states.isEmpty() && states.stream().allMatch("CONFIRMED"::equals);
    }

    private static List<String> of(String study, String destination, String what) {
        return program()
                .get("/api/studies/" + study)
                .jsonPath()
                .getList("[0].deliveries.findAll { it.destination == '" + destination + "' }." + what);
    }

    private static List<String> told(String kind) {
        return program()
                .get("/api/audit?kind=" + kind + "&actor=adam")
                .jsonPath()
                .getList("rows.detail");
    }

    @Test
    void aStudyThatFailedIsReplayedAndEndsConfirmed() throws Exception {
        String study = uid("fails");
        Locator row = page.locator("[data-failed='" + study + "']");
        try (DicomListener pacs = Archives.answering(port("pacs"), refusing(study));
                DicomListener other = Archives.answering(port("other"), refusing(study))) {
            sent("fails");
            await().until(() -> state(study).equals("FAILED"));
        }
        openAsAdministrator();
        assertThat(row).containsText("deliver");
        assertThat(row).containsText("C-STORE was answered A900H");
        assertThat(row).containsText("5");
        accessible(page);
        fits("/administration", "administration");

        try (Orthanc pacs = archive("pacs", Map.of());
                Orthanc other = archive("other", Map.of())) {
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Replay study " + study))
                    .press("Enter");
            assertThat(page.getByRole(AriaRole.STATUS)).containsText("One study revision is at work again");
            assertThat(row).hasCount(0);
            await().until(() -> state(study).equals("CONFIRMED"));
        }
        assertThat(trail(study)).contains("STUDY_REPLAYED adam");
    }

    @Test
    void whoIsRightOfSeveralPatientsIsSaidOnAPage() throws Exception {
        MrStudy mixed = new MrStudy(folder, "page-mixed").slice().sliceOfAnotherPatient();
        mixed.send(new RemoteNode("127.0.0.1", ingest.port(), ingest.aeTitle(), "TEST", Patience.STEP, Patience.STEP));
        await().ignoreExceptions().until(() -> state(mixed.uid()).equals("REFUSED"));
        String path = "/administration/studies/" + mixed.uid();
        enter("rosa");
        assertThat(page.navigate(path).status()).isEqualTo(403);
        assertThat(page.content()).doesNotContain("ANOTHER");
        person.clearCookies();

        openAsAdministrator();
        page.locator("[data-doubt='" + mixed.uid() + "'] a[href='" + path + "']")
                .click();
        Locator patients = page.locator("[data-patient]");
        assertThat(patients).hasCount(2);
        assertThat(patients.nth(1)).containsText("ANOTHER");
        fits(path, "patients");
        Locator judgeAnew = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Judge anew"));
        execute("update study set instances_deleted_at = now() where study_instance_uid = '" + mixed.uid() + "'");
        page.navigate(path);
        assertThat(page.getByText("until the study was sent again")).hasCount(2);
        assertThat(patients.nth(0).getByRole(AriaRole.CHECKBOX)).isDisabled();
        assertThat(judgeAnew).hasCount(0);
        execute("update study set instances_deleted_at = null where study_instance_uid = '" + mixed.uid() + "'");
        page.navigate(path);
        assertThat(judgeAnew).isVisible();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("These are right"))
                .click();
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("tick at least one patient");
        patients.nth(0).getByRole(AriaRole.CHECKBOX).check();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("These are right"))
                .press("Enter");
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("The study goes on under that patient.");
        assertThat(trail(mixed.uid())).contains("PATIENT_CHOSEN adam", "STUDY_VIEWED adam");
        page.navigate("/administration");
        assertThat(page.locator("[data-doubt='" + mixed.uid() + "']")).hasCount(0);
        page.navigate("/administration/studies/" + judged());
        assertThat(page.getByText("there is nothing to judge anew")).isVisible();
        assertThat(judgeAnew).hasCount(0);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void whatWasRefusedIsFoundAndJudgedAnew() throws Exception {
        MrStudy refused = new MrStudy(folder, "page-refused").sliceOfAnotherModality();
        refused.send(
                new RemoteNode("127.0.0.1", ingest.port(), ingest.aeTitle(), "TEST", Patience.STEP, Patience.STEP));
        await().ignoreExceptions().until(() -> state(refused.uid()).equals("REFUSED"));
        openAsAdministrator();
        Locator row = page.locator("[data-refused='" + refused.uid() + "']");
        assertThat(row).containsText("modality");
        accessible(page);
        fits("/administration", "administration-refused-studies");
        page.navigate("/administration");
        row.getByRole(AriaRole.BUTTON).press("Enter");
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("The study is being judged anew.");
        page.navigate("/administration?language=de&refused=1");
        assertThat(page.locator("#refused-studies")).containsText("Abgewiesene Studien");
        page.navigate("/administration?language=en");
        await().untilAsserted(() -> {
            page.reload();
            assertThat(row).hasCount(1, new LocatorAssertions.HasCountOptions().setTimeout(1));
            assertThat(row)
                    .containsText(
                            "revision 2",
                            new LocatorAssertions.ContainsTextOptions()
                                    .setIgnoreCase(true)
                                    .setTimeout(1));
        });
        assertThat(trail(refused.uid())).contains("STUDY_JUDGED_ANEW adam");
    }

    @Test
    void othersSeeAndDoNothing() {
        for (String name : List.of("rosa", "otto")) {
            person.clearCookies();
            enter(name);
            assertThat(page.locator(".places a[href='/administration']")).hasCount(0);
            assertThat(page.navigate("/administration").status()).isEqualTo(403);
            assertThat(page.locator("body")).containsText("Your role does not show this page");
        }
        assertThat(program().post("/api/destinations/pacs/echo").statusCode()).isEqualTo(403);
        assertThat(given().post("/administration/destinations/pacs/echo").statusCode())
                .isEqualTo(401);
    }

    @Test
    void germanIsSpokenToo() {
        try (BrowserContext german = chromium.person(base, "de-DE")) {
            Page deutsch = german.newPage();
            deutsch.navigate("/worklist");
            signIn(deutsch, "adam", PASSWORD);
            assertThat(deutsch.locator("body")).containsText("Angemeldet als adam");
            deutsch.navigate("/administration");
            assertThat(deutsch.locator("h1")).hasText("Verwaltung");
            deutsch.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("C-ECHO an pacs"))
                    .click();
            assertThat(deutsch.getByRole(AriaRole.STATUS)).containsText("Niemand nimmt Verbindungen");
            accessible(deutsch);
            deutsch.navigate("/administration/destination");
            assertThat(deutsch.locator("h1")).hasText("Ein Ziel hinzufügen");
            accessible(deutsch);
            deutsch.navigate("/administration");
            Chromium.photograph(deutsch, "administration-de");
        }
    }

    private void openAsAdministrator() {
        enter("adam");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Administration"))
                .click();
        assertThat(page.locator("h1")).hasText("Administration");
        // Its scripts have run then: without them an act is followed by another page.
        page.waitForLoadState();
    }

    /** By keyboard; the button keeps the focus. */
    private void echo(String destination) {
        Locator button =
                page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("C-ECHO to " + destination));
        button.focus();
        page.keyboard().press("Enter");
        assertThat(button).isFocused();
    }

    private Locator outcome() {
        return page.getByRole(AriaRole.STATUS);
    }

    private Locator row(String destination) {
        return page.locator("[data-destination='" + destination + "']");
    }

    private int port(String destination) {
        return deliver.destinations().get(destination).port();
    }

    private Orthanc archive(String destination, Map<String, Object> settings) throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/sbin/Orthanc")), "orthanc is not installed");
        return Orthanc.start(
                Files.createTempDirectory(folder, destination),
                port(destination),
                Tool.freePort(),
                Map.of(deliver.aeTitle(), ingest.port()),
                settings);
    }

    /** Objects of other studies have to wait: those are other tests'. */
    private static StoreHandler refusing(String study) {
        return (request, dataset) ->
                isOf(study, dataset) ? StoreStatus.DATASET_DOES_NOT_MATCH_SOP_CLASS : StoreStatus.OUT_OF_RESOURCES;
    }

    private static boolean isOf(String study, InputStream dataset) {
        try {
            return new String(dataset.readAllBytes(), StandardCharsets.ISO_8859_1).contains(study);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String state(String study) {
        return program().get("/api/studies/" + study).path("[0].study.state");
    }

    private static List<String> tested(String destination) {
        return program()
                .get("/api/audit?kind=DESTINATION_TESTED&actor=adam")
                .jsonPath()
                .getList("rows.detail");
    }
}
