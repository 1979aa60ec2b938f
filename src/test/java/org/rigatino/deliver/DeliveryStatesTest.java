package org.rigatino.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.Patience;
import org.rigatino.Slow;
import org.rigatino.access.Actor;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.ScriptedArchive;
import org.rigatino.dicom.SopClass;
import org.rigatino.dicom.SopReference;
import org.rigatino.dicom.StorageCommitmentResult;
import org.rigatino.dicom.Tag;
import org.rigatino.monitor.Backlog;
import org.rigatino.persistence.Delivery;

/** Every state of a delivery and every answer of an archive: what becomes of the delivery, and of its study. */
@Slow
class DeliveryStatesTest extends DeliveryPasses {
    private static final String CAPTURE = DueStudy.CAPTURE;
    private static final String SEGMENTATION = DueStudy.SEGMENTATION;
    private static final Actor ANNA = new Actor("anna", "192.0.2.7");

    private ScriptedArchive archive;
    private DeliveryRecord record;
    private DestinationActs acts;
    private Sender sender;
    private Confirmer confirmer;

    @BeforeEach
    void start() throws Exception {
        archive = new ScriptedArchive();
        configure(Map.of());
    }

    @AfterEach
    void stop() throws Exception {
        archive.close();
    }

    private void configure(Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of(
                "rigatino.deliver.destinations.pacs.host", "127.0.0.1",
                "rigatino.deliver.destinations.pacs.ae-title", "ARCHIVE",
                "rigatino.deliver.commitment.same-association", "PT0.05S"));
        settings.putAll(more);
        record = record(settings);
        acts = database.bean(DestinationActs.class);
        sender = new Sender("pacs", archive.node(), record, () -> true);
        confirmer = new Confirmer(
                "pacs",
                archive.node(),
                DestinationKind.proof(configuration.destinations().get("pacs")),
                configuration.commitment(),
                DestinationRecord.always(record, archive.node().toString()));
    }

    @Override
    void send() throws DicomException {
        sender.sendDue();
    }

    @Override
    void confirm() throws DicomException {
        confirmer.confirmDue();
    }

    private List<String> events() throws Exception {
        return database.query(
                "select kind from audit_event where study_instance_uid = '2.25.1' and occurred_at >= (select"
                        + " first_received_at from study where revision = 1) order by id");
    }

    private int offered(int id) {
        return archive.offered.containsKey("2.25.10" + id)
                ? archive.offered.get("2.25.10" + id).get()
                : 0;
    }

    /** What the archive holds and the record has forgotten is proved, and not sent. */
    @Test
    void afterTheReturnFromABackupWhatIsListedIsNotSentAgain() throws Exception {
        study(true, true);
        restored();
        work();
        assertThat(List.of(state(1), state(2), study())).containsExactly("CONFIRMED", "CONFIRMED", "CONFIRMED");
        assertThat(archive.offered).isEmpty();
        assertThat(archive.transactions).isNotEmpty();
        assertThat(events()).contains("DELIVERY_FOUND", "DELIVERY_CONFIRMED");
    }

    /** It lists what it refuses to commit itself to: being listed is no reason any more not to send. */
    @Test
    void afterTheReturnFromABackupWhatIsListedAndRefusedCommitmentIsSent() throws Exception {
        study(true, false);
        restored();
        archive.report = ScriptedArchive.Report.FAILED;
        pass();
        assertThat(offered(1)).isZero();
        pass();
        assertThat(offered(1)).isEqualTo(1);
        archive.report = ScriptedArchive.Report.COMMITTED;
        work();
        assertThat(List.of(state(1), study())).containsExactly("CONFIRMED", "CONFIRMED");
        assertThat(events()).containsOnlyOnce("DELIVERY_FOUND");
    }

    @Test
    void afterTheReturnFromABackupWhatAPersonWantsRepeatedIsSentThoughItIsListed() throws Exception {
        study(true, true);
        restored();
        database.execute("update delivery set state = 'DECLINED' where id = 2");
        assertThat(acts.repeat("pacs", acts.again("pacs"), ANNA).deliveries()).isEqualTo(1);
        work();
        assertThat(state(2)).isEqualTo("CONFIRMED");
        assertThat(offered(2)).isEqualTo(1);
        assertThat(events()).doesNotContain("DELIVERY_FOUND");
    }

    /** Of the release that judged last alone: what was withdrawn is not sent by repeating what was cancelled. */
    @Test
    void whatAnotherReleaseJudgedSinceIsNotRepeated() throws Exception {
        study(true, true);
        database.execute("insert into instance (id, study_id, sop_instance_uid, sop_class_uid, series_instance_uid,"
                + " transfer_syntax_uid, calling_ae_title, location, sha256, bytes, received_at, outcome) overriding system"
                + " value values (1, 1, '2.25.7', '1.2', '2.25.3', '1.2', 'TEST', '', '', 0, now(), 'RESTORED')");
        database.execute("insert into finding (id, instance_id, frame_number, model_name, model_version, model_digest,"
                + " configuration_digest, score, percentile, flagged, created_at) values (1, 1, 1, 'm', '2', 'd2', 'c', 1, 50,"
                + " false, now()), (2, 1, 1, 'm', '1', 'd1', 'c', 1, 50, false, now() + interval '1 second')");
        database.execute("update output set finding_id = 1 where id = 1;"
                + " insert into output_finding (output_id, finding_id) values (2, 1);"
                + " update delivery set state = 'CANCELLED'; update study set state = 'CONFIRMED', ended_at = now()");
        assertThat(acts.repeat("pacs", acts.again("pacs"), ANNA).deliveries()).isZero();
        database.execute("update output_finding set finding_id = 2");
        assertThat(acts.repeat("pacs", acts.again("pacs"), ANNA).deliveries()).isEqualTo(1);
        database.execute("delete from output_finding; update output set finding_id = null; delete from finding;"
                + " delete from instance");
    }

    @Test
    void whatWasOnlyListedIsNotSaidToHaveBeenAnsweredWithSuccess() throws Exception {
        configure(Map.of("rigatino.deliver.destinations.pacs.commitment", "none"));
        study(true, false);
        restored();
        work();
        assertThat(state(1)).isEqualTo("DELIVERED");
        assertThat(database.query(
                        "select detail from audit_event where kind = 'DELIVERED_WITHOUT_PROOF' order by id desc"
                                + " limit 1"))
                .first()
                .asString()
                .startsWith("listed there and not sent by this record");
    }

    @Test
    void afterTheReturnFromABackupWhatIsNotListedIsSent() throws Exception {
        study(true, false);
        restored();
        archive.lists = false;
        work();
        assertThat(state(1)).isEqualTo("CONFIRMED");
        assertThat(offered(1)).isEqualTo(1);
        assertThat(events()).doesNotContain("DELIVERY_FOUND");
    }

    /** A failure status, a context that is not accepted, an abort: they are answers, and the object is the same there. */
    @ParameterizedTest
    @ValueSource(ints = {0xA700, 0xC001, ScriptedArchive.ABORT, 0})
    void anArchiveThatCannotBeAskedIsSentItAgain(int find) throws Exception {
        study(true, false);
        restored();
        archive.find = find;
        archive.refusedContexts = find == 0 ? Set.of(SopClass.STUDY_ROOT_FIND) : Set.of();
        work();
        assertThat(state(1)).isEqualTo("CONFIRMED");
        assertThat(offered(1)).isEqualTo(1);
    }

    @Test
    void anArchiveThatIsOutOfReachIsWaitedForBeforeAnythingIsSent() throws Exception {
        study(true, false);
        restored();
        archive.find = ScriptedArchive.HANG_UP;
        pass();
        assertThat(state(1)).isEqualTo("PENDING");
        assertThat(offered(1)).isZero();
        assertThat(last).isNotNull();
    }

    /** Status of C-STORE; what becomes of an essential object, of one that is not, and how often the latter is offered. */
    @ParameterizedTest
    @CsvSource({
        "0x0000, CONFIRMED, CONFIRMED, 1",
        "0x0111, CONFIRMED, CONFIRMED, 1",
        "0x0001, CONFIRMED, CONFIRMED, 1",
        "0x0107, CONFIRMED, CONFIRMED, 1",
        "0x0116, CONFIRMED, CONFIRMED, 1",
        "0xB000, CONFIRMED, CONFIRMED, 1",
        "0xB006, CONFIRMED, CONFIRMED, 1",
        "0xB007, CONFIRMED, CONFIRMED, 1",
        "0xBFFF, CONFIRMED, CONFIRMED, 1",
        "0xA700, PENDING, PENDING, 0",
        "0xA7FF, PENDING, PENDING, 0",
        "0xA900, FAILED, DECLINED, 1",
        "0xA9FF, FAILED, DECLINED, 1",
        "0x0122, FAILED, DECLINED, 1",
        "0xC000, FAILED, DECLINED, 3",
        "0xCFFF, FAILED, DECLINED, 3",
        "0xA800, FAILED, DECLINED, 3",
        "0x0110, FAILED, DECLINED, 3",
        "0x0117, FAILED, DECLINED, 3",
        "0x0124, FAILED, DECLINED, 3",
        "0x0210, FAILED, DECLINED, 3",
        "0x0211, FAILED, DECLINED, 3",
        "0xFE00, FAILED, DECLINED, 3"
    })
    void everyStatusOfCStore(String status, String essential, String other, int offers) throws Exception {
        int code = Integer.decode(status);
        study(true, true);
        archive.store = sopClass -> sopClass.equals(SEGMENTATION) ? code : 0;
        work();
        assertThat(List.of(state(1), state(2))).containsExactly("CONFIRMED", other);
        assertThat(study()).isEqualTo(other.equals("PENDING") ? "DELIVERING" : "CONFIRMED");
        if (offers > 0) {
            assertThat(offered(2)).isEqualTo(offers);
        }
        boolean told = (code & 0xF000) == 0xB000
                || Set.of(0x0001, 0x0107, 0x0111, 0x0116).contains(code);
        assertThat(database.query("select coalesce(warning, '-') from delivery where id = 2"))
                .containsExactly(told ? status.substring(2) + "H" : "-");
        assertThat(events().contains("DELIVERY_DECLINED")).isEqualTo(other.equals("DECLINED"));

        empty();
        study(true, false);
        archive.store = sopClass -> code;
        work();
        assertThat(state(1)).isEqualTo(essential);
        assertThat(study())
                .isEqualTo(
                        switch (essential) {
                            case "FAILED" -> "FAILED at deliver";
                            case "PENDING" -> "DELIVERING";
                            default -> "CONFIRMED";
                        });
    }

    @Test
    void aPresentationContextThatIsRejectedIsTheEndOfWhatIsNotEssentialAndAFailureOfWhatIs() throws Exception {
        study(true, true);
        archive.refusedContexts = Set.of(SEGMENTATION);
        work();
        assertThat(List.of(state(1), state(2), study())).containsExactly("CONFIRMED", "DECLINED", "CONFIRMED");
        assertThat(offered(2)).isZero();
        assertThat(database.query("select last_error from delivery where id = 2"))
                .allMatch(error -> error.contains("does not accept SOP class " + SEGMENTATION));
        assertThat(database.query("select detail from audit_event where kind = 'STUDY_CONFIRMED' order by id desc"))
                .first()
                .isEqualTo("1 deliveries confirmed, 1 declined");

        empty();
        study(true, true);
        archive.refusedContexts = Set.of(CAPTURE);
        work();
        assertThat(List.of(state(1), state(2), study())).containsExactly("FAILED", "CONFIRMED", "FAILED at deliver");
    }

    @ParameterizedTest
    @ValueSource(ints = {ScriptedArchive.ABORT, ScriptedArchive.HANG_UP})
    void anAssociationThatEndsOverWhatIsNotEssentialIsNotBegunForEver(int end) throws Exception {
        study(true, true);
        archive.store = sopClass -> sopClass.equals(SEGMENTATION) ? end : 0;
        work();
        assertThat(List.of(state(1), state(2), study())).containsExactly("CONFIRMED", "DECLINED", "CONFIRMED");
        assertThat(offered(2)).isEqualTo(REJECTIONS);
    }

    /** The first of two, over which the association ends each time: the second is sent, and proved, all the same. */
    @ParameterizedTest
    @ValueSource(ints = {ScriptedArchive.ABORT, ScriptedArchive.HANG_UP})
    void anEssentialObjectOverWhichTheAssociationEndsHoldsUpNoOther(int end) throws Exception {
        study(true, true);
        database.execute("update delivery set essential = true");
        archive.store = sopClass -> sopClass.equals(CAPTURE) ? end : 0;
        pass();
        assertThat(List.of(state(1), state(2))).containsExactly("PENDING", "CONFIRMED");
        assertThat(last).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {ScriptedArchive.ABORT, ScriptedArchive.HANG_UP})
    void anEssentialObjectOverWhichTheAssociationEndsEachTimeFailsWhereOthersAreTaken(int end) throws Exception {
        study(true, true);
        archive.store = sopClass -> sopClass.equals(CAPTURE) ? end : 0;
        for (int attempt = 0; attempt <= REJECTIONS; attempt++) {
            database.execute("update delivery set state = 'PENDING' where id = 2");
            pass();
        }
        work();
        assertThat(List.of(state(1), study())).containsExactly("FAILED", "FAILED at deliver");
        assertThat(offered(1)).isBetween(REJECTIONS, REJECTIONS + 1);
    }

    /** As where its database is away for a while, which a provider that accepts associations does not tell otherwise. */
    @ParameterizedTest
    @ValueSource(ints = {ScriptedArchive.ABORT, ScriptedArchive.HANG_UP})
    void anArchiveThatEndsAssociationsOverWhateverItIsSentIsWaitedFor(int end) throws Exception {
        study(true, true);
        database.execute("update delivery set essential = true");
        archive.store = sopClass -> end;
        for (int attempt = 0; attempt < 2 * REJECTIONS; attempt++) {
            pass();
        }
        archive.store = sopClass -> 0;
        work();
        assertThat(List.of(state(1), state(2), study())).containsExactly("CONFIRMED", "CONFIRMED", "CONFIRMED");
    }

    /** An archive over which every association ends is left alone for a while, however much there is to send. */
    @Test
    void associationsThatEndOneAfterTheOtherAreNotOpenedWithoutEnd() throws Exception {
        study(true, true);
        for (int id = 3; id <= 8; id++) {
            database.execute(
                    "insert into output (id, study_id, kind, sop_instance_uid, sop_class_uid, series_instance_uid,"
                            + " location, sha256, bytes, created_at) select " + id + ", study_id, kind, '2.25.10" + id
                            + "', sop_class_uid, series_instance_uid, location, sha256, bytes, created_at from output where id = 1");
            database.execute("insert into delivery (id, output_id, study_id, destination, state, essential,"
                    + " next_attempt_at) select " + id + ", " + id
                    + ", study_id, destination, state, essential, next_attempt_at from delivery where id = 1");
        }
        archive.store = sopClass -> ScriptedArchive.HANG_UP;
        pass();
        assertThat(last).isNotNull();
        assertThat(database.query("select id from delivery where attempts > 0")).hasSize(3);
        assertThat(database.query("select id from delivery where attempts = 0 and last_error is null"))
                .isEmpty();
    }

    /** Proof of what was sent is not asked for by way of what cannot be sent. */
    @Test
    void aDestinationThatCannotBeSentToIsAskedForProofAllTheSame() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        DestinationWorker worker = new DestinationWorker(
                "pacs",
                database.dataSource(),
                () -> true,
                () -> {
                    throw new DicomException("out of reach");
                },
                () -> {
                    asked.countDown();
                    return true;
                },
                () -> {},
                new BackOff(Duration.ofMillis(1), Duration.ofMillis(1)));
        Thread thread = new Thread(worker);
        thread.start();
        try {
            assertThat(asked.await(Patience.SECONDS / 4, TimeUnit.SECONDS)).isTrue();
        } finally {
            worker.stop();
            thread.join();
        }
    }

    /** C-FIND names it in a study where it was not sent to. */
    @Test
    void anObjectThatIsListedInAnotherStudyIsNotProved() throws Exception {
        study(true, false);
        archive.refusedContexts = Set.of(SopClass.STORAGE_COMMITMENT_PUSH_MODEL);
        archive.answers = asked -> List.of(asked.put(Tag.StudyInstanceUID, "2.25.7"));
        work();
        assertThat(List.of(state(1), study())).containsExactly("FAILED", "FAILED at confirm");
        assertThat(database.query("select last_error from delivery"))
                .singleElement()
                .asString()
                .contains("with another Study Instance UID");
    }

    private int reported(String transaction, int committed) {
        List<SopReference> references = List.of(new SopReference(CAPTURE, "2.25.101"));
        return record.reported(
                List.of("pacs"),
                committed > 0
                        ? new StorageCommitmentResult(transaction, references, Map.of())
                        : new StorageCommitmentResult(transaction, List.of(), Map.of(references.get(0), 0x0112)));
    }

    /** Asked for twice, and the archive answers what it was asked first. */
    @Test
    void aReportOnARequestBeforeTheLastIsProof() throws Exception {
        study(true, false);
        archive.report = ScriptedArchive.Report.SILENCE;
        pass();
        confirmAgain();
        assertThat(archive.transactions).hasSize(2);
        assertThat(reported(archive.transactions.get(0), 0))
                .as("what was missing then may have come since")
                .isZero();
        assertThat(reported(archive.transactions.get(0), 1)).isEqualTo(1);
        assertThat(List.of(state(1), study())).containsExactly("CONFIRMED", "CONFIRMED");
        assertThat(reported(archive.transactions.get(1), 1)).isZero();
    }

    /** What was asked before it was sent anew says nothing of what is there now. */
    @Test
    void aReportOnWhatWasSentBeforeIsNone() throws Exception {
        study(true, false);
        archive.report = ScriptedArchive.Report.SILENCE;
        pass();
        confirmAgain();
        assertThat(reported(archive.transactions.get(1), 0)).isEqualTo(1);
        assertThat(state(1)).isEqualTo("PENDING");
        pass();
        assertThat(archive.transactions).hasSize(3);
        assertThat(reported(archive.transactions.get(0), 1)).isZero();
        assertThat(reported(archive.transactions.get(1), 1)).isZero();
        assertThat(state(1)).isEqualTo("SENT");
    }

    /** It is sent anew between the question which rows a report is of and their locks. */
    @Test
    void aReportIsHeldAgainstWhatIsAskedOnceItsRowsAreLocked() throws Exception {
        study(true, false);
        archive.report = ScriptedArchive.Report.SILENCE;
        pass();
        String asked = archive.transactions.get(0);
        assertThat(database.beside(
                        "update delivery set transaction_uid = null where id = 1",
                        "select 1",
                        () -> reported(asked, 1)))
                .isZero();
        assertThat(state(1)).isEqualTo("SENT");
    }

    /** However long it waited for an archive that was away. */
    @Test
    void whatWasSentWaitsForItsProofSinceThen() throws Exception {
        study(true, false);
        database.execute("update delivery set state_since = now() - interval '1 day'");
        archive.report = ScriptedArchive.Report.SILENCE;
        Backlog backlog = database.bean(Backlog.class);
        assertThat(backlog.deliveries()).singleElement().satisfies(waiting -> {
            assertThat(waiting.state()).isEqualTo("PENDING");
            assertThat(waiting.since()).isBefore(Instant.now().minus(Duration.ofHours(23)));
        });
        pass();
        assertThat(backlog.deliveries()).singleElement().satisfies(waiting -> {
            assertThat(waiting.state()).isEqualTo("SENT");
            assertThat(waiting.since()).isAfter(Instant.now().minus(Duration.ofHours(1)));
        });
    }

    /** However old it is: the alert says that the archive takes nothing. */
    @Test
    void whatIsSentAgainWaitsToBeTakenSinceThen() throws Exception {
        study(false, true);
        database.execute(
                "update output set created_at = now() - interval '1 day'; update delivery set state = 'DECLINED'");
        assertThat(acts.repeat("pacs", acts.again("pacs"), ANNA).deliveries()).isEqualTo(1);
        assertThat(database.bean(Backlog.class).deliveries()).singleElement().satisfies(waiting -> {
            assertThat(waiting.state()).isEqualTo("PENDING");
            assertThat(waiting.since()).isAfter(Instant.now().minus(Duration.ofHours(1)));
        });
    }

    private void confirmAgain() throws Exception {
        database.execute("update delivery set next_attempt_at = now() - interval '1 s'");
        confirm();
    }

    @Test
    void aStudyOfWhichNothingIsTakenHasFailed() throws Exception {
        study(false, true);
        archive.refusedContexts = Set.of(SEGMENTATION);
        work();
        assertThat(List.of(state(2), study())).containsExactly("DECLINED", "FAILED at deliver");
    }

    @Test
    void aFileThatIsDamagedHereIsNobodysRefusal() throws Exception {
        study(true, true);
        Files.writeString(fileOfTheSecond(), "damaged", StandardCharsets.US_ASCII);
        work();
        assertThat(List.of(state(1), state(2), study())).containsExactly("CONFIRMED", "FAILED", "FAILED at deliver");
    }

    @Test
    void aFileWithAByteMoreIsSentNowhere() throws Exception {
        study(true, true);
        Files.write(fileOfTheSecond(), new byte[1], StandardOpenOption.APPEND);
        work();
        assertThat(List.of(state(1), state(2), study())).containsExactly("CONFIRMED", "FAILED", "FAILED at deliver");
        assertThat(offered(2)).isZero();
    }

    /** All of an object is read for its digest: not at each attempt to reach an archive that is down. */
    @Test
    void nothingIsReadForAnArchiveThatIsDown() throws Exception {
        study(true, true);
        Files.write(fileOfTheSecond(), new byte[1], StandardOpenOption.APPEND);
        archive.close();
        for (int attempt = 0; attempt <= REJECTIONS; attempt++) {
            pass();
            assertThat(last).isNotNull();
        }
        assertThat(state(2)).isEqualTo("PENDING");
        assertThat(database.query("select last_error from delivery where output_id = 2"))
                .singleElement()
                .asString()
                .contains("cannot open an association")
                .doesNotContain("missing or changed");
    }

    /** A folder in its place can be opened and not be read. */
    @Test
    void aFileThatTheFileSystemDoesNotGiveIsWaitedFor() throws Exception {
        study(true, true);
        Path file = fileOfTheSecond();
        Path aside = Files.move(file, folder.resolve("aside"));
        Files.createDirectory(file);
        work();
        assertThat(List.of(state(1), state(2), study())).containsExactly("CONFIRMED", "PENDING", "DELIVERING");
        assertThat(database.query("select last_error from delivery where output_id = 2"))
                .singleElement()
                .asString()
                .contains("cannot be read now");
        Files.delete(file);
        Files.move(aside, file);
        work();
        assertThat(List.of(state(2), study())).containsExactly("CONFIRMED", "CONFIRMED");
    }

    @Test
    void outputsThatAreNotMountedAreWaitedFor() throws Exception {
        study(true, true);
        Path outputs = folder.resolve("outputs");
        Path aside = Files.move(outputs, folder.resolve("aside"));
        Files.createDirectory(outputs);
        try {
            work();
            assertThat(List.of(state(1), state(2), study())).containsExactly("PENDING", "PENDING", "DELIVERING");
        } finally {
            Files.delete(outputs);
            Files.move(aside, outputs);
        }
        work();
        assertThat(List.of(state(1), state(2), study())).containsExactly("CONFIRMED", "CONFIRMED", "CONFIRMED");
    }

    private Path fileOfTheSecond() throws Exception {
        return new OutputStore(configuration)
                .file(database.query("select location from output where id = 2").get(0));
    }

    /** Storage commitment as the archive answers it, then C-FIND. */
    @ParameterizedTest
    @CsvSource({
        "0x0000, COMMITTED, 0, true, CONFIRMED, CONFIRMED",
        "0xB000, SILENCE, 0, true, CONFIRMED, CONFIRMED",
        "0x0000, FAILED, 0, true, FAILED, FAILED at deliver",
        "0x0000, SILENCE, 0, true, CONFIRMED, CONFIRMED",
        "0x0000, SILENCE, 0, false, FAILED, FAILED at deliver",
        "0x0000, SILENCE, 0xA700, false, FAILED, FAILED at confirm",
        "0x0000, SILENCE, -1, false, FAILED, FAILED at confirm",
        "0x0000, ANOTHER_TRANSACTION, 0, true, CONFIRMED, CONFIRMED",
        "0x0110, SILENCE, 0, true, CONFIRMED, CONFIRMED",
        "0x0112, SILENCE, 0xC001, false, FAILED, FAILED at confirm",
        "-1, SILENCE, 0, true, CONFIRMED, CONFIRMED"
    })
    void everyAnswerToCommitment(
            String action, ScriptedArchive.Report report, String find, boolean listed, String delivery, String study)
            throws Exception {
        study(true, false);
        archive.action = Integer.decode(action);
        archive.report = report;
        archive.find = Integer.decode(find);
        archive.lists = listed;
        work();
        assertThat(List.of(state(1), study())).containsExactly(delivery, study);
    }

    @Test
    void withoutCommitmentAQueryProves() throws Exception {
        study(true, false);
        archive.refusedContexts = Set.of(SopClass.STORAGE_COMMITMENT_PUSH_MODEL);
        work();
        assertThat(study()).isEqualTo("CONFIRMED");
        assertThat(database.query("select confirmed_by from delivery")).containsExactly("QUERY");
    }

    @Test
    void aDestinationThatProvesNothingLeavesItsStudiesDelivered() throws Exception {
        configure(Map.of("rigatino.deliver.destinations.pacs.commitment", "none"));
        study(true, true);
        archive.refusedContexts = Set.of(SEGMENTATION);
        archive.store = sopClass -> 0xB006;
        work();
        assertThat(List.of(state(1), state(2), study())).containsExactly("DELIVERED", "DECLINED", "DELIVERED");
        assertThat(database.query("select detail from audit_event where kind = 'DELIVERED_WITHOUT_PROOF' order by id"))
                .last()
                .asString()
                .startsWith("C-STORE was answered with warning B006H")
                .contains("; the archive is ARCHIVE at 127.0.0.1:", "; sha256 ");
    }

    /** The report arrives while the archive is queried, which does not list the object yet. */
    @Test
    void aLateReportIsNotOverwritten() throws Exception {
        study(true, false);
        archive.report = ScriptedArchive.Report.SILENCE;
        archive.lists = false;
        archive.beforeFind = () -> record.reported(
                List.of("pacs"),
                new StorageCommitmentResult(
                        archive.transactions.get(archive.transactions.size() - 1),
                        List.of(new SopReference(CAPTURE, "2.25.101")),
                        Map.of()));
        work();
        assertThat(List.of(state(1), study())).containsExactly("CONFIRMED", "CONFIRMED");
        assertThat(offered(1)).isEqualTo(1);
        assertThat(database.query("select coalesce(last_error, '-') from delivery"))
                .containsExactly("-");
    }

    /** It has an object of that UID, maybe of other bytes: neither success nor a digest is claimed. */
    @Test
    void whatIsThereAlreadyIsNotSaidToBeStored() throws Exception {
        archive.store = sopClass -> 0x0111;
        study(true, false);
        work();
        assertThat(detail("DELIVERY_CONFIRMED"))
                .matches("by STORAGE_COMMITMENT of ARCHIVE at 127\\.0\\.0\\.1:[0-9]+; .*")
                .contains("; C-STORE was answered with 0111H: it has an object of that UID, and does"
                        + " not say that it is this one, which has sha256 ");

        empty();
        configure(Map.of("rigatino.deliver.destinations.pacs.commitment", "none"));
        study(true, false);
        work();
        assertThat(List.of(state(1), study())).containsExactly("DELIVERED", "DELIVERED");
        assertThat(detail("DELIVERED_WITHOUT_PROOF"))
                .startsWith("C-STORE was answered with 0111H: it has an object of that UID, and does not say")
                .doesNotContain("success", "sha256");
    }

    private static String detail(String kind) throws Exception {
        List<String> details = database.query("select detail from audit_event where kind = '" + kind + "' order by id");
        return details.get(details.size() - 1);
    }

    /** A batch is read before it is sent: what is cancelled meanwhile does not go. */
    @Test
    void whatIsWithdrawnWhileABatchIsUnderWayIsNotSent() throws Exception {
        study(true, true);
        withPatients();
        archive.store = sopClass -> withdraw();
        pass();
        assertThat(archive.offered).hasSize(1);
        assertThat(List.of(state(1), state(2), study())).containsExactly("CANCELLED", "CANCELLED", "REFUSED");
        assertThat(events()).containsOnlyOnce("DELIVERY_TAKEN_LATE");
        assertThat(detail("DELIVERY_TAKEN_LATE"))
                .startsWith("taken by " + archive.node() + ", which had it under way")
                .contains("of another patient");
        assertThat(database.query("select output_id from delivery where sent_at is not null and place = '"
                        + archive.node() + "'"))
                .hasSize(1);
    }

    /** Each move from each state: those that are not from where it starts change nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"PENDING", "SENT", "DELIVERED", "CONFIRMED", "DECLINED", "CANCELLED", "FAILED"})
    void everyMoveIsGuardedByItsState(String state) throws Exception {
        Map<String, Runnable> moves = Map.of(
                "PENDING", () -> record.sent(1, null, "PLACE"),
                "PENDING ", () -> record.refused(1, Delivery.State.PENDING, "no", Refusal.UNSUPPORTED, "PLACE"),
                "PENDING  ", () -> record.waiting(List.of(1L), Delivery.State.PENDING, "silent"),
                "SENT", () -> record.refused(1, Delivery.State.SENT, "no", Refusal.REJECTED, "PLACE"),
                "SENT ", () -> record.waiting(List.of(1L), Delivery.State.SENT, "silent"),
                "SENT  ", () -> record.unproved(List.of(1L), "no", Duration.ZERO),
                "SENT   ", () -> record.withoutProof(List.of(1L)),
                "SENT    ", () -> record.requested(List.of(1L), "2.25.5", Duration.ZERO, "PLACE"),
                "SENT     ", () -> record.found(1, Delivery.Confirmation.QUERY, "PLACE"));
        for (Map.Entry<String, Runnable> move : moves.entrySet()) {
            empty();
            study(true, false);
            database.execute("update delivery set state = '" + state + "'");
            List<String> before = database.query("select d::text from delivery d");
            move.getValue().run();
            boolean moved = !database.query("select d::text from delivery d").equals(before);
            boolean takenLate = move.getKey().equals("PENDING") && state.equals("CANCELLED");
            assertThat(moved)
                    .as("%s from %s", move.getKey(), state)
                    .isEqualTo(takenLate || move.getKey().strip().equals(state));
            if (takenLate) {
                assertThat(state(1)).isEqualTo("CANCELLED");
                assertThat(database.query("select place from delivery where sent_at is not null"))
                        .containsExactly("PLACE");
                assertThat(events()).containsExactly("DELIVERY_TAKEN_LATE");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PENDING", "SENT", "FAILED"})
    void whatIsOnItsWayToADestinationThatIsGoneIsSaidAndCanBeCancelled(String state) throws Exception {
        study(true, true);
        database.execute("update delivery set state = 'CONFIRMED' where id = 1");
        database.execute("update delivery set destination = 'gone', state = '" + state + "' where id = 2");
        deliveries.notConfigured(Set.of("pacs"));
        assertThat(database.query("select last_error from delivery where id = 2 and state <> 'FAILED'"))
                .allMatch(error -> error.contains("/api/destinations/{name}/cancel"));
        assertThatThrownBy(() -> acts.cancel("pacs", ANNA)).hasMessageContaining("is configured");
        assertThat(acts.cancel("gone", ANNA)).isEqualTo(new DestinationActs.Changed("gone", 1, false));
        assertThat(List.of(state(2), study())).containsExactly("CANCELLED", "CONFIRMED");
        assertThat(database.query("select actor from audit_event where kind = 'DELIVERIES_CANCELLED' order by id"))
                .last()
                .isEqualTo("anna");
    }

    @Test
    void aStudyThatWasOnItsWayToNowhereElseHasFailedOnceCancelled() throws Exception {
        study(true, false);
        database.execute("update delivery set destination = 'gone'");
        acts.cancel("gone", ANNA);
        assertThat(study()).isEqualTo("FAILED at deliver");
    }

    @Test
    void whatWasDeclinedIsSentAgainOncePeopleSaySo() throws Exception {
        study(true, true);
        archive.refusedContexts = Set.of(SEGMENTATION);
        work();
        // The scripted archive is not where the configured one is.
        database.execute("update delivery set place = '" + acts.again("pacs").place() + "' where state = 'DECLINED'");
        archive.refusedContexts = Set.of();
        assertThatThrownBy(() -> acts.repeat("gone", acts.again("gone"), ANNA))
                .hasMessageContaining("no destination gone");
        assertThat(acts.repeat("pacs", acts.again("pacs"), ANNA).deliveries()).isEqualTo(1);
        work();
        assertThat(List.of(state(1), state(2), study())).containsExactly("CONFIRMED", "CONFIRMED", "CONFIRMED");
        assertThat(offered(1)).isEqualTo(1);
        database.execute(
                "update delivery set state = 'DECLINED' where id = 2;" + "update study set outputs_deleted_at = now()");
        assertThat(acts.repeat("pacs", acts.again("pacs"), ANNA).deliveries()).isZero();
    }
}
