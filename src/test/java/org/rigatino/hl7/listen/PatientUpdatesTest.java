package org.rigatino.hl7.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.rigatino.access.Actor;
import org.rigatino.audit.AuditTrail;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.hl7.Hl7ListenConfiguration;
import org.rigatino.identity.DueStudies;
import org.rigatino.identity.EarlierOfPatient;
import org.rigatino.identity.EffectChangedException;
import org.rigatino.identity.Identities;
import org.rigatino.identity.Identity;
import org.rigatino.identity.IdentityLevel;
import org.rigatino.identity.IdentityMarks;
import org.rigatino.identity.IdentityRows;
import org.rigatino.identity.JoinedPatients;
import org.rigatino.identity.ListedMessages;
import org.rigatino.identity.MessageEffect;
import org.rigatino.identity.NotCorrected;
import org.rigatino.identity.PatientCorrections;
import org.rigatino.identity.PatientMessage;
import org.rigatino.identity.PatientMessageView;
import org.rigatino.identity.Reader;
import org.rigatino.identity.Statement;
import org.rigatino.identity.TakenBackMessages;
import org.rigatino.monitor.Backlog;
import org.rigatino.patient.IdentityAttribute;
import org.rigatino.patient.StudyIdentity;
import org.rigatino.report.ReportRows;
import org.rigatino.report.Reports;
import org.rigatino.web.ViewRecord;

/** ADT over a socket into a real PostgreSQL, and who is shown to be a study's patient then. Studies come at 6. */
@Slow
class PatientUpdatesTest {
    private static final Reader ROSA = new Reader(IdentityLevel.FULL, new Actor("rosa", "192.0.2.7"));

    private static DeliveryDatabase database;
    private static AuditTrail audit;
    private static IdentityRows rows;
    private static Identities identities;
    private static PatientCorrections corrections;
    private static JoinedPatients joined;
    private static ListedMessages listed;
    private static TakenBackMessages takenBack;
    private static ReportRows reportRows;
    private static Reports reports;

    private static RefusedMessages refused;

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private MllpListener listener;
    private MllpPeer his;

