package org.rigatino.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rigatino.deliver.DestinationReason;
import org.rigatino.refusal.Reason;

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
