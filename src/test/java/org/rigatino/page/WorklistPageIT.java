package org.rigatino.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The worklist in a real browser, over studies that a real worker restored. */
@QuarkusTest
@WithTestResource(GuardedWorker.class)
class WorklistPageIT extends Browsing {
    private static final double LONG = 60_000;

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
            assertThat(page.getByRole(AriaRole.STATUS)).containsText("Done: study " + study);
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

    private static LocatorAssertions.ContainsTextOptions within() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(LONG);
    }
}
