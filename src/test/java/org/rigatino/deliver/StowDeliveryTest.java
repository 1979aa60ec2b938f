package org.rigatino.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.Slow;
import org.rigatino.deliver.ScriptedService.Reply;
import org.rigatino.deliver.dicomweb.DicomwebException;
import org.rigatino.dicom.DicomException;

/** Every answer of a DICOMweb service to STOW-RS and QIDO-RS: what becomes of a delivery, and of its study. */
@Slow
class StowDeliveryTest extends DeliveryPasses {
    private static final String ESSENTIAL = "2.25.101";

    private ScriptedService service;
    private StowSender sender;
    private QidoConfirmer confirmer;

    @BeforeEach
    void start() throws Exception {
        service = new ScriptedService();
        configure(Map.of());
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private void configure(Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(
                Map.of("rigatino.deliver.destinations.pacs.url", service.root().toString()));
        settings.putAll(more);
        DeliveryRecord record = record(settings);
        sender = new StowSender("pacs", service.archive(), configuration, record);
        confirmer = new QidoConfirmer("pacs", service.archive(), configuration, record);
    }

    @Override
    void send() throws DicomException {
        sender.sendDue();
    }

    @Override
    void confirm() throws DicomException {
        confirmer.confirmDue();
    }

    private String error(int id) throws Exception {
        return database.query("select coalesce(last_error, '-') from delivery where id = " + id)
                .get(0);
    }

    private void clear() throws Exception {
        empty();
        service.requests.clear();
    }

    @Test
    void whatIsStoredIsWhatWasMadeAndIsConfirmedOnceItIsListed() throws Exception {
        study(true, true);
        work();
        assertThat(List.of(state(1), state(2), study())).containsExactly("CONFIRMED", "CONFIRMED", "CONFIRMED");
        assertThat(database.query("select confirmed_by from delivery")).containsOnly("QIDO_RS");
        assertThat(database.query("select place from delivery"))
                .containsOnly(DestinationKind.place(configuration.destinations().get("pacs")));
        Path file = new OutputStore(configuration)
                .file(database.query("select location from output where id = 1").get(0));
        assertThat(service.kept.get(ESSENTIAL)).isEqualTo(Files.readAllBytes(file));
        assertThat(service.offers(ESSENTIAL)).isEqualTo(1);
        assertThat(service.requests)
                .filteredOn(request -> request.method().equals("POST"))
                .extracting(ScriptedService.Request::path)
                .containsOnly("/dicom-web/studies/2.25.1");
        assertThat(service.requests)
                .filteredOn(request -> request.method().equals("GET"))
                .extracting(ScriptedService.Request::path)
                .containsOnly("/dicom-web/studies/2.25.1/instances");
        assertThat(database.query("select detail from audit_event where kind = 'DELIVERY_CONFIRMED' order by id desc"))
                .first()
                .asString()
                .matches("by QIDO_RS of http://127\\.0\\.0\\.1:[0-9]+/dicom-web, sha256 [0-9a-f]{64}");
    }

    /** What the service holds and the record has forgotten is proved, and not sent. */
    @Test
    void afterTheReturnFromABackupWhatIsListedIsNotSentAgain() throws Exception {
        study(true, false);
        work();
        clear();
        study(true, false);
        restored();
        work();
        assertThat(List.of(state(1), study())).containsExactly("CONFIRMED", "CONFIRMED");
        assertThat(service.offers(ESSENTIAL)).isZero();
        service.kept.clear();
        clear();
        study(true, false);
        restored();
        work();
        assertThat(state(1)).isEqualTo("CONFIRMED");
        assertThat(service.offers(ESSENTIAL)).isEqualTo(1);
    }

    /**
     * Of an essential object, and of one that is not beside an essential one that is taken. What is PENDING at the end is
     * tried for as long as it takes.
     */
    @ParameterizedTest
    @CsvSource({
        "400, FAILED, DECLINED, see its log",
        "401, PENDING, PENDING, .token-file",
        "403, FAILED, DECLINED, does not let us store",
        "404, FAILED, DECLINED, .url",
        "405, FAILED, DECLINED, .url",
        "408, PENDING, PENDING, asked again",
        "409, FAILED, DECLINED, stored nothing",
        "413, FAILED, DECLINED, longer than it takes",
        "415, FAILED, DECLINED, .objects",
        "425, PENDING, PENDING, asked again",
        "429, PENDING, PENDING, asked again",
        "500, FAILED, DECLINED, see its log",
        "501, FAILED, DECLINED, see its log",
        "502, PENDING, PENDING, asked again",
        "503, PENDING, PENDING, asked again",
        "504, PENDING, PENDING, asked again",
        "507, PENDING, PENDING, no room",
        "201, FAILED, DECLINED, see its log",
        "204, FAILED, DECLINED, see its log",
        "301, FAILED, DECLINED, redirect",
        "302, FAILED, DECLINED, redirect",
        "307, FAILED, DECLINED, redirect",
        "308, FAILED, DECLINED, redirect"
    })
    void everyStatusOfStowRs(int status, String essential, String other, String advice) throws Exception {
        Reply reply = new Reply(status, null, "Location", service.root() + "/elsewhere");
        study(true, true);
        service.store = uid -> uid.equals(ESSENTIAL) ? null : reply;
        work();
        assertThat(state(2)).isEqualTo(other);
        assertThat(error(2)).contains("STOW-RS to " + service.root() + " was answered " + status, advice);
        // Whoever is not known, or serves nobody, is not asked for proof in the same pass.
        assertThat(state(1)).isIn("CONFIRMED", "SENT");
        assertThat(state(1).equals("CONFIRMED")).isEqualTo(other.equals("DECLINED") || status == 507);

        clear();
        study(true, false);
        service.store = uid -> reply;
        work();
        assertThat(state(1)).isEqualTo(essential);
        assertThat(study()).isEqualTo(essential.equals("FAILED") ? "FAILED at deliver" : "DELIVERING");
        assertThat(service.requests).allMatch(request -> request.path().endsWith("/studies/2.25.1"));
        if (essential.equals("FAILED")) {
            assertThat(service.offers(ESSENTIAL)).isEqualTo(REJECTIONS);
        } else {
            service.store = uid -> null;
            work();
            assertThat(List.of(state(1), study())).containsExactly("CONFIRMED", "CONFIRMED");
        }
    }

    @Test
    void whatIsWithdrawnWhileABatchIsUnderWayIsNotSent() throws Exception {
        study(true, true);
        withPatients();
        service.store = uid -> {
            withdraw();
            return null;
        };
        pass();
        assertThat(service.kept.keySet()).hasSize(1);
        assertThat(List.of(state(1), state(2), study())).containsExactly("CANCELLED", "CANCELLED", "REFUSED");
        assertThat(database.query("select detail from audit_event where kind = 'DELIVERY_TAKEN_LATE' order by id"))
                .last()
                .asString()
                .startsWith("taken by " + service.root());
    }

    /** What it has of that UID may be of other bytes. */
    @Test
    void whatIsThereAlreadyIsNotSaidToBeStored() throws Exception {
        configure(Map.of("rigatino.deliver.destinations.pacs.commitment", "none"));
        study(true, false);
        service.store = uid -> new Reply(409, ScriptedService.failed(uid, 0x0111));
        work();
        assertThat(List.of(state(1), study())).containsExactly("DELIVERED", "DELIVERED");
        assertThat(database.query("select warning from delivery")).containsExactly("0111H");
        assertThat(database.query("select detail from audit_event where kind = 'DELIVERED_WITHOUT_PROOF' order by id"))
                .last()
                .asString()
                .startsWith("STOW-RS was answered with 0111H")
                .doesNotContain("success", "sha256");
    }

    /** In a Failed SOP Sequence, whatever the status of the answer. */
    @ParameterizedTest
    @CsvSource({
        "0xA700, PENDING, PENDING, 0",
        "0xA900, FAILED, DECLINED, 1",
        "0xC000, FAILED, DECLINED, 3",
        "0xC122, FAILED, DECLINED, 1",
        "0x0110, FAILED, DECLINED, 3",
        "0x0111, CONFIRMED, CONFIRMED, 1",
        "0x0122, FAILED, DECLINED, 1",
        "0x0124, FAILED, DECLINED, 3"
    })
    void everyFailureReason(String reason, String essential, String other, int offers) throws Exception {
        int code = Integer.decode(reason);
        for (int status : List.of(200, 202, 400, 409)) {
            clear();
            study(true, true);
            if (code == 0x0111) {
                service.kept.put("2.25.102", new byte[0]);
            }
            service.store = uid -> uid.equals(ESSENTIAL) ? null : new Reply(status, ScriptedService.failed(uid, code));
            work();
            assertThat(List.of(state(1), state(2))).as("%d", status).containsExactly("CONFIRMED", other);
            if (offers > 0) {
                assertThat(service.offers("2.25.102")).isEqualTo(offers);
            }
        }
        clear();
        study(true, false);
        service.kept.put(ESSENTIAL, new byte[0]);
        service.store = uid -> new Reply(409, ScriptedService.failed(uid, code));
        work();
        assertThat(state(1)).isEqualTo(essential);
        assertThat(code == 0x0111 ? reason : error(1)).contains(reason.substring(2));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202})
    void aWarningReasonIsKept(int status) throws Exception {
        study(true, false);
        service.kept.put(ESSENTIAL, new byte[0]);
        service.store = uid -> new Reply(status, ScriptedService.storedWithWarning(uid, 0xB000));
        work();
        assertThat(List.of(state(1), study())).containsExactly("CONFIRMED", "CONFIRMED");
        assertThat(database.query("select warning from delivery")).containsExactly("B000H");
    }

