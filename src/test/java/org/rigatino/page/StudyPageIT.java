package org.rigatino.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.containsString;
import static org.rigatino.Patience.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManagerFactory;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.Test;
import org.rigatino.access.UserRole;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.Uids;
import org.rigatino.persistence.Finding;
import org.rigatino.persistence.Instance;
import org.rigatino.restore.Calibration;
import org.rigatino.restore.ModelRelease;
import org.rigatino.result.RestoredMark;

/** A study's page in a real browser, over studies that a real worker restored. */
@QuarkusTest
@WithTestResource(GuardedWorker.class)
class StudyPageIT extends Browsing {
    @Inject
    EntityManagerFactory factory;

    @Inject
    StudyContents contents;

    @Inject
    PictureRoom room;

    @Test
    void aStudyShowsItsPicturesItsDeliveriesAndWhoSawIt() throws Exception {
        String study = judged();
        enter("rosa");
        page.locator("#study-" + escaped(study)).click();
        Locator pictures = page.locator("#viewer img");
        await().untilAsserted(() -> assertThat(pictures.evaluateAll("all => all.map(one => one.naturalWidth)"))
                .isEqualTo(List.of(256, 256, 256, 256, 256)));
        assertThat(page.locator(".images li")).hasCount(20);
        assertNumbered(page.locator("#image-1"));
        assertNumbered(page.locator(".finding").first());
        assertThat(page.locator("#joined")).containsText("directly beside it");
        page.navigate("/studies/" + study + "?language=de");
        assertThat(page.locator("#joined")).containsText("direkt daneben");
        assertThat(page.locator("#image-1 .slice")).hasText(Pattern.compile("Serie 1, Instanznummer \\d+"));
        page.navigate("/studies/" + study + "?language=en");
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
        page.locator("#share").focus();
        page.keyboard().press("End");
        upper.evaluate("picture => picture.decode()");
        Chromium.illustrate(page, "study-page");
        page.locator("#width").focus();
        Response windowed = page.waitForResponse(
                answer -> answer.url().contains("/source?") && answer.url().contains("width="),
                () -> page.keyboard().press("Home"));
        assertThat(windowed.status()).isEqualTo(200);
        page.locator("#zoom").focus();
        page.keyboard().press("End");
        assertThat((Boolean) page.locator(".pane").first().evaluate("pane => pane.scrollWidth > 5 * pane.clientWidth"))
                .isTrue();
        assertThat(middle()).isCloseTo(0.5, within(0.02));
        page.locator(".pane").first().scrollIntoViewIfNeeded();
        BoundingBox pane = page.locator(".pane").first().boundingBox();
        page.mouse().move(pane.x + 100, pane.y + 50);
        page.mouse().down();
        page.mouse().move(pane.x + 60, pane.y + 50);
        page.mouse().up();
        double dragged = middle();
        assertThat(dragged).isGreaterThan(0.51);
        page.locator("#image-2").click();
        assertThat(page.locator("#image-2")).hasAttribute("aria-current", "true");
        assertThat(page.getByLabel("Overlay")).isChecked();
        assertThat(page.locator("[data-of=zoom]")).hasText("12×");
        await().untilAsserted(() -> assertThat(middle()).isCloseTo(dragged, within(0.02)));
        assertThat(trail(study)).contains("STUDY_VIEWED rosa");
    }

