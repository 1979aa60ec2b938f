package org.rigatino.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.identity.PatientMessage.Id;
import org.rigatino.identity.PatientMessage.Kind;
import org.rigatino.patient.IdentityAttribute;
import org.rigatino.patient.NobodysValues;
import org.rigatino.patient.PatientValues;

/** What messages make of a patient, whichever came first. */
class CorrectionTest {
    private static final NobodysValues NOBODYS =
            new NobodysValues(Set.of("UNKNOWN", "0"), Set.of("UNKNOWN"), Set.of("19000101"));

    /** Hours of a day. */
    private static Instant at(int hour) {
        return Instant.parse("2026-01-02T00:00:00Z").plusSeconds(3600L * hour);
    }

    private static Id id(String id) {
        return new Id(id, "SITE");
    }

    private static PatientMessage update(int hour, String id, String name, String born) {
        return new PatientMessage(Kind.UPDATE, at(hour), at(hour), id(id), null, said(name, born));
    }

    private static PatientMessage merge(int hour, String prior, String into, String name) {
        return new PatientMessage(Kind.MERGE, at(hour), at(hour), id(into), id(prior), said(name, ""));
    }

    private static Map<IdentityAttribute, String> said(String name, String born) {
        return Map.of(IdentityAttribute.PATIENT_NAME, name, IdentityAttribute.PATIENT_BIRTH_DATE, born);
    }

    private static Map<IdentityAttribute, String> recorded(String issuer, String name, String born) {
        return Map.of(
                IdentityAttribute.PATIENT_ID, "A",
                IdentityAttribute.ISSUER_OF_PATIENT_ID, issuer,
                IdentityAttribute.PATIENT_NAME, name,
                IdentityAttribute.PATIENT_BIRTH_DATE, born);
    }

    /** Of a study of A, which came at 6; the same in every order of arrival. */
    private static Correction of(PatientMessage... messages) {
        List<PatientMessage> arrived = new ArrayList<>(List.of(messages));
        Correction first = of(arrived, recorded("SITE", "DOE^JANE", "19700101"), null);
        Collections.reverse(arrived);
        assertThat(of(arrived, recorded("SITE", "DOE^JANE", "19700101"), null)).isEqualTo(first);
        return first;
    }

    private static Correction of(
            List<PatientMessage> messages, Map<IdentityAttribute, String> recorded, String authority) {
        Id first = Id.of(recorded, authority);
        return new PatientCourse(recorded, at(6), messages, Map.of(), Map.of(), Map.of(), first, NOBODYS).follow();
    }

    @Test
    void theLastEventCountsAndWhatAMessageLeavesOutStays() {
        Correction correction = of(update(8, "A", "ROE^JANE", ""), update(7, "A", "POE^JANE", "19700101"));
        assertThat(correction.values()).isEqualTo(Map.of(IdentityAttribute.PATIENT_NAME, "ROE^JANE"));
        assertThat(correction.at()).isEqualTo(at(8));
    }

    /** What several say together is compared with the images, as if one said it. */
    @Test
    void afterOneCorrectionAnotherMakesNoOtherPersonOfIt() {
        PatientMessage born = update(9, "A", "", "19700102");
        Correction correction = of(update(8, "A", "ROE^JANE", ""), born, update(10, "A", "DOE^JANE", "19700103"));
        assertThat(correction.values()).isEqualTo(Map.of(IdentityAttribute.PATIENT_BIRTH_DATE, "19700103"));
        assertThat(correction.doubts()).isEqualTo(Map.of(born, Correction.Doubt.ANOTHER_PERSON));
        PatientMessage sex = new PatientMessage(
                Kind.UPDATE, at(9), at(9), id("A"), null, Map.of(IdentityAttribute.PATIENT_SEX, "M"));
        Map<IdentityAttribute, String> woman = new HashMap<>(recorded("SITE", "DOE^JANE", "19700101"));
        woman.put(IdentityAttribute.PATIENT_SEX, "F");
        assertThat(of(List.of(update(8, "A", "ROE^JOHN", ""), sex), woman, null).doubts())
                .containsOnlyKeys(sex);
    }

