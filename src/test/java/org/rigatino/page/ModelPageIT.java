package org.rigatino.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.path.json.config.JsonPathConfig;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.monitor.Drift;
import org.rigatino.restore.Calibration;
import org.rigatino.restore.ModelRelease;

/** The model releases in service in a real browser. */
@QuarkusTest
@WithTestResource(GuardedWorker.class)
class ModelPageIT extends Browsing {
    private static final Path HEAD = GuardedWorker.MODELS.resolve("brain-flair/6");
    private static final Path CHEST = GuardedWorker.MODELS.resolve("chest-xray-paediatric/2");
    private static final int SIMULATED = 600;

    @Inject
    IngestConfiguration ingest;

    @Test
    void aReleaseTellsWhatRadiologistsSayOfItAndLeadsToTheDisagreements() throws Exception {
        String study = sent("counted");
        enter("rosa");
        page.navigate("/studies/" + study);
        page.locator("#answer-reason").selectOption("MOTION");
        pictured(page);
        page.locator("#answer-disagree").click();
        assertThat(page.locator("#answered")).containsText("Recorded.");
        String digest = ModelRelease.load(HEAD).digest();
        page.navigate("/models/" + digest);
        Locator row = page.locator("#answers tr").filter(new Locator.FilterOptions().setHasText(study));
        assertThat(row).containsText("Disagree (flagged)");
        assertThat(row).containsText("motion");
        assertThat(page.locator("#answers")).containsText("Predictive value");
        assertThat(page.locator("#answers")).containsText("TEST");
        accessible(page);
        Chromium.photograph(page, "model-answers");
        page.navigate("/models/" + digest + "?language=de");
        assertThat(page.locator("#answers")).containsText("Stimmt nicht (auffällig)");
        page.navigate("/models/" + digest + "?language=en");
        page.locator("#answers").getByText(study).click();
        assertThat(page.locator("#in-force")).containsText("Disagree: motion");
        JsonPath counted = program().get("/api/models/" + digest + "/answers").jsonPath();
        assertThat(counted.getList("disagreements.studyInstanceUid")).contains(study);
        assertThat(counted.getInt("all.predictiveValue.all")).isPositive();
        assertThat(program().get("/api/models/nobodys/answers").statusCode()).isEqualTo(404);
    }