    /** What a status alone says is no proof; a search is, and where none is to come, nothing is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "null",
                "<html><body>Sign in</body></html>",
                "{\"00081199\":{\"vr\":\"SQ\",\"Value\":[{\"00081155\":{\"vr\":\"UI\",\"Value\":[\"2.25.999\"]}}]}}",
                "{\"00081199\":{\"vr\":\"SQ\",\"Value\":[{\"00081155\":{\"vr\":\"UI\",\"Value\":[\"2.25.101\"]}}]}",
                "{\"00081199\":{\"vr\":\"SQ\",\"Value\":[{\"00081155\":{\"vr\":\"UI\",\"Value\":[{\"2.25.101\":1}]}}]}}",
                "{\"00081199\":\"2.25.101\"}"
            })
    void successThatDoesNotNameTheObjectProvesNothing(String body) throws Exception {
        study(true, false);
        service.store = uid -> new Reply(200, body);
        work();
        assertThat(List.of(state(1), study())).containsExactly("FAILED", "FAILED at deliver");

        clear();
        study(true, false);
        service.kept.put(ESSENTIAL, new byte[0]);
        work();
        assertThat(List.of(state(1), study())).containsExactly("CONFIRMED", "CONFIRMED");

        clear();
        configure(Map.of("rigatino.deliver.destinations.pacs.commitment", "none"));
        study(true, false);
        work();
        assertThat(List.of(state(1), study())).containsExactly("FAILED", "FAILED at deliver");
        assertThat(error(1)).contains("nothing else is to prove it");
    }

    @Test
    void withoutProofAStudyEndsDeliveredAndIsNeverConfirmed() throws Exception {
        configure(Map.of("rigatino.deliver.destinations.pacs.commitment", "none"));
        study(true, true);
        work();
        assertThat(List.of(state(1), state(2), study())).containsExactly("DELIVERED", "DELIVERED", "DELIVERED");
        assertThat(service.requests).noneMatch(request -> request.method().equals("GET"));
        assertThat(database.query("select detail from audit_event where kind = 'DELIVERED_WITHOUT_PROOF' order by id"))
                .last()
                .asString()
                .startsWith("STOW-RS was answered with success");
    }

    /** Nothing but a list that is empty says that the object is not there; nothing but one with it says that it is. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "204 | | FAILED at deliver | does not name the object",
                "200 | [] | FAILED at deliver | does not name the object",
                "200 | | FAILED at confirm | is empty",
                "200 | {} | FAILED at confirm | no list",
                "200 | null | FAILED at confirm | no list",
                "200 | [{}] | FAILED at confirm | other instances",
                "200 | [{\"00080018 | FAILED at confirm | not DICOM JSON",
                "200 | [][] | FAILED at confirm | not DICOM JSON",
                "200 | OTHER_INSTANCE | FAILED at confirm | other instances",
                "200 | OTHER_STUDY | FAILED at confirm | with another attribute 0020000D",
                "200 | NO_STUDY | FAILED at confirm | without attribute 0020000D",
                "200 | OTHER_SERIES | FAILED at confirm | with another attribute 0020000E",
                "200 | OTHER_CLASS | FAILED at confirm | with another attribute 00080016",
                "200 | DEEP | FAILED at confirm | not DICOM JSON",
                "200 | LONG | FAILED at confirm | longer than",
                "400 | | FAILED at confirm | was answered 400",
                "401 | | FAILED at confirm | was answered 401",
                "403 | | FAILED at confirm | was answered 403",
                "404 | | FAILED at confirm | was answered 404",
                "302 | | FAILED at confirm | a redirect, and none is followed",
                "500 | | FAILED at confirm | was answered 500",
                "408 | | DELIVERING | asked again",
                "429 | | DELIVERING | asked again",
                "502 | | DELIVERING | asked again",
                "503 | | DELIVERING | asked again",
                "504 | | DELIVERING | asked again"
            })
    void everyAnswerToQidoRs(int status, String body, String study, String error) throws Exception {
        study(true, false);
        service.search = uid -> new Reply(status, body(body), "Location", service.root() + "/elsewhere");
        work();
        assertThat(study()).isEqualTo(study);
        assertThat(error(1)).contains(error);
        assertThat(service.requests).noneMatch(request -> request.path().contains("elsewhere"));
        if (study.equals("DELIVERING")) {
            assertThat(service.offers(ESSENTIAL)).isEqualTo(1);
            service.search = uid -> null;
            work();
            assertThat(study()).isEqualTo("CONFIRMED");
        }
    }

    private static String body(String name) {
        String same = ScriptedService.listed(ESSENTIAL, "2.25.1");
        return switch (name == null ? "" : name) {
            case "OTHER_INSTANCE" -> ScriptedService.listed("2.25.999", "2.25.1");
            case "OTHER_STUDY" -> ScriptedService.listed(ESSENTIAL, "2.25.7");
            case "NO_STUDY" -> same.replace("0020000D", "00200011");
            case "OTHER_SERIES" -> same.replace("}]", ",\"0020000E\":{\"vr\":\"UI\",\"Value\":[\"2.25.8\"]}}]");
            case "OTHER_CLASS" -> same.replace("}]", ",\"00080016\":{\"vr\":\"UI\",\"Value\":[\"1.2.3\"]}}]");
            case "DEEP" -> "[".repeat(500_000) + "]".repeat(500_000);
            case "LONG" -> same + " ".repeat(1 << 20);
            default -> name;
        };
    }

    @Test
    void anObjectThatIsListedLateIsNotSentAgain() throws Exception {
        study(true, false);
        service.search = uid -> service.requests.size() < 4 ? new Reply(200, "[]") : null;
        work();
        assertThat(study()).isEqualTo("CONFIRMED");
        assertThat(service.offers(ESSENTIAL)).isEqualTo(1);
    }

    @Test
    void anArchiveThatHasLostTheObjectGetsItAgain() throws Exception {
        study(true, false);
        service.search = uid -> service.offers(uid) < 2 ? new Reply(200, "[]") : null;
        work();
        assertThat(study()).isEqualTo("CONFIRMED");
        assertThat(service.offers(ESSENTIAL)).isEqualTo(2);
    }

    @Test
    void aServiceThatIsAwayIsWaitedForWithoutEnd() throws Exception {
        study(true, true);
        service.close();
        work();
        assertThat(List.of(state(1), state(2), study())).containsExactly("PENDING", "PENDING", "DELIVERING");
        assertThat(database.query("select attempts from delivery")).containsOnly("0");
        assertThat(error(1)).contains("cannot be reached", service.root().toString());
    }

    @ParameterizedTest
    @CsvSource({"503, 7, 7", "429, 7, 7", "503, 100000000, 60", "503, soon, 0", "401, 7, 7"})
    void aServiceThatSaysWhenIsNotAskedSoonerAndNotLaterThanTheLongestWait(int status, String retryAfter, int seconds)
            throws Exception {
        study(true, false);
        service.store = uid -> new Reply(status, null, "Retry-After", retryAfter);
        pass();
        assertThat(last).isInstanceOf(DicomwebException.class);
        BackOff backOff = new BackOff(Duration.ofMillis(1), Duration.ofMinutes(1));
        assertThat(backOff.after(1, last)).isBetween(Duration.ofSeconds(seconds), Duration.ofSeconds(seconds + 1));
        assertThat(backOff.after(1, new DicomException("no"))).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void anEssentialObjectOverWhichAnExchangeBreaksOffHoldsUpNoOther() throws Exception {
        study(true, true);
        database.execute("update delivery set essential = true");
        service.store = uid -> uid.equals(ESSENTIAL) ? new Reply(-1, null) : null;
        pass();
        assertThat(List.of(state(1), state(2))).containsExactly("PENDING", "CONFIRMED");
        assertThat(error(1)).contains("broke off");
        assertThat(last).isNull();
    }

    @Test
    void anEssentialObjectOverWhichExchangesBreakOffEachTimeFailsWhereOthersAreTaken() throws Exception {
        study(true, true);
        service.store = uid -> uid.equals(ESSENTIAL) ? new Reply(-1, null) : null;
        for (int attempt = 0; attempt <= REJECTIONS; attempt++) {
            database.execute("update delivery set state = 'PENDING' where id = 2");
            pass();
        }
        work();
        assertThat(List.of(state(1), study())).containsExactly("FAILED", "FAILED at deliver");
        assertThat(error(1)).contains("broke off");
    }

    @Test
    void aServiceThatBreaksOffOverWhateverItIsSentIsWaitedFor() throws Exception {
        study(true, true);
        database.execute("update delivery set essential = true");
        service.store = uid -> new Reply(-1, null);
        for (int attempt = 0; attempt < 2 * REJECTIONS; attempt++) {
            pass();
        }
        service.store = uid -> null;
        work();
        assertThat(List.of(state(1), state(2), study())).containsExactly("CONFIRMED", "CONFIRMED", "CONFIRMED");
    }

    /** The object that the service fails over goes behind the others. */
    @Test
    void anObjectThatTheServiceIsBusyOverHoldsUpNoOther() throws Exception {
        study(true, true);
        service.store = uid -> uid.equals(ESSENTIAL) ? new Reply(503, null) : null;
        database.execute("update delivery set next_attempt_at = now() - interval '1 h' where id = 1");
        for (int pass = 0; pass < 2; pass++) {
            try {
                sender.sendDue();
            } catch (DicomException e) {
                database.execute("update delivery set next_attempt_at = now() - interval '1 s' where id = 2");
            }
        }
        assertThat(List.of(state(1), state(2))).containsExactly("PENDING", "SENT");
    }
}