    /** What stood before it stands. */
    @Test
    void aMessageInDoubtTurnsNothingBackAndStopsNothing() {
        PatientMessage another = update(8, "A", "SOMEBODY^ELSE", "19900101");
        Correction correction =
                of(update(7, "A", "", "19700102"), another, merge(9, "A", "B", ""), update(10, "B", "", "19700103"));
        assertThat(correction.values())
                .isEqualTo(Map.of(
                        IdentityAttribute.PATIENT_ID, "B",
                        IdentityAttribute.PATIENT_BIRTH_DATE, "19700103"));
        assertThat(correction.doubts()).isEqualTo(Map.of(another, Correction.Doubt.ANOTHER_PERSON));
        assertThat(correction.birthDate()).isEqualTo("19700101");
    }

    @Test
    void whatTheImagesSaidLaterIsNotTurnedBack() {
        PatientMessage one = update(5, "A", "ROE^JANE", "");
        PatientMessage another = update(6, "A", "POE^JANE", "");
        PatientMessage merge = merge(5, "A", "B", "");
        Correction correction = of(one, another, merge, update(5, "A", "DOE^JANE", ""), update(5, "B", "ROE^JANE", ""));
        assertThat(correction.values()).isEmpty();
        assertThat(correction.doubts())
                .containsOnlyKeys(one, another, merge)
                .containsValue(Correction.Doubt.EARLIER_THAN_IMAGES);
    }

    /** Of a day or a minute, the last instant counts beside our clock. */
    @Test
    void whatMayHaveBeenAfterTheImagesCounts() {
        PatientMessage ofTheDay =
                new PatientMessage(Kind.UPDATE, at(0), at(24), id("A"), null, said("ROE^JANE", "19700101"));
        Correction correction = of(ofTheDay, merge(7, "A", "B", ""));
        assertThat(correction.values())
                .isEqualTo(Map.of(IdentityAttribute.PATIENT_ID, "B", IdentityAttribute.PATIENT_NAME, "ROE^JANE"));
        assertThat(correction.doubts()).isEmpty();
    }

    @Test
    void aMergedPatientIsShownUnderTheOneWhoIsLeftThroughEveryFurtherMerge() {
        Correction correction =
                of(merge(8, "B", "C", "ROE^JANE"), merge(7, "A", "B", "POE^JANE"), update(9, "C", "", "19700101"));
        assertThat(correction.values())
                .isEqualTo(Map.of(IdentityAttribute.PATIENT_ID, "C", IdentityAttribute.PATIENT_NAME, "ROE^JANE"));
        assertThat(correction.former()).containsExactly(id("A"), id("B"));
        assertThat(correction.at()).isEqualTo(at(9));
    }

    /** No study of it is here, and another merge says who that is. */
    @Test
    void aMergeIntoAnIdThatMessagesSayIsAnotherPersonsIsInDoubt() {
        PatientMessage into =
                new PatientMessage(Kind.MERGE, at(7), at(7), id("B"), id("X"), said("SOMEBODY^ELSE", "19900101"));
        PatientMessage merge = merge(8, "A", "B", "");
        Correction correction = of(into, merge);
        assertThat(correction.values()).isEmpty();
        assertThat(correction.doubts()).isEqualTo(Map.of(merge, Correction.Doubt.ANOTHER_PERSON));
    }

    /** What images came meanwhile says nothing of the other ID, and the merge's own values do not undo what was said of it. */
    @ParameterizedTest
    @CsvSource({"5,''", "7,''", "5,DOE^JANE", "7,DOE^JANE", "5,SOMEBODY^ELSE"})
    void whoeverAnIdWasByMessagesBeforeOrAfterTheImagesKeepsAMergeIntoItFromCounting(int hour, String name) {
        PatientMessage into =
                new PatientMessage(Kind.MERGE, at(hour), at(hour), id("Q"), id("X"), said("SOMEBODY^ELSE", "19900101"));
        String born = name.isEmpty() ? "" : "19700101";
        PatientMessage merge = new PatientMessage(Kind.MERGE, at(8), at(8), id("Q"), id("A"), said(name, born));
        assertInDoubt(merge, of(into, merge));
        assertInDoubt(merge, of(into, update(hour, "Q", "DOE^JANE", "19700101"), merge));
    }

