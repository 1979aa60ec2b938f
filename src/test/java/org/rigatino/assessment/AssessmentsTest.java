package org.rigatino.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfig;
import jakarta.enterprise.event.Event;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
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
import org.rigatino.Settings;
import org.rigatino.Slow;
import org.rigatino.access.Actor;
import org.rigatino.answer.AnswerComments;
import org.rigatino.answer.AnswerGiven;
import org.rigatino.answer.AnswerRequest;
import org.rigatino.answer.AnswerView;
import org.rigatino.answer.Answers;
import org.rigatino.deliver.DeliverConfiguration;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.deliver.DeliveryRecord;
import org.rigatino.deliver.DestinationActs;
import org.rigatino.deliver.DestinationsOnRecord;
import org.rigatino.deliver.LaterObjects;
import org.rigatino.deliver.OutputStore;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.Tag;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.Frame;
import org.rigatino.image.InstanceFrames;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.persistence.Answer.Reason;
import org.rigatino.persistence.Answer.Verdict;
import org.rigatino.result.AlgorithmIdentification;
import org.rigatino.result.EncodedObject;
import org.rigatino.result.ObjectKind;
import org.rigatino.result.ReleaseConfiguration;
import org.rigatino.result.SeriesObjects;
import org.rigatino.result.SiteResultConfiguration;
import org.rigatino.study.LifeOnRecord;
import org.rigatino.study.StudyLife;
import org.rigatino.triage.JudgedStudy;

/** From an answer to the outbox, on a real PostgreSQL with a real report. */
@Slow
class AssessmentsTest {
    private static final Actor ROSA = new Actor("rosa", "192.0.2.7");
    private static final Actor OTTO = new Actor("otto", "192.0.2.8");
    private static final String DIGEST = "ab".repeat(32);
    private static final int SIDE = 24;

    @TempDir
    static Path folder;

    private static DeliveryDatabase database;
    private static StudyLife life;
    private static Answers answers;
    private static Assessments assessments;
    private static DeliverConfiguration deliver;
    private static OutputStore outputs;
    private static DeliveryRecord deliveries;
    private static DestinationActs acts;
    private static int studies;

    @BeforeAll
    static void start() throws Exception {
        database = new DeliveryDatabase();
        life = LifeOnRecord.of(database);
        Event<?> told = (Event<?>) Proxy.newProxyInstance(
                Event.class.getClassLoader(), new Class<?>[] {Event.class}, (proxy, method, values) -> {
                    assessments.given((AnswerGiven) values[0]);
                    return null;
                });
        database.with(told);
        database.bean(AnswerComments.class);
        configure(Map.of());
        answers = database.bean(Answers.class);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void settings() throws Exception {
        configure(Map.of());
        database.execute("delete from assessment; update delivery set state = 'CONFIRMED'");
    }

    private static void configure(Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of(
                "rigatino.ingest.store", folder.toString(),
                "rigatino.deliver.outputs",
                        Files.createDirectories(folder.resolve("outputs")).toString(),
                "rigatino.deliver.destinations.pacs.host", "127.0.0.1",
                "rigatino.deliver.destinations.pacs.ae-title", "PACS",
                "rigatino.deliver.destinations.pacs.objects", "measurement-report,assessment",
                "rigatino.deliver.destinations.other.host", "127.0.0.2",
                "rigatino.deliver.destinations.other.ae-title", "OTHER"));
        settings.putAll(more);
        SmallRyeConfig config = Settings.all(
                settings, IngestConfiguration.class, DeliverConfiguration.class, AssessmentConfiguration.class);
        database.with(
                config.getConfigMapping(IngestConfiguration.class),
                config.getConfigMapping(AssessmentConfiguration.class));
        deliver = config.getConfigMapping(DeliverConfiguration.class);
        DestinationsOnRecord.of(database, deliver);
        outputs = new OutputStore(deliver);
        deliveries = database.bean(DeliveryRecord.class);
        acts = database.bean(DestinationActs.class);
        database.bean(AssessmentRows.class);
        database.bean(AssessedObjects.class);
        database.bean(LaterObjects.class);
        database.bean(AssessmentWriter.class);
        assessments = database.bean(Assessments.class);
    }

    /** Of one image with a report of it that is confirmed, as the study is. */
    private static JudgedStudy study() throws Exception {
        return study(1);
    }

