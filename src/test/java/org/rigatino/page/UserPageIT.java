package org.rigatino.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rigatino.access.UserRole;

/** Users, as an administrator adds, changes and removes them. */
@QuarkusTest
@WithTestResource(GuardedWorker.class)
class UserPageIT extends Browsing {
    private static final String NEW = "another long password";

    /** What an administrator has set is known to two; what somebody sets, to one. */
    @Test
    void somebodySetsAPasswordThatNobodyElseKnows() {
        addOnce("petra", UserRole.AUDITOR);
        page.navigate("/audit");
        signIn(page, "petra", PASSWORD);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Signed in as petra"))
                .press("Enter");
        own(PASSWORD, "aaaaaaaaaaaaaa", "aaaaaaaaaaaaaa");
        assertThat(page.locator("#refusal")).containsText("at least 5 different characters");
        own("not the password", NEW, NEW);
        assertThat(page.locator("#refusal")).containsText("the password so far is wrong");
        own(PASSWORD, NEW, PASSWORD);
        assertThat(page.locator("#refusal")).containsText("the two passwords differ");
        accessible(page);
        Chromium.photograph(page, "own-password");
        own(PASSWORD, NEW, NEW);
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("Your password is another now");
        page.navigate("/audit");
        assertThat(page.locator("h1")).hasText("Sign in");
        signIn(page, "petra", PASSWORD);
        assertThat(page.locator("#refusal")).isVisible();
        signIn(page, "petra", NEW);
        assertThat(page.locator("tr[data-row]")
                        .filter(new Locator.FilterOptions().setHasText("USER_PASSWORD_CHANGED"))
                        .first())
                .containsText("petra");
    }

    private void own(String current, String password, String again) {
        page.locator("#current").fill(current);
        page.locator("input[name=password]").fill(password);
        page.locator("input[name=again]").fill(again);
        page.keyboard().press("Enter");
    }

    @Test
    void aPersonIsLetInChangedAndTakenOutByKeyboard() {
        enter("adam");
        page.navigate("/administration");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Users: add and change"))
                .press("Enter");
        assertThat(page.locator("[data-user='otto']")).containsText("auditor");
        page.getByLabel("Name to sign in with").fill("nora");
        page.getByLabel("radiologist:").check();
        passwords(PASSWORD, NEW);
        act("Add a user");
        assertThat(told()).containsText("the two passwords differ");
        assertThat(page.getByLabel("Name to sign in with")).hasValue("nora");
        assertThat(page.locator("input[name=password]")).hasValue("");
        assertThat(page.content()).doesNotContain(PASSWORD);
        accessible(page);
        passwords(PASSWORD, PASSWORD);
        act("Add a user");
        assertThat(page.locator("[data-user='nora']")).containsText("none on record");
        assertThat(told()).containsText("nora is added");

        try (BrowserContext other = chromium.person(base, "en-GB")) {
            Page nora = other.newPage();
            nora.navigate("/worklist");
            signIn(nora, "nora", PASSWORD);
            assertThat(nora.locator("body")).containsText("Signed in as nora");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Change nora"))
                    .press("Enter");
            Page stale = person.newPage();
            stale.navigate("/administration/users/nora");
            page.getByLabel("radiologist:").uncheck();
            page.getByLabel("auditor:").check();
            act("Save roles");
            assertThat(told()).hasText("Saved. It is in force.");
            assertThat(nora.navigate("/worklist").status()).isEqualTo(403);
            assertThat(nora.navigate("/audit").status()).isEqualTo(200);
            stale.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Disable"))
                    .press("Enter");
            assertThat(stale.getByRole(AriaRole.STATUS)).containsText("somebody was quicker: adam changed nora");

            act("Disable");
            assertThat(page.locator("#state")).containsText("disabled since");
            nora.navigate("/audit");
            assertThat(nora.locator("h1")).hasText("Sign in");
            act("Enable");
            passwords(NEW, NEW);
            act("Set a new password");
            assertThat(told()).hasText("Saved. It is in force.");
            nora.navigate("/audit");
            assertThat(nora.locator("h1")).hasText("Sign in");
            signIn(nora, "nora", NEW);
            assertThat(nora.locator("body")).containsText("Signed in as nora");
            page.getByLabel("Remove nora").check();
            act("Remove");
            assertThat(told()).containsText("nora is removed");
            assertThat(page.locator("[data-user='nora']")).hasCount(0);
            nora.navigate("/audit");
            assertThat(nora.locator("h1")).hasText("Sign in");
        }
        assertThat(trailOf("USER_ADDED")).containsExactly("before: none; after: radiologist");
        assertThat(trailOf("USER_ROLES_CHANGED")).containsExactly("before: radiologist; after: auditor");
        assertThat(trailOf("USER_REMOVED")).containsExactly("before: auditor, may sign in; after: none");
    }

    /** adam is the only administrator of these tests. */
    @Test
    void nobodyLocksEverybodyOut() {
        enter("adam");
        page.navigate("/administration/users/adam");
        page.getByLabel("administrator:").uncheck();
        page.getByLabel("auditor:").check();
        act("Save roles");
        assertThat(told()).containsText("this would take away your own access");
        page.getByLabel("Remove adam: this is you, and takes away your own access")
                .check();
        act("Remove");
        assertThat(told()).containsText("adam is the only administrator who may sign in");
        page.navigate("/administration/users/adam?language=de");
        Locator disable = page.locator("form[action$='/disable']");
        disable.getByRole(AriaRole.CHECKBOX).check();
        disable.getByRole(AriaRole.BUTTON).press("Enter");
        assertThat(told()).containsText("Nur noch adam kann sich anmelden und verwalten");
        accessible(page);
        page.navigate("/administration/users?language=de");
        assertThat(page.locator("h1")).hasText("Benutzer");
        page.navigate("/administration/users?language=en");
        assertThat(page.locator("[data-user='adam']")).containsText("may sign in");
    }

    @Test
    void itFitsAndOthersDoNotSeeIt() {
        addOnce("a-name-as-long-as-names-may-be.in-the-store.of-users@hospital.ex", UserRole.AUDITOR);
        enter("adam");
        for (String[] one : List.of(
                new String[] {"/administration/users", "users"}, new String[] {"/administration/users/adam", "user"})) {
            fits(one[0], one[1]);
            page.setViewportSize(390, 844);
            page.navigate(one[0]);
            assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(390);
            Chromium.photograph(page, one[1] + "-390");
        }
        assertThat(page.navigate("/administration/users/nobody").status()).isEqualTo(404);
        assertThat(told()).containsText("there is no such user");
        for (String name : List.of("rosa", "otto")) {
            person.clearCookies();
            enter(name);
            assertThat(page.navigate("/administration/users").status()).isEqualTo(403);
            assertThat(page.content()).doesNotContain("data-user");
        }
    }

    private void passwords(String once, String again) {
        page.locator("input[name=password]").fill(once);
        page.locator("input[name=again]").fill(again);
    }

    private Locator told() {
        return page.getByRole(AriaRole.STATUS);
    }

    private void act(String name) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .press("Enter");
    }

    private static List<String> trailOf(String kind) {
        return program()
                .get("/api/audit?kind=" + kind + "&actor=adam")
                .jsonPath()
                .getList("rows.findAll { it.subject == 'nora' }.detail");
    }
}
