package org.rigatino.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.Slow;
import org.rigatino.access.Actor;
import org.rigatino.audit.AuditTrail;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.patient.IdentityAttribute;
import org.rigatino.patient.StudyIdentity;

/** What is recorded, shown and found of whose studies are, on a real PostgreSQL as the application's role. */
@Slow
class IdentityRecordTest {
    private static final String STUDY = "2.25.1";
    private static final Actor ANNA = new Actor("anna", "192.0.2.7");

    private static DeliveryDatabase database;
    private static AuditTrail audit;
    private static IdentityRows rows;
    private static Identities identities;

    private String before;

    @BeforeAll
    static void start() throws Exception {
        database = new DeliveryDatabase();
        audit = database.bean(AuditTrail.class);
        rows = database.bean(IdentityRows.class);
        identities = database.bean(Identities.class);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void empty() throws Exception {
        database.execute("delete from identity_statement; delete from study_identity; delete from study_patient");
        before = database.query("select coalesce(max(id), 0) from audit_event").get(0);
    }

    private static StudyIdentity of(String patient, String name, String id, String accession) {
        Map<IdentityAttribute, String> values = new EnumMap<>(IdentityAttribute.class);
        values.put(IdentityAttribute.PATIENT_NAME, name);
        values.put(IdentityAttribute.PATIENT_ID, id);
        values.put(IdentityAttribute.ACCESSION_NUMBER, accession);
        return new StudyIdentity(patient, values);
    }

    private static StudyIdentity with(StudyIdentity identity, IdentityAttribute attribute, String value) {
        Map<IdentityAttribute, String> values = new EnumMap<>(identity.values());
        values.put(attribute, value);
        return new StudyIdentity(identity.patient(), values);
    }

    private static void record(String study, StudyIdentity... said) throws Exception {
        for (StudyIdentity each : said) {
            database.inTransaction(() -> {
                audit.append(rows.record(List.of(new Statement(study, each)), Instant.now()));
                return null;
            });
        }
    }

    private static Identity shown(String study, IdentityLevel level) {
        return identities.show(List.of(study), new Reader(level, ANNA)).get(study);
    }

    private static List<String> found(IdentityFilter filter) throws Exception {
        return database.inTransaction(() -> {
            List<String> conditions = new ArrayList<>(filter.conditions(IdentityLevel.FULL));
            conditions.add("true");
            var query = database.entities()
                    .createNativeQuery(
                            "select study_instance_uid from study_identity i where " + String.join(" and ", conditions)
                                    + " order by 1",
                            String.class);
            filter.parameters(IdentityLevel.FULL).forEach(query::setParameter);
            return List.copyOf(query.getResultList());
        });
    }

    private static IdentityFilter search(String text) {
        return IdentityFilter.of(text, null, null, null, null, null);
    }

    @Test
    void theSameOfManyInstancesIsKeptOnceAndItsDigestIsInTheTrail() throws Exception {
        StudyIdentity jane = of("p1", "DOE^JANE", "4711", "A1");
        record(STUDY, jane, jane, with(jane, IdentityAttribute.MODALITY, "MR"), jane);
        assertThat(database.query("select count(*) from identity_statement")).containsExactly("2");
        List<String> proved = database.query("select sha256 from identity_proof order by sha256");
        List<String> told = database.query("select right(detail, 64) from audit_event where kind = 'IDENTITY_RECORDED'"
                + " and id > " + before + " order by 1");
        assertThat(told).isEqualTo(proved).hasSize(2);
        assertThat(database.query(
                        "select kind || coalesce(subject, '') || detail from audit_event where id > " + before))
                .noneMatch(text -> text.contains("DOE") || text.contains("4711"));
    }

    @Test
    void whatSeriesSayIsShownTogetherAndWhatWasCorrectedAsItWasSaidLast() throws Exception {
        StudyIdentity first = with(of("p1", "DOE^JANE", "4711", "WRONG"), IdentityAttribute.MODALITY, "MR");
        StudyIdentity second = with(of("p1", "DOE^JANE", "4711", "RIGHT"), IdentityAttribute.MODALITY, "SR");
        record(STUDY, first, second, first);
        Identity shown = shown(STUDY, IdentityLevel.FULL);
        assertThat(shown.accessionNumber()).isEqualTo("RIGHT");
        assertThat(shown.modalities()).containsExactly("MR", "SR");
        assertThat(database.query("select accession_number from identity_statement order by id"))
                .containsExactly("WRONG", "RIGHT");
        assertThat(found(IdentityFilter.of(null, null, null, "wrong", null, null)))
                .containsExactly(STUDY);
        assertThatThrownBy(() -> database.inTransaction(() -> database.entities()
                        .createNativeQuery("update identity_statement set patient_name = 'X'")
                        .executeUpdate()))
                .hasStackTraceContaining("denied");
    }

    /** Of two patients none is shown, and both lead to the study; a person's word decides, and can be changed. */
    @Test
    void whereInstancesNameSeveralPatientsNoneIsShownUntilAPersonHasSaidWhoIsRight() throws Exception {
        record(STUDY, of("p1", "DOE^JANE", "4711", "A1"), of("p2", "ROE^RICHARD", "4712", "A1"));
        Identity doubt = shown(STUDY, IdentityLevel.FULL);
        assertThat(doubt.state()).isEqualTo(IdentityState.IN_DOUBT);
        assertThat(doubt.patientName()).isNull();
        assertThat(doubt.accessionNumber()).isNull();
        assertThat(found(search("roe"))).containsExactly(STUDY);
        decide("p2");
        assertThat(shown(STUDY, IdentityLevel.FULL).patientName()).isEqualTo("ROE^RICHARD");
        assertThat(found(search("doe"))).isEmpty();
        record(STUDY, of("p3", "POE^EDGAR", "4713", "A1"));
        assertThat(shown(STUDY, IdentityLevel.FULL).patientName()).isEqualTo("ROE^RICHARD");
        decide("p1");
        assertThat(shown(STUDY, IdentityLevel.FULL).patientName()).isEqualTo("DOE^JANE");
    }

    private static void decide(String patient) throws Exception {
        database.execute("delete from study_patient; insert into study_patient values ('" + STUDY + "', '" + patient
                + "', 'anna', now())");
        database.inTransaction(() -> {
            rows.decided(STUDY, Instant.now());
            return null;
        });
    }

    /** The rule of rigatino.ingest.unknown-patient-values, as for the images. */
    @Test
    void anUnknownValueOfTheSameIdIsFilledAndOneOfNoIdIsDoubt() throws Exception {
        StudyIdentity jane = with(of("p1", "DOE^JANE", "4711", "A1"), IdentityAttribute.PATIENT_SEX, "F");
        record(STUDY, jane, of("p2", "DOE^JANE", "4711", "A1"));
        assertThat(shown(STUDY, IdentityLevel.FULL).patientSex()).isEqualTo("F");
        record("2.25.2", of("p1", "DOE^JANE", "", "A1"), of("p2", "", "", "A1"));
        assertThat(shown("2.25.2", IdentityLevel.FULL).state()).isEqualTo(IdentityState.IN_DOUBT);
        // Bytes that differ and read the same: the images are refused, so no name is shown either.
        record("2.25.3", of("p1", "D\uFFFDE", "1", ""), of("p2", "D\uFFFDE", "1", ""));
        assertThat(shown("2.25.3", IdentityLevel.FULL).state()).isEqualTo(IdentityState.IN_DOUBT);
    }

    @Test
    void whoIsShownLessSeesAccessionNumberAgeAndSexAndWhoIsShownNothingNothing() throws Exception {
        StudyIdentity jane = with(of("p1", "DOE^JANE", "4711", "A1"), IdentityAttribute.PATIENT_BIRTH_DATE, "19700630");
        jane = with(with(jane, IdentityAttribute.STUDY_DATE, "20260629"), IdentityAttribute.PATIENT_SEX, "F");
        record(STUDY, with(jane, IdentityAttribute.STUDY_DESCRIPTION, "HEAD"));
        Identity less = shown(STUDY, IdentityLevel.ACCESSION);
        assertThat(less.toString()).doesNotContain("DOE", "4711", "1970", "2026", "HEAD");
        assertThat(less.age()).isEqualTo("055Y");
        assertThat(less.accessionNumber()).isEqualTo("A1");
        assertThat(less.patientSex()).isEqualTo("F");
        assertThat(shown(STUDY, IdentityLevel.NONE)).isNull();
        assertThat(shown("2.25.77", IdentityLevel.FULL).state()).isEqualTo(IdentityState.NOT_RECORDED);
        assertThat(database.query(
                        "select study_instance_uid || ' ' || actor || ' ' || address || ' ' || detail from study_access"
                                + " where kind = 'IDENTITY_VIEWED' and occurred_at >= (select occurred_at from audit_event where id = "
                                + before + " + 1)"))
                .containsExactly("2.25.1 anna 192.0.2.7 accession number, age and sex of the patient");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Müller^Jürgen | muller | true",
                "Müller^Jürgen | jür müll | true",
                "Müller^Jürgen | MÜLLER, JÜRGEN | true",
                "Müller^Jürgen | ller | false",
                "Strauß^Eva | strauss | true",
                "Διονύσιος | ΔΙΟΝΥΣΙΟΣ | true",
                "Διονύσιος | διονυσ | true",
                "Yamada^Tarou=山田^太郎=やまだ^たろう | 山田 | true",
                "Yamada^Tarou=山田^太郎=やまだ^たろう | 山田太郎 | false",
                "O'Neill^Mary | o'neill | true",
                "O'Neill^Mary | x' or 1=1 -- | false",
                "DOE^JANE | % | false",
                "DOE^JANE | D_E | false",
                "DOE^JANE | * | false",
                "DOE^JANE | doe:* & !jane | true",
                "DOE^JANE | doe' | true",
                "DOE^JANE | \\ | false",
                "DOE^JANE | 4711 | true",
                "DOE^JANE | 47 | true",
                "DOE^JANE | acc-9 | true",
                "DOE^JANE | A:ACC | false",
                "<script>alert(1)</script>^X | script | true"
            })
    void isFoundByTheBeginningsOfWordsAndByNothingThatIsAWildCard(String name, String text, boolean found)
            throws Exception {
        record(STUDY, of("p1", name, "4711", "ACC-9/1"));
        assertThat(found(search(text))).hasSize(found ? 1 : 0);
    }