    /** @param sourceFrames of which the first was judged */
    private static JudgedStudy study(int sourceFrames) throws Exception {
        JudgedStudy study = new JudgedStudy(database.dataSource(), "1.2.40." + ++studies)
                .judged(1, "HIGH", 99, Duration.ofMinutes(1));
        database.execute("update finding set model_digest = '" + DIGEST + "', configuration_digest = repeat('0', 64)"
                + " where instance_id = (select id from instance where sop_instance_uid = '" + study.image(1) + "')");
        EncodedObject report = report(study, sourceFrames);
        OutputStore.Stored stored = outputs.store(report.sopInstanceUid(), report.bytes());
        database.execute(String.format(
                """
                with made as (insert into output (id, study_id, kind, sop_instance_uid, sop_class_uid, series_instance_uid,
                    location, sha256, bytes, created_at)
                  select nextval('output_id_seq') + 1000000, id, 'MEASUREMENT_REPORT', '%s', '%s', '%s', '%s', '%s', 1, now()
                  from study where study_instance_uid = '%s' returning id, study_id),
                sent as (insert into delivery (id, output_id, study_id, destination, state, essential, next_attempt_at)
                  select nextval('delivery_id_seq') + 1000000, id, study_id, 'pacs', 'CONFIRMED', true, now() from made)
                insert into output_finding (output_id, finding_id) select made.id, f.id from made, finding f
                  join instance i on i.id = f.instance_id where i.sop_instance_uid = '%s'""",
                report.sopInstanceUid(),
                report.sopClassUid(),
                report.seriesInstanceUid(),
                stored.location(),
                stored.sha256(),
                study.uid(),
                study.image(1)));
        database.execute("update study set state = 'CONFIRMED', ended_at = now() where study_instance_uid = '"
                + study.uid() + "'");
        return study;
    }

    private static EncodedObject report(JudgedStudy study, int sourceFrames) throws IOException {
        Path file = PixelFiles.write(
                folder,
                PixelFiles.header(SIDE, SIDE)
                        .put(Tag.StudyInstanceUID, study.uid())
                        .put(Tag.SeriesInstanceUID, study.uid() + ".1")
                        .put(Tag.SOPInstanceUID, study.image(1))
                        .put(Tag.PatientID, "T-1")
                        .put(Tag.PatientName, "Poe^Edgar")
                        .put(Tag.NumberOfFrames, sourceFrames)
                        .putPixels(new short[sourceFrames * SIDE * SIDE]));
        SiteResultConfiguration result = Settings.of(SiteResultConfiguration.class);
        SeriesObjects objects = new SeriesObjects(
                new AlgorithmIdentification("tiny", "1", DIGEST),
                new ReleaseConfiguration(result, 3, OptionalInt.empty()));
        EncodedObject[] made = new EncodedObject[1];
        try (InstanceFrames frames = InstanceFrames.open(file)) {
            Frame frame = frames.frame(1);
            float[] map = new float[SIDE * SIDE];
            map[SIDE * 3 + 5] = 9;
            objects.add(
                    frames.header(), frame, new ImageFinding(frame.reference(), DIGEST, 4, 99, true, map), Map.of());
        }
        objects.encode(EnumSet.of(ObjectKind.MEASUREMENT_REPORT), (object, references) -> made[0] = object);
        return made[0];
    }

    private static AnswerView give(JudgedStudy study, Verdict verdict, String comment, Long revises, Actor by) {
        return answers.give(
                        study.uid(),
                        new AnswerRequest(
                                study.image(1), 1, null, null, verdict, Reason.ARTIFACT, comment, null, null, revises),
                        by)
                .orElseThrow();
    }

    private static String became(AnswerView answer) throws Exception {
        return database.query("select concat_ws(' ', state, reason) from assessment where answer_id = " + answer.id())
                .get(0);
    }

    private static String sop(AnswerView answer) throws Exception {
        return database.query("select o.sop_instance_uid from assessment a join output o on o.id = a.output_id"
                        + " where a.answer_id = " + answer.id())
                .get(0);
    }

    private static Dataset object(AnswerView answer) throws Exception {
        return Dataset.readHeader(file(answer));
    }

    private static Path file(AnswerView answer) throws Exception {
        return outputs.file(database.query("select o.location from assessment a join output o on o.id = a.output_id"
                        + " where a.answer_id = " + answer.id())
                .get(0));
    }

    private static List<String> trail(JudgedStudy study) throws Exception {
        return database.query(
                "select kind || ' ' || subject || ' ' || detail from audit_event where study_instance_uid = '"
                        + study.uid() + "' and kind <> 'FINDING_ANSWERED' order by id");
    }

