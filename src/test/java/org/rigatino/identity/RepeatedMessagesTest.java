package org.rigatino.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.Slow;
import org.rigatino.access.Actor;
import org.rigatino.audit.AuditTrail;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.identity.PatientCorrections.Sender;
import org.rigatino.identity.PatientMessage.Id;
import org.rigatino.identity.PatientMessage.Kind;
import org.rigatino.patient.IdentityAttribute;
import org.rigatino.patient.StudyIdentity;

/**
 * What interface engines send again, often with another event time, after what spoke against it was deleted: on a real PostgreSQL. Study X is
 * Anna's, under A1, received at 6; study Y says that B is Bert.
 */
@Slow
class RepeatedMessagesTest {
    private static final String TAKEN = "rigatino.hl7.listen.patient-updates";
    private static final Actor ADAM = new Actor("adam", "192.0.2.7");
    private static final Map<IdentityAttribute, String> ANNA = said("Müller^Anna", "19500303", "F");
    private static final Map<IdentityAttribute, String> BERT = said("Schmidt^Bert", "19600404", "M");
    private static final Map<IdentityAttribute, String> CARL = said("Kühn^Carl", "19770707", "M");
    private static final Map<IdentityAttribute, String> NOTHING = said("", "", "");

    private static DeliveryDatabase database;
    private static AuditTrail audit;
    private static IdentityRows rows;
    private static PatientCorrections corrections;
    private static JoinedPatients joined;
    private static ListedMessages listed;
    private static TakenBackMessages takenBack;

    private int controlId;

