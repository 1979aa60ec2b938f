package org.rigatino.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.rigatino.worker.MrStudy;

/** A study's page in a real browser, over studies that a real worker restored. */
@QuarkusTest
@WithTestResource(GuardedWorker.class)
class StudyPageIT extends Browsing {
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

    private static BufferedImage png(String path) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(program()
                .get(path)
                .then()
                .statusCode(200)
                .contentType("image/png")
                .extract()
                .asByteArray()));
    }
}
