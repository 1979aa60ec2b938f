package org.rigatino.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.WaitUntilState;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is typed and pressed on a study's page is an answer where somebody chose one, to the image that they saw. */
@QuarkusTest
@WithTestResource(GuardedWorker.class)
class AnswerFormIT extends Browsing {
    /** By the form itself as well, where no script runs. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void enterInAFieldRecordsNothing(boolean scripts) throws Exception {
        String study = unflagged("enter-" + scripts);
        enter("rosa");
        try (BrowserContext plain = chromium.person(base, "en-GB")) {
            plain.addCookies(person.cookies());
            Page form = plain.newPage();
            if (!scripts) {
                form.route("**/page/**/*.js", route -> route.abort());
            }
            form.navigate("/studies/" + study);
            form.locator("#answer-column").fill("100");
            form.locator("#answer-row").fill("120");
            form.locator("#answer-comment").fill("left of the ventricle");
            for (String field : List.of("column", "row", "comment", "reason")) {
                form.locator("#answer-" + field).press("Enter");
                form.keyboard().press("Escape");
            }
            if (scripts) {
                assertThat(form.locator("#said")).containsText("Nothing was sent");
                accessible(form);
                pictured(form);
            }
            form.locator("#answer-missed").click();
            assertThat(form.locator("#in-force"))
                    .containsText("Missed something, column 100, row 120 · left of the ventricle");
            assertThat(form.locator("#answers details")).hasCount(0);
        }
        assertThat(answers(study)).isEqualTo(1);
    }

    /** Pictures are there or not: what tells of them does not run yet. */
    @Test
    void nothingIsAnsweredBeforeThePagesModulesRun() throws Exception {
        String study = sent("modules");
        enter("rosa");
        List<Route> held = new ArrayList<>();
        page.route("**/page/study/answer.js", held::add);
        page.navigate("/studies/" + study, new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
        page.locator("#answer-agree").click();
        assertThat(page.locator("#said")).containsText("Nothing was recorded: not all pictures were here yet");
        assertThat(answers(study)).isZero();
        page.unroute("**/page/study/answer.js");
        held.forEach(Route::resume);
        pictured(page);
        page.locator("#answer-agree").click();
        assertThat(page.locator("#in-force")).containsText("Agree");
        assertThat(answers(study)).isEqualTo(1);
    }

    /** Nobody waits for pictures that are there: what would say so never runs. */
    @ParameterizedTest
    @ValueSource(strings = {"answer", "study"})
    void aModuleThatDoesNotLoadIsToldWithAWayOn(String module) throws Exception {
        String study = sent("unloaded-" + module);
        enter("rosa");
        page.route("**/page/study/" + module + ".js", Route::abort);
        page.navigate("/studies/" + study);
        page.locator("#answer-agree").click();
        assertThat(page.locator("#said"))
                .containsText("Nothing was recorded: scripts of this page could not be loaded. Load the page anew;");
        accessible(page);
        assertThat(answers(study)).isZero();
        page.unroute("**/page/study/" + module + ".js");
        page.reload();
        pictured(page);
        page.locator("#answer-agree").click();
        assertThat(page.locator("#in-force")).containsText("Agree");
        assertThat(answers(study)).isEqualTo(1);
    }

    @Test
    void aModuleThatFailsIsToldWithAWayOnEachTime() throws Exception {
        String study = sent("failing-module");
        enter("rosa");
        page.route(
                "**/page/study/keys.js",
                route -> route.fulfill(
                        new Route.FulfillOptions()
                                .setContentType("text/javascript")
                                .setBody(
                                        "export function keys() { throw new Error(); } export const keysWithoutImage = keys;")));
        page.navigate("/studies/" + study);
        for (int pressed = 0; pressed < 2; pressed++) {
            page.locator("#answer-agree").click();
            assertThat(page.locator("#said")).containsText("scripts of this page could not be loaded");
        }
        assertThat(answers(study)).isZero();
    }

    /** Nor by a button that is pressed: pictures of the image that was gone to are on their way. */
    @Test
    void nothingIsAnsweredBeforeItIsSeen() throws Exception {
        String study = sent("early");
        enter("rosa");
        page.navigate("/studies/" + study);
        List<Route> held = new ArrayList<>();
        page.route("**/api/studies/*/images/**", held::add);
        page.locator(".stack a[rel]").first().click();
        assertThat(page.locator("#viewer")).hasAttribute("data-rank", "2");
        page.keyboard().press("d");
        assertThat(page.locator("#said")).containsText("Nothing was recorded: not all pictures were here yet");
        page.locator("#answer-agree").click();
        accessible(page);
        page.unroute("**/api/studies/*/images/**");
        held.forEach(Route::resume);
        pictured(page);
        assertThat(page.locator("#said")).containsText("Nothing was recorded");
        assertThat(answers(study)).isZero();
        page.keyboard().press("d");
        assertThat(page.locator("#in-force")).containsText("Disagree");
        assertThat(page.locator("#viewer")).hasAttribute("data-rank", "2");
        assertThat(answers(study)).isEqualTo(1);
    }

    /** The pictures of the image that was left come when the next one is asked for already. */
    @Test
    void nothingIsAnsweredOfTheImageThatWasLeft() throws Exception {
        String study = sent("left");
        enter("rosa");
        List<Route> pictures = new ArrayList<>();
        List<Route> viewers = new ArrayList<>();
        page.route("**/api/studies/*/images/**", pictures::add);
        page.route("**/studies/*/viewer*", viewers::add);
        page.navigate("/studies/" + study, new Page.NavigateOptions().setWaitUntil(WaitUntilState.DOMCONTENTLOADED));
        page.locator(".stack a[rel]").first().click();
        page.waitForCondition(() -> !viewers.isEmpty() && !pictures.isEmpty());
        page.unroute("**/api/studies/*/images/**");
        pictures.forEach(Route::resume);
        page.evaluate("Promise.all([...document.querySelectorAll('#viewer img')].map(picture => picture.decode()))");
        page.keyboard().press("d");
        assertThat(page.locator("#said")).containsText("Nothing was recorded: not all pictures were here yet");
        page.unroute("**/studies/*/viewer*");
        viewers.forEach(Route::resume);
        assertThat(page.locator("#viewer")).hasAttribute("data-rank", "2");
        pictured(page);
        assertThat(answers(study)).isZero();
    }

    @Test
    void nothingIsAnsweredOfAnImageThatCannotBeShown() throws Exception {
        String study = sent("broken");
        enter("rosa");
        page.route("**/api/studies/*/images/**", Route::abort);
        page.navigate("/studies/" + study);
        await().untilAsserted(() -> {
            page.keyboard().press("d");
            assertThat(page.locator("#said")).containsText("a picture of this image could not be had");
        });
        assertThat(answers(study)).isZero();
        page.unroute("**/api/studies/*/images/**");
        page.reload();
        pictured(page);
        page.keyboard().press("d");
        assertThat(page.locator("#in-force")).containsText("Disagree");
    }

    @Test
    void whatWasTypedAndNotSentStaysWithItsImage() throws Exception {
        String study = unflagged("typed");
        enter("rosa");
        page.navigate("/studies/" + study);
        page.locator("#answer-reason").selectOption("MOTION");
        page.locator("#answer-comment").fill("first");
        page.locator("#answer-column").fill("17");
        page.locator("#answer-row").fill("33");
        page.locator(".stack a[rel]").first().click();
        assertThat(page.locator("#viewer")).hasAttribute("data-rank", "2");
        assertThat(page.locator("#answer-comment")).hasValue("");
        assertThat(page.locator("#image-1")).containsText("typed, not sent");
        accessible(page);
        page.locator("#answer-comment").fill("second");
        pictured(page);
        page.locator("#answer-unsure").click();
        assertThat(page.locator("#in-force")).containsText("Unsure · second");
        assertThat(page.locator("#answer-comment")).hasValue("");
        assertThat(page.locator("#image-2")).not().containsText("typed, not sent");
        scripted(page);
        assertThat(page.evaluate("sessionStorage.getItem('typed')")).isNull();

        page.locator(".stack a[rel]").first().click();
        assertThat(page.locator("#viewer")).hasAttribute("data-rank", "1");
        assertThat(page.locator("#answer-comment")).hasValue("first");
        assertThat(page.locator("#answer-reason")).hasValue("MOTION");
        assertThat(page.locator("#answer-column")).hasValue("17");
        assertThat(page.locator(".missed-place")).hasCount(4);
        List<String> asked = new ArrayList<>();
        page.onDialog(dialog -> {
            asked.add(dialog.type());
            dialog.dismiss();
        });
        page.locator("header .home").click();
        page.waitForCondition(() -> !asked.isEmpty());
        assertThat(asked).containsExactly("beforeunload");
        assertThat(page.locator("#answer-comment")).hasValue("first");
        pictured(page);
        page.locator("#answer-missed").click();
        assertThat(page.locator("#in-force")).containsText("Missed something, column 17, row 33: motion · first");
        page.locator("header .home").click();
        assertThat(page.locator("h1")).hasText("Worklist");
        assertThat(asked).hasSize(1);
    }

    @Test
    void aPlaceThatIsNoWholeNumberIsToldOnThePage() throws Exception {
        String study = unflagged("no-number");
        enter("rosa");
        page.navigate("/studies/" + study);
        page.locator("#answer-comment").fill("seen");
        page.locator("#answer-column").fill("1e2");
        page.locator("#answer-row").fill("120");
        page.locator("#answer-missed").click();
        assertThat(page.locator("#answer-column:invalid")).isFocused();
        assertThat(page.locator("#answered")).hasCount(0);
        page.locator("#answers form").evaluate("form => { form.noValidate = true; }");
        pictured(page);
        page.locator("#answer-missed").click();
        assertThat(page.locator("#answered")).containsText("Not recorded: \"column\" and \"row\" are whole numbers");
        assertThat(page.locator("#answer-comment")).hasValue("seen");
        assertThat(page.locator("#answer-row")).hasValue("120");
        assertThat(page.locator("#slice")).isVisible();
        accessible(page);
        page.locator("#answer-column").fill("100");
        pictured(page);
        page.locator("#answer-missed").click();
        assertThat(page.locator("#in-force")).containsText("Missed something, column 100, row 120 · seen");
        assertThat(answers(study)).isEqualTo(1);
    }

    /** As by a run over finished studies while the page is open. */
    @Test
    void whatAnotherReleaseJudgedMeanwhileIsToldAndNotAnswered() throws Exception {
        String study = sent("judged-anew");
        enter("rosa");
        page.navigate("/studies/" + study + "?image=2");
        pictured(page);
        String image = page.locator("#answers input[name='sop']").inputValue();
        update(
                "insert into finding (id, instance_id, frame_number, model_name, model_version, model_digest,"
                        + " configuration_digest, score, percentile, flagged, created_at) select nextval('finding_id_seq'),"
                        + " f.instance_id, f.frame_number, f.model_name, '2', repeat('e', 64), f.configuration_digest, f.score,"
                        + " f.percentile, f.flagged, f.created_at + interval '1 hour' from finding f join instance i on i.id ="
                        + " f.instance_id join study s on s.id = i.study_id where s.study_instance_uid = ?",
                study);
        page.keyboard().press("d");
        assertThat(page.locator("#answered")).containsText("was judged again since you saw it");
        assertThat(page.locator("#sought")).containsText("Another release has judged this image since");
        assertThat(page.locator("#answers input[name='sop']")).hasValue(image);
        accessible(page);
        page.navigate("/studies/" + study + "?instance=1.2.3&frame=1&model=" + "e".repeat(64));
        assertThat(page.locator("#sought")).containsText("No image is shown");
        assertThat(page.locator("#viewer")).hasCount(0);
        accessible(page);
        assertThat(answers(study)).isZero();
    }

    private static long answers(String study) {
        return trail(study).stream().filter("FINDING_ANSWERED rosa"::equals).count();
    }

    /** Of two slices, of which none is flagged as far as the record says. */
    private String unflagged(String name) throws Exception {
        String study = sent(name);
        unflag(study);
        return study;
    }
}