    private static String state(JudgedStudy study) throws Exception {
        return database.query("select state from study where study_instance_uid = '" + study.uid() + "'")
                .get(0);
    }

    private static List<String> deliveries(JudgedStudy study) throws Exception {
        return database.query("select concat_ws(' ', d.destination, d.state, d.essential) from delivery d"
                + " join output o on o.id = d.output_id where o.kind = 'ASSESSMENT' and d.study_id = (select id from study"
                + " where study_instance_uid = '" + study.uid() + "') order by d.id");
    }

    private static long delivery(AnswerView answer) throws Exception {
        return Long.parseLong(
                database.query("select d.id from delivery d join assessment a on a.output_id = d.output_id"
                                + " where a.answer_id = " + answer.id())
                        .get(0));
    }

    @Test
    void anAnswerGoesToWhoeverAsksForItAndTheStudyStaysAsItEnded() throws Exception {
        JudgedStudy study = study();
        AnswerView answer = give(study, Verdict.AGREE, null, null, ROSA);
        assertThat(became(answer)).isEqualTo("WAITING");
        assessments.work();
        assertThat(became(answer)).isEqualTo("WRITTEN");
        assertThat(deliveries(study)).containsExactly("pacs PENDING f");
        assertThat(trail(study))
                .singleElement()
                .asString()
                .startsWith("OUTPUT_WRITTEN " + sop(answer) + " from answer " + answer.id() + " about ");
        Dataset object = object(answer);
        assertThat(object.require(Tag.PatientName)).isEqualTo("Poe^Edgar");
        assertThat(object.require(Tag.StudyInstanceUID)).isEqualTo(study.uid());
        assertThat(new String(Files.readAllBytes(file(answer)), StandardCharsets.ISO_8859_1))
                .contains("rosa", "ACCEPTED", "ARTIFACT", study.image(1));
        long waits = delivery(answer);
        DestinationsOnRecord.refused(deliveries, waits, "SOP class not accepted", false);
        assertThat(deliveries(study)).containsExactly("pacs DECLINED f");
        assertThat(state(study)).isEqualTo("CONFIRMED");
        assertThat(acts.repeat("pacs", acts.again("pacs"), ROSA).deliveries()).isEqualTo(1);
        assertThat(deliveries(study)).containsExactly("pacs PENDING f");
        assertThat(state(study)).isEqualTo("CONFIRMED");
        assessments.work();
        assertThat(deliveries(study)).hasSize(1);
    }

    /** Otherwise its delivery comes between what they lock of the study. */
    @Test
    void anAssessmentIsNotAddedWhileAnotherLocksAllDeliveriesOfItsStudy() throws Exception {
        JudgedStudy study = study();
        AnswerView answer = give(study, Verdict.AGREE, null, null, ROSA);
        database.beside(
                "select pg_advisory_xact_lock(hashtextextended('rigatino.deliveries." + study.uid() + "', 0))",
                "select 1",
                () -> {
                    assessments.work();
                    return null;
                });
        assertThat(became(answer)).isEqualTo("WRITTEN");
    }

    /** As of a file system that is away for a moment, once the file was compared with what was stored. */
    @Test
    void anObjectThatIsNotGivenForAMomentIsToldTheNext() throws Exception {
        JudgedStudy study = study();
        AnswerView answer = give(study, Verdict.AGREE, null, null, ROSA);
        AtomicInteger asked = new AtomicInteger();
        database.with(new OutputStore(deliver) {
            @Override
            public Path file(String location) {
                return asked.incrementAndGet() == 2 ? folder : super.file(location);
            }
        });
        database.bean(AssessmentWriter.class);
        assessments = database.bean(Assessments.class);
        assessments.work();
        assertThat(asked).hasValue(2);
        assertThat(became(answer)).isEqualTo("WAITING");
        database.execute("update assessment set next_attempt_at = now()");
        assessments.work();
        assertThat(became(answer)).isEqualTo("WRITTEN");
    }

    /** Nobody can replay a study that has not failed, so a damaged file has the way on that a refusal has. */
    @Test
    void whatIsDamagedHereIsDeclinedAndSentAgainFromThePage() throws Exception {
        JudgedStudy study = study();
        AnswerView answer = give(study, Verdict.AGREE, null, null, ROSA);
        assessments.work();
        for (int i = 0; i < 5; i++) {
            DestinationsOnRecord.refused(deliveries, delivery(answer), "the encoded file is missing", true);
        }
        assertThat(deliveries(study)).containsExactly("pacs DECLINED f");
        assertThat(acts.repeat("pacs", acts.again("pacs"), ROSA).deliveries()).isEqualTo(1);
    }