    private static void assertInDoubt(PatientMessage merge, Correction correction) {
        assertThat(correction.values()).isEmpty();
        assertThat(correction.doubts()).isEqualTo(Map.of(merge, Correction.Doubt.ANOTHER_PERSON));
    }

    /** Before its images: it is compared, and not shown. */
    @Test
    void whatWasSaidOfWhoIsLeftBeforeTheImagesIsNotShownAndLetsTheSamePersonIn() {
        assertThat(of(update(5, "Q", "DOE^JANE^MARY", "19700102"), merge(8, "A", "Q", ""))
                        .values())
                .isEqualTo(Map.of(IdentityAttribute.PATIENT_ID, "Q"));
    }

    /** The ID may have been given anew. */
    @Test
    void whatIsSaidOfAnIdAfterItWasMergedIsOfNobodyOfIt() {
        Correction correction = of(merge(7, "A", "B", ""), update(8, "A", "NEW^PATIENT", "20200101"));
        assertThat(correction.values()).isEqualTo(Map.of(IdentityAttribute.PATIENT_ID, "B"));
        assertThat(of(merge(7, "A", "B", ""), merge(5, "B", "C", "")).values())
                .as("before it was merged into B")
                .isEqualTo(Map.of(IdentityAttribute.PATIENT_ID, "B"));
    }

    @Test
    void severalMergesOfAnIdAtOneTimeAreInDoubtAndSoIsWhatIsSaidOfItFromThenOn() {
        PatientMessage before = update(7, "A", "ROE^JANE", "");
        PatientMessage one = merge(8, "A", "B", "");
        PatientMessage another = merge(8, "A", "C", "");
        PatientMessage after = update(9, "A", "NEW^PATIENT", "");
        Correction correction = of(before, one, another, after);
        assertThat(correction.values()).isEqualTo(Map.of(IdentityAttribute.PATIENT_NAME, "ROE^JANE"));
        assertThat(correction.doubts())
                .containsOnlyKeys(one, another, after)
                .containsValue(Correction.Doubt.SEVERAL_MERGES);
        assertThat(of(one, merge(8, "A", "B", "ROE^JANE")).values()).containsEntry(IdentityAttribute.PATIENT_ID, "B");
    }

    /** The ID was given anew, to another patient. */
    @Test
    void aLaterMergeOfAnIdThatLedAwayLeavesTheFirstOneAsItIs() {
        Correction correction = of(
                merge(7, "A", "B", ""), update(8, "A", "NEW^PATIENT", "20200101"), merge(9, "A", "C", "NEW^PATIENT"));
        assertThat(correction.values()).isEqualTo(Map.of(IdentityAttribute.PATIENT_ID, "B"));
        assertThat(correction.doubts()).isEmpty();
    }

    @Test
    void aMergeThatIsTurnedBackByAnotherIsTurnedBack() {
        PatientMessage one = merge(7, "A", "B", "");
        assertThat(of(one, merge(8, "B", "A", "")).values()).isEmpty();
        assertThat(of(one, merge(8, "B", "A", ""), merge(9, "A", "B", "")).values())
                .isEqualTo(Map.of(IdentityAttribute.PATIENT_ID, "B"));
    }

    @Test
    void mergesOfOneSecondAreFollowedInAnyOrderAndWhatWasSaidOfWhoIsLeftCounts() {
        assertThat(of(merge(7, "B", "C", ""), merge(7, "A", "B", "")).values())
                .isEqualTo(Map.of(IdentityAttribute.PATIENT_ID, "C"));
        assertThat(of(update(7, "B", "ROE^JANE", ""), merge(8, "A", "B", "")).values())
                .isEqualTo(Map.of(IdentityAttribute.PATIENT_ID, "B", IdentityAttribute.PATIENT_NAME, "ROE^JANE"));
    }

