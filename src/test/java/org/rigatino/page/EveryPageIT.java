package org.rigatino.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for each page, in a real browser. */
@QuarkusTest
@WithTestResource(GuardedWorker.class)
class EveryPageIT extends Browsing {
    @Test
    void aStrangerSeesTheFormAndNothingElse() throws Exception {
        String study = judged();
        for (String path : List.of("/", "/worklist", "/worklist?show=MINE", "/studies/" + study, "/models")) {
            page.navigate(path);
            assertThat(page).hasTitle("Sign in – Rigatino");
            assertThat(page.locator("body").innerText()).doesNotContain(study);
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
        assertThat(page).hasTitle("Sign in – Rigatino");
    }

    @Test
    void aServerThatIsOutOfReachIsNotToldAsAWrongPassword() {
        page.navigate("/sign-in");
        person.setOffline(true);
        signIn(page, "rosa", PASSWORD);
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("does not answer");
        accessible(page);
        person.setOffline(false);
        page.keyboard().press("Enter");
        assertThat(page).hasURL(base + "worklist");
    }

    @Test
    void signingInLeadsWhereTheLinkDid() throws Exception {
        String study = judged();
        page.navigate("/studies/" + study + "?image=2");
        signIn(page, "rosa", PASSWORD);
        assertThat(page).hasURL(base + "studies/" + study + "?image=2");
    }

    @Test
    void signingInLeadsNowhereElse() {
        String here = base.replaceFirst("/$", "");
        for (String elsewhere : List.of(
                "//evil.example/",
                "/\\evil.example/",
                "/\t/evil.example/",
                "https://evil.example/",
                "javascript:alert(1)")) {
            page.navigate("/sign-in?to=" + URLEncoder.encode(elsewhere, StandardCharsets.UTF_8));
            assertThat((String) page.evaluate("new URL(destination(), location.href).href"))
                    .as(elsewhere)
                    .isEqualTo(here + "/");
        }
        signIn(page, "rosa", PASSWORD);
        assertThat(page).hasURL(base + "worklist");
    }

    @ParameterizedTest
    @CsvSource({"rosa,worklist", "carla,worklist", "otto,audit", "adam,administration"})
    void eachBeginsAtAPageThatTheirRoleShows(String name, String home) {
        page.navigate("/");
        signIn(page, name, PASSWORD);
        assertThat(page).hasURL(base + home);
    }

    @ParameterizedTest
    @CsvSource({
        "rosa, /audit?kind=STUDY_READY, worklist",
        "rosa, /administration, worklist",
        "otto, /worklist?show=MINE, audit",
        "adam, /worklist?show=ARRIVING, administration",
        "adam, /audit, administration",
        "adam, /administration/destination?name=pacs, administration/destination?name=pacs",
        "otto, /audit?kind=STUDY_READY, audit?kind=STUDY_READY",
        "rosa, /worklist?show=MINE, worklist?show=MINE",
        "carla, /models, models"
    })
    void signingInLeadsWhereTheLinkDidUnlessTheirRoleDoesNotShowIt(String name, String link, String lands) {
        page.navigate(link);
        signIn(page, name, PASSWORD);
        assertThat(page).hasURL(base + lands);
        assertThat(page.locator("body")).not().containsText("Your role does not show this page");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"//evil.example/", "/%5Cevil.example/", "/%09/evil.example", "https://evil.example/", "/nowhere"
            })
    void theStartLeadsNowhereElse(String to) {
        enter("rosa");
        page.navigate("/?to=" + to.replace("/", "%2F").replace(":", "%3A"));
        assertThat(page).hasURL(base + "worklist");
    }

    @Test
    void germanIsSpokenToWhomAsksForItAndToWhomSwitches() throws Exception {
        String study = judged();
        try (BrowserContext german = chromium.person(base, "de-AT")) {
            Page deutsch = german.newPage();
            deutsch.navigate("/worklist");
            accessible(deutsch);
            signIn(deutsch, "rosa", PASSWORD);
            assertThat(deutsch.locator("h1")).hasText("Arbeitsliste");
            assertThat(deutsch.locator("html")).hasAttribute("lang", "de");
            accessible(deutsch);
            Chromium.photograph(deutsch, "worklist-de");
            deutsch.navigate("/studies/" + study);
            assertThat(deutsch.locator("body")).containsText("Zustellungen");
            accessible(deutsch);
            Chromium.photograph(deutsch, "study-de");
            deutsch.navigate("/models");
            assertThat(deutsch.locator("h1")).hasText("Modelle");
            accessible(deutsch);
            deutsch.navigate("/models/" + release());
            assertThat(deutsch.locator("body")).containsText("Drift der Werte");
            accessible(deutsch);
            Chromium.photograph(deutsch, "model-de");
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
        assertThat(page.locator(".tabs [aria-current=page]")).hasText("With me");
    }

    @Test
    void everyPageFitsASmallScreenAndATablet() throws Exception {
        String study = judged();
        enter("rosa");
        fits("/worklist", "worklist");
        fits("/studies/" + study, "study");
        fits("/models", "models");
        fits("/models/" + release(), "model");
        person.clearCookies();
        enter("adam");
        fits("/models", "models-administrator");
        fits("/fetch", "fetch");
        fits("/reruns?preview=true", "reruns");
        fits("/models/" + shadow(), "model-administrator");
        fits("/models/" + release() + "/what-if?falseAlarmsPer100=50&threshold=0&modality=CT", "what-if");
    }

    @Test
    void aPictureWithoutWordsIsNotAccessible() {
        page.setContent("<html lang=en><title>One picture</title><main><img src=one.png></main></html>");
        assertThatThrownBy(() -> accessible(page)).hasMessageContaining("image-alt");
    }

    private static String shadow() {
        return program().get("/api/models").path("find { it.version == '" + GuardedWorker.SHADOW + "' }.digest");
    }

    private static String release() {
        return program().get("/api/models").path("find { it.name == 'brain-flair' }.digest");
    }
}