    @Test
    void aStudyOnItsWayNeitherWaitsForAnAssessmentNorFailsByIt() throws Exception {
        for (String became : List.of("PENDING", "DECLINED", "CANCELLED", "FAILED")) {
            JudgedStudy study = study();
            AnswerView answer = give(study, Verdict.DISAGREE, null, null, ROSA);
            assessments.work();
            database.execute("update delivery set state = '" + became + "' where id = " + delivery(answer)
                    + "; update study set state = 'DELIVERING', ended_at = null where study_instance_uid = '"
                    + study.uid() + "'");
            life.delivered(List.of(Long.parseLong(
                    database.query("select id from study where study_instance_uid = '" + study.uid() + "'")
                            .get(0))));
            assertThat(state(study)).as(became).isEqualTo("CONFIRMED");
        }
    }

    @Test
    void aRevisionReplacesWhatWasSentBefore() throws Exception {
        JudgedStudy study = study();
        AnswerView first = give(study, Verdict.AGREE, null, null, ROSA);
        AnswerView second = give(study, Verdict.DISAGREE, null, first.id(), OTTO);
        assessments.work();
        assertThat(became(second)).as("not before the one that it names").isEqualTo("WAITING");
        assessments.work();
        AnswerView third = give(study, Verdict.WITHDRAWN, null, second.id(), OTTO);
        assessments.work();
        assertThat(List.of(became(first), became(second), became(third))).containsOnly("WRITTEN");
        assertThat(predecessor(second)).isEqualTo(sop(first));
        assertThat(predecessor(third)).isEqualTo(sop(second));
        assertThat(object(first).contains(Tag.PredecessorDocumentsSequence)).isFalse();
        assertThat(deliveries(study)).hasSize(3);
    }

    private static String predecessor(AnswerView answer) throws Exception {
        return object(answer)
                .items(Tag.PredecessorDocumentsSequence)
                .get(0)
                .items(Tag.ReferencedSeriesSequence)
                .get(0)
                .items(Tag.ReferencedSOPSequence)
                .get(0)
                .require(Tag.ReferencedSOPInstanceUID);
    }

    @Test
    void anArchiveThatRulesOfTheHouseKeepAStudyFromGetsNoAnswerAboutIt() throws Exception {
        JudgedStudy study = study();
        configure(Map.of());
        database.execute("update study set ruled_destinations = '{\"research\": [\"ASSESSMENT\"]}'");
        AnswerView kept = give(study, Verdict.AGREE, null, null, ROSA);
        assessments.work();
        assertThat(became(kept)).isEqualTo("NOT_SENT HOUSE_RULES");
        database.execute("update study set ruled_destinations = '{\"pacs\": [\"ASSESSMENT\"]}'");
        AnswerView let = give(study, Verdict.DISAGREE, null, kept.id(), ROSA);
        assessments.work();
        assertThat(became(let)).isEqualTo("WRITTEN");
        database.execute("update study set ruled_destinations = null");
    }

    @Test
    void whatWasNeverSentIsNotTakenBack() throws Exception {
        JudgedStudy study = study();
        configure(Map.of("rigatino.deliver.destinations.pacs.objects", "measurement-report"));
        AnswerView first = give(study, Verdict.AGREE, null, null, ROSA);
        assessments.work();
        assertThat(became(first)).isEqualTo("NOT_SENT NOT_ASKED");
        assertThat(trail(study)).as("nobody asked: no event").isEmpty();
        configure(Map.of());
        AnswerView withdrawn = give(study, Verdict.WITHDRAWN, null, first.id(), ROSA);
        assessments.work();
        assertThat(became(withdrawn)).isEqualTo("NOT_SENT NOTHING_TO_TAKE_BACK");
        AnswerView third = give(study, Verdict.DISAGREE, null, withdrawn.id(), ROSA);
        assessments.work();
        assertThat(became(third)).isEqualTo("WRITTEN");
        assertThat(object(third).contains(Tag.PredecessorDocumentsSequence)).isFalse();
    }

    private static void judgedByAnother(JudgedStudy study) throws Exception {
        database.execute("insert into finding (id, instance_id, frame_number, model_name, model_version, model_digest,"
                + " configuration_digest, score, percentile, flagged, created_at) select nextval('finding_id_seq') + 1000000,"
                + " id, 1, 'tiny', '2', repeat('c', 64), repeat('0', 64), 1, 50, false, now() + interval '1 second'"
                + " from instance where sop_instance_uid = '" + study.image(1) + "'");
    }

