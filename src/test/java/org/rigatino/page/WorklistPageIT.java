package org.rigatino.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rigatino.Patience;
import org.rigatino.identity.IdentityRows;
import org.rigatino.identity.Statement;
import org.rigatino.patient.IdentityAttribute;
import org.rigatino.patient.StudyIdentity;
import org.rigatino.triage.JudgedStudy;

/** The worklist in a real browser, over studies that a real worker restored. */
@QuarkusTest
@WithTestResource(GuardedWorker.class)
class WorklistPageIT extends Browsing {
    private static final double LONG = Patience.STEP.toMillis();
    private static final String LONG_CAUSE = "instance 2.25.328412237712904731902837465019283746501 of series"
            + " 2.25.118412237712904731902837465019283746502 ends after 12345 of 131072 bytes of Pixel Data (7FE0,0010):"
            + " the file was cut off on its way here; send the instance again from the modality or from the archive, and"
            + " look at the disk and at the network of whoever sent it";

    @Inject
    IdentityRows identities;

    @Test
    void theListIsWorkedByKeyboardAndFollowsWhatOthersDo() throws Exception {
        String study = sent("keyboard");
        String other = sent("keyboard-other");
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
            Chromium.illustrate(page, "worklist-page");
            page.keyboard().press("Enter");
            assertThat(page.getByRole(AriaRole.STATUS)).containsText("taken. With rosa");
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
    void whatWasNotDoneSinceASessionHadEndedIsToldOnce() {
        enter("rosa");
        page.navigate("/worklist?show=OPEN&undone=true&search=a%26b");
        assertThat(page.locator("main > p[role=status]")).containsText("was not done");
        assertThat(page).hasURL(base + "worklist?show=OPEN&search=a%26b");
        assertThat(page.locator("nav.languages a[lang=de]"))
                .hasAttribute("href", "/worklist?show=OPEN&search=a%26b&language=de");
        page.reload();
        assertThat(page.locator("h1")).isVisible();
        assertThat(page.locator("main > p[role=status]")).hasCount(0);
    }

    @Test
    void theFocusStaysWithItsStudyOrGoesToTheNext() throws Exception {
        String study = sent("focus");
        enter("rosa");
        assertThat(row(page, study)).isVisible();
        page.waitForLoadState();
        page.keyboard().press("ArrowDown");
        String first = (String) page.evaluate("document.querySelector('[data-study]').dataset.study");
        assertThat(page.locator("#study-" + escaped(first))).isFocused();
        page.keyboard().press("ArrowDown");
        page.keyboard().press("ArrowUp");
        assertThat(page.locator("#study-" + escaped(first))).isFocused();

        for (String act : List.of("take", "release", "take")) {
            page.locator("#" + act + "-" + escaped(study)).focus();
            page.keyboard().press("Enter");
            assertThat(page.getByRole(AriaRole.STATUS)).containsText(act.equals("take") ? "taken." : "given back.");
            assertThat(page.locator("#study-" + escaped(study))).isFocused();
        }
        List<?> order =
                (List<?>) page.evaluate("[...document.querySelectorAll('[data-study]')].map(r => r.dataset.study)");
        int place = order.indexOf(study);
        Object next = order.get(place + 1 < order.size() ? place + 1 : place - 1);
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        assertThat(row(page, study)).hasCount(0);
        assertThat(page.locator("#study-" + escaped(next.toString()))).isFocused();

        page.navigate("/worklist?show=ACKNOWLEDGED");
        assertThat(page.locator("thead")).containsText("Waited");
        page.locator("#reopen-" + escaped(study)).focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#study-" + escaped(study))).isFocused();
        assertThat(row(page, study)).containsText("Opened again by hand");
        assertThat(trail(study)).contains("STUDY_REOPENED rosa").doesNotContain("STUDY_ESCALATED rosa");
    }

    /** Somebody looks at the first study, the hand on its button, and a more urgent one comes. */
    @Test
    void aPressActsOnNoStudyThatCameUnderAPointerAtRest() throws Exception {
        String study = atTheTop("resting", 200);
        enter("rosa");
        Locator first = page.locator("[data-study]").first();
        assertThat(first).hasAttribute("data-study", study);
        page.locator("#acknowledge-" + escaped(study)).hover();
        String urgent = atTheTop("urgent", 300);
        assertThat(first)
                .hasAttribute("data-study", urgent, new LocatorAssertions.HasAttributeOptions().setTimeout(LONG));
        Chromium.await(page, "(window.since ??= performance.now()) < performance.now() - 1000");
        page.mouse().down();
        page.mouse().up();
        assertThat(page.locator("#fresh")).containsText("the list moved under the pointer");
        Chromium.photograph(page, "worklist-moved");
        BoundingBox button = page.locator("#acknowledge-" + escaped(urgent)).boundingBox();
        page.mouse().move(button.x + button.width / 2 + 2, button.y + button.height / 2);
        page.mouse().down();
        page.mouse().up();
        assertThat(row(page, urgent)).isVisible();
        assertThat(row(page, study)).isVisible();
        assertThat(trail(urgent)).doesNotContain("STUDY_ACKNOWLEDGED");

        // What came there is pressed by who goes to it, and be it from one side of the button to the other.
        page.mouse().move(button.x + button.width / 2 + 15, button.y + button.height / 2);
        page.mouse().down();
        page.mouse().up();
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("acknowledged.");
        assertThat(trail(urgent)).contains("STUDY_ACKNOWLEDGED rosa");
        act(study, "acknowledge");
    }

    private String atTheTop(String name, int days) throws Exception {
        String study = uid(name);
        new JudgedStudy(database, study).failed(1, "image", "made for a test", Duration.ofDays(days));
        await().until(() -> program().get("/api/worklist/" + study).statusCode() == 200);
        escalatedByItsWait(study);
        return study;
    }

    @Test
    void aLongCauseLeavesTheOrderReadableOnEachScreen() throws Exception {
        sent("beside-a-failure");
        String study = uid("long-cause");
        new JudgedStudy(database, study).failed(1, "image", LONG_CAUSE, Duration.ofMinutes(7));
        await().until(() -> program().get("/api/worklist/" + study).statusCode() == 200);
        act(study, "assign");
        escalatedByItsWait(study);
        enter("rosa");
        for (String language : List.of("en", "de")) {
            for (int width : new int[] {1280, 1024, 768}) {
                page.setViewportSize(width, 720);
                page.navigate("/worklist?language=" + language);
                Chromium.photograph(page, "worklist-failed-" + language + "-" + width);
                assertThat(row(page, study))
                        .containsText(
                                language.equals("de") ? "Wartet länger als erlaubt" : "Waited longer than allowed");
                assertThat((Boolean) page.evaluate(
                                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                        .as(language + " on " + width)
                        .isTrue();
                assertThat(row(page, study).boundingBox().height)
                        .as("height of a row, %s on %d", language, width)
                        .isLessThan(170);
                accessibleOnceByEach(language, width);
            }
        }
        act(study, "acknowledge");
    }

    @Test
    void theActsOfAStudyStandInOneRowOfAWideScreen() throws Exception {
        String study = judged();
        enter("carla");
        for (String language : List.of("de", "en")) {
            page.navigate("/worklist?language=" + language);
            for (int width : new int[] {1200, 1400, 1920}) {
                page.setViewportSize(width, 900);
                assertThat(
                                row(page, study)
                                        .locator(".acts button")
                                        .evaluateAll(
                                                "all => [all.length, new Set(all.map(one => one.getBoundingClientRect().top)).size]"))
                        .as(language + " " + width)
                        .isEqualTo(List.of(3, 1));
            }
        }
    }

    @Test
    void whatWasRefusedIsListedWithTheRule() throws Exception {
        String study = uid("refused");
        new JudgedStudy(database, study).refused(1, "modality", Duration.ofMinutes(3));
        new JudgedStudy(database, uid("refused-later")).refused(1, "body-part", Duration.ofMinutes(2));
        enter("carla");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Refused"))
                .click();
        assertThat(row(page, study)).containsText("modality");
        assertThat(page.locator("[data-study] .uid").allTextContents())
                .containsSubsequence(uid("refused-later"), study);
        fits("/worklist?show=REFUSED", "worklist-refused");
        page.navigate("/worklist?show=REFUSED&page=1000000");
        assertThat(page.locator("#list")).not().containsText("No study was refused.");
        assertThat(row(page, study)).containsText("modality");
        page.navigate("/worklist?show=REFUSED");
        row(page, study).getByRole(AriaRole.LINK).click();
        assertThat(page).hasURL(base + "studies/" + study);
        assertThat(trail(study)).contains("STUDY_VIEWED carla");
    }

    @Test
    void aNamedPatientIsFoundAndActedOn() throws Exception {
        sent("beside-a-name");
        String study = uid("yamada");
        named(study, "Yamada^Tarou=山田^太郎=やまだ^たろう", "4711", "ACC-4711");
        String hostile = uid("hostile");
        named(hostile, "<b>O'Neill</b>^" + "Ann ".repeat(12) + "^&amp;", "<i>12</i>", "A&B");
        enter("carla");
        for (String language : List.of("en", "de")) {
            for (int width : new int[] {1440, 1024, 390}) {
                page.setViewportSize(width, 900);
                page.navigate("/worklist?language=" + language);
                assertThat(row(page, hostile)).containsText("<b>O'Neill</b>, Ann");
                Chromium.photograph(page, "worklist-named-" + language + "-" + width);
                narrowEnough(width);
                accessibleOnceByEach(language, width);
            }
        }
        page.setViewportSize(1280, 720);
        page.navigate("/worklist?language=en");
        page.getByLabel("Name, ID or accession number").fill("yamada");
        page.keyboard().press("Enter");
        assertThat(row(page, study)).containsText("Yamada, Tarou (山田 太郎, やまだ たろう)");
        assertThat(row(page, hostile)).hasCount(0);
        assertThat(page.locator(".tabs")).containsText("Open (1)");
        page.locator("#acknowledge-" + escaped(study)).click();
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("Yamada, Tarou (山田 太郎, やまだ たろう): acknowledged.");
        assertThat(page.locator("#list")).containsText("No study of this list is like that");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Acknowledged (1)"))
                .click();
        assertThat(row(page, study)).containsText("4711");
        row(page, study).getByRole(AriaRole.LINK).click();
        assertThat(page.locator("h1")).hasText("Yamada, Tarou (山田 太郎, やまだ たろう)");
        for (int width : new int[] {1440, 390}) {
            page.setViewportSize(width, 900);
            Chromium.photograph(page, "study-named-" + width);
            narrowEnough(width);
            accessible(page);
        }
        assertThat(trail(study)).contains("IDENTITY_VIEWED carla", "STUDY_ACKNOWLEDGED carla");
    }

    /** Of two languages and three widths each once: what a program can tell differs by the one or by the other. */
    private void accessibleOnceByEach(String language, int width) {
        if (language.equals("de") == (width == 1024)) {
            accessible(page);
        }
    }

    private void narrowEnough(int width) {
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .as(page.url() + " on " + width)
                .isLessThanOrEqualTo(width);
    }

    private void named(String study, String name, String id, String accession) throws Exception {
        new JudgedStudy(database, study).failed(1, "image", "made for a test", Duration.ofMinutes(3));
        StudyIdentity said = new StudyIdentity(
                "p",
                Map.of(
                        IdentityAttribute.PATIENT_NAME, name,
                        IdentityAttribute.PATIENT_ID, id,
                        IdentityAttribute.ISSUER_OF_PATIENT_ID, "HOSPITAL",
                        IdentityAttribute.ACCESSION_NUMBER, accession,
                        IdentityAttribute.PATIENT_BIRTH_DATE, "19710101",
                        IdentityAttribute.PATIENT_SEX, "O",
                        IdentityAttribute.STUDY_DATE, "20260629",
                        IdentityAttribute.STUDY_TIME, "0815",
                        IdentityAttribute.STUDY_DESCRIPTION, "MR HEAD WITHOUT CONTRAST",
                        IdentityAttribute.MODALITY, "MR"));
        QuarkusTransaction.requiringNew()
                .run(() -> identities.record(List.of(new Statement(study, said)), Instant.now()));
        await().until(() -> program().get("/api/worklist/" + study).statusCode() == 200);
    }

    private void escalatedByItsWait(String study) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("update worklist_entry set escalated_at = now(),"
                                + " escalated_by = 'rigatino.triage.escalate-after' where study_instance_uid = ?")) {
            statement.setString(1, study);
            statement.executeUpdate();
        }
    }

    private static void act(String study, String act) {
        int version = program().get("/api/worklist/" + study).path("version");
        program()
                .contentType("application/json")
                .body(Map.of("version", version))
                .post("/api/worklist/" + study + "/" + act)
                .then()
                .statusCode(200);
    }

    @Test
    void whoIsTooLateIsToldAndChangesNothing() throws Exception {
        String study = sent("late");
        enter("rosa");
        page.navigate("/studies/" + study);
        Locator acknowledge = page.getByRole(
                AriaRole.BUTTON,
                new Page.GetByRoleOptions().setName("Acknowledge").setExact(true));
        assertThat(acknowledge).isVisible();
        program()
                .contentType("application/json")
                .body(Map.of("version", 0))
                .post("/api/worklist/" + study + "/assign")
                .then()
                .statusCode(200);
        acknowledge.click();
        assertThat(page.locator(".told[role=status]")).containsText("Somebody was quicker");
        assertThat(page.locator(".told[role=status]")).containsText("With program");
        accessible(page);
        page.getByLabel("Assign to").fill("otto");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Assign").setExact(true))
                .click();
        assertThat(page.locator(".told[role=status]")).containsText("Nobody of this name");
        assertThat(trail(study)).doesNotContain("STUDY_ACKNOWLEDGED rosa", "STUDY_ASSIGNED rosa");
    }

    /** The second submission is of the version before the first, and would be told of somebody who was quicker. */
    @Test
    void aDoubleClickIsOneActAndToldAsDone() throws Exception {
        String study = sent("twice");
        enter("rosa");
        page.navigate("/studies/" + study);
        page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed')); }");
        Locator copy = page.locator("button.copy").first();
        copy.click();
        assertThat(copy).hasText("Not copied");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Acknowledge").setExact(true))
                .dblclick();
        assertThat(page.locator(".told[role=status]")).containsText("acknowledged");
        assertThat(page.locator(".told[role=status]")).not().containsText("quicker");
        assertThat(trail(study).stream().filter("STUDY_ACKNOWLEDGED rosa"::equals))
                .hasSize(1);
    }

    private static LocatorAssertions.ContainsTextOptions within() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(LONG);
    }
}
