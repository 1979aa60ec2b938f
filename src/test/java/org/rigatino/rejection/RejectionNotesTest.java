package org.rigatino.rejection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.deliver.DestinationsOnRecord;
import org.rigatino.deliver.OutputStore;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;
import org.rigatino.study.StudyLife;

/** From a run to the outbox, on a real PostgreSQL with real objects: what is named where, when, and when nothing is. */
class RejectionNotesTest {
    private static final String NEW = RerunOnRecord.NEW;
    private static final String PACS = "PACS at 127.0.0.1:104";
    private static final String ELSEWHERE = "PACS at 127.0.0.9:104";

    @TempDir
    static Path folder;

    private static RerunOnRecord record;

    @BeforeAll
    static void start() throws Exception {
        record = new RerunOnRecord(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        record.close();
    }

    @BeforeEach
    void settings() throws Exception {
        record.configure(Map.of());
        record.database.execute("delete from rejected_object; delete from rejection_note; delete from delivery"
                + " where output_id in (select id from output where kind = 'REJECTION_NOTE')");
    }

    /** SOP Instance UIDs that each note names, in the order of the notes. */
    private static List<List<String>> named(String uid) throws Exception {
        List<List<String>> named = new ArrayList<>();
        for (String location : record.database.query(
                "select o.location from output o join study s on s.id = o.study_id where o.kind = 'REJECTION_NOTE'"
                        + " and s.study_instance_uid = '" + uid + "' order by s.revision, o.id")) {
            List<String> uids = new ArrayList<>();
            Dataset note = Dataset.readHeader(record.outputs.file(location));
            assertThat(note.require(Tag.PatientName)).isEqualTo("Poe^Edgar");
            for (Dataset study : note.items(Tag.CurrentRequestedProcedureEvidenceSequence)) {
                assertThat(study.require(Tag.StudyInstanceUID)).isEqualTo(uid);
                for (Dataset series : study.items(Tag.ReferencedSeriesSequence)) {
                    for (Dataset object : series.items(Tag.ReferencedSOPSequence)) {
                        uids.add(object.require(Tag.ReferencedSOPInstanceUID));
                    }
                }
            }
            named.add(uids);
        }
        return named;
    }

    private static List<String> rows(String uid) throws Exception {
        return record.database.query("select concat_ws(' ', s.revision, r.destination, r.state, r.reason)"
                + " from rejection_note r join study s on s.id = r.study_id where s.study_instance_uid = '" + uid
                + "' order by s.revision, r.destination");
    }

    private static List<String> noteDeliveries(String uid) throws Exception {
        return record.database.query("select concat_ws(' ', s.revision, d.destination, d.state, d.essential)"
                + " from delivery d join output o on o.id = d.output_id join study s on s.id = d.study_id"
                + " where o.kind = 'REJECTION_NOTE' and s.study_instance_uid = '" + uid + "' order by d.id");
    }

    private static List<String> states(String uid) throws Exception {
        return record.database.query(
                "select state from study where study_instance_uid = '" + uid + "' order by revision");
    }

    private static List<String> trail(String uid, String kind) throws Exception {
        return record.database.query("select subject || ': ' || detail from audit_event where study_instance_uid = '"
                + uid + "' and kind = '" + kind + "' order by id");
    }

    /** As of a file system that is away for a moment, once the file was compared with what was stored. */
    @Test
    void anObjectThatIsNotGivenForAMomentIsToldTheNext() throws Exception {
        String uid = record.finished();
        record.again(uid, NEW);
        record.confirm(uid, 2, "pacs");
        AtomicInteger asked = new AtomicInteger();
        record.database.with(new OutputStore(record.configuration) {
            @Override
            public Path file(String location) {
                return asked.incrementAndGet() == 2 ? folder : super.file(location);
            }
        });
        record.database.bean(RejectionNoteWriter.class);
        record.notes = record.database.bean(RejectionNotes.class);
        record.notes.work();
        assertThat(asked).hasValue(2);
        assertThat(rows(uid)).containsExactly("2 pacs WAITING");
        record.database.execute("update rejection_note set next_attempt_at = now()");
        record.notes.work();
        assertThat(rows(uid)).containsExactly("2 pacs WRITTEN");
    }

    private static void refuse(long delivery) {
        DestinationsOnRecord.refused(record.deliveries, delivery, "C-STORE was answered A900H", false);
    }

    @Test
    void whatIsSupersededIsNamedOnceAllThatTakesItsPlaceIsProvedToBeThere() throws Exception {
        String uid = record.finished();
        record.notes.work();
        assertThat(named(uid)).as("nothing is superseded").isEmpty();
        record.again(uid, NEW);
        record.notes.work();
        List<Long> waiting = record.waiting(uid, 2, "pacs");
        assertThat(waiting).hasSize(2);
        record.confirm(waiting.get(0));
        record.confirm(uid, 2, "other");
        record.notes.work();
        assertThat(named(uid)).as("one of two is not proved to be there").isEmpty();
        record.deliveries.sent(waiting.get(1), null, PACS);
        record.notes.work();
        assertThat(named(uid)).as("taken, and not proved").isEmpty();
        record.deliveries.found(waiting.get(1), org.rigatino.persistence.Delivery.Confirmation.QIDO_RS, PACS);
        assertThat(states(uid)).containsExactly("CONFIRMED", "CONFIRMED");
        record.notes.work();
        record.notes.work();

        assertThat(named(uid)).containsExactly(List.of(uid + ".1.1", uid + ".2.1"));
        assertThat(noteDeliveries(uid)).containsExactly("2 pacs PENDING f");
        assertThat(rows(uid)).containsExactly("2 other NOT_SENT NOT_ASKED", "2 pacs WRITTEN");
        assertThat(states(uid)).containsExactly("CONFIRMED", "CONFIRMED");
        assertThat(trail(uid, "OUTPUT_WRITTEN"))
                .last()
                .asString()
                .contains("rejection note for pacs of 2 objects that revision 2 superseded");
        assertThat(trail(uid, "REJECTION_NOTE_NOT_SENT"))
                .as("nobody asked there")
                .isEmpty();
    }

    /** Nor what a person said of it, which is no result. */
    @Test
    void whatWasNeverProvedToBeThereIsNotNamed() throws Exception {
        String uid = record.finished();
        record.database.execute("update delivery set state = 'DELIVERED' where destination = 'pacs' and output_id ="
                + " (select id from output where sop_instance_uid = '" + uid + ".2.1')");
        record.database.execute(
                "with said as (insert into output (id, study_id, kind, sop_instance_uid, sop_class_uid, series_instance_uid,"
                        + " location, sha256, bytes, created_at) select nextval('output_id_seq') + 1000000, study_id,"
                        + " 'ASSESSMENT', sop_instance_uid || '.5', '1.2', '1.3', 'x', 'x', 1, now() from output"
                        + " where sop_instance_uid = '" + uid + ".1.1' returning id, study_id, sop_instance_uid),"
                        + " about as (insert into output_finding (output_id, finding_id) select said.id, o.finding_id from"
                        + " said join output o on said.sop_instance_uid = o.sop_instance_uid || '.5')"
                        + " insert into delivery (id,"
                        + " output_id, study_id, destination, state, essential, next_attempt_at) select"
                        + " nextval('delivery_id_seq') + 1000000, id, study_id, 'pacs', 'CONFIRMED', false, now() from said");
        record.again(uid, NEW);
        record.confirm(uid, 2, "pacs");
        record.notes.work();
        assertThat(named(uid)).containsExactly(List.of(uid + ".1.1"));
    }

    @Test
    void whereNothingNewArrivesNothingIsRejected() throws Exception {
        String uid = record.finished();
        record.again(uid, NEW);
        record.waiting(uid, 2, "pacs").forEach(RejectionNotesTest::refuse);
        record.confirm(uid, 2, "other");
        record.notes.work();
        assertThat(states(uid)).containsExactly("CONFIRMED", "FAILED");
        assertThat(named(uid)).isEmpty();
        assertThat(rows(uid)).containsExactly("2 other NOT_SENT NOT_ASKED");
    }

    /** Where a part of it did, the record says why there is no note; a replay that brings the rest brings the note. */
    @Test
    void whereAPartIsRefusedNothingIsRejectedUntilAReplayBringsIt() throws Exception {
        String uid = record.finished();
        record.again(uid, NEW);
        record.confirm(uid, 2, "other");
        record.confirm(record.waiting(uid, 2, "pacs").get(0));
        refuse(record.waiting(uid, 2, "pacs").get(0));
        record.notes.work();
        assertThat(states(uid)).containsExactly("CONFIRMED", "FAILED");
        assertThat(named(uid)).isEmpty();
        assertThat(rows(uid)).contains("2 pacs NOT_SENT NOT_ALL_CONFIRMED");
        assertThat(trail(uid, "REJECTION_NOTE_NOT_SENT"))
                .singleElement()
                .asString()
                .contains("revision 2 at pacs", "1 of 2", "is not rejected there");

        assertThat(record.life.replay(uid, RerunOnRecord.ADAM)).isOne();
        record.notes.work();
        record.restore(uid, 2, NEW);
        record.notes.work();
        assertThat(named(uid)).isEmpty();
        record.confirm(uid, 2, "pacs");
        record.notes.work();
        assertThat(states(uid)).containsExactly("CONFIRMED", "CONFIRMED");
        assertThat(named(uid)).containsExactly(List.of(uid + ".1.1", uid + ".2.1"));
    }

    /** What an archive declines need not be there for the study, but for a note it must. */
    @Test
    void whatIsDeclinedHoldsTheNoteUntilItIsSentAgain() throws Exception {
        String uid = record.finished();
        record.again(uid, NEW);
        record.confirm(uid, 2, "other");
        List<Long> waiting = record.waiting(uid, 2, "pacs");
        record.database.execute("update delivery set essential = false where id = " + waiting.get(1));
        record.confirm(waiting.get(0));
        refuse(waiting.get(1));
        record.notes.work();
        assertThat(states(uid)).containsExactly("CONFIRMED", "CONFIRMED");
        assertThat(rows(uid)).contains("2 pacs NOT_SENT NOT_ALL_CONFIRMED");
        record.acts.repeat("pacs", record.acts.again("pacs"), RerunOnRecord.ADAM);
        record.confirm(uid, 2, "pacs");
        record.notes.work();
        assertThat(named(uid)).hasSize(1);
    }

    /** Otherwise its delivery comes between what they lock of the study. */
    @Test
    void aNoteIsNotAddedWhileAnotherLocksAllDeliveriesOfItsStudy() throws Exception {
        String uid = record.finished();
        record.again(uid, NEW);
        record.confirm(uid, 2, "other");
        record.confirm(uid, 2, "pacs");
        record.database.beside(
                "select pg_advisory_xact_lock(hashtextextended('rigatino.deliveries." + uid + "', 0))",
                "select 1",
                () -> {
                    record.notes.work();
                    return null;
                });
        assertThat(named(uid)).hasSize(1);
    }

    private static String twice(String uid) throws Exception {
        record.serves(RerunOnRecord.OLD);
        assertThat(record.again(uid, RerunOnRecord.OLD)).isEqualTo(3);
        record.confirm(uid, 3, "pacs");
        record.notes.work();
        return uid;
    }

    private static String withNote() throws Exception {
        String uid = record.finished();
        record.again(uid, NEW);
        record.confirm(uid, 2, "pacs");
        record.confirm(uid, 2, "other");
        record.notes.work();
        assertThat(named(uid)).hasSize(1);
        return uid;
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONFIRMED", "SENT", "PENDING"})
    void aRunAfterARunNamesWhatNoNoteNames(String before) throws Exception {
        String uid = withNote();
        long note = record.noteDeliveries(uid, 2).get(0);
        if (!before.equals("PENDING")) {
            record.deliveries.sent(note, null, PACS);
        }
        if (before.equals("CONFIRMED")) {
            record.deliveries.found(note, org.rigatino.persistence.Delivery.Confirmation.QUERY, PACS);
        }
        twice(uid);
        assertThat(noteDeliveries(uid))
                .as("what it says stays true, and it goes on")
                .containsExactly("2 pacs " + before + " f", "3 pacs PENDING f");
        assertThat(named(uid))
                .containsExactly(List.of(uid + ".1.1", uid + ".2.1"), List.of(uid + ".1.2", uid + ".2.2"));
    }

    @Test
    void whatANoteNamedThatTheArchiveNeverTookTheNextNames() throws Exception {
        String uid = withNote();
        refuse(record.noteDeliveries(uid, 2).get(0));
        assertThat(noteDeliveries(uid)).containsExactly("2 pacs DECLINED f");
        assertThat(states(uid)).containsExactly("CONFIRMED", "CONFIRMED");
        twice(uid);
        assertThat(named(uid).get(1)).containsExactly(uid + ".1.1", uid + ".2.1", uid + ".1.2", uid + ".2.2");
        assertThat(record.acts
                        .repeat("pacs", record.acts.again("pacs"), RerunOnRecord.ADAM)
                        .deliveries())
                .as("its revision is superseded")
                .isZero();
    }

    @Test
    void aNoteThatIsDeclinedGoesAgainFromThePageAndTheStudyStaysAsItEnded() throws Exception {
        String uid = withNote();
        refuse(record.noteDeliveries(uid, 2).get(0));
        assertThat(record.acts
                        .repeat("pacs", record.acts.again("pacs"), RerunOnRecord.ADAM)
                        .deliveries())
                .isOne();
        record.confirm(record.noteDeliveries(uid, 2).get(0));
        record.notes.work();
        assertThat(noteDeliveries(uid)).containsExactly("2 pacs CONFIRMED f");
        assertThat(states(uid)).containsExactly("CONFIRMED", "CONFIRMED");
    }

    @Test
    void aRevisionThatIsSupersededBeforeItsNoteLeavesAllToTheNext() throws Exception {
        String uid = record.finished();
        record.again(uid, NEW);
        record.confirm(uid, 2, "pacs");
        record.confirm(uid, 2, "other");
        twice(uid);
        assertThat(rows(uid)).contains("2 pacs NOT_SENT SUPERSEDED", "3 pacs WRITTEN");
        assertThat(named(uid)).containsExactly(List.of(uid + ".1.1", uid + ".2.1", uid + ".1.2", uid + ".2.2"));
    }

    @Test
    void anArchiveThatRulesOfTheHouseKeepAStudyFromGetsNoNoteOfIt() throws Exception {
        String uid = record.finished();
        record.again(uid, NEW);
        record.database.execute("update study set ruled_destinations = '{\"pacs\": [\"SECONDARY_CAPTURE\"]}'"
                + " where revision = 2 and study_instance_uid = '" + uid + "'");
        record.confirm(uid, 2, "pacs");
        record.notes.work();
        assertThat(rows(uid)).containsExactly("2 pacs NOT_SENT HOUSE_RULES");
        assertThat(trail(uid, "REJECTION_NOTE_NOT_SENT")).hasSize(1);
        record.database.execute("update study set ruled_destinations ="
                + " '{\"pacs\": [\"SECONDARY_CAPTURE\", \"REJECTION_NOTE\"]}' where study_instance_uid = '" + uid
                + "'; update rejection_note set state = 'WAITING', reason = null, next_attempt_at = now()");
        record.notes.work();
        assertThat(rows(uid)).containsExactly("2 pacs WRITTEN");
    }

    @Test
    void resultsOfAnotherPatientRejectNothing() throws Exception {
        String uid = record.finished();
        record.again(uid, NEW);
        record.confirm(uid, 2, "pacs");
        List<StudyLife.NamedInstance> versions = record
                .database
                .query("select i.id from instance i join study s on s.id = i.study_id where s.study_instance_uid = '"
                        + uid + "' order by i.id")
                .stream()
                .map(id -> new StudyLife.NamedInstance(Long.parseLong(id), "wrong"))
                .toList();
        record.life.choosePatient(uid, record.life.patientsVersion(uid), versions, Set.of("right"), RerunOnRecord.ADAM);
        record.notes.work();
        assertThat(rows(uid)).containsExactly("2 pacs NOT_SENT WITHDRAWN");
        assertThat(named(uid)).isEmpty();
    }

    @Test
    void aFileThatIsGoneSpeaksForNoNote() throws Exception {
        String uid = record.finished();
        record.again(uid, NEW);
        record.confirm(uid, 2, "pacs");
        Files.delete(record.outputs.file(record.database
                .query("select location from output where sop_instance_uid = '" + uid + ".1.2'")
                .get(0)));
        record.notes.work();
        assertThat(rows(uid)).containsExactly("2 pacs NOT_SENT NOT_KEPT");
        assertThat(noteDeliveries(uid)).isEmpty();
    }

    private static void moved(String host) throws Exception {
        record.configure(Map.of("rigatino.deliver.destinations.pacs.host", host));
    }

    /** The archive before is not reached by the name any more, and the one that is has nothing of the old. */
    @Test
    void anArchiveThatTookThePlaceOfAnotherIsNotToldOfWhatThatOneHas() throws Exception {
        String uid = record.finished();
        moved("127.0.0.9");
        record.again(uid, NEW);
        record.confirm(uid, 2, "pacs");
        record.notes.work();
        assertThat(named(uid)).isEmpty();
        assertThat(rows(uid)).containsExactly("2 pacs NOT_SENT MOVED");
        assertThat(trail(uid, "REJECTION_NOTE_NOT_SENT"))
                .singleElement()
                .asString()
                .contains("is not where it was", "rejects there by hand");
    }

    @Test
    void ofWhatIsPartlyElsewhereTheNoteNamesWhatIsThere() throws Exception {
        String uid = record.finished();
        record.database.execute("update delivery set place = null where destination = 'pacs' and output_id ="
                + " (select id from output where sop_instance_uid = '" + uid + ".2.1')");
        record.again(uid, NEW);
        record.confirm(uid, 2, "pacs");
        record.notes.work();
        assertThat(named(uid)).containsExactly(List.of(uid + ".1.1"));
        assertThat(trail(uid, "OUTPUT_WRITTEN")).last().asString().contains("1 more were proved to be where");
    }

    @Test
    void whereOnlyWhatIsNewIsElsewhereNothingIsRejected() throws Exception {
        String uid = record.finished();
        record.again(uid, NEW);
        moved("127.0.0.9");
        record.confirm(uid, 2, "pacs");
        moved("127.0.0.1");
        record.notes.work();
        assertThat(rows(uid)).containsExactly("2 pacs NOT_SENT MOVED");
        assertThat(named(uid)).isEmpty();
    }

    /** Nobody at the new place knows what it names, and once the old one is back it goes there. */
    @Test
    void aNoteThatWaitsIsForThePlaceThatItWasMadeFor() throws Exception {
        String uid = withNote();
        long note = record.noteDeliveries(uid, 2).get(0);
        assertThat(DestinationsOnRecord.toSend(record.deliveries, "pacs", PACS)).contains(note);
        assertThat(noteDeliveries(uid)).containsExactly("2 pacs PENDING f");
        assertThat(DestinationsOnRecord.toSend(record.deliveries, "pacs", "PACS at 127.0.0.9:104"))
                .doesNotContain(note);
        assertThat(noteDeliveries(uid)).containsExactly("2 pacs DECLINED f");
        assertThat(trail(uid, "DELIVERY_DECLINED"))
                .singleElement()
                .asString()
                .contains("proved to be at " + PACS, "is PACS at 127.0.0.9:104 now");
        assertThat(states(uid)).containsExactly("CONFIRMED", "CONFIRMED");
        assertThat(record.acts
                        .repeat("pacs", record.acts.again("pacs"), RerunOnRecord.ADAM)
                        .deliveries())
                .isPositive();
        DestinationsOnRecord.toSend(record.deliveries, "pacs", "PACS at 127.0.0.9:104");
        assertThat(noteDeliveries(uid)).containsExactly("2 pacs DECLINED f");
    }

    /** Only who took it can prove that it has it, and whoever has nothing that it names is not to get it. */
    @Test
    void aNoteThatWasTakenIsNotAskedForWhereTheDestinationIsNow() throws Exception {
        String uid = withNote();
        long note = record.noteDeliveries(uid, 2).get(0);
        record.deliveries.sent(note, null, PACS);
        record.deliveries.requested(List.of(note), "2.25.7", Duration.ZERO, ELSEWHERE);
        assertThat(record.database.query("select place from delivery where id = " + note))
                .as("whoever is asked")
                .containsExactly(PACS);
        assertThat(DestinationsOnRecord.toProve(record.deliveries, "pacs", PACS))
                .contains(note);
        assertThat(DestinationsOnRecord.toProve(record.deliveries, "pacs", ELSEWHERE))
                .doesNotContain(note);
        assertThat(noteDeliveries(uid)).containsExactly("2 pacs DECLINED f");
        assertThat(trail(uid, "DELIVERY_DECLINED"))
                .singleElement()
                .asString()
                .contains("taken by " + PACS, "not proved", "is " + ELSEWHERE + " now");
    }

    /** Of before schema 67. */
    @Test
    void aNoteOfWhichNobodyKnowsThePlaceIsNotSentAndNobodyIsToldToSendItAgain() throws Exception {
        String uid = withNote();
        long note = record.noteDeliveries(uid, 2).get(0);
        record.database.execute("update delivery set place = null where id = " + note);
        assertThat(DestinationsOnRecord.toSend(record.deliveries, "pacs", PACS)).doesNotContain(note);
        assertThat(noteDeliveries(uid)).containsExactly("2 pacs DECLINED f");
        assertThat(trail(uid, "DELIVERY_DECLINED"))
                .singleElement()
                .asString()
                .contains("is not on record", "by hand")
                .doesNotContain("again", " now");
        assertThat(record.acts.notesForElsewhere().get("pacs")).isPositive();
        record.acts.repeat("pacs", record.acts.again("pacs"), RerunOnRecord.ADAM);
        assertThat(noteDeliveries(uid)).containsExactly("2 pacs DECLINED f");
        assertThat(trail(uid, "DELIVERIES_REPEATED")).isEmpty();
        record.database.execute("update delivery set place = '" + PACS + "' where id = " + note);
        record.acts.repeat("pacs", record.acts.again("pacs"), RerunOnRecord.ADAM);
        assertThat(noteDeliveries(uid)).containsExactly("2 pacs PENDING f");
    }

    /** It is told of what sending again leaves out for that alone. */
    @Test
    void aNoteForElsewhereIsToldOfAsLongAsItWouldBeSentAgain() throws Exception {
        String uid = withNote();
        long note = record.noteDeliveries(uid, 2).get(0);
        record.database.execute("update delivery set place = '" + ELSEWHERE + "' where id = " + note);
        DestinationsOnRecord.toSend(record.deliveries, "pacs", PACS);
        assertThat(record.acts.notesForElsewhere()).containsEntry("pacs", 1L);
        record.database.execute("update delivery set state = 'CANCELLED' where id = " + note);
        assertThat(record.acts.notesForElsewhere()).as("cancelled").containsEntry("pacs", 1L);
        assertThat(record.acts.again("pacs").deliveries()).isZero();
        record.database.execute("update study set outputs_deleted_at = now() where study_instance_uid = '" + uid + "'");
        assertThat(record.acts.notesForElsewhere()).as("deleted by retention").isEmpty();
        record.database.execute("update study set outputs_deleted_at = null where study_instance_uid = '" + uid + "'");
        twice(uid);
        assertThat(record.acts.notesForElsewhere()).as("superseded").isEmpty();
    }

    @Test
    void ofTwoProcessesOneMakesTheNote() throws Exception {
        String uid = record.finished();
        record.again(uid, NEW);
        record.confirm(uid, 2, "pacs");
        CyclicBarrier together = new CyclicBarrier(4);
        ExecutorService processes = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> working = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                working.add(processes.submit(() -> {
                    together.await();
                    record.notes.work();
                    return null;
                }));
            }
            for (Future<?> one : working) {
                one.get();
            }
        } finally {
            processes.shutdownNow();
        }
        assertThat(named(uid)).hasSize(1);
        assertThat(rows(uid)).containsExactly("2 pacs WRITTEN");
    }

    /** Hiding without proof that there is something else would be a loss that nobody sees. */
    @Test
    void aDestinationWithoutProofMayNotAskForNotes() {
        assertThatThrownBy(() -> record.configure(Map.of("rigatino.deliver.destinations.pacs.commitment", "none")))
                .hasMessageContaining("rejection-note")
                .hasMessageContaining(".commitment is none");
        assertThatThrownBy(
                        () -> record.configure(Map.of("rigatino.deliver.destinations.pacs.objects", "rejection-note")))
                .hasMessageContaining("nothing that a note could name");
        assertThatThrownBy(() ->
                        record.configure(Map.of("rigatino.deliver.destinations.pacs.essential", "rejection-note")))
                .hasMessageEndingWith("take it out");
    }
}