    @ParameterizedTest
    @CsvSource({
        // before, after: name, birth date; in doubt
        "DOE^JANE,19700101,ROE^JANE,19700101,false",
        "DOE^JANE,19700101,DOE^JANE,19700110,false",
        "DOE^JANE,19700101,Doe^Jáne,19700110,false",
        "DOE^JANE,19700101,ROE^RICHARD,19800101,true",
        "UNKNOWN,19000101,ROE^RICHARD,19800101,false",
        "UNKNOWN,19700101,ROE^RICHARD,19800101,false",
        "DOE^JANE,'',ROE^RICHARD,19800101,false",
    })
    void nameAndBirthDateDoNotBothBecomeOthersUnlessTheyWereNobodys(
            String name, String born, String newName, String newBorn, boolean doubt) {
        Correction correction = of(List.of(update(7, "A", newName, newBorn)), recorded("SITE", name, born), null);
        assertThat(correction.doubts()).hasSize(doubt ? 1 : 0);
        assertThat(correction.values().isEmpty()).isEqualTo(doubt);
    }

    @Test
    void anIdWithoutIssuerIsOfTheAuthorityThatTheSiteNamesAndElseOfNobody() {
        List<PatientMessage> messages = List.of(merge(7, "A", "B", ""));
        Map<IdentityAttribute, String> recorded = recorded("", "DOE^JANE", "19700101");
        assertThat(of(messages, recorded, null)).isEqualTo(Correction.NONE);
        assertThat(of(messages, recorded, "OTHER")).isEqualTo(Correction.NONE);
        assertThat(of(messages, recorded, "SITE").values()).isEqualTo(Map.of(IdentityAttribute.PATIENT_ID, "B"));
        assertThat(of(messages, recorded("OTHER", "DOE^JANE", "19700101"), "SITE"))
                .isEqualTo(Correction.NONE);
    }

    private static PatientValues values(String id, String issuer, String name, String born, String sex) {
        return new PatientValues(List.of(id, issuer, name, born, sex));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "4711, SITE, DOE^JANE, 19700101, F, true",
                "4711, SITE, Doe^Jane^Q, 19700101, F, true",
                "4711, SITE, ROE^JANE, 19700101, F, true",
                "4711, SITE, DOE^JANE, 19700110, F, true",
                "4711, '', DOE^JANE, '', '', true",
                "4711, SITE, UNKNOWN, 19000101, M, true",
                "4712, SITE, DOE^JANE, 19700101, F, false",
                "'', SITE, DOE^JANE, 19700101, F, false",
                "4711, OTHER, DOE^JANE, 19700101, F, false",
                "4711, SITE, ROE^RITA, 19800202, F, false",
                "4711, SITE, ROE^RICHARD, 19700101, M, false",
                "4711, SITE, DOE^JANE, 19700110, M, false"
            })
    void aPersonTakesSpellingsOfOnePatientForOneAndNoTwoPatients(
            String id, String issuer, String name, String born, String sex, boolean one) {
        PatientValues jane = values("4711", "SITE", "DOE^JANE", "19700101", "F");
        PatientValues other = values(id, issuer, name, born, sex);
        assertThat(SamePatient.mayBeOne(List.of(jane, other), NOBODYS)).isEqualTo(one);
        assertThat(SamePatient.mayBeOne(List.of(other, jane), NOBODYS)).isEqualTo(one);
    }

    /** The ID tells nothing then. */
    @ParameterizedTest
    @CsvSource({
        "'', Doe^Jane^Q, 19700101, F, true",
        "'', DOE^JANE, '', '', true",
        "'', UNKNOWN, 19000101, F, true",
        "'', ROE^RITA, 19700101, F, false",
        "'', DOE^JANE, 19700110, F, false",
        "'', DOE^JANE, 19700101, M, false",
        "UNKNOWN, Doe^Jane^Q, 19700101, F, true",
        "unknown, ROE^RITA, 19700101, F, false",
        "000, DOE^JANE, 19700101, M, false",
    })
    void withoutAnIdOrWithOneOfNobodyASpellingContradictsNothing(
            String id, String name, String born, String sex, boolean one) {
        PatientValues jane = values(id, "SITE", "DOE^JANE", "19700101", "F");
        PatientValues other = values(id, "", name, born, sex);
        assertThat(SamePatient.mayBeOne(List.of(jane, other), NOBODYS)).isEqualTo(one);
        assertThat(SamePatient.mayBeOne(List.of(other, jane), NOBODYS)).isEqualTo(one);
    }
}