    /** Else an archive would show for ever what a person has taken back. */
    @Test
    void whatAnArchiveHasIsTakenBackThereThoughTheResultDoesNotStandAnyMore() throws Exception {
        JudgedStudy study = study();
        AnswerView mistaken = give(study, Verdict.DISAGREE, null, null, ROSA);
        assessments.work();
        AnswerView withdrawn = give(study, Verdict.WITHDRAWN, null, mistaken.id(), ROSA);
        judgedByAnother(study);
        assessments.work();
        assertThat(became(withdrawn)).isEqualTo("WRITTEN");
        Dataset object = object(withdrawn);
        assertThat(object.require(Tag.PatientID)).isEqualTo(object(mistaken).require(Tag.PatientID));
        assertThat(object.contains(Tag.PredecessorDocumentsSequence)).isTrue();
        assertThat(object.require(Tag.SeriesInstanceUID))
                .isEqualTo(object(mistaken).require(Tag.SeriesInstanceUID));
        assertThat(object.require(Tag.SeriesNumber)).isEqualTo(object(mistaken).require(Tag.SeriesNumber));
        assertThat(said(object, "112040")).hasSize(1).isEqualTo(said(object(mistaken), "112040"));
        assertThat(said(object, "121058")).isEqualTo(said(object(mistaken), "121058"));
    }

    /** Items of the concept, wherever they are in the content. */
    private static List<String> said(Dataset item, String concept) throws IOException {
        List<String> said = new ArrayList<>();
        for (Dataset child :
                item.contains(Tag.ContentSequence) ? item.items(Tag.ContentSequence) : List.<Dataset>of()) {
            if (child.contains(Tag.ConceptNameCodeSequence)
                    && child.items(Tag.ConceptNameCodeSequence)
                            .get(0)
                            .require(Tag.CodeValue)
                            .equals(concept)) {
                said.add(
                        child.contains(Tag.UID)
                                ? child.require(Tag.UID)
                                : child.items(Tag.ConceptCodeSequence).get(0).require(Tag.CodeValue));
            }
            said.addAll(said(child, concept));
        }
        return said;
    }

    /** An instance without frames beside it is all of its frames (PS3.3 10.3). */
    @ParameterizedTest
    @ValueSource(ints = {1, 40})
    void theFirstFrameOfSeveralIsNotAllOfThem(int sourceFrames) throws Exception {
        JudgedStudy study = study(sourceFrames);
        AnswerView answer = give(study, Verdict.DISAGREE, null, null, ROSA);
        assessments.work();
        List<Integer> frames = new ArrayList<>();
        frames(object(answer), study.image(1), frames);
        assertThat(frames).containsOnly(sourceFrames == 1 ? 0 : 1);
    }

    private static void frames(Dataset item, String image, List<Integer> frames) throws IOException {
        for (Dataset child :
                item.contains(Tag.ContentSequence) ? item.items(Tag.ContentSequence) : List.<Dataset>of()) {
            for (Dataset object : child.contains(Tag.ReferencedSOPSequence)
                    ? child.items(Tag.ReferencedSOPSequence)
                    : List.<Dataset>of()) {
                if (object.require(Tag.ReferencedSOPInstanceUID).equals(image)) {
                    frames.add(object.integer(Tag.ReferencedFrameNumber, 0));
                }
            }
            frames(child, image, frames);
        }
    }

    @Test
    void aStoreThatIsAwayIsWaitedFor() throws Exception {
        JudgedStudy study = study();
        AnswerView answer = give(study, Verdict.AGREE, null, null, ROSA);
        Path root = outputs.file("");
        Path away = root.resolveSibling("away");
        Files.move(root, away);
        Files.createDirectory(root);
        try {
            assessments.work();
            assertThat(became(answer)).isEqualTo("WAITING");
        } finally {
            Files.delete(root);
            Files.move(away, root);
        }
        database.execute("update assessment set next_attempt_at = now() where state = 'WAITING'");
        assessments.work();
        assertThat(became(answer)).isEqualTo("WRITTEN");
    }