    /** Which does not answer: a failure is told like any other outcome, also when the page is loaded again. */
    @Test
    void anArchiveIsAskedForEarlierStudiesByOneClick() throws Exception {
        String study = sent("asked");
        enter("rosa");
        page.navigate("/studies/" + study);
        Locator asking = page.locator("#ask-earlier");
        asking.getByRole(AriaRole.BUTTON).click();
        assertThat(asking.locator(".told")).containsText("oldpacs was asked by rosa");
        assertThat(asking.locator(".told")).containsText("cannot open an association");
        assertThat(trail(study)).contains("SOURCE_SEARCHED rosa");
        fits("/studies/" + study, "study-asked");
        page.navigate("/studies/" + study + "?language=de");
        assertThat(asking.locator(".told")).containsText("Nichts wurde geholt:");
        page.navigate("/studies/" + study + "?language=en&asked=BUSY");
        assertThat(page).hasURL(Pattern.compile(".*/studies/" + study + "\\?language=en"));
        page.evaluate("location.assign('/studies/" + study + "?asked=BUSY')");
        assertThat(asking.locator("[role=status]")).containsText("a search in it is under way");
        person.clearCookies();
        enter("otto");
        page.navigate("/studies/" + study);
        assertThat(asking.locator(".told")).containsText("oldpacs was asked by rosa");
        assertThat(asking.getByRole(AriaRole.BUTTON)).hasCount(0);
        person.clearCookies();
        enter("adam");
        page.navigate("/studies/" + study);
        assertThat(asking).hasCount(0);
    }