    /** What somebody types never breaks the question: PostgreSQL would quote it in the log. */
    @Test
    void noTextBreaksTheQuestion() throws Exception {
        Random random = new Random(58);
        String hostile = "'\\\"&|!():*<->% _\u0000\uD800\u202Edo^=ä山\n";
        for (int run = 0; run < 300; run++) {
            StringBuilder text = new StringBuilder();
            for (int length = 1 + random.nextInt(8); length > 0; length--) {
                text.append(hostile.charAt(random.nextInt(hostile.length())));
            }
            String typed = text.toString();
            found(IdentityFilter.of(typed, typed, typed, typed, null, null));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"4711 ", "4711"})
    void numbersAreFoundAsAWhole(String id) throws Exception {
        record(STUDY, of("p1", "DOE^JANE", "4711", "Acc 1"));
        record("2.25.2", of("p1", "DOE^JANE", "47110", "Acc 12"));
        assertThat(found(IdentityFilter.of(null, null, id, null, null, null))).containsExactly(STUDY);
        assertThat(found(IdentityFilter.of(null, "doe", null, "ACC 1", null, null)))
                .containsExactly(STUDY);
        assertThat(found(search("471"))).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+300000-01-01", "+9000000-01-01", "-5000-01-01", "0000-12-31"})
    void aYearThatNoStudyHasIsRefused(String day) {
        assertThatThrownBy(() -> IdentityFilter.of(null, null, null, null, day, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from is no date");
    }

    @Test
    void daysAreOfTheStudysDateAndWhatIsNoDateIsFoundByNone() throws Exception {
        StudyIdentity jane = of("p1", "DOE^JANE", "4711", "A1");
        record(STUDY, with(jane, IdentityAttribute.STUDY_DATE, "20260629"));
        record("2.25.2", with(jane, IdentityAttribute.STUDY_DATE, "20260230"));
        assertThat(found(IdentityFilter.of(null, null, null, null, "2026-06-29", "2026-06-29")))
                .containsExactly(STUDY);
        assertThat(found(IdentityFilter.of(null, null, null, null, "2026-06-30", null)))
                .isEmpty();
        assertThatThrownBy(() -> IdentityFilter.of(null, null, null, null, "Doe", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("from is no date like 2026-11-29");
        assertThatThrownBy(() -> IdentityFilter.of(null, null, null, null, "2026-06-30", "2026-06-29"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsHostileIsRecordedAllTheSame() throws Exception {
        record(STUDY, of("p1", "ﷺ".repeat(256), "'".repeat(256), "\\".repeat(256)));
        record(STUDY, of("p1", "=^= ^", "%", "\u3000"));
        assertThat(shown(STUDY, IdentityLevel.FULL).state()).isEqualTo(IdentityState.RECORDED);
        for (int i = 0; i < 300; i++) {
            record("2.25.9", of("p1", ("w" + i + " ").repeat(30) + "x".repeat(100), "id" + i, "a" + i));
        }
        assertThat(shown("2.25.9", IdentityLevel.FULL).patientId()).isEqualTo("id299");
    }

    /** Who is not shown a name does not learn by looking for it whether it is there. */
    @Test
    void nobodyLooksForWhatTheyAreNotShown() {
        for (IdentityFilter names : List.of(
                IdentityFilter.of(null, "doe", null, null, null, null),
                IdentityFilter.of(null, null, "4711", null, null, null),
                IdentityFilter.of(null, null, null, null, "2026-06-29", null))) {
            assertThatThrownBy(() -> names.require(IdentityLevel.ACCESSION))
                    .isInstanceOf(IdentityFilter.NotForThemException.class)
                    .hasMessageContaining("rigatino.page.identity");
            names.require(IdentityLevel.FULL);
        }
        assertThatThrownBy(() -> search("doe").require(IdentityLevel.NONE))
                .isInstanceOf(IdentityFilter.NotForThemException.class);
        search("doe").require(IdentityLevel.ACCESSION);
        assertThat(search("doe").parameters(IdentityLevel.ACCESSION).values().toString())
                .doesNotContain("n:", "i:");
    }

    @Test
    void whatIsDeletedLeavesThatThereWasSomething() throws Exception {
        record(STUDY, of("p1", "DOE^JANE", "4711", "A1"));
        assertThat(database.inTransaction(() -> rows.delete(STUDY, Instant.now())))
                .isOne();
        assertThat(shown(STUDY, IdentityLevel.FULL).state()).isEqualTo(IdentityState.DELETED);
        assertThat(found(search("doe"))).isEmpty();
        record(STUDY, of("p1", "DOE^JANE", "4711", "A1"));
        assertThat(shown(STUDY, IdentityLevel.FULL).patientName()).isEqualTo("DOE^JANE");
    }
}