    @Test
    void whoeverMaySignInSeesWhatAReleaseIsForAndWhatItMisses() throws Exception {
        for (String name : List.of("carla", "rosa", "otto", "adam")) {
            enter(name);
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Models"))
                    .focus();
            page.keyboard().press("Enter");
            assertThat(page.locator("nav.places [aria-current=page]")).hasText("Models");
            assertThat(page.locator("#releases tbody tr")).hasCount(3);
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out"))
                    .click();
        }
        enter("adam");
        page.navigate("/models");
        page.locator("#releases")
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("brain-flair/6"))
                .click();
        Locator body = page.locator("main");
        ModelRelease release = ModelRelease.load(HEAD);
        for (String limit : release.file().limits()) {
            assertThat(body).containsText(limit);
        }
        assertThat(body).containsText(release.digest());
        assertThat(row("Image AUROC (chance: 0.5)")).containsText("0.898(0.825 – 0.967)");
        assertThat(row("pca release")).containsText("0.834");
        assertThat(row("modality")).containsText("Any of: MR");
        assertThat(row("orientation")).containsText("AXIAL ± 30 degrees");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("The model card in full"))
                .click();
        assertThat(page.locator("#card .card")).isInViewport();
        assertThat(page.locator("#card .card")).containsText("What it misses");
        assertThat(page.locator("#card .card")).containsText("Where not to use it");
        accessible(page);
        assertThat(page.navigate("/models/0000").status()).isEqualTo(404);
        assertThat(page.locator("body")).containsText("No model release of this digest");
        accessible(page);
    }

    private Locator row(String heading) {
        return page.locator("tr")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByRole(
                                AriaRole.ROWHEADER,
                                new Page.GetByRoleOptions().setName(heading).setExact(true))));
    }

    /** Of one image of a study that only the shadow flags, as if it had judged it. */
    @Test
    void aShadowIsSetBesideWhatServesAndPromotedByAnAdministratorAlone() throws Exception {
        String study = sent("shadowed");
        JsonPath releases = program().get("/api/releases").jsonPath();
        String shadow = releases.getString("find { it.version == '" + GuardedWorker.SHADOW + "' }.digest");
        said(study, shadow);
        await().untilAsserted(() -> assertThat(program()
                        .get("/api/releases")
                        .jsonPath()
                        .getInt("find { it.digest == '" + shadow + "' }.workers"))
                .isPositive());
        enter("rosa");
        page.navigate("/models/" + shadow);
        assertThat(page.locator("#serves")).containsText("In shadow");
        assertThat(page.locator("#serves")).containsText("shown to administrators and auditors");
        assertThat(page.locator("body")).not().containsText("in shadow, beside");
        assertThat(page.locator("form[action$=promote]")).hasCount(0);

        person.clearCookies();
        enter("adam");
        page.navigate("/models");
        page.locator("#shadows a").first().click();
        Locator beside = page.locator("section[id^=beside-]");
        assertThat(beside).containsText("brain-flair/" + GuardedWorker.SHADOW + ", in shadow, beside brain-flair/6");
        assertThat(beside.locator("tr").filter(new Locator.FilterOptions().setHasText("Images flagged")))
                .containsText("1");
        assertThat(page.request()
                        .get(page.locator(".chart").getAttribute("src"))
                        .status())
                .isEqualTo(200);
        Chromium.await(page, "document.querySelector('.chart').naturalWidth > 100");
        accessible(page);
        Chromium.photograph(page, "model-shadow");
        page.navigate(page.url().replaceFirst("[?#].*", "") + "?language=de");
        assertThat(page.locator("#serves")).containsText("Im Schatten");
        assertThat(page.locator("#losses")).containsText("Studien verglichen, weniger als 30");
        page.navigate(page.url().replaceFirst("[?#].*", "") + "?language=en");
        assertThat(page.locator("#losses")).containsText("Compared with brain-flair/6 on 1 studies");
        Chromium.photograph(page, "model-losses");
        page.getByLabel("This may be lost").check();
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Promote brain-flair/" + GuardedWorker.SHADOW))
                .click();
        assertThat(page.locator("main")).containsText("It holds at every worker from the next study on");
        assertThat(page.locator("#serves")).containsText("Serves, since");
        assertThat(page.locator("#serves")).containsText("by adam");
        execute("insert into release_at_worker (worker, host, model_digest, seen_at) values ('before-67', 'mars', '"
                + ModelRelease.load(HEAD).digest() + "', now() + interval '1 hour')");
        try {
            page.navigate("/models/" + shadow);
            assertThat(page.locator("#serves")).containsText("mars: rules that it has not told");
            page.getByLabel("These images may be refused").check();
            button("Go back to brain-flair/6").click();
            assertThat(page.locator("#serves")).containsText("In shadow");
        } finally {
            execute("delete from release_at_worker where worker = 'before-67'");
        }
        page.locator("section[id^=beside-] a[href*='instance=']").first().click();
        assertThat(page.locator("h1")).isVisible();
        assertThat(page).hasURL(Pattern.compile(".*/studies/" + study + "\\?instance=.*"));
    }

    private void said(String study, String shadow) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement run = connection.prepareStatement(
                        "insert into release_run (study_id, model_digest, standing, state, worker, started_at, ended_at,"
                                + " images, drawing_seconds, work_seconds, percentile, priority) select id, ?, 'SHADOW', 'DONE',"
                                + " 'test', now(), now(), 1, 0.5, 1, 99.5, 'HIGH' from study where study_instance_uid = ?");
                PreparedStatement image = connection.prepareStatement(
                        "insert into shadow_finding (run_id, instance_id, frame_number, score, percentile, flagged)"
                                + " select r.id, f.instance_id, f.frame_number, 9, 99.5, not f.flagged from release_run r"
                                + " join instance i on i.study_id = r.study_id join finding f on f.instance_id = i.id"
                                + " where r.model_digest = ? order by f.id limit 1")) {
            run.setString(1, shadow);
            run.setString(2, study);
            run.executeUpdate();
            image.setString(1, shadow);
            image.executeUpdate();
        }
    }

    /** Delivered; a release judged it that is not known any more. */
    private String finished(String name) throws Exception {
        String study = sent(name);
        execute("update finding set model_digest = repeat('0', 64) where instance_id in (select i.id from instance i"
                + " join study s on s.id = i.study_id where s.study_instance_uid = '" + study + "')");
        execute("update study set state = 'CONFIRMED', ended_at = now(), version = version + 1 where"
                + " study_instance_uid = '" + study + "'");
        return study;
    }

    /** One study of two, of which the other is taken first, and its files have been deleted by somebody. */
    @Test
    void anAdministratorHasFinishedStudiesJudgedAgain() throws Exception {
        String study = finished("again");
        String gone = finished("files-gone");
        FileUtils.deleteDirectory(ingest.store().resolve(gone).toFile());
        enter("adam");
        page.navigate("/models");
        link("Judge finished studies again").click();
        page.getByLabel("Received from (UTC)").fill("2020-01-01");
        page.getByLabel("Received to (UTC)").fill("2019-01-01");
        button("Preview").click();
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("later");
        page.getByLabel("Received to (UTC)").fill("");
        page.getByLabel("Calling AE title").fill("TEST");
        button("Preview").click();
        assertThat(page.locator("#preview")).containsText("studies: 2, images: 4. By the releases that serve now: ");
        accessible(page);
        button("Start").click();
        Locator run = page.locator("#runs tbody tr").first();
        assertThat(run).containsText("Received from (UTC) 2020-01-01");
        await().until(() -> {
            link("Look again").click();
            return run.locator("td").nth(3).innerText().equals("1");
        });
        assertThat(run).containsText("objects of the last study have not been sent yet");
        button("Pause").click();
        assertThat(run).containsText("Paused");
        accessible(page);
        button("Go on").click();
        assertThat(run).containsText("Running");
        button("Stop").click();
        assertThat(run).containsText("Stopped");
        assertThat(run.getByRole(AriaRole.BUTTON)).hasCount(0);
        assertThat(run).containsText("still to be delivered: 1");
        assertThat(run).containsText("files no longer kept: 1");
        Locator kept = page.locator("details", new Page.LocatorOptions().setHasText("keep what they had"));
        kept.locator("summary").click();
        assertThat(kept.getByRole(AriaRole.ROW).last()).containsText(gone);
        assertThat(kept).containsText("2 of 2 of the study are not below rigatino.ingest.store");
        assertThat(page.locator("[data-undelivered='" + study + "']"))
                .containsText("by itself once the destination takes it: Destinations");
        page.navigate("/reruns?language=de&receivedFrom=2020-01-01&priority=HIGH");
        assertThat(page.locator("#preview")).isVisible();
        assertThat(page.locator("select[name=priority] option"))
                .containsText(new String[] {"beliebig", "Hoch", "Mittel"});
        for (String refused : List.of("receivedFrom=gestern", "from=2020-01-01")) {
            page.navigate("/reruns?language=de&" + refused);
            assertThat(page.getByRole(AriaRole.STATUS))
                    .containsText(refused.contains("gestern") ? "kein Datum" : "gibt es");
            assertThat(page.getByRole(AriaRole.STATUS).locator("[lang=de]")).hasCount(1);
        }
        page.navigate("/reruns?language=de");
        assertThat(run).containsText("Beendet");
        Chromium.photograph(page, "reruns-de");
        page.navigate("/studies/" + study + "?language=en");
        assertThat(page.locator("main")).containsText("superseded by revision 2");
    }

    @Test
    void whatOtherFalseAlarmsWouldHaveFlaggedIsAskedOnAPageOfItsOwn() throws Exception {
        String study = sent("supposed");
        String another = sent("supposed-too");
        String release = ModelRelease.load(HEAD).digest();
        execute(
                "update study set p_value = 0.04, normal_studies = 99, beyond = 0, false_alarms = 0.05, deciding_digest = '"
                        + release + "', version = version + 1 where study_instance_uid in ('" + study + "', '" + another
                        + "')");
        enter("adam");
        page.navigate("/models/" + release);
        link("Other thresholds and rules").click();
        assertThat(page.locator("#now")).containsText("Modalities it takes, as MR,CTMR");
        page.getByLabel("False alarms per 100 normal studies").fill("2");
        button("Ask").click();
        Locator changed = page.locator("#studies tr").filter(new Locator.FilterOptions().setHasText(study));
        assertThat(changed).containsText("would not be flagged");
        accessible(page);
        page.getByLabel("Threshold of an image's score").fill("-1000");
        page.getByLabel("Modalities it takes").fill("CT");
        button("Ask").click();
        assertThat(page.locator("#images")).containsText("Flagged instead");
        assertThat(page.locator("#modality")).containsText("cannot be told");
        accessible(page);
        page.getByLabel("False alarms per 100 normal studies").fill("0.1");
        button("Ask").click();
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("99 normal studies cannot promise 0.1");
        page.navigate("/models/" + release + "/what-if?falseAlarmsPer100=2&language=de");
        assertThat(page.locator("#studies")).containsText("w\u00e4re nicht auff\u00e4llig");
        Chromium.photograph(page, "what-if-de");
        page.navigate("/models/" + release + "/what-if?falseAlarms=2");
        assertThat(page.locator("main")).containsText("there is no parameter falseAlarms here");
        page.goBack();
        page.locator("#studies").getByText(study).click();
        assertThat(page).hasURL(Pattern.compile(".*/studies/" + study));
        assertThat(program()
                        .get("/api/releases/" + release + "/what-if?falseAlarmsPer100=2")
                        .jsonPath()
                        .getList("studies.changed.studyInstanceUid"))
                .contains(study);
        JsonPath images = program()
                .get("/api/releases/" + release + "/what-if?threshold=-1000")
                .jsonPath();
        assertThat(images.getLong("images.judged")).isPositive().isEqualTo(images.getLong("images.wouldBe"));
        assertThat(program().get("/api/releases/" + release + "/what-if").statusCode())
                .isEqualTo(400);
        assertThat(program()
                        .get("/api/releases/" + "0".repeat(64) + "/what-if?threshold=1")
                        .statusCode())
                .isEqualTo(404);
    }

    private Locator link(String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
    }

    private Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void fewImagesAreSaidToBeTooFew() throws Exception {
        enter("rosa");
        page.navigate("/models/" + ModelRelease.load(CHEST).digest());
        assertThat(page.locator("main")).containsText("Too few to judge");
        assertThat(page.locator("main")).containsText("0 images; fewer than 500 say little.");
        assertThat(page.locator("main")).containsText("No image was judged of late.");
        assertThat(row("patient-age")).containsText("1 – < 6 years");
        assertThat(row("unlike")).containsText("Distance from the model's normal images");
        accessible(page);
    }

    /** Page, REST and metrics say the same of images whose scores are normals', four times as high. */
    @Test
    void driftIsOfTheImagesOfLateAndTheSameAsTheMetrics() throws Exception {
        ModelRelease release = ModelRelease.load(HEAD);
        simulate(sent("scores"), release);
        String metric = "rigatino_score_drift_psi{model=\"brain-flair\",version=\"" + release.version() + "\"";
        await().untilAsserted(
                        () -> assertThat(metric(metric)).isEqualTo(live(release).getDouble("stabilityIndex")));
        JsonPath live = live(release);
        assertThat(live.getInt("images")).isGreaterThan(SIMULATED);
        assertThat(live.getString("standing")).isEqualTo(Drift.Standing.SHIFTED.name());
        assertThat(live.<Integer>getList("scores").stream()
                        .mapToInt(count -> count)
                        .sum())
                .isEqualTo(live.getInt("images"));
        assertThat(live.<Integer>getList("normals").stream()
                        .mapToInt(count -> count)
                        .sum())
                .isEqualTo(release.file().calibration().scores().size());

        enter("rosa");
        page.navigate("/models/" + release.digest());
        Locator main = page.locator("main");
        assertThat(main).containsText("Shifted");
        assertThat(main)
                .containsText(String.format(
                        Locale.ROOT,
                        "%.3f. About %.3f comes of chance alone",
                        live.getDouble("stabilityIndex"),
                        live.getDouble("byChance")));
        assertThat(main).containsText("look for a new scanner");
        assertThat(page.locator("path.live")).isVisible();
        accessible(page);
        Chromium.photograph(page, "model");
        Chromium.illustrate(page, "model-page");
    }

    private static JsonPath live(ModelRelease release) {
        return program()
                .get("/api/models/" + release.digest())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath(JsonPathConfig.jsonPathConfig().numberReturnType(JsonPathConfig.NumberReturnType.DOUBLE))
                .setRootPath("live");
    }

    private static double metric(String series) {
        return program()
                .get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(Double.NaN);
    }

    /** As if so many frames of the study's first image had been judged. */
    private void simulate(String study, ModelRelease release) throws SQLException, IOException {
        Calibration calibration = release.file().calibration();
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into finding (instance_id, frame_number, model_name, model_version, model_digest,"
                                + " configuration_digest, score, percentile, flagged, created_at)"
                                + " select min(i.id), ?, ?, ?, ?, 'simulated', ?, ?, false, now()"
                                + " from instance i join study s on s.id = i.study_id where s.study_instance_uid = ?")) {
            for (int i = 0; i < SIMULATED; i++) {
                double score = 4
                        * calibration.scores().get(37 * i % calibration.scores().size());
                insert.setInt(1, 1000 + i);
                insert.setString(2, release.name());
                insert.setString(3, release.version());
                insert.setString(4, release.digest());
                insert.setDouble(5, score);
                insert.setDouble(6, calibration.percentile(score));
                insert.setString(7, study);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
