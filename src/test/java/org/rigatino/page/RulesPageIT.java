package org.rigatino.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.worker.MrStudy;

/** The rules of the house, as administrators see and try them. */
@QuarkusTest
@WithTestResource(GuardedWorker.class)
class RulesPageIT extends Browsing {
    @TempDir
    Path folder;

    /** Longer than a body may be: its beginning is enough. */
    private Path longFile() throws Exception {
        new MrStudy(folder, "shown-to-rules").slice();
        return Files.write(folder.resolve("shown-to-rules-0.dcm"), new byte[3 << 20], StandardOpenOption.APPEND);
    }

    @Test
    void eachRuleAnswersOfAFileThatIsShown() throws Exception {
        enter("adam");
        page.navigate("/administration");
        assertThat(page.locator("#rules-wrong")).containsText("sends to nowhere, which is not in force");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Rules of the house"))
                .first()
                .click();
        assertThat(page.locator("#rules")).containsText("callingAeTitle is NOBODY");
        assertThat(page.getByRole(AriaRole.STATUS))
                .containsText("rule \"nobody\" sends to nowhere, which is not in force");
        accessible(page);

        page.getByLabel("DICOM file").setInputFiles(longFile());
        page.getByLabel("Calling AE title it would come by").fill("NOBODY");
        page.getByLabel("Calling AE title it would come by").press("Enter");
        assertThat(page.locator("#outcome")).containsText("LOW by rule nobody");
        assertThat(page.locator("#answers")).containsText("callingAeTitle is NOBODY, as asked");
        accessible(page);
        Chromium.photograph(page, "administration-rules");

        page.getByLabel("DICOM file").setInputFiles(longFile());
        page.getByLabel("Calling AE title it would come by").fill("");
        page.getByLabel("Draft of rules")
                .setInputFiles(
                        Files.writeString(
                                folder.resolve("draft.yaml"),
                                "rules: [{name: draft, when: {callingAeTitle: WARD}, urgency: HIGH, destinations: {pasc: all}}]"));
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Try"))
                .click();
        assertThat(page.locator("#outcome")).containsText("callingAeTitle was not entered");
        assertThat(page.locator("#outcome")).containsText("rule \"draft\" sends to pasc, which is not in force");
        accessible(page);
        Chromium.photograph(page, "administration-rules-draft");

        page.getByLabel("DICOM file").setInputFiles(Files.writeString(folder.resolve("no.dcm"), "no DICOM"));
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Try"))
                .click();
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("no DICOM file");
        fits("/administration/rules", "administration-rules-narrow");
        page.navigate("/administration/rules?language=de");
        assertThat(page.locator("h1")).hasText("Regeln des Hauses");
        assertThat(page.locator("#rules")).containsText("callingAeTitle ist NOBODY");
        assertThat(page.locator("#rules")).containsText("Dringlichkeit LOW");
        assertThat(page.locator("#rules [lang=en]")).hasCount(0);
        page.getByLabel("DICOM-Datei").setInputFiles(longFile());
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Erproben"))
                .click();
        assertThat(page.locator("#answers")).containsText("callingAeTitle wurde nicht eingegeben, verlangt ist NOBODY");
        assertThat(page.locator("#outcome [lang=en]")).hasCount(0);
        accessible(page);
        Chromium.photograph(page, "administration-rules-german");
        page.getByLabel("DICOM-Datei").setInputFiles(Files.writeString(folder.resolve("no.dcm"), "no DICOM"));
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Erproben"))
                .click();
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("Das ist keine DICOM-Datei");
        page.navigate("/administration/rules?language=en");
    }
}
