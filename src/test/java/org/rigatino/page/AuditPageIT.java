package org.rigatino.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;

/** The audit trail as auditors see it. */
@QuarkusTest
@WithTestResource(GuardedWorker.class)
class AuditPageIT extends Browsing {
    private static final String ROWS = "[...document.querySelectorAll('tr[data-row]')].map(row => ";

    @Test
    void anAuditorReadsTheLatestFirstAndIsInItAlready() {
        enter("otto");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Audit"))
                .click();
        assertThat(page.locator("h1")).hasText("Audit trail");
        page.navigate("/audit?actor=otto");
        assertThat(page.locator("tr[data-row]").first()).containsText("AUDIT_VIEWED");
        assertThat(page.locator("tr[data-row]").first()).containsText("otto");
        assertThat(page.locator("tr[data-row]").first()).containsText("127.0.0.1");
        assertThat(ids()).isSortedAccordingTo((one, other) -> other - one);
        assertThat(page.locator("code").first()).containsText("audit-anchor ");
        assertThat(page.locator("body")).containsText("./rigatino audit verify");
        assertThat(page.locator("body")).containsText("Each row shown matches its own hash");
        accessible(page);
        fits("/audit", "audit");
    }

    @Test
    void filtersNarrowItDownByKeyboard() throws Exception {
        String study = sent("audited");
        enter("otto");
        page.navigate("/audit");
        page.getByLabel("Study or instance UID").fill(study);
        page.keyboard().press("Enter");
        assertThat(page.locator("tr[data-row]", new Page.LocatorOptions().setHasText("STUDY_READY")))
                .hasCount(1);
        assertThat(texts("a.uid")).containsOnly(study);
        page.getByLabel("Kind").selectOption("OUTPUT_WRITTEN");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show"))
                .press("Enter");
        assertThat(page.locator("tr[data-row] .kind").first()).hasText("OUTPUT_WRITTEN");
        assertThat(texts(".kind")).containsOnly("OUTPUT_WRITTEN");
        assertThat(page.getByLabel("Study or instance UID")).hasValue(study);

        page.navigate("/audit?actor=otto&kind=SIGN_IN");
        assertThat(page.locator("tr[data-row]").first()).containsText("by password");
        assertThat(page.getByLabel("Who")).hasValue("otto");
        page.navigate("/audit?actor=nobody&from=2026-01-01");
        assertThat(page.locator("body")).containsText("No event.");
        accessible(page);
        Chromium.photograph(page, "audit-none");
    }

    @Test
    void whatCannotBeMeantIsRefusedInsteadOfAnsweredWithNothingOrEverything() {
        enter("otto");
        for (String path : List.of("/audit", "/api/audit", "/api/audit/export")) {
            for (String question : List.of(
                    "from=yesterday",
                    "kind=STUDY_REDY",
                    "from=2026-03-02&to=2026-03-01",
                    "aktor=otto",
                    "actors=otto",
                    "study=DOE%5EJANE",
                    "study=ZUSE-4711",
                    "actor=MUELLER%5EEVA",
                    "actor=otto&actor=rosa",
                    "from=2026-01-01&from=2026-02-01")) {
                assertThat(page.navigate(path + "?" + question).status())
                        .as(path + "?" + question)
                        .isEqualTo(400);
            }
        }
        assertThat(program()
                        .get("/api/audit?kind=AUDIT_VIEWED,AUDIT_EXPORTED&size=1000")
                        .asString())
                .doesNotContain("JANE", "EVA", "ZUSE");
        page.navigate("/audit?kind=STUDY_REDY&language=de");
        assertThat(page.locator("main h1")).hasText("Das wurde nicht getan");
        assertThat(page.locator("main [lang=en]")).containsText("STUDY_READY");
        accessible(page);
        page.navigate("/audit?before=abc&language=en");
        assertThat(page.locator("main [lang=en]")).containsText("the parameter \"before\" of the address");
        assertThat(page.locator("header")).containsText("otto");
        assertThat(program().get("/api/audit?kind=STUDY_REDY").asString()).contains("STUDY_REDY", "STUDY_READY");
        assertThat(program().get("/api/worklist?prioritiy=HIGH").asString()).contains("prioritiy", "priority");
    }

    /** A surname looks like a user's name, and a date of birth like a UID. */
    @Test
    void whatStandsInNoRowIsAnsweredAndNotWrittenIntoOne() {
        for (String path : List.of("/api/audit", "/api/audit/export")) {
            for (String question : List.of("study=1.2.1970", "actor=zebulonski")) {
                program().get(path + "?" + question).then().statusCode(200);
            }
        }
        assertThat(program()
                        .get("/api/audit?kind=AUDIT_VIEWED&kind=AUDIT_EXPORTED&size=1000")
                        .asString())
                .doesNotContain("1.2.1970", "zebulonski")
                .contains("of no row");
    }

    @Test
    void theHistoryOfAStudyThatThereIsNotIsNotEmpty() {
        assertThat(program().get("/api/studies/1.2.3.4/audit").statusCode()).isEqualTo(404);
        assertThat(program().get("/api/studies/1.2.3.4/audit").asString()).contains("no study 1.2.3.4 was received");
        assertThat(program().get("/api/studies/garbage/audit").statusCode()).isEqualTo(404);
        assertThat(program().get("/api/studies/garbage/audit").asString()).contains("no study garbage was received");
    }