    @BeforeAll
    static void start() throws Exception {
        database = new DeliveryDatabase();
        audit = database.bean(AuditTrail.class);
        rows = database.bean(IdentityRows.class);
        corrections = database.bean(PatientCorrections.class);
        database.bean(IdentityMarks.class);
        database.bean(DueStudies.class);
        joined = database.bean(JoinedPatients.class);
        listed = database.bean(ListedMessages.class);
        takenBack = database.bean(TakenBackMessages.class);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void take() throws Exception {
        System.setProperty(TAKEN, "true");
        database.execute("delete from study_identity; delete from identity_statement; delete from study_patient;"
                + " delete from identity_said; delete from identity_due; delete from identity_gone; delete from patient_doubt;"
                + " delete from patient_message; delete from study");
    }

    @AfterEach
    void takeNoMore() {
        System.clearProperty(TAKEN);
    }

    private static Map<IdentityAttribute, String> said(String name, String born, String sex) {
        return Map.of(
                IdentityAttribute.PATIENT_NAME, name,
                IdentityAttribute.PATIENT_BIRTH_DATE, born,
                IdentityAttribute.PATIENT_SEX, sex);
    }

    private static Instant at(String hour) {
        return Instant.parse("2026-01-02T00:00:00Z")
                .plus(Duration.ofMinutes(Math.round(60 * Double.parseDouble(hour))));
    }

    private static void study(String uid, String hour, String id, Map<IdentityAttribute, String> of) throws Exception {
        Map<IdentityAttribute, String> values = new EnumMap<>(of);
        values.put(IdentityAttribute.PATIENT_ID, id);
        values.put(IdentityAttribute.ISSUER_OF_PATIENT_ID, "SITE");
        database.execute("insert into study (study_instance_uid, revision, state, first_received_at, last_received_at)"
                + " values ('" + uid + "', 1, 'READY', now(), now()) on conflict do nothing");
        Statement statement = new Statement(uid, new StudyIdentity(id + of, values));
        database.inTransaction(() -> {
            audit.append(rows.record(List.of(statement), at(hour)));
            return null;
        });
    }

    private static void forget(String uid) throws Exception {
        database.inTransaction(() -> rows.delete(uid, at("12")));
    }

    private static String shown(String uid) throws Exception {
        return database.query(
                        "select patient_id || ' ' || patient_name from study_identity where study_instance_uid = '"
                                + uid + "'")
                .get(0);
    }

    private static PatientMessage message(String hour, Id patient, Id prior, Map<IdentityAttribute, String> values) {
        Kind kind = prior == null ? Kind.UPDATE : Kind.MERGE;
        return new PatientMessage(kind, at(hour), at(hour), patient, prior, values);
    }

    private void came(PatientMessage... messages) {
        Sender his = new Sender("HIS", "", "M" + controlId++, "192.0.2.1");
        corrections.take(his, List.of(messages), 10, Instant.now());
    }

    private static Id site(String id) {
        return new Id(id, "SITE");
    }

    private static PatientMessage merge(String hour, String into, String prior) {
        return message(hour, site(into), site(prior), NOTHING);
    }

    private static long ofHour(String hour, boolean held) throws Exception {
        return Long.parseLong(database.query("select max(id) from patient_message where event_at = '" + at(hour)
                        + "' and (voided_at is not null) = " + held)
                .get(0));
    }

    private static long into(String id, String hour) throws Exception {
        return Long.parseLong(database.query("select id from patient_message where event_at = '" + at(hour)
                        + "' and voided_at is null and patient_id = '" + id + "'")
                .get(0));
    }

    private static void decided(String uid, String patient) throws Exception {
        database.execute(
                "delete from study_patient; insert into study_patient (study_instance_uid, patient, decided_by, decided_at) values ('"
                        + uid + "', '" + patient + "', 'adam', now())");
        database.inTransaction(() -> {
            rows.decided(uid, at("12"));
            return null;
        });
    }

    /** A word each. */
    private void step(String step) throws Exception {
        String hour = step.replaceAll("[^0-9.]", "");
        switch (step.replaceAll("[0-9.]", "")) {
            case "merge" -> came(merge(hour, "B", "A1"));
            case "named" -> came(message(hour, site("B"), site("A1"), ANNA));
            case "both" -> came(merge(hour, "B", "A1"), merge(hour, "B", "A2"));
            case "contrary" -> came(merge(hour, "A1", "B"));
            case "away" -> came(merge(hour, "C", "A1"));
            case "back-to" -> came(merge(hour, "B", "C"));
            case "aside" -> came(merge(hour, "A2", "A1"));
            case "from-aside" -> came(merge(hour, "B", "A2"));
            case "elsewhere" -> came(message(hour, new Id("B", "ELSEWHERE"), site("A1"), NOTHING));
            case "back" -> takenBack.takeBack(ofHour(hour, false), null, ADAM, at("20"));
            case "in" -> takenBack.letIn(ofHour(hour, true), null, ADAM, at("21"));
            case "back-away" -> takenBack.takeBack(into("C", hour), null, ADAM, at("20"));
            case "gone" -> forget("Y");
            case "gone-x" -> forget("X");
            case "retention" ->
                database.inTransaction(
                        () -> corrections.deleteBefore(Instant.now().plusSeconds(60)));
            case "anna" -> study("Z", hour, "B", ANNA);
            case "second" -> study("X2", hour, "A1", ANNA);
            case "third" -> study("W3", hour, "A2", ANNA);
            case "carl" -> study("X", hour, "K", CARL);
            case "is-carl" -> decided("X", "K" + CARL);
            case "is-carl-too" -> decided("X", "A1" + CARL);
            case "is-anna" -> decided("X", "A1" + ANNA);
            case "series" -> study("X", hour, "A1", said("Müller^Anna", "", ""));
            case "look" -> joined.look();
            default -> throw new IllegalArgumentException(step);
        }
    }

    /** Bert's ID is shown of Anna's study where a person let the merge in, or nobody had ever said who B is, and never else. */
    @ParameterizedTest
    @CsvSource({
        // Again before it, with another time or the same.
        "merge8 gone look, A1",
        "merge8 merge9 gone look, A1",
        "merge9 merge8 gone look, A1",
        "merge8 merge8 gone look, A1",
        // Again after it: the same, later, earlier, before anything else is shown anew and after it.
        "merge8 gone merge8 look, A1",
        "merge8 gone merge9 look, A1",
        "merge8 gone look merge9, A1",
        "merge9 gone look merge8, A1",
        "merge8 gone look retention merge9 series10, A1",
        "merge8 gone look merge9 merge10 look series11, A1",
        "merge8 gone look named9, A1",
        "merge8 gone look both9, A1",
        "both8 gone look merge9, A1",
        // Images say another thing in between: they say nothing of whom B was before.
        "merge8 gone look anna9 merge10 look, A1",
        "merge8 anna9 gone look merge10, A1",
        // A contrary merge in between, or one to somebody else, which the first one kept nobody from.
        "merge8 gone look contrary8.5 merge9, A1",
        "merge8 contrary8.5 gone look merge9, A1",
        "contrary7 merge8 gone look merge9, A1",
        "merge8 gone look away8.5 merge9, C",
        "merge8 away8.5 gone look merge9, C",
        "merge8 gone look away8.5 back-to9, C",
        "merge8 gone look away8.5 back-to9 back9 back-to9 in9, B",
        // Of another authority it is another patient.
        "merge8 gone look elsewhere9, B",
        // Taken back in between: it is held.
        "merge8 back8 merge9 gone look, A1",
        "merge8 back8 gone look merge9, A1",
        "merge8 gone look back8 merge9, A1",
        "merge8 gone look back8 merge8 merge9 retention look, A1",
        "merge8 merge9 gone look back8, A1",
        "merge8 merge9 gone look back8 merge10, A1",
        // What a person lets in counts, as what is there has it.
        "merge8 gone look back8 merge8 in8, B",
        "merge8 gone look back8 merge9 in9, B",
        "merge8 gone look back8 merge9 in9 merge10 merge8 look series11, B",
        "merge8 gone look back8 merge9 in9 back9 merge10, A1",
        "merge8 back8 merge8 in8 gone look merge9, A1",
        "merge8 back8 merge8 in8 merge9 gone look, A1",
        // Nobody had doubted it.
        "gone merge8 look merge9, B",
    })
    void aMergeThatWasInDoubtIsSoWheneverItIsSaidAgain(String steps, String id) throws Exception {
        study("X", "6", "A1", ANNA);
        study("Y", "6", "B", BERT);
        joined.look();
        for (String step : steps.split(" ")) {
            step(step);
        }
        assertThat(shown("X")).isEqualTo(id + " Müller^Anna");
        if (id.equals("A1")) {
            study("X", "13", "A1", said("", "19500303", ""));
            joined.look();
            assertThat(shown("X")).as("for good").isEqualTo("A1 Müller^Anna");
        }
    }

    /** Whichever of Anna's studies is deleted, and whichever message has led elsewhere when what speaks against the merge is deleted. */
    @ParameterizedTest
    @CsvSource({
        // A doubt outlives its study as long as another one of the ID is there: in the order of retention.
        "merge8 second9 gone gone-x look merge10, X2, A1",
        "merge8 second9 gone gone-x look retention merge10, X2, A1",
        "merge8 gone look second9 gone-x look retention merge10, X2, A1",
        "merge8 second9 gone-x look retention gone look merge10 look, X2, A1",
        "merge8 second9 gone gone-x look back8 merge10 in10, X2, B",
        "merge8 second9 gone look gone-x aside9.5 look from-aside10, X2, A2",
        "merge8 second9 gone gone-x look retention aside9.5 look from-aside10 look, X2, A2",
        // What led elsewhere is taken back.
        "aside8 from-aside9 gone look merge10 back8 look, X, A1",
        "aside8 merge9 gone look retention from-aside10 look, X, A2",
        "away8 merge9 gone look back8, X, A1",
        "away8 merge9 gone look back8 merge10, X, A1",
        "merge9 away8 gone look retention back8, X, A1",
        "away8 merge8 gone look back-away8, X, A1",
        "merge8 away8 gone look back-away8, X, A1",
        "away8 gone merge9 look back8, X, B",
        "away8 merge9 gone look back8 back9 merge9 in9, X, B",
        // Nobody had said whose the images are, or somebody that they are another one's.
        "carl7 merge8 gone look is-anna, X, A1",
        "carl7 merge8 gone look retention is-anna merge9, X, A1",
        "carl7 gone merge8 look is-anna, X, B",
        "carl7 is-carl merge8 gone look is-anna, X, A1",
        "carl7 is-carl is-anna merge8 gone look series9, X, A1",
        // Another merge of the ID has led the second study away, or does.
        "merge8 second9 away9.5 gone look merge10 back9.5, X2, A1",
        "merge8 second9 away9.5 gone look merge9.2, X2, C",
        "merge8 second9 away9.5 gone look merge9.2, X, C",
        // The ID in doubt was merged into that of the third.
        "merge8 aside8.5 third9 gone look from-aside10, W3, A2",
        "merge8 aside8.5 third9 gone look from-aside10, X, A2",
    })
    void aMergeThatWasInDoubtIsSoForEachStudyThatItMightLead(String steps, String study, String id) throws Exception {
        study("X", "6", "A1", ANNA);
        study("Y", "6", "B", BERT);
        joined.look();
        for (String step : steps.split(" ")) {
            step(step);
        }
        assertThat(shown(study)).isEqualTo(id + " Müller^Anna");
    }

    /** As they do once an administrator has to let something in and each repetition is another message. */
    @Test
    void aMergeThatWasTakenBackIsHeldWithAnotherTimeTooAndSaysOfWhichItIs() throws Exception {
        study("X", "6", "A1", ANNA);
        came(merge("8", "B", "A1"));
        assertThat(shown("X")).startsWith("B ");
        long first = ofHour("8", false);
        takenBack.takeBack(first, null, ADAM, at("20"));
        came(merge("9", "B", "A1"));
        assertThat(shown("X")).startsWith("A1 ");
        assertThat(listed.list().get(0).isHeld()).isTrue();
        assertThat(listed.list().get(0).repeats()).isEqualTo(first);
        came(merge("9.5", "C", "A1"));
        assertThat(shown("X")).as("into somebody else").startsWith("C ");
    }

    /** Else neither of them would change anything, as the other still counts. */
    @Test
    void aMergeThatCameWithSeveralTimesIsLookedAtAndTakenBackAtOnce() throws Exception {
        study("X", "6", "A1", ANNA);
        came(merge("8", "B", "A1"));
        came(merge("9", "B", "A1"));
        came(merge("9", "B", "A2"));
        assertThat(shown("X")).startsWith("B ");
        long first = ofHour("8", false);
        assertThat(listed.effect(first).orElseThrow().studies()).containsOnlyKeys("X");
        assertThat(takenBack.takeBack(first, null, ADAM, at("20"))).contains(new TakenBackMessages.Settled(1, 1, 0));
        assertThat(shown("X")).startsWith("A1 ");
        assertThat(database.query(
                        "select detail from audit_event where kind = 'PATIENT_MESSAGE_TAKEN_BACK' order by id"))
                .last()
                .isEqualTo("MERGE, message " + first + ", with 1 more of the same: " + (first + 1));
        assertThat(database.query("select prior_id from patient_message where voided_at is null"))
                .containsExactly("A2");
    }

    /** The modality goes on under A1; the merge was before these images, and is said again after them. */
    @Test
    void aMergeInDoubtForAStudyIsSoForOthersOfItsIdThatWereNotShownByIt() throws Exception {
        study("X", "6", "A1", ANNA);
        study("Y", "6", "B", BERT);
        came(merge("8", "B", "A1"));
        study("X2", "9", "A1", ANNA);
        forget("Y");
        joined.look();
        came(merge("10", "B", "A1"));
        joined.look();
        assertThat(shown("X")).startsWith("A1 ");
        assertThat(shown("X2")).startsWith("A1 ");
    }

    /** Carl's images were made under Anna's ID by mistake. */
    @Test
    void aMergeInDoubtForAStudyStaysAppliedToOthersOfItsId() throws Exception {
        study("X", "6", "A1", ANNA);
        study("X2", "6", "A1", CARL);
        study("Y", "6", "B", ANNA);
        came(merge("8", "B", "A1"));
        assertThat(shown("X")).startsWith("B ");
        assertThat(shown("X2")).startsWith("A1 ");
        forget("Y");
        joined.look();
        came(merge("9", "B", "A1"));
        joined.look();
        assertThat(shown("X")).startsWith("B ");
        assertThat(shown("X2")).startsWith("A1 ");
    }

    /** Carl's images were sent under Anna's study; he was not merged into her, and she is what a person said and a merge made of her. */
    @Test
    void aMergeInDoubtForTheOtherPatientOfAStudyEndsNoneOfTheOneWhoIsShown() throws Exception {
        study("X", "6", "A1", ANNA);
        study("X", "6", "K", CARL);
        study("N1", "6", "N", ANNA);
        study("N2", "6", "N", ANNA);
        came(merge("8", "N", "K"));
        decided("X", "A1" + ANNA);
        came(merge("9", "N", "A1"));
        assertThat(shown("X")).isEqualTo("N Müller^Anna");
        forget("N2");
        joined.look();
        assertThat(shown("X")).isEqualTo("N Müller^Anna");
        decided("X", "K" + CARL);
        joined.look();
        assertThat(shown("X")).isEqualTo("K Kühn^Carl");
    }

    /**
     * Carl's images were sent under Anna's study and ID, which was merged into B. Whose B is decides of the one alone, and whichever a person said first to be
     * right, before or after the deletion.
     */
    @ParameterizedTest
    @CsvSource({
        "ANNA, is-anna, B Müller^Anna, A1 Kühn^Carl",
        "CARL, is-anna, A1 Müller^Anna, B Kühn^Carl",
        "ANNA, is-carl-too, B Müller^Anna, A1 Kühn^Carl",
        "CARL, is-carl-too, A1 Müller^Anna, B Kühn^Carl",
    })
    void aMergeInDoubtForOnePatientOfAStudyIsSoForThatOneAlone(String who, String first, String anna, String carl)
            throws Exception {
        Map<IdentityAttribute, String> of = who.equals("ANNA") ? ANNA : CARL;
        study("X", "6", "A1", ANNA);
        study("X", "6", "A1", CARL);
        study("N1", "6", "B", of);
        study("N2", "6", "B", of);
        came(merge("8", "B", "A1"));
        step(first);
        forget("N1");
        forget("N2");
        joined.look();
        for (String again : List.of("", "9", "10")) {
            if (!again.isEmpty()) {
                came(merge(again, "B", "A1"));
            }
            step("is-anna");
            joined.look();
            assertThat(shown("X")).isEqualTo(anna);
            step("is-carl-too");
            joined.look();
            assertThat(shown("X")).isEqualTo(carl);
        }
    }

    /** P is a man of 1950, as the study says that is deleted. */
    @ParameterizedTest
    @CsvSource({
        "HUBER^B,19900101,F,MEIER^A",
        "MEIER^ADAM,19500101,M,MEIER^ADAM",
        // In pieces, and with more than before.
        "HUBER^B,'','',MEIER^A",
        "HUBER^B,'',F,MEIER^A",
        "HUBER^B^C,19900101,'',MEIER^A",
        "HUBER^B,19500101,F,HUBER^B"
    })
    void anUpdateThatWasInDoubtIsSoWhereItSaysTheSameAgain(String name, String born, String sex, String shown)
            throws Exception {
        study("X", "6", "P", said("MEIER^A", "", ""));
        study("Y", "6", "P", said("MEIER^A", "19500101", "M"));
        came(message("8", site("P"), null, said("HUBER^B", "19900101", "F")));
        forget("Y");
        joined.look();
        came(message("9", site("P"), null, said(name, born, sex)));
        assertThat(shown("X")).isEqualTo("P " + shown);
    }

    /** Who lets in a piece says nothing of the rest. */
    @Test
    void aPieceOfAnUpdateInDoubtThatIsLetInCountsAloneAndTheWholeWithAllPieces() throws Exception {
        Map<IdentityAttribute, String> piece = said("HUBER^B", "", "");
        study("X", "6", "P", said("MEIER^A", "", ""));
        study("Y", "6", "P", said("MEIER^A", "19500101", "M"));
        came(message("8", site("P"), null, said("HUBER^B", "19900101", "F")));
        forget("Y");
        joined.look();
        came(message("9", site("P"), null, piece));
        assertThat(shown("X")).isEqualTo("P MEIER^A");
        takenBack.takeBack(ofHour("9", false), null, ADAM, at("20"));
        came(message("10", site("P"), null, piece));
        takenBack.letIn(ofHour("10", true), null, ADAM, at("21"));
        assertThat(shown("X")).isEqualTo("P HUBER^B");
        came(message("11", site("P"), null, said("HUBER^B", "19900101", "F")));
        assertThat(database.query("select patient_birth_date from study_identity where study_instance_uid = 'X'"))
                .containsExactly("");
    }

    /** Where the other study was here it was one wrong value alone, which counts. */
    @Test
    void aPieceThatCountedBeforeTheDeletionCountsOn() throws Exception {
        study("X", "6", "P", said("MEIER^A", "", ""));
        study("Y", "6", "P", said("MEIER^A", "19500101", "M"));
        came(message("8", site("P"), null, said("HUBER^B", "19900101", "F")));
        came(message("9", site("P"), null, said("HUBER^B", "", "")));
        assertThat(shown("X")).isEqualTo("P HUBER^B");
        forget("Y");
        joined.look();
        assertThat(shown("X")).isEqualTo("P HUBER^B");
        came(message("10", site("P"), null, said("", "19900101", "")));
        assertThat(database.query("select patient_birth_date from study_identity where study_instance_uid = 'X'"))
                .containsExactly("");
    }

    /** The same MSH-10, first of one second, then of the whole day, which may be after the images. */
    @Test
    void whatSaysTheSameOfAnotherSpanOfTimeIsAnotherMessage() throws Exception {
        study("X", "6", "P", said("MEIER^A", "", ""));
        for (String until : List.of("0", "23")) {
            PatientMessage message =
                    new PatientMessage(Kind.UPDATE, at("0"), at(until), site("P"), null, said("MEIER^ADAM", "", ""));
            controlId = 7;
            came(message);
        }
        assertThat(shown("X")).isEqualTo("P MEIER^ADAM");
    }

    @Test
    void anUpdateOfSeveralPersonsIsSoWhateverItSaysOfThem() throws Exception {
        study("X", "6", "P", said("HUBER^JOSEF", "19440404", "M"));
        study("Y", "6", "Q", said("DEMO^HEAD", "19700101", "M"));
        for (String hour : List.of("8", "9")) {
            Map<IdentityAttribute, String> both = said("BOTH^AT" + hour, "", "");
            came(message(hour, site("P"), null, both), message(hour, site("Q"), null, both));
            forget("Y");
            joined.look();
        }
        assertThat(shown("X")).isEqualTo("P HUBER^JOSEF");
        came(message("10", site("P"), null, said("HUBER^JOSEPH", "", "")));
        assertThat(shown("X")).as("of P alone").isEqualTo("P HUBER^JOSEPH");
    }
}
