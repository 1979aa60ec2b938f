package org.rigatino.workitem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;
import static org.rigatino.workitem.PerformerOnRecord.IMAGE;
import static org.rigatino.workitem.PerformerOnRecord.STUDY;
import static org.rigatino.workitem.PerformerOnRecord.UID;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.Slow;
import org.rigatino.dicom.DicomException;
import org.rigatino.workitem.UpsService.Reply;

/** What one workitem, or one entry of an answer, is like holds up no other. */
@Slow
class HeldUpWorkitemsTest {
    private static final String OTHER = "2.25.400";

    private static PerformerOnRecord site;

    private final CountDownLatch over = new CountDownLatch(1);
    private UpsService service;

    @BeforeAll
    static void startDatabase() throws Exception {
        site = new PerformerOnRecord();
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
        over.countDown();
        service.close();
    }

    private TaskPerformer performer(String... more) {
        return site.performer(service, Optional.empty(), more);
    }

    private static void passes(TaskPerformer performer, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            try {
                performer.pass();
            } catch (DicomException e) {
                assertThat(e).hasMessageNotContaining("2.25.");
            }
            site.database.execute("update workitem set next_attempt_at = now() where next_attempt_at < now()");
        }
    }

    private static List<String> claimed() throws Exception {
        return site.database.query("select workitem_uid from workitem where state = 'IN_PROGRESS' order by id");
    }

    private void schedule(String uid, int characters) throws Exception {
        service.schedule(uid, UpsService.workitem("RESTORE", STUDY, IMAGE))
                .putObject("00741204")
                .put("vr", "LO")
                .putArray("Value")
                .add("x".repeat(characters));
    }

    private void hangs(String request) {
        service.answers = asked -> {
            if ((asked.line() + "?" + asked.query()).contains(request)) {
                try {
                    over.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return null;
        };
    }

    @Test
    void answersThatAreTooLongAreAskedForInParts() throws Exception {
        for (int i = 0; i < 30; i++) {
            schedule("2.25." + (600 + i), i % 11 == 3 ? 2 << 20 : 90_000);
        }
        passes(performer("rigatino.workitem.services.ris.at-once", "100"), 1);
        assertThat(claimed())
                .containsExactlyElementsOf(IntStream.range(0, 30)
                        .filter(i -> i % 11 != 3)
                        .mapToObj(i -> "2.25." + (600 + i))
                        .toList());
        assertThat(site.database.query("select coalesce(last_error, 'none') from workitem_service"))
                .containsExactly("none");
    }

    @Test
    void whatCannotBeReadOfAListHidesNothing() throws Exception {
        schedule(UID, 1);
        service.answers = request -> request.line().equals("GET /workitems")
                ? new Reply(200, "[7, {}, {\"00080018\": 3}, " + service.workitems.get(UID) + "]")
                : null;
        passes(performer(), 1);
        assertThat(claimed()).containsExactly(UID);
    }

    @Test
    void aServiceThatListsFewerThanItWasAskedForIsAskedForMore() throws Exception {
        for (int i = 0; i < 9; i++) {
            schedule("2.25." + (600 + i), 1);
        }
        service.answers = request -> {
            if (!request.line().equals("GET /workitems")) {
                return null;
            }
            int offset = Integer.parseInt(request.query().replaceAll(".*offset=(\\d+).*", "$1"));
            List<ObjectNode> page =
                    service.workitems.values().stream().skip(offset).limit(4).toList();
            return page.isEmpty() ? new Reply(204, null) : new Reply(200, page.toString());
        };
        passes(performer("rigatino.workitem.services.ris.at-once", "100"), 1);
        assertThat(claimed()).hasSize(9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /workitems/" + OTHER, "PUT /workitems/" + OTHER, "POST /workitems/" + OTHER})
    void oneThatNeverAnswersHoldsUpNoOther(String request) throws Exception {
        service.schedule(OTHER, UpsService.workitem("RESTORE", "2.25.2", "2.25.72"));
        service.schedule(UID, UpsService.workitem("RESTORE", STUDY, IMAGE));
        hangs(request);
        TaskPerformer performer = performer(
                "rigatino.workitem.services.ris.response-timeout", "PT1S",
                "rigatino.deliver.retry.first", "PT0.5S",
                "rigatino.deliver.retry.longest", "PT30S");
        passes(performer, 2);
        site.confirmed();
        await().until(() -> {
            passes(performer, 1);
            return service.state(UID).equals("COMPLETED");
        });
        assertThat(site.database.query("select state from workitem where workitem_uid = '" + OTHER + "'"))
                .doesNotContain("LOST", "GIVEN_UP");
    }

    @Test
    void manyThatNeverAnswerHoldUpNoOther() throws Exception {
        for (int i = 0; i < 5; i++) {
            service.schedule(OTHER + i, UpsService.workitem("RESTORE", "2.25.2", "2.25.72"));
        }
        service.schedule(UID, UpsService.workitem("RESTORE", STUDY, IMAGE));
        TaskPerformer performer = performer(
                "rigatino.workitem.services.ris.at-once", "100",
                "rigatino.workitem.services.ris.response-timeout", "PT1S",
                "rigatino.deliver.retry.first", "PT30S",
                "rigatino.deliver.retry.longest", "PT30S");
        passes(performer, 1);
        hangs("/workitems/" + OTHER);
        site.confirmed();
        passes(performer, 3);
        assertThat(service.state(UID)).isEqualTo("COMPLETED");
    }

    @Test
    void manyThatAreNotRetrievedHideNoneBehindThem() throws Exception {
        for (int i = 0; i < 8; i++) {
            service.schedule(OTHER + i, UpsService.workitem("RESTORE", STUDY, IMAGE));
        }
        service.schedule(UID, UpsService.workitem("RESTORE", STUDY, IMAGE));
        service.answers = request -> request.line().startsWith("GET /workitems/" + OTHER) ? new Reply(503, null) : null;
        TaskPerformer performer = performer("rigatino.workitem.services.ris.at-once", "100");
        passes(performer, 2);
        assertThat(claimed()).containsExactly(UID);
        service.answers = request -> null;
        service.schedule(OTHER + 9, UpsService.workitem("RESTORE", STUDY, IMAGE));
        await().until(() -> {
            passes(performer, 1);
            return claimed().size() > 1;
        });
    }

    @Test
    void moreThanAreAskedForAtOnceHideNoneForGood() throws Exception {
        for (int i = 0; i < 35; i++) {
            service.schedule(OTHER + (10 + i), UpsService.workitem("RESTORE", STUDY, IMAGE));
        }
        service.schedule(UID, UpsService.workitem("RESTORE", STUDY, IMAGE));
        service.answers = request -> request.line().startsWith("GET /workitems/" + OTHER) ? new Reply(503, null) : null;
        TaskPerformer performer = performer("rigatino.workitem.services.ris.at-once", "100");
        await().until(() -> {
            passes(performer, 1);
            return claimed().contains(UID);
        });
        assertThat(service.requests.stream().filter(one -> one.line().startsWith("GET /workitems/" + OTHER)))
                .as("each once before the last of them")
                .hasSize(35);
    }

    /** The list was answered each time. */
    @Test
    void whatIsNotRetrievedPutsOffNoSearch() throws Exception {
        service.answers = request -> request.line().startsWith("GET /workitems/" + OTHER) ? new Reply(503, null) : null;
        TaskPerformer performer =
                performer("rigatino.deliver.retry.first", "PT0.1S", "rigatino.deliver.retry.longest", "PT1H");
        for (int i = 10; i < 26; i++) {
            String next = OTHER + i;
            service.schedule(next, UpsService.workitem("RESTORE", STUDY, IMAGE));
            await().atMost(Duration.ofSeconds(5)).until(() -> {
                passes(performer, 1);
                return service.requests.stream().anyMatch(one -> one.line().endsWith(next));
            });
        }
    }

    /** By a service of which one index is out of order. */
    @Test
    void aSearchThatNeverAnswersHoldsUpNoOther() throws Exception {
        service.schedule(UID, UpsService.workitem("RESTORE", STUDY, IMAGE));
        hangs("00404018.00080100=A&");
        TaskPerformer performer = performer(
                "rigatino.workitem.services.ris.response-timeout", "PT1S",
                "rigatino.workitem.services.ris.procedures", "A^99SITE,RESTORE^99SITE");
        passes(performer, 3);
        assertThat(claimed()).containsExactly(UID);
    }

    @Test
    void whatIsForeignIsLookedAtOnceUntilItIsChanged() throws Exception {
        for (int i = 0; i < 40; i++) {
            service.schedule("2.25." + (600 + i), UpsService.workitem("OTHER", STUDY, IMAGE));
        }
        TaskPerformer performer = performer();
        passes(performer, 3);
        assertThat(service.requests.stream().filter(one -> one.line().startsWith("GET /workitems/")))
                .hasSize(40);
        service.schedule("2.25.612", UpsService.workitem("RESTORE", STUDY, IMAGE));
        passes(performer, 1);
        assertThat(claimed()).containsExactly("2.25.612");
        assertThat(service.requests.stream().filter(one -> one.line().startsWith("GET /workitems/")))
                .hasSize(41);
    }

    @ParameterizedTest
    @CsvSource({"404, true", "410, true", "404, false", "403, true", "500, true", "200, true", "200, false"})
    void aClaimWhoseOutcomeIsNotKnownOutlivesAServiceThatRestarts(int status, boolean taken) throws Exception {
        service.schedule(UID, UpsService.workitem("RESTORE", STUDY, IMAGE));
        TaskPerformer performer = performer();
        if (taken) {
            service.breaksOff = request -> request.line().startsWith("PUT");
            passes(performer, 1);
            service.breaksOff = request -> false;
        }
        service.answers = request -> request.line().contains(taken ? "/workitems/" + UID : "/state")
                ? new Reply(status, "<html>", "text/html; charset=utf-8")
                : null;
        for (int i = 0; i < 8; i++) {
            passes(performer, 1);
            site.database.execute("update workitem set next_attempt_at = now()");
            if (!taken && i == 1) {
                break;
            }
        }
        assertThat(site.row("state")).isEqualTo("CLAIMING");
        service.answers = request -> null;
        passes(performer, 1);
        assertThat(site.row("state")).isEqualTo("IN_PROGRESS");
        assertThat(site.row("transaction_uid")).isEqualTo(service.transactions.get(UID));
    }

    @Test
    void aClaimOfWhatIsNotThereForADayIsLostAndLeavesRoomBefore() throws Exception {
        service.schedule(OTHER, UpsService.workitem("RESTORE", "2.25.2", "2.25.72"));
        service.answers = request -> {
            if (request.line().startsWith("PUT") && request.line().contains(OTHER)) {
                service.workitems.remove(OTHER);
            }
            return null;
        };
        TaskPerformer performer = performer("rigatino.workitem.services.ris.at-once", "1");
        for (int i = 0; i < 4; i++) {
            passes(performer, 1);
            site.database.execute("update workitem set next_attempt_at = now()");
        }
        service.schedule(UID, UpsService.workitem("RESTORE", STUDY, IMAGE));
        passes(performer, 1);
        assertThat(claimed()).containsExactly(UID);
        assertThat(site.row("state")).contains("CLAIMING");
        site.database.execute("update workitem set next_attempt_at = now(), found_at = now() - interval '25 hours'");
        passes(performer, 1);
        assertThat(site.row("state")).contains("LOST");
    }

    /** A proxy's form to sign in comes with 200. */
    @Test
    void aPageForPeopleEndsNothing() throws Exception {
        service.schedule(UID, UpsService.workitem("RESTORE", STUDY, IMAGE));
        TaskPerformer performer = performer();
        passes(performer, 1);
        site.study("FAILED", "now(), null, 'restore', 'no device'");
        service.answers =
                request -> request.line().contains(UID) && !request.line().startsWith("GET")
                        ? new Reply(200, "<html>", "text/html")
                        : null;
        passes(performer, 3);
        assertThat(site.row("state")).isEqualTo("IN_PROGRESS");
        service.answers = request -> null;
        site.database.execute("update workitem set next_attempt_at = now()");
        passes(performer, 1);
        assertThat(List.of(site.row("state"), service.state(UID))).containsExactly("CANCELED", "CANCELED");
    }

    @Test
    void aRequestToCancelIsWrittenOnce() throws Exception {
        service.schedule(UID, UpsService.workitem("RESTORE", STUDY, IMAGE));
        passes(performer(), 1);
        assertThat(site.record.cancelRequested("ris", UID)).isTrue();
        String written = site.row("xmin");
        assertThat(site.record.cancelRequested("ris", UID)).isFalse();
        assertThat(site.record.cancelRequested("ris", OTHER)).isFalse();
        assertThat(site.row("xmin")).isEqualTo(written);
    }
}