    @Test
    void anInstanceAndWhatWasMadeOfItLeadToTheirStudy() throws Exception {
        String study = sent("audited");
        String received = program().get("/api/studies/" + study).path("[0].instances[0].sopInstanceUid");
        String made = program().get("/api/studies/" + study).path("[0].outputs[0].sopInstanceUid");
        enter("otto");
        for (String uid : List.of(received, made)) {
            page.navigate("/audit?study=" + uid);
            assertThat(texts("a.uid")).contains(study).doesNotContain(uid);
            assertThat(page.locator("td.kind").first()).hasText("AUDIT_VIEWED");
        }
    }

    @Test
    void pagesGoBackInTimeAndToTheLatest() {
        for (int i = 0; i < 60; i++) {
            program()
                    .get("/api/audit?from=2026-01-01T00:00:%02dZ".formatted(i))
                    .then()
                    .statusCode(200);
        }
        enter("otto");
        page.navigate("/audit?kind=AUDIT_VIEWED&actor=program");
        List<Integer> latest = ids();
        assertThat(latest).hasSize(50);
        assertThat(page.locator("caption")).hasText(Pattern.compile("50 of \\d{2,} events, the latest first"));
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Earlier"))
                .click();
        assertThat(page.locator("body")).containsText("00:05Z\"");
        assertThat(ids().get(0)).isLessThan(latest.get(49));
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Latest"))
                .click();
        assertThat(page.locator("body")).containsText("00:59Z");
        assertThat(ids()).isEqualTo(latest);
    }

    @Test
    void whatIsShownIsExportedAndTheExportIsOnRecord() throws Exception {
        String study = sent("audited");
        enter("otto");
        page.navigate("/audit?study=" + study + "&kind=OUTPUT_WRITTEN");
        List<Integer> shown = ids();
        Download download =
                page.waitForDownload(() -> page.getByText("Export these as CSV").click());
        assertThat(download.suggestedFilename()).matches("audit-\\d{8}T\\d{6}Z\\.csv");
        Path file = download.path();
        List<String> lines = Files.readAllLines(file);
        assertThat(lines.get(0)).startsWith("\"id\",\"occurred_at\",\"kind\",");
        assertThat(lines).hasSize(1 + shown.size());
        assertThat(lines.subList(1, lines.size()))
                .allMatch(line -> line.contains("OUTPUT_WRITTEN") && line.contains(study));

        Map<String, Object> event = program()
                .get("/api/audit?kind=AUDIT_EXPORTED&actor=otto")
                .jsonPath()
                .getMap("rows[0]");
        assertThat(event).containsEntry("address", "127.0.0.1").containsEntry("studyInstanceUid", study);
        assertThat((String) event.get("subject")).isEqualTo(download.suggestedFilename());
        assertThat((String) event.get("detail"))
                .contains(shown.size() + " rows as csv")
                .contains("OUTPUT_WRITTEN")
                .endsWith(DigestUtils.sha256Hex(Files.readAllBytes(file)));
    }

    @Test
    void aLookIsRecordedOnceAnHourForEachQuestion() {
        enter("otto");
        for (int i = 0; i < 3; i++) {
            page.navigate("/audit?from=2026-01-02T03:04:05Z");
        }
        assertThat(program()
                        .get("/api/audit?kind=AUDIT_VIEWED&actor=otto&size=1000")
                        .jsonPath()
                        .getList("rows.detail", String.class))
                .filteredOn(detail -> detail.contains("03:04:05Z"))
                .hasSize(1);
    }

    /** Two of them look the same in the trail. */
    @Test
    void eachLookForWhatNoRowHasIsRecorded() {
        int before = ofNoRow();
        for (String actor : List.of("malinowska", "ferrucci")) {
            program().get("/api/audit?to=2026-01-03&actor=" + actor).then().statusCode(200);
        }
        assertThat(ofNoRow()).isEqualTo(before + 2);
    }

    private int ofNoRow() {
        return (int)
                program()
                        .get("/api/audit?kind=AUDIT_VIEWED&size=1000")
                        .jsonPath()
                        .getList("rows.detail", String.class)
                        .stream()
                        .filter(detail -> detail.contains("2026-01-03") && detail.contains("of no row"))
                        .count();
    }

    @Test
    void othersSeeNothingOfIt() {
        for (String name : List.of("rosa", "adam")) {
            person.clearCookies();
            enter(name);
            assertThat(page.locator(".places a[href='/audit']")).hasCount(0);
            assertThat(page.navigate("/audit").status()).isEqualTo(403);
            assertThat(page.locator("body")).containsText("Your role does not show this page");
            assertThat(page.navigate("/api/audit/export").status()).isEqualTo(403);
        }
        assertThat(given().get("/api/audit").statusCode()).isEqualTo(401);
    }

    @Test
    void germanIsSpokenToo() {
        try (BrowserContext german = chromium.person(base, "de-DE")) {
            Page deutsch = german.newPage();
            deutsch.navigate("/audit");
            signIn(deutsch, "otto", PASSWORD);
            assertThat(deutsch.locator("body")).containsText("Angemeldet als otto");
            deutsch.navigate("/audit");
            assertThat(deutsch.locator("h1")).hasText("Prüfpfad");
            assertThat(deutsch.getByText("Diese als CSV exportieren")).isVisible();
            accessible(deutsch);
            Chromium.photograph(deutsch, "audit-de");
        }
    }

    @SuppressWarnings("unchecked")
    private List<Integer> ids() {
        return (List<Integer>) page.evaluate(ROWS + "Number(row.dataset.row))");
    }

    @SuppressWarnings("unchecked")
    private List<String> texts(String within) {
        return (List<String>) page.evaluate(ROWS + "row.querySelector('" + within + "')?.textContent)");
    }
}