    /** The latest on top and open, earlier ones below, one of them taken back. */
    @Test
    void reportsOfRadiologistsAreReadableOnEveryScreen() throws Exception {
        String study = sent("reported");
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("update study_identity set accession_number = 'REPORTED', issuer_of_patient_id = 'SITE',"
                    + " corrected_at = now() where study_instance_uid = '" + study + "'");
            statement.execute(
                    "insert into report (received_at, sending_application, sending_facility, control_id, status,"
                            + " reported_at, accession_number, patient_ids, issuers, birth_date, content, content_sha256, salt)"
                            + " select now(), 'RIS', 'RADIOLOGY', n, (array['FINAL', 'WITHDRAWN', 'FINAL'])[n],"
                            + " now() - n * interval '1 hour', 'REPORTED', array[patient_id], array['SITE'], '',"
                            + " (array[E'Findings: none.\\n\\n' || repeat('x', 400), '', 'of another patient'])[n], n, '' from study_identity,"
                            + " generate_series(1, 3) n where study_instance_uid = '" + study + "'");
        }
        enter("rosa");
        page.navigate("/studies/" + study);
        assertThat(page.locator("#corrected")).isVisible();
        Locator reports = page.locator("#reports .report");
        assertThat(reports).hasCount(3);
        assertThat(reports.first()).isVisible();
        assertThat(reports.first()).containsText("Findings: none.");
        assertThat(reports.nth(1)).isHidden();
        page.locator("#reports summary").click();
        assertThat(reports.nth(1)).containsText("Its sender took back");
        assertThat(reports.nth(2)).containsText("Its sender took back");
        accessible(page);
        fits("/studies/" + study, "study-reported");
        fits("/studies/" + study + "?language=de", "study-reported-de");
    }

    /** Five thousand frames, each of which is shown, sent and told of somewhere: no more rows are read than are shown. */
    @Test
    void ofALargeStudyNoMoreIsReadThanIsShown() throws Exception {
        String study = "2.25.80" + System.nanoTime();
        receive(study, 5000);
        Statistics statistics = factory.unwrap(SessionFactory.class).getStatistics();
        statistics.setStatisticsEnabled(true);
        statistics.clear();
        StudyContents.Study shown = contents.withHistory(contents.of(study).orElseThrow());
        // Of the entities that grow with a study's images: deliveries of other studies are tried all the while.
        long read = Stream.of(Finding.class, Instance.class)
                .mapToLong(entity ->
                        statistics.getEntityStatistics(entity.getName()).getLoadCount())
                .sum();
        statistics.setStatisticsEnabled(false);
        assertThat(read).isLessThan(1000);
        assertThat(shown.images()).hasSize(200);
        assertThat(shown.allImages()).isEqualTo(5000);
        assertThat(shown.images().get(0).finding().percentile()).isEqualTo(100);
        assertThat(shown.refused()).hasSize(200);
        assertThat(shown.allRefused()).isEqualTo(5000);

        enter("rosa");
        page.navigate("/studies/" + study + "?language=en");
        assertThat(page.locator("#refused")).containsText("The first 200 of 5000 images");
        assertThat(page.locator("#refused tbody tr").first()).containsText("frames 2 to 3: image-type DERIVED");
        APIResponse first = page.request().get("/api/studies/" + study + "?size=100");
        assertThat(first.headers().get("link")).endsWith("?page=1&size=100>; rel=\"next\"");
        JsonNode revision = new ObjectMapper().readTree(first.body()).get(0);
        assertThat(revision.path("findings")).hasSize(100);
        assertThat(revision.path("totals").path("findings").asInt()).isEqualTo(5000);
        APIResponse last = page.request().get("/api/studies/" + study + "?page=49&size=100");
        assertThat(last.headers()).doesNotContainKey("link");
        assertThat(new ObjectMapper().readTree(last.body()).get(0).path("instances"))
                .hasSize(100);
    }

    /** As if so many images had been received and judged long ago, whose files are gone. */
    private void receive(String study, int images) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into study (study_instance_uid, revision, state, images_seen, images_restored,"
                    + " first_received_at, last_received_at, ended_at, announced, listed_outcome_at) values ('" + study
                    + "', 1, 'CONFIRMED', " + images + ", " + images + ", now(), now(), now(), 'CONFIRMED', now())");
            statement.execute("insert into instance (study_id, sop_instance_uid, sop_class_uid, series_instance_uid,"
                    + " transfer_syntax_uid, modality, calling_ae_title, location, sha256, bytes, received_at, outcome,"
                    + " outcome_detail) select s.id, s.study_instance_uid || '.' || n, '1.2.840.10008.5.1.4.1.1.4.1',"
                    + " s.study_instance_uid || '.0', '1.2.840.10008.1.2.1', 'MR', 'MR1', 'gone/' || n,"
                    + " repeat('a', 64), 1, now(), 'RESTORED', 'frames 2 to 3: image-type DERIVED'"
                    + " from study s, generate_series(1, " + images + ") n where s.study_instance_uid = '" + study
                    + "'");
            statement.execute("insert into finding (id, instance_id, frame_number, model_name, model_version,"
                    + " model_digest, configuration_digest, score, percentile, flagged, created_at) select -i.id, i.id, 1,"
                    + " 'gone', '1', repeat('b', 64), repeat('c', 64), 1, 100 * row_number() over () / " + images
                    + ", false, now() from instance i join study s on s.id = i.study_id where s.study_instance_uid = '"
                    + study + "'");
        }
    }

    /** A head three times: in one Frame of Reference, and in another. */
    @Test
    void thePatientsEarlierStudiesAreShownBesideThisOneAndWhoSawThemIsInTheTrail() throws Exception {
        String first = sent("earlier");
        String second = sentAgain("earlier", "20260402", Uids.nameBased("demo", "PAGE-earlier", "frame of reference"));
        String third = sentAgain("earlier", "20260412", "2.25.4711");
        enter("rosa");
        page.navigate("/studies/" + second);
        Locator earlier = page.locator("#earlier");
        assertThat(earlier.locator("tbody tr")).hasCount(2);
        assertThat(earlier.locator("[data-earlier='" + first + "']"))
                .containsText(Pattern.compile("2026-01-02\\s+90\\s+BRAIN MR\\s+High\\s+brain-flair/6"));
        assertThat(earlier).containsText("Later studies of the patient, not listed: 1.");
        assertThat((Integer) earlier.locator("img.chart")
                        .evaluate("async plot => { await plot.decode(); return plot.naturalWidth; }"))
                .isEqualTo(480);
        Locator beside = page.locator("#beside");
        assertThat(beside.locator("h2")).hasText("Beside the study of 2026-01-02, 90 days before");
        assertThat(beside).containsText("in the same Frame of Reference, 0.0 mm apart. They are not registered");
        String shown = beside.locator("figcaption").first().innerText();
        assertThat(beside.locator("figcaption").last())
                .containsText(shown.replaceAll(".*(Instance Number \\d+).*", "$1"));
        page.locator(".stack a[rel]").first().click();
        assertThat(beside.locator("figcaption").first()).not().hasText(shown);
        assertThat(page).hasURL(Pattern.compile(".*&earlier=" + escaped(first)));
        assertThat(beside.locator("figcaption").last()).containsText("BRAIN");
        String moved = beside.locator("figcaption").first().innerText();
        assertThat(beside.locator("figcaption").last())
                .containsText(moved.replaceAll(".*(Instance Number \\d+).*", "$1"));
        assertThat(trail(first)).contains("STUDY_VIEWED rosa", "IDENTITY_VIEWED rosa");

        page.navigate("/studies/" + third + "?language=de");
        assertThat(page.locator("#earlier [data-earlier]")).hasCount(2);
        assertThat(page.locator("#beside"))
                .containsText("verschieden oder nicht bekannt, oder sie sind nicht parallel");
        page.locator("#earlier [data-earlier='" + first + "'] a").last().click();
        assertThat(page.locator("#beside h2")).hasText("Neben der Untersuchung vom 2026-01-02, 100 Tage davor");
        page.locator(".stack a[rel]").first().click();
        assertThat(page).hasURL(Pattern.compile(".*&earlier=" + escaped(first)));
        assertThat(page.locator("#beside h2")).hasText("Neben der Untersuchung vom 2026-01-02, 100 Tage davor");
        for (int width : new int[] {390, 768, 1440}) {
            page.setViewportSize(width, 900);
            assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(width);
            accessible(page);
            page.locator("#earlier").scrollIntoViewIfNeeded();
            Chromium.photograph(page, "earlier-" + width);
        }
        page.navigate("/studies/" + third + "?language=en");
        JsonNode listed = new ObjectMapper()
                .readTree(program().get("/api/studies/" + third + "/earlier").asByteArray());
        assertThat(listed.path("total").asInt()).isEqualTo(2);
        assertThat(listed.at("/earlier/0/daysBefore").asInt()).isEqualTo(10);
        assertThat(listed.at("/earlier/1/findings/0/modelName").asText()).isEqualTo("brain-flair");
        person.clearCookies();
        enter("adam");
        page.navigate("/studies/" + third);
        assertThat(page.locator("#earlier")).hasCount(0);
        assertThat(page.navigate("/studies/" + third + "/earlier.png").status()).isEqualTo(403);
        assertThat(page.locator("body")).containsText("Your role does not show this page");
    }

    /** Of the last pane, which follows the first. */
    private double middle() {
        return ((Number) page.locator(".pane")
                        .last()
                        .evaluate("pane => (pane.scrollLeft + pane.clientWidth / 2) / pane.scrollWidth"))
                .doubleValue();
    }

    /** The head was sent with rows to the left of the patient and columns to the back. */
    @Test
    void eachPaneNamesItsSides() throws Exception {
        String study = judged();
        enter("rosa");
        page.navigate("/studies/" + study);
        assertThat(page.locator(".side.left")).hasText(new String[] {"R", "R", "R", "R"});
        assertThat(page.locator(".side.right")).hasText(new String[] {"L", "L", "L", "L"});
        assertThat(page.locator(".side.top")).hasText(new String[] {"A", "A", "A", "A"});
        assertThat(page.locator(".side.bottom")).hasText(new String[] {"P", "P", "P", "P"});
        assertThat(page.locator(".panes")).containsText("from 0.8 times the normal variation on, full at 5.8");
    }

    /** By the number that the instance was sent with, of which its UID is made. */
    private void assertNumbered(Locator told) {
        String sop = page.locator(".finding .uid").innerText();
        int number = IntStream.rangeClosed(1, 20)
                .filter(slice -> sop.equals(Uids.nameBased("demo", "PAGE-judged", "slice " + slice)))
                .findFirst()
                .orElseThrow();
        assertThat(told).containsText("Series 1, Instance Number " + number);
    }

    /** The release's numbers, by the release's own file. */
    @Test
    void anImageIsShownAmongTheNormalImagesOfItsRelease() throws Exception {
        Calibration calibration = ModelRelease.load(GuardedWorker.MODELS.resolve("brain-flair/6"))
                .file()
                .calibration();
        String study = judged();
        double score =
                program()
                        .get("/api/studies/" + study)
                        .jsonPath()
                        .<Double>getList("[0].findings.score", Double.class)
                        .stream()
                        .max(Double::compare)
                        .orElseThrow();
        assertThat(score).isGreaterThan(calibration.threshold());
        int normals = calibration.scores().size();
        enter("rosa");
        page.navigate("/studies/" + study);
        Locator plot = page.getByRole(AriaRole.IMG, new Page.GetByRoleOptions().setName("Scores of"));
        assertThat(plot)
                .hasAttribute(
                        "aria-label",
                        String.format(
                                Locale.ROOT,
                                "Scores of %d normal images, from %.3f to %.3f. Threshold %.3f. This image %.3f, higher than %d of them.",
                                normals,
                                calibration.scores().get(0),
                                calibration.scores().get(normals - 1),
                                calibration.threshold(),
                                new BigDecimal(score).setScale(3, RoundingMode.FLOOR),
                                normals));
        assertThat(page.locator(".judgement")).containsText(normals + " of the " + normals + " normal images");
        assertThat(page.locator(".judgement")).containsText("no probability of disease");
        double threshold = plot.locator("path.threshold").boundingBox().x;
        assertThat(plot.locator("path.this").boundingBox().x).isGreaterThan(threshold);
        page.locator("#image-20").click();
        assertThat(page.locator("#image-20")).hasAttribute("aria-current", "true");
        assertThat(plot.locator("path.this").boundingBox().x).isLessThan(threshold);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("brain-flair/6"))
                .click();
        assertThat(page.locator("h1")).hasText("Model brain-flair/6");
    }

    @Test
    void aReleaseThatIsGoneIsSaidToBeGone() throws Exception {
        String study = sent("release-gone");
        try (Connection connection = database.getConnection();
                PreparedStatement judgedByAnother = connection.prepareStatement(
                        "update finding set model_digest = repeat('0', 64), model_version = '1' where instance_id in"
                                + " (select i.id from instance i join study s on s.id = i.study_id"
                                + " where s.study_instance_uid = ?)")) {
            judgedByAnother.setString(1, study);
            assertThat(judgedByAnother.executeUpdate()).isEqualTo(2);
        }
        enter("rosa");
        page.navigate("/studies/" + study);
        assertThat(page.locator(".judgement"))
                .containsText("brain-flair/1 judged this image and is not in service here");
        assertThat(page.locator(".judgement")).containsText("Percentile");
        assertThat(page.locator(".judgement svg")).hasCount(0);
        assertThat(page.locator("body")).containsText("The highest image is by another release, brain-flair/1");
        assertThat(page.locator("#viewer img")).not().hasCount(0);
        assertThat(page.locator(".panes")).containsText("colour from a level on that is in its legend as delivered");
        accessible(page);
        page.navigate("/");
        assertThat(page.locator("[data-study='" + study + "'] .cell-normal"))
                .containsText(Pattern.compile("p [\\d.<]+.*percentile", Pattern.CASE_INSENSITIVE | Pattern.DOTALL));
        page.navigate("/models");
        assertThat(page.locator("body")).containsText("brain-flair/1: 2 images");
    }

    /** As received in colour, of the size that was judged. */
    @Test
    void aColourImageIsShownAsItsLuminanceAndThatIsSaid() throws Exception {
        String study = sent("colour");
        byte[] rgb = new byte[256 * 256 * 3];
        for (int i = 0; i < rgb.length; i += 3) {
            rgb[i] = (byte) 200;
            rgb[i + 1] = 100;
            rgb[i + 2] = 50;
        }
        Path colour =
                PixelFiles.write(Files.createTempDirectory("rigatino-page"), PixelFiles.fundus("2.25.3", 256, rgb));
        enter("rosa");
        page.navigate("/studies/" + study);
        assertThat(page.locator(".panes")).not().containsText("luminance");
        try (Connection connection = database.getConnection();
                PreparedStatement inColour =
                        connection.prepareStatement("update instance set location = ? where study_id in"
                                + " (select id from study where study_instance_uid = ?)")) {
            inColour.setString(1, colour.toAbsolutePath().toString());
            inColour.setString(2, study);
            assertThat(inColour.executeUpdate()).isEqualTo(2);
        }
        page.navigate("/studies/" + study);
        assertThat(page.locator(".panes figcaption").first())
                .hasText("Source. In colour; shown, and judged, as its luminance.");
        BufferedImage source = png(picture(study, "source"));
        assertThat(source.getRaster().getSample(128, 128, 0)).isEqualTo(124);
    }

    @Test
    void picturesAreTheFramesOwnAndTheirDifference() throws Exception {
        String study = judged();
        BufferedImage source = png(picture(study, "source"));
        BufferedImage restored = png(picture(study, "restored"));
        BufferedImage difference = png(picture(study, "difference"));
        RestoredMark mark = RestoredMark.of(256, 256);
        for (int row = 0; row < 256; row++) {
            for (int column = 0; column < 256; column++) {
                int departs = source.getRaster().getSample(column, row, 0)
                        - restored.getRaster().getSample(column, row, 0);
                int colour = difference.getRGB(column, row);
                int warm = (colour >> 16 & 0xFF) - (colour & 0xFF);
                if (mark.covers(row * 256 + column)) {
                    assertThat(colour & 0xFFFFFF).isEqualTo(0x404040);
                    continue;
                }
                assertThat(Integer.signum(warm)).as("at %d, %d", row, column).isEqualTo(Integer.signum(departs));
            }
        }
        assertThat(source.getRaster().getSample(128, 128, 0))
                .isGreaterThan(source.getRaster().getSample(0, 0, 0));
        BufferedImage dark = png(picture(study, "source") + "?center=5000&width=10");
        assertThat(dark.getRaster().getSample(128, 128, 0)).isZero();
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
                        .get(picture(study, "source").replace(study, "1.2.3"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(trail(study).stream().filter("STUDY_VIEWED program"::equals))
                .as("once an hour")
                .hasSize(1);
    }

    /** The demo's head, 20 slices with the lesion in some. */
    @Test
    void slicesAreMovedInTheOrderOfTheSeriesByKeysAndByTheWheel() throws Exception {
        String study = judged();
        enter("rosa");
        page.navigate("/studies/" + study);
        int shown = instanceNumber();
        int other = shown == 20 ? 19 : shown + 1;
        page.keyboard().press(other > shown ? "ArrowDown" : "ArrowUp");
        assertThat(page.locator("#viewer .finding").first()).containsText("Instance Number " + other);
        assertThat(page.locator(".images [aria-current]")).containsText("Instance Number " + other);
        assertThat(page).hasURL(Pattern.compile(".*\\?image=\\d+$"));
        page.locator("#slice").focus();
        page.keyboard().press("Home");
        assertThat(page.locator(".finding").first()).containsText("Instance Number 1");
        assertThat(page.locator("#slice-before")).hasCount(0);
        page.keyboard().press("ArrowDown");
        assertThat(page.locator(".finding").first()).containsText("Instance Number 2");
        assertThat(page.locator("#slice")).isFocused();
        page.locator(".pane").first().hover();
        page.mouse().wheel(0, 60);
        assertThat(page.locator(".finding").first()).containsText("Instance Number 3");
        page.keyboard().press("End");
        assertThat(page.locator(".finding").first()).containsText("Instance Number 20");
        assertThat(page.locator("#slice-after")).hasCount(0);
        assertThat(page.locator("#viewer img").first()).hasAttribute("src", Pattern.compile(".*/source.*"));

        int flagged = page.locator(".images .mark").count();
        assertThat(page.locator(".flags rect")).hasCount(flagged);
        page.locator("h1").click();
        page.keyboard().press("n");
        assertThat(page.locator("#viewer .finding").first()).containsText("Flagged: ");
        assertThat(page.locator("#slice")).hasValue(Pattern.compile("[0-9]|1[0-9]"));
        assertThat(page.locator("#ask")).hasText("Is it right that this image is flagged?");
        assertThat((Integer) page.evaluate("document.querySelector('#slice').valueAsNumber"))
                .isEqualTo(instanceNumber());
    }

    private int instanceNumber() {
        Matcher number = Pattern.compile("Instance Number (\\d+)")
                .matcher(page.locator("#viewer .finding").first().innerText());
        assertThat(number.find()).isTrue();
        return Integer.parseInt(number.group(1));
    }

    @Test
    void aFindingIsAnsweredByOneKeyAndWhoIsSlowerIsToldOfTheColleaguesAnswer() throws Exception {
        String study = sent("answered");
        String next = sent("to-be-answered");
        enter("rosa");
        page.navigate("/studies/" + study);
        try (BrowserContext another = chromium.person(base, "de-DE")) {
            addOnce("ruth", UserRole.RADIOLOGIST);
            Page slower = another.newPage();
            slower.navigate("/studies/" + study);
            slower.locator("[name=name]").fill("ruth");
            slower.locator("#password").fill(PASSWORD);
            slower.keyboard().press("Enter");
            assertThat(slower.locator("#ask")).hasText("Ist dieses Bild zu Recht auffällig?");

            pictured(page);
            page.evaluate("for (const key of 'aa') {"
                    + " document.body.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true})); }");
            assertThat(page.locator("#answered")).containsText("Recorded.");
            assertThat(page.locator("#in-force")).containsText("Agree");
            assertThat(page.locator("#in-force")).containsText("rosa");
            accessible(page);
            Chromium.photograph(page, "answered");

            slower.locator("#answer-reason").selectOption("ARTIFACT");
            slower.locator("#answer-comment").fill("<i>Klammer</i> d");
            slower.locator("h1").click();
            pictured(slower);
            slower.keyboard().press("d");
            assertThat(slower.locator("#answered"))
                    .containsText("Nicht festgehalten: Dieses Bild hat eine andere Antwort");
            assertThat(slower.locator("#in-force")).containsText("Stimmt – rosa");
            assertThat(slower.locator("#answer-comment")).hasValue("<i>Klammer</i> d");
            accessible(slower);
            Chromium.photograph(slower, "answer-of-a-colleague");
            slower.locator("h1").click();
            slower.keyboard().press("d");
            assertThat(slower.locator("#answer-replaces")).isFocused();
            assertThat(slower.locator("#in-force")).containsText("Stimmt – rosa");
            slower.keyboard().press("Space");
            slower.locator("h1").click();
            pictured(slower);
            slower.keyboard().press("d");
            assertThat(slower.locator("#in-force")).containsText("Stimmt nicht: Artefakt · <i>Klammer</i> d – ruth");
            slower.locator(".answers summary").click();
            assertThat(slower.locator(".answers details")).containsText("Stimmt – rosa");
        }
        assertThat(trail(study)).contains("FINDING_ANSWERED rosa", "FINDING_ANSWERED ruth");
        pictured(page);
        page.keyboard().press("u");
        assertThat(page.locator("#answered")).containsText("another answer than you saw");
        page.locator("#single-keys").evaluate("box => { box.closest('details').open = true; }");
        page.locator("#single-keys").uncheck();
        page.locator("h1").click();
        page.keyboard().press("u");
        assertThat(page.locator("#in-force")).containsText("Disagree: artifact");
        page.locator("#single-keys").check();
        page.locator("h1").click();
        page.keyboard().press("s");
        assertThat(page).not().hasURL(Pattern.compile(".*" + Pattern.quote(study) + ".*"));
        assertThat(page).hasURL(Pattern.compile(".*/studies/.*"));
        assertThat(next).isNotEqualTo(study);
        page.navigate("/worklist");
        assertThat(row(page, study)).containsText("Answered");
        assertThat(row(page, next)).not().containsText("Answered");
    }

    /** The threshold of the release was another, as far as the record says: nothing of the study is flagged. */
    @Test
    void whatWasMissedIsPointedAtInAPicture() throws Exception {
        String study = sent("missed");
        unflag(study);
        enter("rosa");
        page.navigate("/studies/" + study);
        page.keyboard().press("m");
        assertThat(page.locator("#answer-column")).isFocused();
        Locator picture = page.locator(".pane img").first();
        picture.evaluate("picture => picture.decode()");
        picture.scrollIntoViewIfNeeded();
        BoundingBox box = picture.boundingBox();
        page.mouse().click(box.x + box.width * 100.5 / 256, box.y + box.height * 40.5 / 256);
        // A pixel of the screen is more than one of the image.
        assertThat(page.locator("#answer-column")).hasValue(Pattern.compile("99|100|101"));
        assertThat(page.locator("#answer-row")).hasValue(Pattern.compile("39|40|41"));
        String column = page.locator("#answer-column").inputValue();
        String row = page.locator("#answer-row").inputValue();
        assertThat(page.locator(".missed-place")).hasCount(4);
        page.locator("#viewer").focus();
        pictured(page);
        page.keyboard().press("m");
        assertThat(page.locator("#in-force")).containsText("Missed something, column " + column + ", row " + row);
        assertThat(page.locator(".missed-place")).hasCount(4);
        accessible(page);
        Chromium.photograph(page, "missed");
        page.locator("#answer-column").fill("256");
        page.locator("#answer-row").fill("0");
        pictured(page);
        page.locator("#answer-missed").click();
        assertThat(page.locator("#answered")).containsText("it has 256 columns and 256 rows, counted from 0");
        String longest = "漢".repeat(1000);
        page.locator("#answer-comment").fill(longest);
        pictured(page);
        page.locator("#answer-unsure").click();
        assertThat(page.locator("#in-force bdi")).hasText(longest);
        pictured(page);
        page.locator("#answer-withdraw").click();
        assertThat(page.locator("#in-force")).containsText("Taken back");
        assertThat(page.locator(".missed-place")).hasCount(0);
    }

    @Test
    void whoIsNoRadiologistReadsAnswersAndGivesNone() throws Exception {
        String study = judged();
        enter("carla");
        page.navigate("/studies/" + study);
        assertThat(page.locator("#slice")).isVisible();
        assertThat(page.locator("#answers form")).hasCount(0);
        APIResponse refused = page.request()
                .post(
                        "/studies/" + study + "/answer",
                        RequestOptions.create().setForm(FormData.create().set("verdict", "AGREE")));
        assertThat(refused.status()).isEqualTo(403);
        enter("rosa");
        for (String wrong : List.of(
                "verdict=PERHAPS",
                "verdict=AGREE",
                "sop=1.2.3&verdict=AGREE",
                "",
                "verdict=AGREE&frame=x",
                "verdict=AGREE&frame=99999999999",
                "verdict=AGREE&sop=%00",
                "revises=1e3")) {
            assertThat(page.request()
                            .post(
                                    "/studies/" + study + "/answer",
                                    RequestOptions.create()
                                            .setHeader("Content-Type", "application/x-www-form-urlencoded")
                                            .setData(wrong))
                            .status())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    @Test
    void anAuditorSeesTheHistoryAndNoPictures() throws Exception {
        String study = judged();
        enter("otto");
        page.navigate("/worklist");
        assertThat(page.locator("body")).containsText("Your role does not show this page");
        accessible(page);
        page.navigate("/studies/" + study);
        assertThat(page.locator("body")).containsText("Pictures are for coordinators and radiologists");
        assertThat(page.locator("body")).containsText("127.0.0.1");
        assertThat(page.locator("img")).hasCount(0);
        assertThat(page.locator("main form")).hasCount(0);
        assertThat(page.navigate(picture(study, "source")).status()).isEqualTo(403);
        page.navigate("/studies/1.2.3");
        assertThat(page.locator("body")).containsText("not known here");
    }

    /** As where others look at radiographs that take all memory that pictures may. */
    @Test
    void whereThereIsNoRoomForPicturesProgramsAndPeopleAreToldToComeAgain() throws Exception {
        String study = judged();
        String source = picture(study, "source");
        enter("rosa");
        room.draw(Long.MAX_VALUE, () -> {
            program()
                    .get(source)
                    .then()
                    .statusCode(503)
                    .header("Retry-After", "5")
                    .body("detail", containsString("too many pictures"));
            assertThat(page.navigate("/studies/" + study).status()).isEqualTo(503);
            assertThat(page.locator("main")).containsText("try again in a few seconds");
            return null;
        });
        program().get(source).then().statusCode(200);
        assertThat(page.navigate("/studies/" + study).status()).isEqualTo(200);
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