    @BeforeAll
    static void start() throws Exception {
        database = new DeliveryDatabase();
        database.with(new com.fasterxml.jackson.databind.ObjectMapper());
        audit = database.bean(AuditTrail.class);
        database.bean(ViewRecord.class);
        rows = database.bean(IdentityRows.class);
        identities = database.bean(Identities.class);
        database.bean(EarlierOfPatient.class);
        corrections = database.bean(PatientCorrections.class);
        database.bean(IdentityMarks.class);
        database.bean(DueStudies.class);
        joined = database.bean(JoinedPatients.class);
        refused = database.bean(RefusedMessages.class);
        listed = database.bean(ListedMessages.class);
        takenBack = database.bean(TakenBackMessages.class);
        reportRows = database.bean(ReportRows.class);
        reports = database.bean(Reports.class);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void listen() throws Exception {
        database.execute(
                "delete from report; delete from study_identity; delete from identity_statement; delete from identity_said;"
                        + " delete from identity_due; delete from identity_gone; delete from patient_doubt; delete from patient_message; delete from study");
        listen(Map.of());
    }

    private void listen(Map<String, String> more) throws Exception {
        close();
        Map<String, String> values =
                new HashMap<>(Map.of("sending-applications", "HIS,RIS", "patient-updates", "true"));
        values.putAll(more);
        System.setProperty("rigatino.hl7.listen.patient-updates", values.get("patient-updates"));
        Hl7ListenConfiguration settings = MllpListenerTest.settings(values);
        listener = MllpListener.start(
                MllpRules.of(settings, Optional.empty()),
                new ReceivedMessages(
                        settings,
                        CharacterSets.of("ASCII").orElseThrow(),
                        Set.of("RIGATINO"),
                        reportRows,
                        corrections,
                        refused,
                        meters));
        his = new MllpPeer(listener.port());
    }

    @AfterEach
    void close() throws Exception {
        System.clearProperty("rigatino.hl7.listen.patient-updates");
        if (listener != null) {
            his.close();
            listener.close();
        }
    }

    private static Instant at(int hour) {
        return Instant.parse("2026-01-02T00:00:00Z").plusSeconds(3600L * hour);
    }

    private static String hour(int hour) {
        return "20260102%02d0000+0000".formatted(hour);
    }

    private static void study(String uid, int hour, String id, String issuer, String name, String born)
            throws Exception {
        study(uid, hour, id, issuer, name, born, "F");
    }

    private static void study(String uid, int hour, String id, String issuer, String name, String born, String sex)
            throws Exception {
        Map<IdentityAttribute, String> values = new EnumMap<>(IdentityAttribute.class);
        values.put(IdentityAttribute.PATIENT_ID, id);
        values.put(IdentityAttribute.ISSUER_OF_PATIENT_ID, issuer);
        values.put(IdentityAttribute.PATIENT_NAME, name);
        values.put(IdentityAttribute.PATIENT_BIRTH_DATE, born);
        values.put(IdentityAttribute.PATIENT_SEX, sex);
        values.put(IdentityAttribute.ACCESSION_NUMBER, "ACC7");
        database.execute("insert into study (study_instance_uid, revision, state, first_received_at, last_received_at)"
                + " values ('" + uid + "', 1, 'READY', now(), now()) on conflict do nothing");
        StudyIdentity said = new StudyIdentity(id + name + born, values);
        database.inTransaction(() -> {
            audit.append(rows.record(List.of(new Statement(uid, said)), at(hour)));
            return null;
        });
    }

    private static void look() {
        joined.look();
    }

    private static String shown(String uid) {
        Identity identity = identities.show(List.of(uid), ROSA).get(uid);
        return String.join(
                " ",
                String.valueOf(identity.patientId()),
                String.valueOf(identity.patientName()),
                String.valueOf(identity.patientBirthDate()),
                String.valueOf(identity.patientSex()),
                String.valueOf(identity.correctedAt()));
    }

    private void accepted(Adt message) throws Exception {
        assertThat(his.send(message.toString())).contains("MSA|AA|").doesNotContain("ERR|");
    }

    private static List<String> trail(String uid, String kind) throws Exception {
        return database.query("select detail from audit_event where study_instance_uid = '" + uid + "' and kind = '"
                + kind + "' order by id");
    }

    @Test
    void anUpdateChangesWhatIsShownAndNothingThatWasRecorded() throws Exception {
        study("1.1", 6, "4711", "SITE", "DOE^JANE", "19700101");
        study("1.2", 6, "4711", "OTHER", "DOE^JANE", "19700101");
        List<String> before = database.query("select s::text from identity_statement s order by id");
        accepted(new Adt("A08", hour(8)).pid("4711^^^SITE^MR", "Rœ&van^Jane^Q^Jr^Dr^^L", "19700101", "F"));
        assertThat(shown("1.1")).isEqualTo("4711 Rœ^Jane^Q^Dr^Jr 19700101 F 2026-01-02T08:00:00Z");
        assertThat(shown("1.2")).isEqualTo("4711 DOE^JANE 19700101 F null");
        assertThat(database.query("select s::text from identity_statement s order by id"))
                .isEqualTo(before);
        String digest =
                database.query("select sha256 from patient_message_proof").get(0);
        assertThat(trail("1.1", "PATIENT_CORRECTED")).singleElement().asString().contains(digest);
        String question = TrailQuestions.of("patient_message_proof");
        assertThat(database.query(question)).isEmpty();
        database.execute("update patient_message set patient_sex = 'O'");
        assertThat(database.query(question)).hasSize(1);
        database.execute("update patient_message set patient_sex = 'F'");
        assertThat(trail("1.2", "PATIENT_CORRECTED")).isEmpty();
        assertThat(
                        database.query(
                                "select count(*) from audit_event where regexp_replace(detail, '[0-9a-f]{64}', '') ~ '4711|Jane'"))
                .containsExactly("0");
        for (String word : List.of("n:doe", "n:jane", "n:dr")) {
            assertThat(database.query("select study_instance_uid from study_identity where study_instance_uid = '1.1'"
                            + " and words @@ '''" + word + "'''::tsquery"))
                    .as(word)
                    .hasSize(1);
        }
    }

    @Test
    void theLaterEventWinsWhicheverCameFirstAndImagesThatComeAgainTurnNothingBackUnlessTheySayOtherwise()
            throws Exception {
        study("2.1", 6, "4711", "SITE", "DOE^JANE", "19700101");
        accepted(new Adt("A31", hour(9)).pid("4711^^^SITE", "ROE^JANE", "19700101", "F"));
        accepted(new Adt("A08", hour(8)).pid("4711^^^SITE", "POE^JANE", "19700101", "F"));
        accepted(new Adt("A08", hour(5)).pid("4711^^^SITE", "OLD^JANE", "19700101", "F"));
        assertThat(shown("2.1")).isEqualTo("4711 ROE^JANE 19700101 F 2026-01-02T09:00:00Z");
        assertThat(trail("2.1", "PATIENT_NOT_CORRECTED"))
                .singleElement()
                .asString()
                .contains("EARLIER_THAN_IMAGES");
        study("2.1", 10, "4711", "SITE", "DOE^JANE", "");
        assertThat(shown("2.1")).startsWith("4711 ROE^JANE 19700101");
        study("2.1", 11, "4711", "SITE", "NOE^JANE", "19700101");
        assertThat(database.query("select state from study_identity")).containsExactly("IN_DOUBT");
        database.execute(
                "insert into study_patient (study_instance_uid, patient, decided_by, decided_at) values ('2.1',"
                        + " '4711NOE^JANE19700101', 'adam', now())");
        database.inTransaction(() -> {
            rows.decided("2.1", at(12));
            return null;
        });
        assertThat(shown("2.1")).isEqualTo("4711 NOE^JANE 19700101 F null");
    }

    /** As a late series has it. */
    @Test
    void aValueThatNobodyHadSaidTurnsNoCorrectionBackAndAnotherOneDoesAndIsInTheTrail() throws Exception {
        study("10.1", 6, "4711", "SITE", "DOE^JANE", "");
        accepted(new Adt("A40", hour(8)).pid("4712^^^SITE", "ROE^JANE", "", "").mrg("4711^^^SITE"));
        study("10.1", 10, "4711", "SITE", "DOE^JANE", "19700101");
        assertThat(shown("10.1")).startsWith("4712 ROE^JANE 19700101");
        assertThat(trail("10.1", "PATIENT_NOT_CORRECTED")).isEmpty();
        study("10.1", 11, "4711", "SITE", "NOE^JANE", "19700101");
        assertThat(trail("10.1", "PATIENT_NOT_CORRECTED"))
                .singleElement()
                .asString()
                .startsWith("IMAGES_SAY_OTHERWISE");
    }

    @Test
    void aMergedPatientsStudiesAreShownFoundAndReportedUnderTheOneWhoIsLeft() throws Exception {
        study("3.1", 6, "4711", "SITE", "DOE^JANE", "19700101");
        study("3.2", 6, "4712", "SITE", "DOE^JANE", "19700101");
        his.send(new Oru()
                .order("ACC7")
                .of("4711^^^SITE", "19700101")
                .text("before")
                .toString());
        accepted(new Adt("A40", hour(8))
                .pid("4712^^^SITE", "ROE^JANE", "19700101", "F")
                .mrg("4711^^^SITE"));
        his.send(new Oru()
                .order("ACC7")
                .of("4712^^^SITE", "19700101")
                .text("after")
                .toString());
        assertThat(shown("3.1")).isEqualTo("4712 ROE^JANE 19700101 F 2026-01-02T08:00:00Z");
        assertThat(shown("3.2")).isEqualTo("4712 ROE^JANE 19700101 F 2026-01-02T08:00:00Z");
        assertThat(reports.of("3.1", ROSA).orElseThrow()).hasSize(2);
        assertThat(reports.of("3.2", ROSA).orElseThrow()).hasSize(1);
        assertThat(database.query("select study_instance_uid from study_identity where words @@ '''i:4712'''::tsquery"
                        + " order by 1"))
                .containsExactly("3.1", "3.2");
        assertThat(database.query("select study_instance_uid from study_identity where words @@ '''i:4711'''::tsquery"))
                .containsExactly("3.1");
    }

    /** Of an ID in between, before it went. */
    @Test
    void anUpdateThatComesAfterTheMergeItWasBeforeCountsToo() throws Exception {
        study("4.2", 6, "A", "SITE", "DOE^JANE", "19700101");
        accepted(new Adt("A40", hour(7)).pid("B^^^SITE", "", "", "").mrg("A^^^SITE"));
        accepted(new Adt("A40", hour(9)).pid("C^^^SITE", "", "", "").mrg("B^^^SITE"));
        accepted(new Adt("A08", hour(8)).pid("B^^^SITE", "ROE^JANE", "", ""));
        assertThat(shown("4.2")).startsWith("C ROE^JANE");
    }

    @Test
    void mergesThatComeInTheWrongOrderLeadToTheSameOne() throws Exception {
        study("4.1", 6, "A", "SITE", "DOE^JANE", "19700101");
        accepted(new Adt("A40", hour(9)).pid("C^^^SITE", "", "", "").mrg("B^^^SITE"));
        accepted(new Adt("A40", hour(8)).pid("B^^^SITE", "", "", "").mrg("A^^^SITE"));
        assertThat(shown("4.1")).startsWith("C DOE^JANE");
    }

    @Test
    void whatIsInDoubtIsNotAppliedAndInTheTrail() throws Exception {
        study("5.1", 6, "4711", "SITE", "DOE^JANE", "19700101");
        accepted(new Adt("A08", hour(8)).pid("4711^^^SITE", "ROE^RICHARD", "19800101", "M"));
        assertThat(shown("5.1")).isEqualTo("4711 DOE^JANE 19700101 F null");
        assertThat(trail("5.1", "PATIENT_NOT_CORRECTED"))
                .singleElement()
                .asString()
                .contains("ANOTHER_PERSON");
        study("5.2", 6, "UNKNOWN", "SITE", "DOE^JANE", "19700101");
        assertThat(his.send(new Adt("A08", hour(8))
                        .pid("unknown^^^SITE", "ROE^JANE", "", "")
                        .toString()))
                .contains("MSA|AE|", "ERR||PID^1^3|204^");
        assertThat(shown("5.2")).startsWith("UNKNOWN DOE^JANE");
        assertThat(database.query("select count(*) from audit_event where kind = 'PATIENT_NOT_CORRECTED'"
                        + " and study_instance_uid is null and detail like 'UPDATE, NOBODYS_ID%'"))
                .containsExactly("1");
    }

    /** P1 is Anna, P2 Bert, in studies that are here. */
    private static void annaAndBert() throws Exception {
        study("19.1", 6, "P1", "SITE", "Müller^Anna", "19500303", "F");
        study("19.2", 6, "P2", "SITE", "Schmidt^Bert", "19600404", "M");
    }

    private static void assertBertIsBert(String born) throws Exception {
        assertThat(shown("19.2")).startsWith("P2 Schmidt^Bert " + born + " M ");
        assertThat(database.bean(EarlierOfPatient.class).find("19.2", 9).all()).isZero();
        assertThat(trail("19.2", "PATIENT_NOT_CORRECTED")).last().asString().contains("ANOTHER_PERSON");
    }

    @Test
    void severalMessagesMakeNoOtherPersonOfAStudyEither() throws Exception {
        annaAndBert();
        accepted(new Adt("A08", hour(7)).pid("P2^^^SITE", "", "19500303", ""));
        accepted(new Adt("A08", hour(8)).pid("P2^^^SITE", "Müller^Anna", "", "F"));
        assertBertIsBert("19500303");
        accepted(new Adt("A08", hour(9)).pid("P2^^^SITE", "Müller^Anna", "", ""));
        assertBertIsBert("19500303");
        accepted(new Adt("A40", hour(10)).pid("P1^^^SITE", "", "", "").mrg("P2^^^SITE"));
        assertBertIsBert("19500303");
        assertThat(shown("19.1")).isEqualTo("P1 Müller^Anna 19500303 F null");
    }

    @Test
    void theWrongNameOfOneMessageLetsNoMergeIntoAnotherPersonIn() throws Exception {
        annaAndBert();
        accepted(new Adt("A08", hour(7)).pid("P2^^^SITE", "Müller^Anna", "", ""));
        assertThat(shown("19.2")).startsWith("P2 Müller^Anna 19600404 M ");
        accepted(new Adt("A40", hour(8)).pid("P1^^^SITE", "Müller^Anna", "", "").mrg("P2^^^SITE"));
        assertThat(shown("19.2")).startsWith("P2 Müller^Anna 19600404 M ");
        accepted(
                new Adt("A40", hour(9)).pid("P3^^^SITE", "Schmidt^Bert", "", "").mrg("P2^^^SITE"));
        assertThat(shown("19.2")).startsWith("P3 Schmidt^Bert 19600404 M ");
        accepted(new Adt("A40", hour(10)).pid("P1^^^SITE", "", "", "").mrg("P3^^^SITE"));
        assertThat(shown("19.2")).startsWith("P3 Schmidt^Bert 19600404 M ");
    }

    /** PID-5, 7 and 8 may be left out: who the ID is here says it then. */
    @ParameterizedTest
    @CsvSource({"'','',''", "Schmidt^Bert,19600404,M", "Müller^Anna,19500303,F"})
    void aMergeIntoAnIdThatIsAnotherPersonsHereIsNotApplied(String name, String born, String sex) throws Exception {
        annaAndBert();
        accepted(new Adt("A40", hour(8)).pid("P1^^^SITE", name, born, sex).mrg("P2^^^SITE"));
        assertBertIsBert("19600404");
    }

    /** No study of it is here, and the other's merge, of before this study's images, says who the ID is. */
    @ParameterizedTest
    @CsvSource({"'',''", "Schmidt^Bert,19600404"})
    void aMergeIntoAnIdThatAMessageOnceSaidToBeAnotherPersonsIsNotApplied(String name, String born) throws Exception {
        accepted(new Adt("A40", hour(5))
                .pid("Q^^^SITE", "SOMEBODY^ELSE", "19900101", "")
                .mrg("X^^^SITE"));
        annaAndBert();
        accepted(new Adt("A40", hour(8)).pid("Q^^^SITE", name, born, "").mrg("P2^^^SITE"));
        assertBertIsBert("19600404");
    }

    /** No message says who that is, and the studies of the one that was merged first do. */
    @Test
    void twoPersonsAreNotMergedIntoOneIdOfWhichNothingElseIsKnown() throws Exception {
        annaAndBert();
        accepted(new Adt("A40", hour(7)).pid("Q^^^SITE", "", "", "").mrg("P1^^^SITE"));
        assertThat(shown("19.1")).startsWith("Q Müller^Anna 19500303 F ");
        accepted(new Adt("A40", hour(8)).pid("Q^^^SITE", "", "", "").mrg("P2^^^SITE"));
        assertBertIsBert("19600404");
        assertThat(shown("19.1")).startsWith("Q Müller^Anna 19500303 F ");
        study("19.4", 6, "P3", "SITE", "MUELLER^ANNA", "19500303", "");
        accepted(new Adt("A40", hour(9)).pid("Q^^^SITE", "", "", "").mrg("P3^^^SITE"));
        assertThat(shown("19.4")).startsWith("Q MUELLER^ANNA 19500303 ");
    }

    /** What is said of one ID decides over the studies of another that a merge joined with it, whoever says it and when. */
    @Test
    void imagesThatComeLaterOfTheOneWhoIsLeftShowTheMergedOnesAnew() throws Exception {
        study("20.1", 6, "P1", "SITE", "Müller^Anna", "19500303", "F");
        accepted(new Adt("A40", hour(8)).pid("Q^^^SITE", "", "", "").mrg("P1^^^SITE"));
        look();
        assertThat(shown("20.1")).startsWith("Q Müller^Anna 19500303 F ");
        study("20.2", 9, "Q", "SITE", "Schmidt^Bert", "19600404", "M");
        look();
        assertThat(shown("20.1")).isEqualTo("P1 Müller^Anna 19500303 F null");
        assertThat(trail("20.1", "PATIENT_NOT_CORRECTED"))
                .singleElement()
                .asString()
                .startsWith("IMAGES_SAY_OTHERWISE");
        assertThat(database.query("select count(*) from identity_said")).containsExactly("0");
        look();
        assertThat(trail("20.1", "PATIENT_NOT_CORRECTED")).hasSize(1);
    }

    /** What a study leaves open another one of its ID says, without any merge. */
    @Test
    void imagesThatComeLaterOfTheSameIdShowItsOtherStudiesAnew() throws Exception {
        study("37.1", 6, "P", "SITE", "MEIER^A", "", "");
        accepted(new Adt("A08", hour(8)).pid("P^^^SITE", "HUBER^B", "19900101", "F"));
        assertThat(shown("37.1")).startsWith("P HUBER^B 19900101 F ");
        study("37.2", 9, "P", "SITE", "MEIER^A", "19500101", "M");
        look();
        assertThat(shown("37.1")).isEqualTo("P MEIER^A null null null");
        assertThat(trail("37.1", "PATIENT_NOT_CORRECTED")).hasSize(1);
    }

    private static void decided(String uid, String patient) throws Exception {
        database.execute("delete from study_patient where study_instance_uid = '" + uid + "'; insert into study_patient"
                + " (study_instance_uid, patient, decided_by, decided_at) values ('" + uid + "', '" + patient
                + "', 'adam', now())");
        database.inTransaction(() -> {
            rows.decided(uid, at(12));
            return null;
        });
        look();
    }

    /** Its images say whom an ID is of, and of which of them that counts is the person's to say. */
    @Test
    void aPersonWhoDecidesAnewWhoseAStudyIsShowsTheStudiesThatAreJoinedWithItAnew() throws Exception {
        study("42.2", 6, "A", "SITE", "MEIER^ANNA", "19500303");
        study("42.2", 6, "B", "SITE", "SMITH^BERT", "19600404", "M");
        decided("42.2", "AMEIER^ANNA19500303");
        study("42.1", 6, "A1", "SITE", "DOE^JANE", "19700101");
        accepted(new Adt("A40", hour(8)).pid("B^^^SITE", "", "", "").mrg("A1^^^SITE"));
        look();
        assertThat(shown("42.1")).startsWith("B DOE^JANE 19700101 F ");
        decided("42.2", "BSMITH^BERT19600404");
        assertThat(shown("42.2")).startsWith("B SMITH^BERT 19600404 M ");
        assertThat(shown("42.1")).isEqualTo("A1 DOE^JANE 19700101 F null");
        assertThat(trail("42.1", "PATIENT_NOT_CORRECTED"))
                .singleElement()
                .asString()
                .startsWith("IMAGES_SAY_OTHERWISE");
        decided("42.2", "AMEIER^ANNA19500303");
        assertThat(shown("42.1")).startsWith("B DOE^JANE 19700101 F ");
        assertThat(trail("42.1", "PATIENT_CORRECTED")).last().asString().contains("a person said");
    }

    /** Who images say that B is, into whom A1 was merged, keeps a message of before from making another of B. */
    @ParameterizedTest
    @CsvSource({"43, true", "48, false"})
    void whatImagesSaidAndIsDeletedShowsTheStudiesThatAreJoinedWithItAnew(int uid, boolean byRetention)
            throws Exception {
        study(uid + ".1", 6, "A1", "SITE", "Müller^Anna", "19500303", "F");
        study(uid + ".2", 6, "B", "SITE", "MUELLER^ANNA", "19500303", "F");
        accepted(new Adt("A08", hour(7)).pid("B^^^SITE", "Schmidt^Bert", "19600404", "M"));
        accepted(new Adt("A40", hour(8)).pid("B^^^SITE", "", "", "").mrg("A1^^^SITE"));
        look();
        assertThat(shown(uid + ".1")).startsWith("B Müller^Anna 19500303 F ");
        if (byRetention) {
            database.inTransaction(() -> rows.delete(uid + ".2", at(12)));
        } else {
            database.execute("delete from identity_statement where study_instance_uid = '" + uid + ".2'");
        }
        look();
        assertThat(shown(uid + ".1"))
                .as("as if nobody had ever said who B is but the message")
                .isEqualTo("A1 Müller^Anna 19500303 F null");
        assertThat(trail(uid + ".1", "PATIENT_NOT_CORRECTED"))
                .singleElement()
                .asString()
                .startsWith("IMAGES_SAY_OTHERWISE");
        assertThat(database.query("select count(*) from identity_said")).containsExactly("0");
    }

    private static void deleted(String uid, boolean byRetention) throws Exception {
        if (byRetention) {
            database.inTransaction(() -> rows.delete(uid, at(12)));
        } else {
            database.execute("delete from identity_statement where study_instance_uid = '" + uid + "'");
        }
    }

    /** Nobody says any more that B is Bert; in the second before others are shown anew, and after it. */
    @ParameterizedTest
    @CsvSource({"50, true, true", "51, true, false", "52, false, true", "53, false, false"})
    void aDoubtDoesNotEndBecauseWhatItRestsOnIsDeletedButByAPerson(int uid, boolean byRetention, boolean looked)
            throws Exception {
        study(uid + ".1", 6, "A1", "SITE", "Müller^Anna", "19500303", "F");
        study(uid + ".2", 6, "B", "SITE", "Schmidt^Bert", "19600404", "M");
        accepted(new Adt("A40", hour(8)).pid("B^^^SITE", "", "", "").mrg("A1^^^SITE"));
        long merge = listed.list().get(0).id();
        deleted(uid + ".2", byRetention);
        if (looked) {
            look();
        }
        String anna = "A1 Müller^Anna 19500303 F null";
        assertThat(shown(uid + ".1")).isEqualTo(anna);
        study(uid + ".1", 9, "A1", "SITE", "Müller^Anna", "");
        assertThat(shown(uid + ".1")).as("another series of it").isEqualTo(anna);
        look();
        assertThat(shown(uid + ".1")).isEqualTo(anna);
        accepted(new Adt("A08", hour(9)).pid("B^^^SITE", "", "", "F"));
        accepted(new Adt("A40", hour(8)).pid("B^^^SITE", "", "", "").mrg("A1^^^SITE"));
        assertThat(shown(uid + ".1")).as("the merge again").isEqualTo(anna);
        assertThat(listed.list().get(0).notApplied()).isEqualTo(NotCorrected.Why.ANOTHER_PERSON);
        assertThat(listed.effect(merge).orElseThrow().studies()).isEmpty();
        assertThat(trail(uid + ".1", "PATIENT_NOT_CORRECTED"))
                .hasSize(2)
                .allMatch(one -> one.endsWith(", ANOTHER_PERSON"));
        takenBack.takeBack(merge, null, ROSA.actor(), at(10));
        accepted(new Adt("A40", hour(8)).pid("B^^^SITE", "", "", "").mrg("A1^^^SITE"));
        assertThat(shown(uid + ".1")).isEqualTo(anna);
        takenBack.letIn(listed.list().get(0).id(), null, ROSA.actor(), at(11));
        assertThat(shown(uid + ".1")).startsWith("B Müller^Anna 19500303 F 2026-01-02T");
    }

    /** Images come whose doubt rests on what another transaction is deleting. */
    @Test
    void aDoubtThatIsFoundWhileWhatItRestsOnIsBeingDeletedDoesNotEndEither() throws Exception {
        study("61.2", 6, "B", "SITE", "Schmidt^Bert", "19600404", "M");
        accepted(new Adt("A40", hour(8)).pid("B^^^SITE", "", "", "").mrg("A1^^^SITE"));
        try (Connection deleting = database.dataSource().getConnection()) {
            deleting.setAutoCommit(false);
            deleting.createStatement().execute("delete from identity_statement where study_instance_uid = '61.2'");
            study("61.1", 6, "A1", "SITE", "Müller^Anna", "19500303", "F");
            deleting.commit();
        }
        study("61.1", 9, "A1", "SITE", "Müller^Anna", "");
        look();
        assertThat(shown("61.1")).isEqualTo("A1 Müller^Anna 19500303 F null");
    }

    /** Of one ID, and of the IDs of one update. */
    @Test
    void aDoubtThatRestsOnAnotherStudyOfItsIdOrOfAnUpdateDoesNotEndWithThatEither() throws Exception {
        study("54.1", 6, "P", "SITE", "MEIER^A", "", "");
        study("54.2", 6, "P", "SITE", "MEIER^A", "19500101", "M");
        accepted(new Adt("A08", hour(8)).pid("P^^^SITE", "HUBER^B", "19900101", "F"));
        study("54.3", 6, "P8", "SITE", "HUBER^JOSEF", "19440404", "M");
        study("54.4", 6, "DEMO-1", "SITE", "DEMO^HEAD", "19700101", "M");
        accepted(new Adt("A08", hour(8)).pid("P8^^^SITE~DEMO-1^^^SITE", "BOTH^PERSON", "", ""));
        deleted("54.2", true);
        deleted("54.4", true);
        look();
        assertThat(shown("54.1")).isEqualTo("P MEIER^A null null null");
        assertThat(shown("54.3")).isEqualTo("P8 HUBER^JOSEF 19440404 M null");
    }

    /** Of an update that a study is of the rows of its other IDs stay, of whom retention deletes all studies, or images that came later. */
    @ParameterizedTest
    @CsvSource({"58, 6, true", "59, 9, false"})
    void aDoubtThatRestsOnTheIdsOfAnUpdateDoesNotEndByRetentionOfMessages(int uid, int came, boolean deleted)
            throws Exception {
        study(uid + ".1", 6, "P8", "SITE", "HUBER^JOSEF", "19440404", "M");
        study(uid + ".2", came, "DEMO-1", "SITE", "DEMO^HEAD", "19700101", "M");
        accepted(new Adt("A08", hour(8)).pid("P8^^^SITE~DEMO-1^^^SITE", "BOTH^PERSON", "", ""));
        if (deleted) {
            deleted(uid + ".2", true);
        }
        Instant later = Instant.now().plusSeconds(60);
        assertThat(database.inTransaction(() -> corrections.deleteBefore(later)))
                .isZero();
        study(uid + ".1", 9, "P8", "SITE", "HUBER^JOSEF", "", "M");
        assertThat(shown(uid + ".1")).isEqualTo("P8 HUBER^JOSEF 19440404 M null");
        deleted(uid + ".1", true);
        assertThat(database.inTransaction(() -> corrections.deleteBefore(later)))
                .isEqualTo(2);
    }

    private static String insertOf(String migration, String table) throws Exception {
        String sql = Files.readString(Path.of("sql", migration));
        String insert = sql.substring(sql.indexOf("insert into " + table));
        return insert.substring(0, insert.indexOf(';'));
    }

    /** As an upgrade finds them in the trail. */
    @Test
    void doubtsOfBeforeTheyWereKeptAreKeptByTheTrailButThoseOfMergesThatCountByNow() throws Exception {
        study("60.1", 6, "A1", "SITE", "Müller^Anna", "19500303", "F");
        study("60.2", 6, "B", "SITE", "Schmidt^Bert", "19600404", "M");
        study("60.3", 6, "A3", "SITE", "Müller^Anna", "19500303", "F");
        study("60.4", 6, "C", "SITE", "Schmidt^Bert", "19600404", "M");
        study("60.4", 6, "D", "SITE", "Meier^Eva", "19700303");
        decided("60.4", "CSchmidt^Bert19600404");
        accepted(new Adt("A40", hour(8)).pid("B^^^SITE", "", "", "").mrg("A1^^^SITE"));
        accepted(new Adt("A40", hour(8)).pid("C^^^SITE", "", "", "").mrg("A3^^^SITE"));
        decided("60.4", "DMeier^Eva19700303");
        assertThat(shown("60.3")).startsWith("C Müller^Anna");
        String kept = "select study_instance_uid || ' ' || why from patient_doubt order by 1";
        assertThat(database.query(kept)).containsExactly("60.1 ANOTHER_PERSON");
        database.execute("delete from patient_doubt");
        database.execute("alter table patient_doubt alter column patient set default ''; "
                + insertOf("V76__doubts_that_stay.sql", "patient_doubt")
                + "; alter table patient_doubt alter column patient drop default");
        assertThat(database.query(kept)).containsExactly("60.1 ANOTHER_PERSON");
        String gone = insertOf("V78__what_deletion_did.sql", "identity_gone (patient_id)\nselect");
        database.execute(gone);
        assertThat(database.query("select * from identity_gone")).isEmpty();
        database.inTransaction(() -> rows.delete("60.2", Instant.now()));
        database.execute("delete from identity_said; " + gone);
        assertThat(database.query("select * from identity_gone order by 1"))
                .as("of which nobody knows whether it was")
                .containsExactly("A1", "B");
    }

    /** B's update is C's too, who is another person; the merge counts, what was said of B before it does not. */
    @Test
    void whatDidNotCountOfTheOneWhoIsLeftDoesNotCountOnceWhatThatRestsOnIsDeleted() throws Exception {
        study("55.1", 6, "A1", "SITE", "Müller^Anna", "19500303", "F");
        study("55.2", 6, "B", "SITE", "Müller^Anna", "19500303", "F");
        study("55.3", 6, "C", "SITE", "Schmidt^Bert", "19600404", "M");
        accepted(new Adt("A08", hour(7)).pid("B^^^SITE~C^^^SITE", "Schmidt^Anna", "", ""));
        accepted(new Adt("A40", hour(8)).pid("B^^^SITE", "", "", "").mrg("A1^^^SITE"));
        String anna = "B Müller^Anna 19500303 F 2026-01-02T08:00:00Z";
        assertThat(shown("55.1")).isEqualTo(anna);
        deleted("55.3", true);
        look();
        assertThat(shown("55.1")).isEqualTo(anna);
        assertThat(shown("55.2")).isEqualTo("B Müller^Anna 19500303 F null");
    }

    @Test
    void aDoubtDoesNotEndByADeletionWhileTheSiteTakesNoMessages() throws Exception {
        study("56.1", 6, "A1", "SITE", "Müller^Anna", "19500303", "F");
        study("56.2", 6, "B", "SITE", "Schmidt^Bert", "19600404", "M");
        accepted(new Adt("A40", hour(8)).pid("B^^^SITE", "", "", "").mrg("A1^^^SITE"));
        listen(Map.of("patient-updates", "false"));
        study("56.1", 9, "A1", "SITE", "Müller^Anna", "");
        deleted("56.2", true);
        look();
        listen(Map.of());
        study("56.1", 10, "A1", "SITE", "", "19500303");
        assertThat(shown("56.1")).isEqualTo("A1 Müller^Anna 19500303 F null");
    }

    /** With the study's own identity, and with messages that name nobody here any more. */
    @Test
    void whatIsKeptOfDoubtsGoesWithTheirStudyAndWhatIsKeptOfIdsWithTheirMessages() throws Exception {
        String kept = "select study_instance_uid from patient_doubt union all select patient_id from identity_gone"
                + " order by 1";
        study("57.1", 6, "A1", "SITE", "Müller^Anna", "19500303", "F");
        study("57.2", 6, "B", "SITE", "Schmidt^Bert", "19600404", "M");
        study("57.3", 6, "N", "SITE", "Schmidt^Bert", "19600404", "M");
        accepted(new Adt("A40", hour(8)).pid("B^^^SITE", "", "", "").mrg("A1^^^SITE"));
        deleted("57.2", true);
        deleted("57.3", true);
        look();
        Instant later = Instant.now().plusSeconds(60);
        assertThat(database.inTransaction(() -> corrections.deleteBefore(later)))
                .isZero();
        assertThat(database.query(kept)).containsExactly("57.1", "B");
        deleted("57.1", true);
        look();
        assertThat(database.query(kept)).containsExactly("A1", "B");
        assertThat(database.inTransaction(() -> corrections.deleteBefore(later)))
                .isOne();
        assertThat(database.query(kept)).isEmpty();
    }

    /** By hand in SQL, too, while a transaction records messages of it that nobody else sees yet. */
    private static void deletedWhileRecorded(String uid, PatientMessage... messages) throws Exception {
        PatientCorrections.Sender sender = new PatientCorrections.Sender("HIS", "", uid, "192.0.2.1");
        database.inTransaction(() -> {
            for (PatientMessage message : messages) {
                corrections.take(sender, List.of(message), 10, at(12));
            }
            deleted(uid, false);
            return null;
        });
    }

    private static PatientMessage message(int hour, String id, String prior, String name, String born) {
        Map<IdentityAttribute, String> values = Map.of(
                IdentityAttribute.PATIENT_NAME, name,
                IdentityAttribute.PATIENT_BIRTH_DATE, born,
                IdentityAttribute.PATIENT_SEX, "");
        return new PatientMessage(
                prior == null ? PatientMessage.Kind.UPDATE : PatientMessage.Kind.MERGE,
                at(hour),
                at(hour),
                new PatientMessage.Id(id, "SITE"),
                prior == null ? null : new PatientMessage.Id(prior, "SITE"),
                values);
    }

    @Test
    void whatIsDeletedWhileAMessageIsRecordedShowsThoseThatAreJoinedWithItAnew() throws Exception {
        study("73.1", 6, "A1", "SITE", "Müller^Anna", "19500303", "F");
        study("73.2", 6, "B", "SITE", "MUELLER^ANNA", "19500303", "F");
        look();
        deletedWhileRecorded("73.2", message(7, "B", null, "Schmidt^Bert", "19600404"), message(8, "B", "A1", "", ""));
        assertThat(shown("73.1")).startsWith("B Müller^Anna 19500303 F ");
        look();
        assertThat(shown("73.1")).isEqualTo("A1 Müller^Anna 19500303 F null");
        assertThat(trail("73.1", "PATIENT_NOT_CORRECTED")).hasSize(1);
        assertThat(database.query("select count(*) from identity_due")).containsExactly("0");
    }

    @Test
    void aDoubtStaysThoughWhatItRestsOnIsDeletedWhileItsMessageIsRecorded() throws Exception {
        study("74.1", 6, "A1", "SITE", "Müller^Anna", "19500303", "F");
        study("74.2", 6, "B", "SITE", "Schmidt^Bert", "19600404", "M");
        deletedWhileRecorded("74.2", message(8, "B", "A1", "", ""));
        look();
        study("74.1", 9, "A1", "SITE", "Müller^Anna", "");
        assertThat(shown("74.1")).startsWith("A1 Müller^Anna");
    }

    @Test
    void whatIsDeletedOfAPatientWhomNoMessageNamesIsKeptNowhere() throws Exception {
        study("44.1", 6, "A", "SITE", "DOE^JANE", "19700101");
        study("44.2", 6, "B", "SITE", "DOE^JANE", "19700101");
        accepted(new Adt("A08", hour(7)).pid("B^^^SITE", "ROE^JANE", "", ""));
        for (boolean taken : List.of(true, false)) {
            database.inTransaction(() -> rows.delete("44.1", at(12)));
            database.inTransaction(() -> rows.delete("44.2", at(12)));
            System.setProperty("rigatino.hl7.listen.patient-updates", String.valueOf(taken));
            look();
            assertThat(database.query("select study_instance_uid from identity_said"))
                    .isEmpty();
            assertThat(database.query("select patient_id from identity_gone")).containsExactly("B");
            database.execute("delete from identity_gone");
            study("44.1", 6, "A", "SITE", "DOE^JANE", "19700101");
            study("44.2", 6, "B", "SITE", "DOE^JANE", "19700101");
        }
    }

    @Test
    void marksAreForgottenWhereTheSiteTakesNoMessages() throws Exception {
        listen(Map.of("patient-updates", "false"));
        study("45.1", 6, "A", "SITE", "DOE^JANE", "19700101");
        assertThat(database.query("select count(*) from identity_said")).containsExactly("1");
        look();
        assertThat(database.query("select count(*) from identity_said")).containsExactly("0");
    }

    /** By the hundred, as a hostile or broken interface engine may name them. */
    private static void studies(String uid, String id, int from, int to) throws Exception {
        String numbers = " from generate_series(" + from + ", " + to + ") n";
        database.execute("insert into study (study_instance_uid, revision, state, first_received_at, last_received_at)"
                + " select '" + uid + ".' || n, 1, 'READY', now(), now()" + numbers
                + "; insert into identity_statement (study_instance_uid, recorded_at, patient, patient_name, patient_id,"
                + " issuer_of_patient_id, patient_birth_date, patient_sex, accession_number, study_date, study_time,"
                + " study_description, referring_physician, modality, body_part, institution_name, station_name,"
                + " content_sha256, salt) select '" + uid + ".' || n, '" + at(6) + "', '" + id + "', 'DOE^JANE', '" + id
                + "', 'SITE', '19700101', 'F', '', '', '', '', '', '', '', '', '', n, ''" + numbers
                + "; delete from identity_said");
    }

    private static List<String> shownAs(String uid, String name) throws Exception {
        return database.query("select count(*) from study_identity where study_instance_uid like '" + uid + ".%'"
                + " and patient_name = '" + name + "'");
    }

    @Test
    void whatOneMessageBearsOnIsShownAnewByTheHundredAndNothingOfItIsLost() throws Exception {
        studies("46.1", "A", 1, 150);
        studies("46.1", "B", 151, 300);
        studies("46.1", "C", 301, 450);
        Adt update = new Adt("A08", hour(8)).pid("A^^^SITE~B^^^SITE~C^^^SITE", "ROE^JANE", "", "");
        accepted(update);
        assertThat(shownAs("46.1", "ROE^JANE")).containsExactly("200");
        assertThat(database.query("select count(distinct study_instance_uid) from identity_due"))
                .containsExactly("250");
        assertThat(
                        database.query(
                                "select count(*) from audit_event where study_instance_uid is null"
                                        + " and kind = 'PATIENT_CORRECTED' and detail like '%and 250 more studies are shown anew behind it'"))
                .as("a row for each ID of the message")
                .containsExactly("3");
        look();
        assertThat(shownAs("46.1", "ROE^JANE")).containsExactly("450");
        assertThat(database.query("select count(*) from identity_due")).containsExactly("0");
        assertThat(database.query("select count(distinct study_instance_uid) from audit_event where kind ="
                        + " 'PATIENT_CORRECTED' and study_instance_uid like '46.1.%' and subject = 'HIS|ADMISSION'"
                        + " and detail ~ '^UPDATE, message \\d+, salted sha256 [0-9a-f]{64}$'"))
                .containsExactly("450");
    }

    /** Schmidt comes to the ID that Müller was merged into; of 70.1 something is wrong that is the database's to say. */
    @ParameterizedTest
    @CsvSource({"study_identity, DUE", "identity_due, MARKED"})
    void whatCannotBeShownAnewStopsNoOtherAndIsToldAsWaiting(String table, String state) throws Exception {
        for (int n = 70; n <= 71; n++) {
            study(n + ".1", 6, "P" + n, "SITE", "Müller^Anna", "19500303", "F");
            accepted(
                    new Adt("A40", hour(8)).pid("Q" + n + "^^^SITE", "", "", "").mrg("P" + n + "^^^SITE"));
        }
        look();
        database.execute(
                "alter table " + table + " add constraint broken check (study_instance_uid <> '70.1') not valid");
        try {
            study("70.2", 9, "Q70", "SITE", "Schmidt^Bert", "19600404", "M");
            study("71.2", 9, "Q71", "SITE", "Schmidt^Bert", "19600404", "M");
            look();
            look();
            assertThat(shown("70.1")).startsWith("Q70 Müller^Anna 19500303 F ");
            assertThat(shown("71.1")).isEqualTo("P71 Müller^Anna 19500303 F null");
            assertThat(database.bean(Backlog.class).identities())
                    .singleElement()
                    .matches(waiting -> waiting.state().equals(state) && waiting.count() == 1)
                    .extracting(Backlog.Waiting::since)
                    .matches(Instant.now()::isAfter);
        } finally {
            database.execute("alter table " + table + " drop constraint broken");
        }
        look();
        assertThat(shown("70.1")).as("a minute later, and not before").startsWith("Q70 Müller^Anna 19500303 F ");
        aMinuteLater();
        look();
        assertThat(shown("70.1")).isEqualTo("P70 Müller^Anna 19500303 F null");
        assertThat(database.bean(Backlog.class).identities()).isEmpty();
    }

    private static void aMinuteLater() throws Exception {
        for (String table : List.of("identity_said", "identity_due")) {
            database.execute("update " + table + " set tried_at = tried_at - interval '1 minute'");
        }
    }

    @Test
    void whatAlwaysFailsGathersNoRowsAndComesBehindTheOthers() throws Exception {
        study("76.1", 6, "P", "SITE", "Müller^Anna", "19500303", "F");
        accepted(new Adt("A40", hour(8)).pid("Q^^^SITE", "", "", "").mrg("P^^^SITE"));
        studies("76.2", "R", 1, 200);
        database.execute(
                "alter table study_identity add constraint broken check (study_instance_uid <> '76.1') not valid");
        try {
            for (int n = 3; n <= 6; n++) {
                study("76." + n, 9, "Q", "SITE", "Schmidt^Bert", "19600404", "M");
                look();
            }
            String failing = "select count(*) || ' ' || min(id) from identity_due where study_instance_uid = '76.1'";
            List<String> oldest = database.query(failing);
            assertThat(oldest).singleElement().asString().startsWith("1 ");
            aMinuteLater();
            database.execute("insert into identity_due (study_instance_uid, messages)"
                    + " select '76.2.' || n, '{}' from generate_series(1, 200) n");
            look();
            assertThat(database.query("select count(*) from study_identity where study_instance_uid like '76.2.%'"
                            + " group by xmin::text"))
                    .as("in one transaction, before the one that fails is tried")
                    .containsExactly("200");
            assertThat(database.query(failing)).isEqualTo(oldest);
            assertThat(database.query("select tried_at > now() - interval '1 minute' from identity_due"))
                    .containsExactly("t");
        } finally {
            database.execute("alter table study_identity drop constraint broken");
        }
    }

    /** Of each study that is taken another one becomes due, and a mark is left. */
    @Test
    void noStreamIsEndlessAndMarksAndStudiesThatAreDueTakeTurns() throws Exception {
        studies("77.1", "R", 1, 450);
        database.execute("insert into identity_due (study_instance_uid, messages)"
                + " select '77.1.' || n, '{}' from generate_series(1, 450) n;"
                + " create table turn (id serial, kind text); create function turn() returns trigger security definer"
                + " language plpgsql as $$ begin insert into turn (kind) values (tg_table_name);"
                + " if tg_table_name = 'identity_due' then insert into identity_said (study_instance_uid) values ('77.1.1');"
                + " insert into identity_due (study_instance_uid, messages) select '77.2.' || nextval('turn_id_seq'), '{}'"
                + " from gone; end if; return null; end $$;"
                + " create trigger turn after delete on identity_due referencing old table as gone"
                + " for each statement execute function turn();"
                + " create trigger turn after delete on identity_said referencing old table as gone"
                + " for each statement execute function turn()");
        try {
            assertTimeoutPreemptively(Patience.STEP, PatientUpdatesTest::look);
            List<String> turns = database.query("select kind from turn order by id");
            assertThat(turns)
                    .startsWith("identity_due", "identity_said", "identity_due", "identity_said", "identity_due");
            assertThat(shownAs("77.1", "DOE^JANE")).containsExactly("450");
            assertThat(database.query("select count(*) from identity_due where study_instance_uid like '77.1.%'"))
                    .containsExactly("0");
        } finally {
            database.execute("drop trigger turn on identity_due; drop trigger turn on identity_said;"
                    + " drop function turn(); drop table turn; delete from identity_due");
        }
    }

    @Test
    void whatImagesBearOnIsShownAnewByTheHundredToo() throws Exception {
        accepted(new Adt("A40", hour(8)).pid("B^^^SITE", "", "", "").mrg("A^^^SITE"));
        accepted(new Adt("A40", hour(8)).pid("B^^^SITE", "", "", "").mrg("C^^^SITE"));
        studies("72.1", "A", 1, 90);
        studies("72.2", "B", 1, 90);
        studies("72.3", "C", 1, 90);
        study("72.4", 9, "B", "SITE", "Schmidt^Bert", "19600404", "M");
        List<String> before = database.query("select max(xmin::text::bigint) from study_identity");
        look();
        assertThat(database.query("select count(*) from study_identity where xmin::text::bigint > " + before.get(0)
                        + " group by xmin::text order by 1 desc"))
                .containsExactly("200", "71");
    }

    @Test
    void aMessageOfAnIdThatManyStudiesHaveByNowIsTakenBackByTheHundred() throws Exception {
        studies("47.1", "A", 1, 1);
        accepted(new Adt("A08", hour(8)).pid("A^^^SITE", "ROE^JANE", "", ""));
        studies("47.1", "A", 2, 450);
        database.inTransaction(() -> {
            for (int n = 2; n <= 450; n++) {
                rows.decided("47.1." + n, at(9));
            }
            return null;
        });
        assertThat(shownAs("47.1", "ROE^JANE")).containsExactly("450");
        long update = listed.list().get(0).id();
        MessageEffect effect = listed.effect(update).orElseThrow();
        assertThat(effect.studies()).hasSize(400);
        assertThat(effect.all()).isFalse();
        assertThat(takenBack.takeBack(update, null, ROSA.actor(), at(10)))
                .contains(new TakenBackMessages.Settled(0, 200, 250));
        assertThat(shownAs("47.1", "DOE^JANE")).containsExactly("200");
        look();
        assertThat(shownAs("47.1", "DOE^JANE")).containsExactly("450");
        assertThat(database.query("select count(distinct study_instance_uid) from audit_event where kind ="
                        + " 'PATIENT_MESSAGE_TAKEN_BACK' and actor = 'rosa' and study_instance_uid like '47.1.%'"
                        + " and detail = 'UPDATE, message " + update + "'"))
                .containsExactly("450");
    }

    @ParameterizedTest
    @CsvSource({"200, AA", "201, AE"})
    void oneMessageMergesSoManyIdsAndNoMore(int merges, String answer) throws Exception {
        StringBuilder message = new StringBuilder(new Adt("A40", hour(8)).toString());
        for (int n = 1; n <= merges; n++) {
            message.append("PID|||Q")
                    .append(n)
                    .append("^^^SITE\rMRG|R")
                    .append(n)
                    .append("^^^SITE\r");
        }
        assertThat(his.send(message.toString())).contains("MSA|" + answer + "|");
        assertThat(database.query("select count(*) from patient_message"))
                .containsExactly(answer.equals("AA") ? "200" : "0");
    }

    /** 38.1 of A, and 38.2 of one of 300 others who were merged into X. */
    private static void manyMergedIntoOne() throws Exception {
        messages("now() - interval '9 days'", "'MERGE', '2026-01-01', 'X', 'SITE', 'C' || n, 'SITE'", 300);
        study("38.1", 6, "A", "SITE", "DOE^JANE", "19700101");
        study("38.2", 6, "C7", "SITE", "DOE^JANE", "19700101");
        look();
    }

    private static final String WHEN_SHOWN = "select changed_at from study_identity where study_instance_uid = '38.2'";

    @Test
    void whatMoreIdsAreJoinedWithThanAPatientHasIsShownOfTheMessagesOwnIdsAndTold() throws Exception {
        manyMergedIntoOne();
        List<String> before = database.query(WHEN_SHOWN);
        String told = "select count(*) from audit_event where study_instance_uid is null and kind ="
                + " 'PATIENT_NOT_CORRECTED' and detail ~ ('^MERGE, message ' || (select max(id) from patient_message)"
                + " || ',.*TOO_MANY_JOINED$')";
        accepted(new Adt("A40", hour(8)).pid("X^^^SITE", "", "", "").mrg("A^^^SITE"));
        assertThat(shown("38.1")).startsWith("X DOE^JANE");
        assertThat(database.query(WHEN_SHOWN)).isEqualTo(before);
        assertThat(database.query(told)).containsExactly("1");
        MessageEffect effect = listed.effect(listed.list().get(0).id()).orElseThrow();
        assertThat(effect.studies()).containsOnlyKeys("38.1");
        assertThat(effect.all()).as("38.2 is joined, too").isFalse();
        assertThat(listed.list().get(0).notApplied()).isNull();
        takenBack.takeBack(listed.list().get(0).id(), null, ROSA.actor(), at(9));
        assertThat(shown("38.1")).startsWith("A DOE^JANE");
        assertThat(database.query(WHEN_SHOWN)).isEqualTo(before);
        assertThat(database.query(told)).containsExactly("2");
    }

    /** No study is of the message's own IDs. */
    @Test
    void whatMoreIdsAreJoinedWithThanAPatientHasIsToldThoughNothingIsShown() throws Exception {
        manyMergedIntoOne();
        accepted(new Adt("A40", hour(8)).pid("X^^^SITE", "", "", "").mrg("D^^^SITE"));
        assertThat(database.query("select count(*) from audit_event where detail ~ ('^MERGE, message '"
                        + " || (select max(id) from patient_message) || ',.*TOO_MANY_JOINED$')"))
                .containsExactly("1");
    }

    @Test
    void imagesOfOneWhomMoreAreJoinedWithThanAPatientHasShowNoOtherAnewWhichIsToldOnceAnHour() throws Exception {
        manyMergedIntoOne();
        List<String> before = database.query(WHEN_SHOWN);
        for (int hour = 9; hour < 11; hour++) {
            study("38.3", hour, "X", "SITE", "MOE^MARY", "1960010" + hour % 8);
            look();
            assertThat(database.query("select count(*) from identity_said")).containsExactly("0");
        }
        assertThat(database.query(WHEN_SHOWN)).isEqualTo(before);
        assertThat(trail("38.3", "PATIENT_NOT_CORRECTED"))
                .singleElement()
                .asString()
                .startsWith("TOO_MANY_JOINED");
    }

    /** Of IDs that are few. */
    @ParameterizedTest
    @CsvSource({"200, 0", "201, 1"})
    void whatMoreStudiesAreJoinedWithThanAPatientHasIsTold(int others, int told) throws Exception {
        study("39.1", 6, "A", "SITE", "DOE^JANE", "19700101");
        messages("now() - interval '9 days'", "'MERGE', '2026-01-01', 'X', 'SITE', 'B', 'SITE'", 1);
        database.execute("insert into study_identity (study_instance_uid, state, changed_at, patient_id,"
                + " issuer_of_patient_id, words) select '39.2.' || n, 'RECORDED', now(), 'B', 'SITE', '' from"
                + " generate_series(1, " + others + ") n");
        accepted(new Adt("A40", hour(8)).pid("X^^^SITE", "", "", "").mrg("A^^^SITE"));
        assertThat(shown("39.1")).startsWith("X DOE^JANE");
        assertThat(database.query("select count(*) from audit_event where detail ~ (', message '"
                        + " || (select max(id) from patient_message) || ',.*TOO_MANY_JOINED')"))
                .containsExactly(String.valueOf(told));
    }

    /** Then it is nobody's, whatever was said of it before. */
    @Test
    void imagesOfAnIdOfMoreStudiesThanAPatientHasShowNoOtherAnewWhichIsTold() throws Exception {
        study("41.1", 6, "P", "SITE", "MEIER^A", "", "");
        accepted(new Adt("A08", hour(8)).pid("P^^^SITE", "HUBER^B", "19900101", "F"));
        database.execute("insert into study_identity (study_instance_uid, state, changed_at, patient_id,"
                + " issuer_of_patient_id, words) select '41.9.' || n, 'RECORDED', now(), 'P', 'SITE', '' from"
                + " generate_series(1, 200) n");
        study("41.2", 9, "P", "SITE", "MEIER^A", "19500101", "M");
        look();
        assertThat(shown("41.1")).startsWith("P HUBER^B 19900101 F ");
        assertThat(trail("41.2", "PATIENT_NOT_CORRECTED"))
                .filteredOn(detail -> detail.startsWith("TOO_MANY_JOINED"))
                .hasSize(1);
    }

    /** One who was merged into the same ID, by a message that is taken back. */
    @Test
    void aMessageOfAnotherIdThatIsTakenBackShowsTheMergedOnesAnew() throws Exception {
        accepted(new Adt("A40", hour(5))
                .pid("Q^^^SITE", "SOMEBODY^ELSE", "19900101", "")
                .mrg("X^^^SITE"));
        long other = Long.parseLong(
                database.query("select max(id) from patient_message").get(0));
        annaAndBert();
        accepted(new Adt("A40", hour(8)).pid("Q^^^SITE", "", "", "").mrg("P2^^^SITE"));
        assertBertIsBert("19600404");
        takenBack.takeBack(other, null, new Actor("adam", null), at(9));
        assertThat(shown("19.2")).startsWith("Q Schmidt^Bert 19600404 M ");
    }

    /** Whether the studies came before the message or one of them after it. */
    @ParameterizedTest
    @CsvSource({"5, false", "9, false", "9, true"})
    void theIdsOfOneUpdateThatAreDifferentPersonsHereMakeNoOneOfThem(int otherCame, boolean later) throws Exception {
        String uid = "31." + otherCame + (later ? 9 : 1);
        study(uid + ".1", 6, "P8", "SITE", "HUBER^JOSEF", "19440404", "M");
        if (!later) {
            study(uid + ".2", otherCame, "DEMO-1", "SITE", "DEMO^HEAD", "19700101", "M");
        }
        accepted(new Adt("A08", hour(8)).pid("P8^^^SITE~DEMO-1^^^SITE", "BOTH^PERSON", "", ""));
        if (later) {
            assertThat(shown(uid + ".1")).startsWith("P8 BOTH^PERSON 19440404");
            study(uid + ".2", otherCame, "DEMO-1", "SITE", "DEMO^HEAD", "19700101", "M");
            look();
        }
        assertThat(shown(uid + ".1")).isEqualTo("P8 HUBER^JOSEF 19440404 M null");
        assertThat(shown(uid + ".2")).isEqualTo("DEMO-1 DEMO^HEAD 19700101 M null");
        assertThat(trail(uid + ".1", "PATIENT_NOT_CORRECTED")).hasSize(1);
        if (!later) {
            assertThat(trail(uid + ".1", "PATIENT_CORRECTED")).isEmpty();
            assertThat(trail(uid + ".1", "PATIENT_NOT_CORRECTED").get(0)).contains("SEVERAL_PERSONS");
        }
    }

    /** Once the part that was wrong is taken back the other one counts. */
    @Test
    void theIdsOfOneUpdateOfOnePersonAreAllCorrectedAndAPartThatWasWrongIsTakenBack() throws Exception {
        study("32.1", 6, "P8", "SITE", "HUBER^JOSEF", "19440404", "M");
        study("32.2", 6, "P9", "SITE", "HUBER^SEPP", "19440404", "M");
        study("32.3", 6, "X", "SITE", "DEMO^HEAD", "19700101", "F");
        accepted(new Adt("A08", hour(7)).pid("P8^^^SITE~P9^^^SITE", "HUBER^JOSEPH", "", ""));
        assertThat(shown("32.1")).startsWith("P8 HUBER^JOSEPH 19440404");
        assertThat(shown("32.2")).startsWith("P9 HUBER^JOSEPH 19440404");
        accepted(new Adt("A08", hour(8)).pid("P8^^^SITE~X^^^SITE", "HUBER^JO", "", ""));
        assertThat(shown("32.1")).startsWith("P8 HUBER^JOSEPH 19440404");
        long wrong = Long.parseLong(database.query("select id from patient_message where patient_id = 'X'")
                .get(0));
        assertThat(listed.effect(wrong).orElseThrow().studies())
                .isEqualTo(Map.of("32.1", List.of(IdentityAttribute.PATIENT_NAME)));
        takenBack.takeBack(wrong, null, ROSA.actor(), at(9));
        assertThat(shown("32.1")).startsWith("P8 HUBER^JO 19440404");
        assertThat(shown("32.3")).startsWith("X DEMO^HEAD");
    }

    /** Another message came between the look and the act. */
    @Test
    void aMessageIsTakenBackAsItWasSeenOrNotAtAll() throws Exception {
        study("35.1", 6, "A", "SITE", "DOE^JANE", "19700101");
        accepted(new Adt("A08", hour(7)).pid("A^^^SITE", "POE^JANE", "", ""));
        accepted(new Adt("A40", hour(8)).pid("B^^^SITE", "", "", "").mrg("A^^^SITE"));
        long merge = listed.list().get(0).id();
        MessageEffect seen = listed.effect(merge).orElseThrow();
        assertThat(seen.all()).isTrue();
        accepted(new Adt("A08", hour(9)).pid("B^^^SITE", "ROE^JANE", "", ""));
        assertThatThrownBy(() -> takenBack.takeBack(merge, seen.digest(), ROSA.actor(), at(10)))
                .isInstanceOfSatisfying(EffectChangedException.class, changed -> assertThat(
                                changed.effect().studies())
                        .isEqualTo(
                                Map.of("35.1", List.of(IdentityAttribute.PATIENT_NAME, IdentityAttribute.PATIENT_ID))));
        assertThat(shown("35.1")).startsWith("B ROE^JANE");
        MessageEffect then = listed.effect(merge).orElseThrow();
        accepted(new Adt("A08", hour(10)).pid("B^^^SITE", "NOE^JANE", "", ""));
        assertThatThrownBy(() -> takenBack.takeBack(merge, then.digest(), ROSA.actor(), at(10)))
                .as("the same attributes, and another value")
                .isInstanceOf(EffectChangedException.class);
        String now = listed.effect(merge).orElseThrow().digest();
        assertThat(takenBack.takeBack(merge, now, ROSA.actor(), at(11))).isPresent();
        assertThat(shown("35.1")).startsWith("A POE^JANE");
        assertThat(takenBack.takeBack(merge, now, ROSA.actor(), at(11))).isEmpty();
    }

    @Test
    void theListMarksWhatWasNotAppliedWhenItCameThoughItCountsByNow() throws Exception {
        study("36.1", 6, "A", "SITE", "DOE^JANE", "19700101");
        accepted(new Adt("A08", hour(7)).pid("A^^^SITE", "MÜLLER^BERT", "19500303", ""));
        accepted(new Adt("A08", hour(8)).pid("A^^^SITE", "POE^JANE", "", ""));
        accepted(new Adt("A40", hour(8)).pid("Y^^^SITE", "", "", "").mrg("X^^^SITE"));
        assertThat(listed.list())
                .extracting(PatientMessageView::notApplied)
                .containsExactly(null, null, NotCorrected.Why.ANOTHER_PERSON);
        study("36.2", 6, "P8", "SITE", "HUBER^JOSEF", "19440404", "M");
        study("36.3", 6, "P9", "SITE", "DEMO^HEAD", "19700101", "F");
        study("36.3", 6, "P7", "SITE", "MEIER^ANNA", "19500303", "F");
        decided("36.3", "P9DEMO^HEAD19700101");
        accepted(new Adt("A40", hour(9)).pid("P9^^^SITE", "", "", "").mrg("P8^^^SITE"));
        assertThat(shown("36.2")).startsWith("P8 HUBER^JOSEF");
        decided("36.3", "P7MEIER^ANNA19500303");
        assertThat(shown("36.2")).startsWith("P9 HUBER^JOSEF");
        assertThat(listed.list().get(0).notApplied())
                .as("that it was not when it came, which page and REST say of it")
                .isEqualTo(NotCorrected.Why.ANOTHER_PERSON);
    }

    /** What else is to be shown anew is not of its making. */
    @Test
    void theEffectOfAMessageIsWhatItMakesAndNoMore() throws Exception {
        study("33.1", 6, "P51", "SITE", "SCHMIDT^BERT", "19600404", "M");
        accepted(new Adt("A08", hour(7)).pid("P51^^^SITE", "MÜLLER^ANNA", "19500303", "F"));
        long never = listed.list().get(0).id();
        accepted(new Adt("A40", hour(8)).pid("P60^^^SITE", "", "", "").mrg("P51^^^SITE"));
        long merge = listed.list().get(0).id();
        study("33.2", 9, "P60", "SITE", "HUBER^JOSEF", "19440404", "F");
        for (int i = 0; i < 2; i++) {
            assertThat(listed.effect(never).orElseThrow().studies()).isEmpty();
            assertThat(listed.effect(merge).orElseThrow().studies()).isEmpty();
            look();
        }
        assertThat(shown("33.1")).startsWith("P51 SCHMIDT^BERT");
    }

    @Test
    void twoPersonsAreNotMergedIntoOneIdByOneMessageEither() throws Exception {
        annaAndBert();
        accepted(new Adt("A40", hour(8)).pid("Q^^^SITE", "", "", "").mrg("P1^^^SITE~P2^^^SITE"));
        assertBertIsBert("19600404");
        assertThat(shown("19.1")).isEqualTo("P1 Müller^Anna 19500303 F null");
    }

    /** What the study leaves open another one of the ID says. */
    @Test
    void aStudyThatSaysLittleIsOfWhomItsIdIsOf() throws Exception {
        annaAndBert();
        study("19.3", 6, "P2", "SITE", "", "", "M");
        accepted(new Adt("A40", hour(8)).pid("P1^^^SITE", "", "", "").mrg("P2^^^SITE"));
        assertThat(shown("19.3")).isEqualTo("P2 null null M null");
    }

    @Test
    void aMergeIntoAnIdOfTheSamePersonIsAppliedHoweverTheNameIsSpelt() throws Exception {
        study("20.1", 6, "P1", "SITE", "MUELLER^ANNA^MARIA", "19500303", "F");
        study("20.2", 6, "P2", "SITE", "Müller^Anna", "19500304", "F");
        accepted(new Adt("A40", hour(8)).pid("P1^^^SITE", "", "", "").mrg("P2^^^SITE"));
        assertThat(shown("20.2")).startsWith("P1 Müller^Anna 19500304 F ");
    }

    @Test
    void anAdministratorTakesAMergeBackOnceAndItsStudiesAreShownAsIfItHadNeverCome() throws Exception {
        study("12.1", 6, "A", "SITE", "DOE^JANE", "19700101");
        study("12.2", 6, "C", "SITE", "ROE^RITA", "19700101");
        accepted(new Adt("A08", hour(7)).pid("A^^^SITE", "POE^JANE", "", ""));
        accepted(new Adt("A40", hour(8)).pid("B^^^SITE", "", "", "").mrg("A^^^SITE"));
        accepted(new Adt("A40", hour(9)).pid("C^^^SITE", "", "", "").mrg("B^^^SITE"));
        assertThat(shown("12.1")).startsWith("C POE^JANE");
        long merge = listed.list().get(1).id();
        assertThat(takenBack.takeBack(merge, null, ROSA.actor(), at(10)).map(TakenBackMessages.Settled::studies))
                .contains(1);
        assertThat(shown("12.1")).startsWith("A POE^JANE");
        assertThat(shown("12.2")).startsWith("C ROE^RITA");
        assertThat(takenBack.takeBack(merge, null, ROSA.actor(), at(10))).isEmpty();
        assertThat(takenBack.takeBack(-1, null, ROSA.actor(), at(10))).isEmpty();
        assertThat(listed.list().get(1).takenBackBy()).isEqualTo("rosa");
        assertThat(database.query("select concat_ws(' ', study_instance_uid, actor, address, detail) from audit_event"
                        + " where kind = 'PATIENT_MESSAGE_TAKEN_BACK' and study_instance_uid = '12.1'"))
                .containsExactly("12.1 rosa 192.0.2.7 MERGE, message " + merge);
        accepted(new Adt("A08", hour(11)).pid("A^^^SITE", "NOE^JANE", "", ""));
        assertThat(shown("12.1")).startsWith("A NOE^JANE");
    }

    /** Engines send their queues anew, with the same MSH-10 or another. */
    @Test
    void aMessageThatWasTakenBackIsHeldWhereItComesAgainUntilAnAdministratorLetsItIn() throws Exception {
        study("14.1", 6, "A", "SITE", "DOE^JANE", "19700101");
        Adt merge = new Adt("A40", hour(8)).pid("B^^^SITE", "", "", "").mrg("A^^^SITE");
        String again = merge.toString();
        assertThat(his.send(again)).contains("MSA|AA|");
        assertThat(his.send(again)).contains("MSA|AA|");
        assertThat(listed.list()).hasSize(1);
        long first = listed.list().get(0).id();
        assertThat(listed.effect(first).orElseThrow().studies())
                .isEqualTo(Map.of("14.1", List.of(IdentityAttribute.PATIENT_ID)));
        assertThat(takenBack.takeBack(first, null, ROSA.actor(), at(10)).map(TakenBackMessages.Settled::studies))
                .contains(1);
        assertThat(shown("14.1")).startsWith("A DOE^JANE");
        for (int i = 0; i < 3; i++) {
            assertThat(his.send(again)).contains("MSA|AA|").doesNotContain("ERR|");
        }
        assertThat(shown("14.1")).startsWith("A DOE^JANE");
        assertThat(listed.list()).hasSize(2);
        PatientMessageView held = listed.list().get(0);
        assertThat(held.isHeld()).isTrue();
        assertThat(held.repeats()).isEqualTo(first);
        assertThat(database.query("select detail from audit_event where kind = 'PATIENT_NOT_CORRECTED' order by id"))
                .last()
                .asString()
                .endsWith("TAKEN_BACK_BEFORE: as message " + first);
        // Under another MSH-10 it is the same; with another time it is let in with it.
        accepted(merge);
        assertThat(listed.list()).hasSize(2);
        accepted(new Adt("A40", hour(9)).pid("B^^^SITE", "", "", "").mrg("A^^^SITE"));
        assertThat(shown("14.1")).startsWith("A DOE^JANE");
        assertThat(listed.list()).hasSize(3);
        long later = listed.list().get(0).id();
        assertThat(takenBack.takeBack(held.id(), null, ROSA.actor(), at(10))).isEmpty();
        assertThat(takenBack.letIn(first, null, ROSA.actor(), at(10))).isEmpty();
        assertThat(listed.effect(held.id()).orElseThrow().studies()).containsOnlyKeys("14.1");
        assertThat(takenBack.letIn(held.id(), null, ROSA.actor(), at(11)).map(TakenBackMessages.Settled::studies))
                .contains(1);
        assertThat(takenBack.letIn(held.id(), null, ROSA.actor(), at(11))).isEmpty();
        assertThat(shown("14.1")).startsWith("B DOE^JANE");
        assertThat(trail("14.1", "PATIENT_MESSAGE_LET_IN"))
                .containsExactly("MERGE, message " + held.id() + ", with 1 more of the same: " + later);
        assertThat(his.send(again)).contains("MSA|AA|");
        assertThat(listed.list()).hasSize(3).noneMatch(PatientMessageView::isHeld);
        assertThat(takenBack.takeBack(held.id(), null, ROSA.actor(), at(12)).map(TakenBackMessages.Settled::studies))
                .contains(1);
        assertThat(his.send(again)).contains("MSA|AA|");
        assertThat(shown("14.1")).startsWith("A DOE^JANE");
        assertThat(meters.counter("rigatino.hl7.received", "outcome", "HELD").count())
                .isEqualTo(3);
    }

    /** An engine that sends under numbers of its own, or to which two systems tell the same. */
    @Test
    void whatCameTwiceIsTakenBackAtOnceAndHeldOnce() throws Exception {
        study("24.1", 6, "A", "SITE", "DOE^JANE", "19700101");
        Adt merge = new Adt("A40", hour(8)).pid("B^^^SITE", "", "", "").mrg("A^^^SITE");
        accepted(merge);
        assertThat(his.send(merge.toString().replace("|HIS|", "|RIS|"))).contains("MSA|AA|");
        assertThat(shown("24.1")).startsWith("B DOE^JANE");
        long last = listed.list().get(0).id();
        assertThat(listed.effect(last).orElseThrow().studies()).containsOnlyKeys("24.1");
        assertThat(takenBack.takeBack(last, null, ROSA.actor(), at(9)))
                .contains(new TakenBackMessages.Settled(1, 1, 0));
        assertThat(shown("24.1")).startsWith("A DOE^JANE");
        assertThat(trail("24.1", "PATIENT_MESSAGE_TAKEN_BACK"))
                .containsExactly("MERGE, message " + last + ", with 1 more of the same: "
                        + listed.list().get(1).id());
        accepted(merge);
        accepted(merge);
        assertThat(shown("24.1")).startsWith("A DOE^JANE");
        long held = listed.list().get(0).id();
        assertThat(takenBack.letIn(held, null, ROSA.actor(), at(10))).contains(new TakenBackMessages.Settled(0, 1, 0));
        assertThat(shown("24.1")).startsWith("B DOE^JANE");
        assertThat(listed.list()).hasSize(3).noneMatch(PatientMessageView::isHeld);
    }

    /** The sender's own name for a message that was wrong. */
    @Test
    void anotherContentUnderTheNumberOfAMessageThatWasTakenBackIsHeldToo() throws Exception {
        study("21.1", 6, "A", "SITE", "DOE^JANE", "19700101");
        String wrong =
                new Adt("A08", hour(8)).pid("A^^^SITE", "ROE^JANE", "", "").toString();
        assertThat(his.send(wrong)).contains("MSA|AA|");
        takenBack.takeBack(listed.list().get(0).id(), null, ROSA.actor(), at(9));
        assertThat(his.send(wrong.replace("ROE", "POE"))).contains("MSA|AA|");
        assertThat(shown("21.1")).startsWith("A DOE^JANE");
        assertThat(listed.list().get(0).isHeld()).isTrue();
        accepted(new Adt("A08", hour(9)).pid("A^^^SITE", "POE^JANE", "", ""));
        assertThat(shown("21.1")).startsWith("A POE^JANE");
    }

    @Test
    void whatIsLetInUnderTheNumberOfAMessageThatWasTakenBackLetsThatOneNotInAgain() throws Exception {
        study("22.1", 6, "A", "SITE", "DOE^JANE", "19700101");
        Adt update = new Adt("A08", hour(8)).pid("A^^^SITE", "ROE^JANE", "", "");
        String wrong = update.toString();
        assertThat(his.send(wrong)).contains("MSA|AA|");
        long first = listed.list().get(0).id();
        takenBack.takeBack(first, null, ROSA.actor(), at(9));
        assertThat(his.send(wrong.replace("ROE", "POE"))).contains("MSA|AA|");
        assertThat(takenBack
                        .letIn(listed.list().get(0).id(), null, ROSA.actor(), at(10))
                        .map(TakenBackMessages.Settled::studies))
                .contains(1);
        for (String again : List.of(wrong, update.toString())) {
            assertThat(his.send(again)).contains("MSA|AA|");
            assertThat(listed.list().get(0).repeats()).isEqualTo(first);
            assertThat(listed.list().get(0).isHeld()).isTrue();
            assertThat(shown("22.1")).startsWith("A POE^JANE");
        }
        assertThat(listed.list()).hasSize(3);
    }

    /** One MSH-10, and a row for each ID of MRG-1. */
    @Test
    void oneIdOfAMergeThatIsLetInLetsNoOtherIdOfItIn() throws Exception {
        study("23.1", 6, "X", "SITE", "DOE^JANE", "19700101");
        study("23.2", 6, "Y", "SITE", "DOE^JANE", "19700101");
        Adt merge = new Adt("A40", hour(8)).pid("Q^^^SITE", "", "", "").mrg("X^^^SITE~Y^^^SITE");
        String both = merge.toString();
        assertThat(his.send(both)).contains("MSA|AA|");
        long y = listed.list().get(0).id();
        long x = listed.list().get(1).id();
        takenBack.takeBack(x, null, ROSA.actor(), at(9));
        takenBack.takeBack(y, null, ROSA.actor(), at(9));
        assertThat(his.send(both)).contains("MSA|AA|");
        assertThat(listed.list())
                .extracting(PatientMessageView::repeats)
                .as("the last first")
                .containsExactly(y, x, null, null);
        assertThat(takenBack
                        .letIn(listed.list().get(1).id(), null, ROSA.actor(), at(10))
                        .map(TakenBackMessages.Settled::studies))
                .contains(1);
        accepted(merge);
        assertThat(shown("23.1")).startsWith("Q DOE^JANE");
        assertThat(shown("23.2")).startsWith("Y DOE^JANE");
        assertThat(listed.list())
                .extracting(PatientMessageView::repeats)
                .as("what is held stands for it")
                .containsExactly(null, y, x, null, null);
    }

    @Test
    void whereTheSiteTakesNoneAnyMoreStudiesAreShownAsTheirImagesSay() throws Exception {
        study("13.1", 6, "A", "SITE", "DOE^JANE", "19700101");
        study("13.2", 6, "A", "SITE", "DOE^JANE", "19700101");
        accepted(new Adt("A40", hour(8)).pid("B^^^SITE", "", "", "").mrg("A^^^SITE"));
        assertThat(takenBack.endCorrections(10, at(9))).isZero();
        listen(Map.of("patient-updates", "false"));
        study("13.1", 9, "A", "SITE", "DOE^JANE", "");
        assertThat(shown("13.1")).startsWith("A DOE^JANE");
        assertThat(shown("13.2")).startsWith("B DOE^JANE");
        assertThat(takenBack.endCorrections(10, at(9))).isOne();
        assertThat(shown("13.2")).isEqualTo("A DOE^JANE 19700101 F null");
        for (String uid : List.of("13.1", "13.2")) {
            assertThat(trail(uid, "PATIENT_NOT_CORRECTED"))
                    .singleElement()
                    .asString()
                    .startsWith("UPDATES_OFF");
        }
    }

    /** EI: an employee's number, which another counts. */
    @Test
    void anIdOfAnotherKindIsNotOfTheSitesAuthority() throws Exception {
        listen(Map.of("assigning-authority", "SITE"));
        study("11.1", 6, "4711", "SITE", "DOE^JANE", "19700101");
        study("11.2", 6, "88012", "SITE", "DOE^JANE", "19700101");
        accepted(new Adt("A08", hour(8)).pid("88012^^^^MR~4711^^^^EI", "ROE^JANE", "19700101", "F"));
        assertThat(shown("11.1")).startsWith("4711 DOE^JANE");
        assertThat(shown("11.2")).startsWith("88012 ROE^JANE");
    }

    @Test
    void anIdOfMoreStudiesThanAPatientHasIsNobodys() throws Exception {
        database.execute("insert into study_identity (study_instance_uid, state, changed_at, patient_id,"
                + " issuer_of_patient_id, words) select '6.' || n, 'RECORDED', now(), 'MANY', 'SITE', '' from"
                + " generate_series(1, 201) n");
        assertThat(his.send(new Adt("A40", hour(8))
                        .pid("9^^^SITE", "", "", "")
                        .mrg("MANY^^^SITE")
                        .toString()))
                .contains("MSA|AE|", "|204^");
        assertThat(database.query("select count(*) from patient_message")).containsExactly("0");
    }

    @Test
    void whoSaysMoreOfAPatientThanThereIsToSayIsRejectedUntilTheNextDay() throws Exception {
        study("6.1", 6, "4711", "SITE", "DOE^JANE", "19700101");
        database.execute(
                "insert into patient_message (received_at, sending_application, sending_facility, control_id, kind,"
                        + " event_at, patient_id, issuer, prior_id, prior_issuer, patient_name, patient_birth_date, patient_sex,"
                        + " content_sha256, salt) select now(), 'HIS', '', n, 'UPDATE', '2026-01-01', '4711', 'SITE', '', '', '', '',"
                        + " '', n, '' from generate_series(1, 500) n");
        String message =
                new Adt("A08", hour(8)).pid("4711^^^SITE", "ROE^JANE", "", "").toString();
        assertThat(his.send(message)).contains("MSA|AR|", "|207^");
        database.execute("update patient_message set received_at = received_at - interval '2 days'");
        assertThat(his.send(message)).contains("MSA|AA|");
        assertThat(shown("6.1")).startsWith("4711 ROE^JANE");
    }

    @Test
    void whoSaysMoreOfMergesThanThereIsToSayIsRejectedToo() throws Exception {
        study("14.1", 6, "A", "SITE", "DOE^JANE", "19700101");
        messages("now()", "'MERGE', '2026-01-01', 'B' || n, 'SITE', 'A', 'SITE'", 500);
        assertThat(his.send(new Adt("A40", hour(8))
                        .pid("B^^^SITE", "", "", "")
                        .mrg("A^^^SITE")
                        .toString()))
                .contains("MSA|AR|", "|207^");
    }

    @Test
    void mergesOfStudiesTakeNoRoomFromThoseOfNone() throws Exception {
        listen(Map.of("max-reports", "3"));
        study("14.2", 6, "A", "SITE", "DOE^JANE", "19700101");
        messages("now()", "'MERGE', '2026-01-01', 'A', 'SITE', 'B' || n, 'SITE'", 9);
        for (int number = 0; number < 4; number++) {
            String answer = his.send(new Adt("A40", hour(8))
                    .pid("D" + number + "^^^SITE", "", "", "")
                    .mrg("C" + number + "^^^SITE")
                    .toString());
            assertThat(answer).contains(number < 3 ? "MSA|AA|" : "MSA|AR|");
        }
    }

    private static void messages(String received, String values, int count) throws Exception {
        database.execute(
                "insert into patient_message (received_at, sending_application, sending_facility, control_id, kind,"
                        + " event_at, patient_id, issuer, prior_id, prior_issuer, patient_name, patient_birth_date,"
                        + " patient_sex, content_sha256, salt) select " + received + ", 'HIS', '', n, " + values
                        + ", '', '', '', n, '' from generate_series(1, " + count + ") n");
    }

    @Test
    void whatIsMoreThanCanBeFollowedIsInDoubt() throws Exception {
        study("15.1", 6, "A", "SITE", "DOE^JANE", "19700101");
        messages("now() - interval '9 days'", "'MERGE', '2026-01-01', 'A', 'SITE', 'Z' || n, 'SITE'", 1000);
        accepted(new Adt("A08", hour(8)).pid("A^^^SITE", "ROE^JANE", "", ""));
        assertThat(shown("15.1")).startsWith("A DOE^JANE");
        assertThat(trail("15.1", "PATIENT_NOT_CORRECTED"))
                .singleElement()
                .asString()
                .contains("TOO_MANY_MESSAGES");
    }

    /** As of each visit of a patient who is there often. */
    @Test
    void updatesThatSayTheSameAreFollowedHoweverManyTheyAre() throws Exception {
        study("15.2", 6, "A", "SITE", "DOE^JANE", "19700101");
        accepted(new Adt("A40", hour(7)).pid("B^^^SITE", "", "", "").mrg("A^^^SITE"));
        updates("B", "DOE^JANE", 1100);
        accepted(new Adt("A08", hour(23)).pid("B^^^SITE", "DOE^JANE", "", ""));
        assertThat(shown("15.2")).startsWith("B DOE^JANE");
    }

    private static void updates(String id, String name, int count) throws Exception {
        database.execute(
                "insert into patient_message (received_at, sending_application, sending_facility, control_id, kind,"
                        + " event_at, patient_id, issuer, prior_id, prior_issuer, patient_name, patient_birth_date,"
                        + " patient_sex, content_sha256, salt) select now() - interval '9 days', 'HIS', '', '" + name
                        + "' || n, 'UPDATE', timestamptz '2026-01-02 08:00+00' + n * interval '1 second', '" + id
                        + "', 'SITE', '', '', '" + name + "', '', '', n, '' from generate_series(1, " + count + ") n");
    }

    /** Who came back to an earlier name keeps the birth date that was said in between alone. */
    @Test
    void whatWasSaidBetweenUpdatesThatSayTheSameCounts() throws Exception {
        study("15.3", 6, "A", "SITE", "DOE^JANE", "");
        int hour = 7;
        for (String said : List.of("ROE^JANE", "ROE^JANE", "DOE^JANE", "ROE^JANE", "ROE^JANE", "ROE^JANE")) {
            String born = said.startsWith("DOE") ? "19700101" : "";
            accepted(new Adt("A08", hour(hour++)).pid("A^^^SITE", said, born, ""));
            assertThat(shown("15.3")).startsWith("A " + said);
        }
        assertThat(shown("15.3")).startsWith("A ROE^JANE 19700101");
    }

    /** It says what becomes of the study: that it is corrected by it would be wrong. */
    @Test
    void theMessageThatIsOneTooManyIsToldAsSuchAlone() throws Exception {
        study("15.4", 6, "A", "SITE", "DOE^JANE", "19700101");
        accepted(new Adt("A08", hour(7)).pid("A^^^SITE", "ROE^JANE", "", ""));
        messages("now() - interval '9 days'", "'MERGE', '2026-01-01', 'A', 'SITE', 'Z' || n, 'SITE'", 1000);
        accepted(new Adt("A08", hour(8)).pid("A^^^SITE", "POE^JANE", "", ""));
        assertThat(shown("15.4")).startsWith("A DOE^JANE");
        assertThat(trail("15.4", "PATIENT_CORRECTED")).hasSize(1);
        assertThat(trail("15.4", "PATIENT_NOT_CORRECTED"))
                .singleElement()
                .asString()
                .contains("TOO_MANY_MESSAGES");
    }

    /** A right merge is worth more than a letter of a table of the site's own. */
    @ParameterizedTest
    @ValueSource(strings = {"X", "D", "W"})
    void aSexThatIsOfNoTableSaysNothing(String sex) throws Exception {
        study("15.5", 6, "A", "SITE", "DOE^JANE", "19700101");
        accepted(new Adt("A40", hour(7)).pid("B^^^SITE", "", "", sex).mrg("A^^^SITE"));
        assertThat(shown("15.5")).startsWith("B DOE^JANE 19700101 F");
    }

    @Test
    void aSexInASmallLetterContradictsAsInACapital() throws Exception {
        study("15.6", 6, "A", "SITE", "DOE^JANE", "19700101");
        String merge = new Adt("A40", hour(7))
                .pid("B^^^SITE", "ROE^RICHARD", "", "m")
                .mrg("A^^^SITE")
                .toString();
        his.send(merge);
        assertThat(shown("15.6")).startsWith("A DOE^JANE 19700101 F");
        assertThat(trail("15.6", "PATIENT_NOT_CORRECTED"))
                .singleElement()
                .asString()
                .contains("ANOTHER_PERSON");
    }

    @Test
    void anIdThatIsNobodysKeepsNoOtherOfTheMessageFromCountingAndIsToldOnce() throws Exception {
        study("16.1", 6, "A", "SITE", "DOE^JANE", "19700101");
        accepted(new Adt("A31", hour(8)).pid("A^^^SITE~UNKNOWN^^^SITE", "ROE^JANE", "", ""));
        assertThat(shown("16.1")).startsWith("A ROE^JANE");
        String told = "select count(*) from audit_event where detail like 'UPDATE, NOBODYS_ID%'";
        List<String> once = database.query(told);
        for (int i = 0; i < 3; i++) {
            assertThat(his.send(new Adt("A08", hour(8))
                            .pid("UNKNOWN^^^SITE", "ROE^JANE", "", "")
                            .toString()))
                    .contains("MSA|AE|");
        }
        assertThat(database.query(told)).isEqualTo(once).containsExactly("1");
    }

    @Test
    void timesAreOfTheSitesZoneAndOfAllOfTheirMinute() throws Exception {
        listen(Map.of("time-zone", "Etc/GMT-2"));
        study("17.1", 6, "A", "SITE", "DOE^JANE", "19700101");
        accepted(new Adt("A08", "202601020759").pid("A^^^SITE", "POE^JANE", "", ""));
        assertThat(shown("17.1")).startsWith("A DOE^JANE");
        accepted(new Adt("A08", "202601020800").pid("A^^^SITE", "ROE^JANE", "", ""));
        assertThat(shown("17.1")).isEqualTo("A ROE^JANE 19700101 F 2026-01-02T06:00:00Z");
    }

    @Test
    void theSameMessageAgainIsKeptOnceAndOneOfNobodyHereNotAtAll() throws Exception {
        study("7.1", 6, "4711", "SITE", "DOE^JANE", "19700101");
        String message =
                new Adt("A08", hour(8)).pid("4711^^^SITE", "ROE^JANE", "", "").toString();
        for (int i = 0; i < 3; i++) {
            assertThat(his.send(message)).contains("MSA|AA|");
        }
        accepted(new Adt("A08", hour(8)).pid("4713^^^SITE", "ROE^JANE", "", ""));
        assertThat(database.query("select count(*) from patient_message")).containsExactly("1");
        assertThat(trail("7.1", "PATIENT_CORRECTED")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "A08;PID|||4711||ROE^JANE;PID^1^3;101",
                "A08;PID|||^^^SITE||ROE^JANE;PID^1^3;101",
                "A08;PID|||4711^^^SITE||R\\S\\OE^JANE;PID^1^5;102",
                "A08;PID|||4711^^^SITE||ROE||yesterday;PID^1^7;102",
                "A08;PID|||4711^^^SITE||ROE||19331399;PID^1^7;102",
                "A08;PID|||4711^^^SITE||ROE||19330229;PID^1^7;102",
                "A08;PID|||4711^^^SITE||ROE||193300;PID^1^7;102",
                "A08;PID|||4711^^^SITE||ROE||19331301;PID^1^7;102",
                "A08;PID|||4711^^^SITE||ROE||2999;PID^1^7;102",
                "A08;PID|||4711^^^SITE||ROE||19330399120000;PID^1^7;102",
                "A08;PID|||4711^^^SITE||ROE||193303012500;PID^1^7;102",
                "A40;PID|||4712^^^SITE||ROE||19331399@MRG|4711^^^SITE;PID^1^7;102",
                "A08;PV1|1;MSH^1;100",
                "A08;PID|||4711^^^SITE@PID|||4712^^^SITE;PID^2;100",
                "A40;PID|||4712^^^SITE;MSH^1;100",
                "A40;MRG|4711^^^SITE;MRG^1;100",
                "A40;PID|||4712^^^SITE@MRG|4711^^^OTHER;MRG^1^1;204",
                "A40;PID|||4711^^^SITE@MRG|4711^^^SITE;MRG^1^1;204",
                "A40;PID|||4712^^^SITE~4713^^^SITE@MRG|4711^^^SITE;PID^1^3;102",
                "A40;PID|||4712^^^SITE@MRG|4711;MRG^1^1;101",
            })
    void whatIsWrongIsRefusedWithItsPlace(String event, String segments, String place, String error) throws Exception {
        study("8.1", 6, "4711", "SITE", "DOE^JANE", "19700101");
        String message = new Adt(event, hour(8)) + segments.replace('@', '\r') + "\r";
        assertThat(his.send(message)).contains("MSA|AE|", "ERR||" + place + "|" + error + "^");
        assertThat(database.query("select count(*) from patient_message")).containsExactly("0");
        assertThat(shown("8.1")).isEqualTo("4711 DOE^JANE 19700101 F null");
    }

    /** DTM says as much of a date as is known, and may say the time of birth; what is nobody's says nothing. */
    @ParameterizedTest
    @CsvSource({
        "1970, 19440404",
        "197001, 19440404",
        "19700102, 19700102",
        "1970010223, 19700102",
        "19700102235959.1234+0100, 19700102",
        "20000229, 20000229",
        "'\"\"', 19440404",
        "00000000, 19440404",
        "00000000000000, 19440404",
        "99991231, 19440404",
        "99991231235959, 19440404",
        "19000101, 19440404"
    })
    void aBirthDateMayBeSaidInPartAndWithItsTime(String said, String born) throws Exception {
        study("34.1", 6, "P8", "SITE", "HUBER^JOSEF", "19440404", "M");
        accepted(new Adt("A08", hour(8)).pid("P8^^^SITE", "", said, ""));
        assertThat(shown("34.1")).startsWith("P8 HUBER^JOSEF " + born + " ");
    }

    @Test
    void anEventToComeAndOtherEventsAreRefusedAndAllOfThemWhereTheSiteDoesNotTakeThem() throws Exception {
        assertThat(his.send(
                        new Adt("A08", "29990101").pid("1^^^SITE", "", "", "").toString()))
                .contains("MSA|AE|", "ERR||EVN^1^2|102^");
        assertThat(his.send(new Adt("A01", hour(8)).pid("1^^^SITE", "", "", "").toString()))
                .contains("MSA|AR|", "ERR||MSH^1^9|201^");
        listen(Map.of("patient-updates", "false"));
        assertThat(his.send(new Adt("A08", hour(8)).pid("1^^^SITE", "", "", "").toString()))
                .contains("MSA|AR|", "ERR||MSH^1^9|200^");
    }

    /** A study that came after it stands by itself. */
    @Test
    void messagesThatNoStudyCanBeShownByAnyMoreGoThoughOneHasTheirId() throws Exception {
        study("18.1", 6, "A", "SITE", "DOE^JANE", "19700101");
        accepted(new Adt("A08", hour(8)).pid("A^^^SITE", "ROE^JANE", "", ""));
        study("18.2", 10, "A", "SITE", "ROE^JANE", "19700101");
        Instant later = Instant.now().plusSeconds(60);
        assertThat(database.inTransaction(() -> corrections.deleteBefore(later)))
                .isZero();
        database.inTransaction(() -> rows.delete("18.1", later));
        assertThat(database.inTransaction(() -> corrections.deleteBefore(later)))
                .isOne();
        assertThat(shown("18.2")).startsWith("A ROE^JANE");
    }

    /** No study is of B any more, and only its message says that B is another than Anna. */
    @Test
    void whatTellsWhoIsLeftStaysAsLongAsAMergeOfAStudysPatientLeadsThere() throws Exception {
        study("49.1", 6, "A1", "SITE", "Müller^Anna", "19500303", "F");
        study("49.2", 6, "B", "SITE", "Schmidt^Bert", "19600404", "M");
        accepted(new Adt("A08", hour(7)).pid("B^^^SITE", "Schmidt^Albert", "19600404", "M"));
        accepted(new Adt("A40", hour(8)).pid("B^^^SITE", "", "", "").mrg("A1^^^SITE"));
        Instant later = Instant.now().plusSeconds(60);
        database.inTransaction(() -> rows.delete("49.2", later));
        look();
        assertThat(database.inTransaction(() -> corrections.deleteBefore(later)))
                .isZero();
        study("49.1", 9, "A1", "SITE", "Müller^Anna", "");
        look();
        assertThat(shown("49.1")).startsWith("A1 Müller^Anna 19500303 F ");
        database.inTransaction(() -> rows.delete("49.1", later));
        assertThat(database.inTransaction(() -> corrections.deleteBefore(later)))
                .isEqualTo(2);
    }

    @Test
    void messagesStayAsLongAsAStudyIsOfTheirPatient() throws Exception {
        study("9.1", 6, "A", "SITE", "DOE^JANE", "19700101");
        accepted(new Adt("A40", hour(8)).pid("B^^^SITE", "", "", "").mrg("A^^^SITE"));
        accepted(new Adt("A40", hour(8)).pid("Y^^^SITE", "", "", "").mrg("X^^^SITE"));
        Instant later = Instant.now().plusSeconds(60);
        assertThat(database.inTransaction(() -> corrections.deleteBefore(later)))
                .isOne();
        database.inTransaction(() -> rows.delete("9.1", later));
        assertThat(database.inTransaction(() -> corrections.deleteBefore(later)))
                .isOne();
        assertThat(shown("9.1")).isEqualTo("null null null null null");
    }
}
