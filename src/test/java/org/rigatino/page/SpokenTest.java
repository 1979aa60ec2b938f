package org.rigatino.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.deliver.DestinationReason;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;
import org.rigatino.refusal.Reason;
import org.rigatino.rule.HouseRules;
import org.rigatino.rule.Subject;

/** Why something was refused is said in the visitor's language. */
class SpokenTest {
    private static final Pattern PLACE = Pattern.compile("\\{(\\d)}");

    @Test
    void everyReasonIsSaidInGermanWithAllOfItsValuesAndNoneIsLeftOver() {
        ResourceBundle german = ResourceBundle.getBundle("org.rigatino.page.refusals_de");
        List<Reason> reasons = reasons();
        assertThat(reasons).hasSizeGreaterThan(50);
        assertThat(new TreeSet<>(german.keySet()))
                .isEqualTo(reasons.stream().map(Spoken::key).collect(Collectors.toCollection(TreeSet::new)));
        for (Reason reason : reasons) {
            String key = Spoken.key(reason);
            assertThat(places(reason.english())).as(key).containsAll(places(german.getString(key)));
            if (!key.equals("DestinationReason.NO_OBJECTS")) {
                assertThat(places(german.getString(key))).as(key).isEqualTo(places(reason.english()));
            }
        }
    }

    @Test
    void valuesAreSaidAsTheyAreEvenWhereTheyLookLikePlaces() {
        RuntimeException refused = DestinationReason.PORT_NO_NUMBER.wrong("{7}%s$1");
        assertThat(refused).isInstanceOf(IllegalArgumentException.class);
        assertThat(Spoken.of(refused, Language.EN))
                .isEqualTo(new Spoken("port \"{7}%s$1\" is not a number from 1 to 65535", "en"));
        assertThat(Spoken.of(refused, Language.DE))
                .isEqualTo(new Spoken("Der Port \"{7}%s$1\" ist keine Zahl von 1 bis 65535.", "de"));
    }

    @Test
    void aCauseFromBelowStaysInEnglishWithinAGermanSentence() {
        assertThat(Spoken.of(DestinationReason.UNUSABLE.wrong("time-out PT0S"), Language.DE))
                .isEqualTo(new Spoken(
                        "Mit diesen Angaben ist das Ziel nicht zu erreichen. Die Ursache, auf Englisch: time-out PT0S",
                        "de"));
        assertThat(Spoken.of(new IllegalStateException("refused"), Language.DE)).isEqualTo(new Spoken("refused", "en"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rules: [{name: a, urgency: STAT, when: {modality: []}}]|Der Entwurf: Zeile 1: modality verlangt nichts: nennen"
                        + " Sie einen Wert, oder lassen Sie es weg.",
                "rules: [{name: a, urgency: SOON}]|Der Entwurf: Zeile 1: rules [1] urgency: SOON ist keines von LOW, ROUTINE, HIGH,"
                        + " STAT.",
                "rules: [{name: a, urgency: STAT, when: {modality: ''}}]|Der Entwurf: Zeile 1: modality ist leer: geben Sie einen"
                        + " Wert an, oder lassen Sie es weg.",
                "rules: x|Der Entwurf: Zeile 1: rules [1]: was da steht, ist anderer Art als das, was dort hingehört: eine Liste von"
                        + " Regeln, jede mit einem Namen, wie - name: research scanner."
            })
    void whatIsWrongInRulesIsSaidInGermanWithItsPlace(String rules, String says) {
        Throwable wrong = catchThrowable(() -> HouseRules.draft(rules.getBytes(StandardCharsets.UTF_8)));
        assertThat(Spoken.of(wrong, Language.DE)).isEqualTo(new Spoken(says, "de"));
    }

    @Test
    void whatARuleAsksAndAnImageHasIsSaidInGermanWithItsListsAndDecimals() {
        HouseRules rules = HouseRules.draft(
                """
                rules:
                  - name: a
                    when: {modality: [MR, PT], patientAge: {fromYears: 0.5, belowYears: 16}}
                    destinations: {research: all, pacs: [segmentation]}
                """
                        .getBytes(StandardCharsets.UTF_8));
        HouseRules.Answer answer = rules.answers(
                        Subject.of(new Dataset().put(Tag.Modality, "MR").put(Tag.PatientAge, "127M")))
                .get(0);
        assertThat(Stream.concat(answer.why().stream(), answer.says().stream())
                        .map(text -> Spoken.of(text.words(), Language.DE).text()))
                .containsExactly(
                        "modality ist MR, wie verlangt",
                        "patientAge ist 10,6 Jahre, verlangt ist 0,5 bis unter 16,0 Jahre",
                        "pacs erhält segmentation; research erhält alles");
        assertThat(answer.why().get(1).english())
                .isEqualTo("patientAge is 10.6 years, asked for is 0.5 to below 16.0 years");
    }

    private static List<Reason> reasons() {
        return new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(
                                "org.rigatino.access",
                                "org.rigatino.deliver",
                                "org.rigatino.ingest",
                                "org.rigatino.answer",
                                "org.rigatino.archive",
                                "org.rigatino.triage",
                                "org.rigatino.rerun",
                                "org.rigatino.rule",
                                "org.rigatino.release")
                        .stream()
                        .filter(one -> one.isAssignableTo(Reason.class))
                        .map(JavaClass::reflect)
                        .flatMap(one -> Stream.of((Reason[]) one.getEnumConstants()))
                        .toList();
    }

    private static TreeSet<String> places(String text) {
        return PLACE.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }
}
