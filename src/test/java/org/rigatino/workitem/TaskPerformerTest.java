package org.rigatino.workitem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rigatino.Patience.await;
import static org.rigatino.workitem.PerformerOnRecord.IMAGE;
import static org.rigatino.workitem.PerformerOnRecord.STUDY;
import static org.rigatino.workitem.PerformerOnRecord.UID;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.Patience;
import org.rigatino.Slow;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.deliver.dicomweb.Credentials;
import org.rigatino.deliver.dicomweb.DicomwebArchive;
import org.rigatino.deliver.dicomweb.DicomwebException;
import org.rigatino.dicom.DicomException;
import org.rigatino.workitem.UpsService.Reply;

/** Every answer of a worklist manager, and every outcome of a study, on a real PostgreSQL. */
@Slow
class TaskPerformerTest {
    private static PerformerOnRecord site;
    private static DeliveryDatabase database;
    private static WorkitemRecord record;

    private UpsService service;

    @BeforeAll
    static void startDatabase() throws Exception {
        site = new PerformerOnRecord();
        database = site.database;
        record = site.record;
    }

    @AfterAll
    static void stopDatabase() throws Exception {
        site.close();
    }

    @BeforeEach
    void start() throws Exception {
        service = new UpsService(0);
        site.empty();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private TaskPerformer performer(String... more) {
        return performer(Optional.empty(), more);
    }

    private TaskPerformer performer(Optional<CancelRequests> cancelRequests, String... more) {
        return site.performer(service, cancelRequests, more);
    }

    private static String row(String column) throws Exception {
        return site.row(column);
    }

    private void scheduled() throws Exception {
        service.schedule(UID, UpsService.workitem("RESTORE", STUDY, IMAGE));
    }

    private static void study(String state, String more) throws Exception {
        site.study(state, more);
    }

    private static void confirmed() throws Exception {
        site.confirmed();
    }

    private List<String> lines() {
        return service.requests.stream().map(UpsService.Request::line).toList();
    }

    @Test
    void aScheduledWorkitemIsClaimedAndCompletedWithWhatWasDelivered() throws Exception {
        scheduled();
        TaskPerformer performer = performer();
        performer.pass();
        assertThat(List.of(row("state"), service.state(UID))).containsExactly("IN_PROGRESS", "IN PROGRESS");
        assertThat(row("transaction_uid")).isEqualTo(service.transactions.get(UID));
        performer.pass();
        assertThat(service.workitems
                        .get(UID)
                        .at("/00741002/Value/0/00741004/Value/0")
                        .asText())
                .isEqualTo("0");
        confirmed();
        performer.pass();
        assertThat(List.of(row("state"), service.state(UID))).containsExactly("COMPLETED", "COMPLETED");
        var performed = service.workitems.get(UID).at("/00741216/Value/0");
        assertThat(performed.at("/00404019/Value/0/00080100/Value/0").asText()).isEqualTo("RESTORE");
        var outputs = performed.at("/00404033/Value");
        assertThat(outputs).hasSize(2);
        assertThat(outputs.at("/0/0040E021/Value/0/00080054/Value/0").asText()).isEqualTo("OLD");
        assertThat(outputs.at("/1/00081199/Value").findValuesAsText("vr")).isNotEmpty();
        assertThat(outputs.at("/1/00081199/Value")).hasSize(2);
        assertThat(outputs.at("/1/0040E025/Value/0/00081190/Value/0").asText())
                .isEqualTo("http://127.0.0.1:1/dicom-web/studies/2.25.1/series/2.25.9");
        assertThat(database.query("select kind || ' ' || detail from audit_event where subject = '" + UID
                        + "' order by id desc limit 2"))
                .containsExactly(
                        "WORKITEM_COMPLETED at ris: 3 outputs at destinations referenced", "WORKITEM_CLAIMED at ris");
        int before = service.requests.size();
        performer.pass();
        assertThat(lines().subList(before, service.requests.size())).containsOnly("GET /workitems");
    }

    /** Nobody finds them by where the destination is now, or was before it was removed. */
    @ParameterizedTest
    @ValueSource(strings = {"place = 'http://127.0.0.1:2/dicom-web'", "place = null", "destination = 'removed'"})
    void whatIsNotWhereADestinationIsNowIsLeftOutAndTold(String happened) throws Exception {
        scheduled();
        confirmed();
        database.execute("update delivery set " + happened + " where destination = 'pacs' and state = 'CONFIRMED'");
        TaskPerformer performer = performer();
        performer.pass();
        performer.pass();
        assertThat(service.state(UID)).isEqualTo("COMPLETED");
        var outputs = service.workitems.get(UID).at("/00741216/Value/0/00404033/Value");
        assertThat(outputs).hasSize(1);
        assertThat(outputs.at("/0/0040E021/Value/0/00080054/Value/0").asText()).isEqualTo("OLD");
        assertThat(database.query("select detail from audit_event where subject = '" + UID
                        + "' and kind = 'WORKITEM_COMPLETED' order by id desc limit 1"))
                .first()
                .asString()
                .startsWith("at ris: 1 outputs at destinations referenced; 2 left out");
    }

    /** Each search tells of its procedure alone. */
    @Test
    void aProcedureThatFillsEveryPassDoesNotStarveTheNext() throws Exception {
        service.schedule("2.25.601", UpsService.workitem("A", "2.25.1", IMAGE));
        service.schedule("2.25.602", UpsService.workitem("A", "2.25.2", IMAGE));
        service.schedule("2.25.603", UpsService.workitem("B", "2.25.3", IMAGE));
        service.answers = request -> !request.line().equals("GET /workitems")
                ? null
                : new Reply(
                        200,
                        "["
                                + service.workitems.values().stream()
                                        .filter(one -> request.query().contains("offset=0"))
                                        .filter(one -> request.query()
                                                .contains("00404018.00080100="
                                                        + one.at("/00404018/Value/0/00080100/Value/0")
                                                                .asText()))
                                        .map(Object::toString)
                                        .collect(Collectors.joining(","))
                                + "]");
        TaskPerformer performer = performer(
                "rigatino.workitem.services.ris.procedures",
                "A^99SITE,B^99SITE",
                "rigatino.workitem.services.ris.at-once",
                "1");
        performer.pass();
        assertThat(row("workitem_uid")).isEqualTo("2.25.601");
        database.execute("update workitem set state = 'COMPLETED', ended_at = now()");
        await().untilAsserted(() -> {
            performer.pass();
            assertThat(database.query("select workitem_uid from workitem order by id"))
                    .hasSize(2);
        });
        assertThat(row("workitem_uid")).isEqualTo("2.25.601,2.25.603");
    }

    @Test
    void aWorkitemThatCouldNotBeReadIsLookedAtAgain() throws Exception {
        scheduled();
        AtomicInteger retrieved = new AtomicInteger();
        service.answers = request -> request.line().equals("GET /workitems/" + UID) && retrieved.getAndIncrement() == 0
                ? new Reply(503, null)
                : null;
        TaskPerformer performer = performer();
        assertThatThrownBy(performer::pass).isInstanceOf(DicomwebException.class);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            performer.pass();
            assertThat(row("state")).isEqualTo("IN_PROGRESS");
        });
    }

    @Test
    void progressIsToldOnceForEachStage() throws Exception {
        scheduled();
        TaskPerformer performer = performer();
        performer.pass();
        study("RECEIVING", "null, null, null, null");
        for (String state : List.of("RECEIVING", "READY", "RESTORING", "RESTORED", "DELIVERING", "DELIVERED")) {
            database.execute("update study set state = '" + state + "'");
            performer.pass();
            performer.pass();
        }
        assertThat(service.requests.stream()
                        .filter(request -> request.line().startsWith("POST"))
                        .map(request -> request.body().replaceAll(".*00741004.*?Value\":\\[\"(\\d+)\".*", "$1")))
                .containsExactly("25", "50", "75");
        assertThat(row("state")).isEqualTo("IN_PROGRESS");
    }

    /** What is asked of the service is on record before: who goes on after a crash has the same Transaction UID. */
    @Test
    void aClaimWhoseAnswerIsLostIsOurs() throws Exception {
        scheduled();
        service.breaksOff = request -> request.line().startsWith("PUT");
        assertThatThrownBy(() -> performer().pass()).isInstanceOf(DicomwebException.class);
        assertThat(List.of(row("state"), service.state(UID))).containsExactly("CLAIMING", "IN PROGRESS");
        service.breaksOff = request -> false;
        performer().pass();
        assertThat(row("state")).isEqualTo("IN_PROGRESS");
        assertThat(row("transaction_uid")).isEqualTo(service.transactions.get(UID));
    }

    @ParameterizedTest
    @CsvSource({"IN PROGRESS", "COMPLETED", "CANCELED"})
    void whatAnotherWasQuickerWithIsLeftToThem(String state) throws Exception {
        scheduled();
        service.answers = request -> {
            if (request.line().startsWith("PUT")) {
                service.become(UID, state, "2.25.999");
            }
            return null;
        };
        TaskPerformer performer = performer();
        performer.pass();
        assertThat(row("state")).isEqualTo("LOST");
        assertThat(row("last_error")).isEqualTo("another has it, or ended it: it is " + state);
        assertThat(service.transactions.get(UID)).isEqualTo("2.25.999");
    }

    @ParameterizedTest
    @CsvSource({
        "200, IN_PROGRESS",
        "400, CLAIMING",
        "401, CLAIMING",
        "403, CLAIMING",
        "404, CLAIMING",
        "408, CLAIMING",
        "409, CLAIMING",
        "410, CLAIMING",
        "500, CLAIMING",
        "503, CLAIMING",
        "302, CLAIMING"
    })
    void eachAnswerToAClaim(int status, String state) throws Exception {
        scheduled();
        service.answers = request -> request.line().startsWith("PUT") ? new Reply(status, null) : null;
        passQuietly(performer());
        assertThat(row("state")).isEqualTo(state);
    }

    /** What is about the workitem ends at some time, and what is about the service does not. */
    @ParameterizedTest
    @CsvSource({"403, GIVEN_UP", "409, GIVEN_UP", "500, GIVEN_UP", "401, CLAIMING", "503, CLAIMING"})
    void whatIsRefusedAgainAndAgainIsGivenUp(int status, String state) throws Exception {
        scheduled();
        service.answers = request -> request.line().startsWith("PUT") ? new Reply(status, null) : null;
        TaskPerformer performer = performer();
        for (int i = 0; i < 6; i++) {
            passQuietly(performer);
            database.execute("update workitem set next_attempt_at = now()");
        }
        assertThat(row("state")).isEqualTo(state);
        assertThat(row("attempts")).isEqualTo(state.equals("GIVEN_UP") ? "2" : "0");
    }

    private static void passQuietly(TaskPerformer performer) throws DicomException {
        try {
            performer.pass();
        } catch (DicomwebException e) {
            // Told by who calls.
        }
    }

    @ParameterizedTest
    @CsvSource({
        "REFUSED, 'now(), ''orientation'', null, null', The study was refused by rule orientation.",
        "REFUSED, 'now(), ''patient-identity'', null, null', The study was refused by rule patient-identity.",
        "FAILED, 'now(), null, ''restore'', ''no device''', The study failed; the performer's record says why."
    })
    void aStudyWithoutResultCancels(String state, String more, String reason) throws Exception {
        scheduled();
        study(state, more);
        TaskPerformer performer = performer();
        performer.pass();
        performer.pass();
        assertThat(List.of(row("state"), service.state(UID))).containsExactly("CANCELED", "CANCELED");
        var told = service.workitems.get(UID).at("/00741002/Value/0");
        assertThat(told.at("/00741238/Value/0").asText()).isEqualTo(reason);
        assertThat(told.at("/0074100E/Value/0/00080100/Value/0").asText()).isEqualTo("110513");
    }

    @Test
    void aPatientWhoIsNotOnRecordAnyMoreIsNotTakenForTheSame() throws Exception {
        scheduled();
        service.workitems
                .get(UID)
                .putObject("00100020")
                .put("vr", "LO")
                .putArray("Value")
                .add("4711");
        confirmed();
        TaskPerformer performer = performer();
        performer.pass();
        performer.pass();
        assertThat(service.state(UID)).isEqualTo("CANCELED");
        assertThat(row("cancel_reason")).contains("not on record");
    }

    @Test
    void anotherPatientIsNeverReportedAsDone() throws Exception {
        scheduled();
        service.workitems
                .get(UID)
                .putObject("00100020")
                .put("vr", "LO")
                .putArray("Value")
                .add("OTHER");
        confirmed();
        database.execute(
                "insert into identity_statement (study_instance_uid, recorded_at, patient, patient_name, patient_id,"
                        + " issuer_of_patient_id, patient_birth_date, patient_sex, accession_number, study_date, study_time,"
                        + " study_description, referring_physician, modality, body_part, institution_name, station_name,"
                        + " content_sha256, salt) values ('" + STUDY
                        + "', now(), 'p', '', '4711', '', '', '', '', '', '', '', '', '',"
                        + " '', '', '', repeat('a', 64), 's')");
        TaskPerformer performer = performer();
        performer.pass();
        performer.pass();
        assertThat(service.state(UID)).isEqualTo("CANCELED");
        assertThat(row("cancel_reason"))
                .contains("different patients")
                .doesNotContain("4711")
                .doesNotContain("OTHER");
    }

    @Test
    void inputThatDoesNotComeInTimeCancels() throws Exception {
        scheduled();
        TaskPerformer performer = performer("rigatino.workitem.services.ris.input-within", "PT1H");
        performer.pass();
        performer.pass();
        assertThat(service.state(UID)).isEqualTo("IN PROGRESS");
        database.execute("update workitem set claimed_at = now() - interval '61 minutes'");
        performer.pass();
        assertThat(service.state(UID)).isEqualTo("CANCELED");
        assertThat(row("cancel_reason")).isEqualTo("1 of 1 input instances did not come in time.");
    }

    @Test
    void inputIsFetchedOnceWhereTheWorkitemSaysThatItIs() throws Exception {
        String json = UpsService.workitem("RESTORE", STUDY, IMAGE)
                .replace(
                        "'0020000D'",
                        "'0040E021':{'vr':'SQ','Value':[{'00080054':{'vr':'AE','Value':['OLD']}}]},'0020000D'");
        service.schedule(UID, json);
        TaskPerformer performer = performer();
        for (int i = 0; i < 4; i++) {
            performer.pass();
        }
        assertThat(database.query("select source || ' ' || study_instance_uid from retrieval"))
                .containsExactly("old " + STUDY);
        database.execute("update retrieval set state = 'FAILED'");
        performer.pass();
        assertThat(service.state(UID)).isEqualTo("CANCELED");
        assertThat(row("cancel_reason")).isEqualTo("1 of 1 input instances could not be obtained from their source.");
    }

    /** The channel is a service of its own here, which subscribes whoever asks. */
    @ParameterizedTest
    @CsvSource({"false, CANCELED", "true, COMPLETED"})
    void aRequestToCancelIsHonouredWhileTheInputIsNotHere(boolean here, String state) throws Exception {
        Vertx vertx = Vertx.vertx();
        CompletableFuture<ServerWebSocket> channel = new CompletableFuture<>();
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer events = vertx.createHttpServer()
                .webSocketHandler(channel::complete)
                .requestHandler(request -> {
                    asked.add(request.method() + " " + request.path());
                    request.response().setStatusCode(201).end();
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        try {
            DicomwebArchive archive = new DicomwebArchive(
                    "ris",
                    URI.create("http://127.0.0.1:" + events.actualPort() + "/ups"),
                    Credentials.NONE,
                    Optional.empty(),
                    Patience.STEP,
                    Patience.STEP);
            scheduled();
            TaskPerformer performer = performer(Optional.of(new CancelRequests("ris", "RIGATINO AE", archive, record)));
            performer.pass();
            performer.pass();
            performer.pass();
            assertThat(asked).containsExactly("POST /ups/workitems/" + UID + "/subscribers/RIGATINO%20AE");
            ServerWebSocket to = channel.get(Patience.SECONDS, TimeUnit.SECONDS);
            assertThat(to.path()).isEqualTo("/ups/subscribers/RIGATINO%20AE");
            to.writeTextMessage("no event");
            to.writeTextMessage("x".repeat(200_000));
            to.writeTextMessage("{\"00001000\":{\"vr\":\"UI\",\"Value\":[\"" + UID
                    + "\"]},\"00001002\":{\"vr\":\"US\",\"Value\":[3]}}");
            to.writeTextMessage("{\"00001000\":{\"vr\":\"UI\",\"Value\":[\"2.25.501\"]},"
                    + "\"00001002\":{\"vr\":\"US\",\"Value\":[2]}}");
            performer.pass();
            assertThat(service.state(UID)).isEqualTo("IN PROGRESS");
            if (here) {
                confirmed();
            }
            to.writeTextMessage("{\"00001000\":{\"vr\":\"UI\",\"Value\":[\"" + UID
                    + "\"]},\"00001002\":{\"vr\":\"US\",\"Value\":[2]}}");
            await().until(() -> !row("cancel_requested_at").equals("-"));
            performer.pass();
            assertThat(List.of(row("state"), service.state(UID))).containsExactly(state, state);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
    }

    /** As where a firewall forgets a connection: neither end hears of it. */
    @Test
    void aChannelThatGoesMuteIsOpenedAnew() throws Exception {
        try (MuteChannels events = new MuteChannels()) {
            DicomwebArchive archive = new DicomwebArchive(
                    "ris", events.root(), Credentials.NONE, Optional.empty(), Patience.STEP, Patience.STEP);
            scheduled();
            TaskPerformer performer = performer(
                    Optional.of(new CancelRequests("ris", "RIGATINO", archive, record, Duration.ofSeconds(1))));
            performer.pass();
            performer.pass();
            assertThat(events.opened()).isEqualTo(1);
            await().untilAsserted(() -> {
                performer.pass();
                assertThat(events.opened()).isEqualTo(2);
            });
        }
    }

    @Test
    void anEndWhoseAnswerIsLostIsRecordedOnce() throws Exception {
        scheduled();
        confirmed();
        TaskPerformer performer = performer();
        performer.pass();
        service.breaksOff = request -> request.body().contains("\"COMPLETED\"");
        assertThatThrownBy(performer::pass).isInstanceOf(DicomwebException.class);
        assertThat(List.of(row("state"), service.state(UID))).containsExactly("IN_PROGRESS", "COMPLETED");
        service.breaksOff = request -> false;
        performer.pass();
        assertThat(row("state")).isEqualTo("COMPLETED");
    }

    @Test
    void whatAServiceHandedOutIsMissedWhereItIsNotConfiguredAnyMore() throws Exception {
        scheduled();
        TaskPerformer performer = performer();
        performer.pass();
        assertThat(TaskPerformers.withoutConfiguration(record.withOpen(), Set.of("ris")))
                .isEmpty();
        assertThat(TaskPerformers.withoutConfiguration(record.withOpen(), Set.of("ris2")))
                .containsExactly("ris");
        confirmed();
        performer.pass();
        assertThat(record.withOpen()).isEmpty();
    }

    @Test
    void whatAnotherEndedWhileItWasOursIsLost() throws Exception {
        scheduled();
        TaskPerformer performer = performer();
        performer.pass();
        service.become(UID, "CANCELED", "2.25.999");
        performer.pass();
        assertThat(row("state")).isEqualTo("LOST");
        assertThat(row("last_error")).isEqualTo("another ended it: it is CANCELED");
    }

    @Test
    void anEndThatTheServiceNeverTakesIsGivenUpAndSaid() throws Exception {
        scheduled();
        confirmed();
        service.answers = request -> request.body().contains("\"COMPLETED\"") ? new Reply(409, null) : null;
        TaskPerformer performer = performer();
        for (int i = 0; i < 5; i++) {
            performer.pass();
            database.execute("update workitem set next_attempt_at = now()");
        }
        assertThat(row("state")).as("within a day").isEqualTo("IN_PROGRESS");
        database.execute("update workitem set claimed_at = now() - interval '25 hours'");
        performer.pass();
        assertThat(row("state")).isEqualTo("GIVEN_UP");
        assertThat(row("last_error")).contains("times", "somebody has to end it there");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410, 302, 403, 500})
    void whatIsHeldOutlivesAServiceThatRestarts(int status) throws Exception {
        scheduled();
        TaskPerformer performer = performer();
        performer.pass();
        confirmed();
        service.answers = request -> request.line().contains("/workitems/" + UID) ? new Reply(status, null) : null;
        for (int i = 0; i < 8; i++) {
            passQuietly(performer);
            database.execute("update workitem set next_attempt_at = now()");
        }
        assertThat(row("state")).isEqualTo("IN_PROGRESS");
        service.answers = request -> null;
        performer.pass();
        assertThat(List.of(row("state"), service.state(UID))).containsExactly("COMPLETED", "COMPLETED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "update instance set outcome = 'SET_ASIDE' | were set aside",
                "update instance set outcome = 'REFUSED' | None of the input instances was restored",
            })
    void inputOfWhichNothingStandsCancels(String happened, String reason) throws Exception {
        scheduled();
        confirmed();
        database.execute(happened);
        TaskPerformer performer = performer();
        performer.pass();
        performer.pass();
        assertThat(service.state(UID)).isEqualTo("CANCELED");
        assertThat(row("cancel_reason")).contains(reason);
    }

    @Test
    void inputThatWasChangedAfterItWasReadCancels() throws Exception {
        scheduled();
        TaskPerformer performer = performer();
        performer.pass();
        String ours = service.transactions.get(UID);
        service.schedule(UID, UpsService.workitem("RESTORE", STUDY, IMAGE + ".9"));
        service.become(UID, "IN PROGRESS", ours);
        confirmed();
        performer.pass();
        assertThat(service.state(UID)).isEqualTo("CANCELED");
        assertThat(row("cancel_reason")).contains("was changed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'00404041':{'vr':'CS','Value':['INCOMPLETE']}",
                "'00404041':{'vr':'CS'}",
                "'00404041':{'vr':'CS','Value':['READY','READY']}",
                "'00404041':{'vr':'CS','Value':[7]}",
                "'00404018':{'vr':'SQ','Value':[{'00080100':{'vr':'SH','Value':['OTHER']}}]}",
                "'00404018':{'vr':'SQ','Value':[{'00080104':{'vr':'LO','Value':['RESTORE']}}]}",
                "'00404018':{'vr':'SQ','Value':'RESTORE'}",
                "'00404018':{'vr':'SQ','BulkDataURI':'http://127.0.0.1/'}",
                "'00404021':{'vr':'SQ'}",
                "'00404021':{'vr':'SQ','Value':[{'0020000D':{'vr':'UI','Value':['2.25.1']}}]}",
                "'00404021':{'vr':'SQ','Value':[{'0020000D':{'vr':'UI','Value':['2.25.1/../x']},"
                        + "'00081199':{'vr':'SQ','Value':[{'00081155':{'vr':'UI','Value':['2.25.71']}}]}}]}",
                "'00404021':{'vr':'SQ','Value':[{'0020000D':{'vr':'UI','Value':['2.25.1']},'00081199':{'vr':'SQ','Value':[{}]}}]}",
                "'00404021':{'vr':'SQ','Value':[{'0020000D':{'vr':'UI','Value':['2.25.1']}},"
                        + "{'0020000D':{'vr':'UI','Value':['2.25.2']}}]}",
                "'00741000':{'vr':'CS','Value':['IN PROGRESS']}"
            })
    void whatIsNotOursOrCannotBeReadIsNotClaimed(String attribute) throws Exception {
        service.schedule(UID, UpsService.workitem("RESTORE", STUDY, IMAGE));
        service.workitems.get(UID).setAll((ObjectNode)
                new ObjectMapper().readTree("{" + attribute.replace('\'', '"') + "}"));
        service.answers = request -> request.line().equals("GET /workitems")
                ? new Reply(200, "[{\"00080018\":{\"vr\":\"UI\",\"Value\":[\"" + UID + "\"]}}]")
                : null;
        performer().pass();
        assertThat(database.query("select id from workitem")).isEmpty();
        assertThat(lines()).noneMatch(line -> line.startsWith("PUT"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"200|{}", "200|[7]", "200|[{}]", "200|", "200|[{", "500|", "403|", "302|", "404|"})
    void aSearchThatDoesNotSayWhatThereIsIsAnError(int status, String body) {
        service.answers = request -> new Reply(status, body);
        assertThatThrownBy(() -> performer().pass()).isInstanceOf(DicomException.class);
    }

    @Test
    void answersAreReadUpToALength() {
        service.answers = request -> new Reply(200, "[" + " ".repeat(2 << 20) + "]");
        assertThatThrownBy(() -> performer().pass()).hasMessageContaining("is longer than");
    }

    @Test
    void allPagesAreReadAndNoMoreAreClaimedThanMayBeHeld() throws Exception {
        for (int i = 0; i < 60; i++) {
            service.schedule(
                    "2.25." + (600 + i), UpsService.workitem(i < 58 ? "OTHER" : "RESTORE", "2.25." + i, IMAGE));
        }
        performer("rigatino.workitem.services.ris.at-once", "1").pass();
        assertThat(row("workitem_uid")).isEqualTo("2.25.658");
        performer("rigatino.workitem.services.ris.at-once", "1").pass();
        assertThat(row("workitem_uid")).isEqualTo("2.25.658");
    }

    @Test
    void onlyWhatIsScheduledForTheStationIsClaimed() throws Exception {
        scheduled();
        TaskPerformer performer = performer("rigatino.workitem.services.ris.stations", "AI1^99SITE");
        performer.pass();
        assertThat(database.query("select id from workitem")).isEmpty();
        assertThat(service.requests.get(0).query()).contains("00404025.00080100=AI1", "00404018.00080100=RESTORE");
    }
}