    @Test
    void ofAResultThatDoesNotStandNothingIsSentAndTheRecordSaysSo() throws Exception {
        JudgedStudy study = study();
        AnswerView answer = give(study, Verdict.AGREE, null, null, ROSA);
        judgedByAnother(study);
        assessments.work();
        assertThat(became(answer)).isEqualTo("NOT_SENT DOES_NOT_STAND");
        assertThat(trail(study))
                .singleElement()
                .asString()
                .startsWith("ASSESSMENT_NOT_SENT " + study.image(1) + " answer " + answer.id()
                        + " of frame 1: the result that it is about does not stand any more");
        assertThat(deliveries(study)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOT_KEPT", "NOTHING_TO_NAME", "UNREADABLE"})
    void whatCannotBeNamedIsNotSentAndTheRecordSaysWhy(String reason) throws Exception {
        JudgedStudy study = study();
        String of = " where study_id = (select id from study where study_instance_uid = '" + study.uid() + "')";
        switch (reason) {
            case "NOT_KEPT" ->
                Files.delete(outputs.file(
                        database.query("select location from output" + of).get(0)));
            case "NOTHING_TO_NAME" -> database.execute("update delivery set state = 'DECLINED'" + of);
            default -> {
                OutputStore.Stored junk = outputs.store("2.25.1", new byte[300]);
                database.execute("update output set location = '" + junk.location() + "', sha256 = '" + junk.sha256()
                        + "'" + of);
            }
        }
        AnswerView answer = give(study, Verdict.AGREE, null, null, ROSA);
        assessments.work();
        assertThat(became(answer)).isEqualTo("NOT_SENT " + reason);
        assertThat(trail(study)).singleElement().asString().startsWith("ASSESSMENT_NOT_SENT ");
    }

    @Test
    void whatFailsIsTriedAgainLater() throws Exception {
        configure(Map.of("rigatino.assessment.comment", "true"));
        JudgedStudy study = study();
        AnswerView answer = give(study, Verdict.AGREE, "a comment", null, ROSA);
        database.execute("revoke select on answer_comment from rigatino_app");
        try {
            assessments.work();
        } finally {
            database.execute("grant select on answer_comment to rigatino_app");
        }
        assertThat(database.query("select concat_ws(' ', state, attempts, next_attempt_at > now(), last_error)"
                        + " from assessment where answer_id = " + answer.id()))
                .containsExactly("WAITING 1 t what people write of findings cannot be read");
        assessments.work();
        assertThat(became(answer)).as("not before its time").isEqualTo("WAITING");
        database.execute("update assessment set next_attempt_at = now()");
        assessments.work();
        assertThat(became(answer)).isEqualTo("WRITTEN");
        assertThat(deliveries(study)).hasSize(1);
    }

    @Test
    void whoAnsweredAndWhatTheyWroteGoOutAsTheSiteSays() throws Exception {
        AnswerView named = give(study(), Verdict.AGREE, "Mr Poe moved", null, ROSA);
        assessments.work();
        configure(Map.of("rigatino.assessment.observer", "pseudonym", "rigatino.assessment.comment", "true"));
        AnswerView first = give(study(), Verdict.AGREE, "Mr Poe moved", null, ROSA);
        AnswerView again = give(study(), Verdict.AGREE, null, null, ROSA);
        AnswerView other = give(study(), Verdict.AGREE, null, null, OTTO);
        assessments.work();
        assertThat(text(named)).contains("rosa").doesNotContain("moved", "Reader");
        assertThat(text(first)).contains("Mr Poe moved").doesNotContain("rosa");
        String number = "Reader "
                + database.query("select number from assessment_observer where name = 'rosa'")
                        .get(0);
        assertThat(text(first)).contains(number);
        assertThat(text(again)).contains(number);
        assertThat(text(other)).contains("Reader ").doesNotContain("otto", number);
    }

    private static String text(AnswerView answer) throws Exception {
        return new String(Files.readAllBytes(file(answer)), StandardCharsets.ISO_8859_1);
    }

    @Test
    void twoWorkersMakeOneObject() throws Exception {
        JudgedStudy study = study();
        AnswerView answer = give(study, Verdict.AGREE, null, null, ROSA);
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService workers = Executors.newFixedThreadPool(2);
        try {
            List<Future<Object>> both = workers.invokeAll(java.util.Collections.nCopies(2, () -> {
                together.await();
                assessments.work();
                return null;
            }));
            for (Future<Object> one : both) {
                one.get();
            }
        } finally {
            workers.shutdown();
        }
        assertThat(became(answer)).isEqualTo("WRITTEN");
        assertThat(deliveries(study)).hasSize(1);
    }
}
