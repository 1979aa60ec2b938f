package org.rigatino.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;
import org.rigatino.pipeline.SourceFile;
import org.rigatino.pipeline.StageException;
import org.rigatino.result.ObjectKind;
import org.rigatino.rule.HouseRules;
import org.rigatino.rule.Ruling;
import org.rigatino.rule.Subject;
import org.rigatino.worker.RuledDestinations.Before;

class RuledDestinationsTest {
    private static final Map<String, Set<ObjectKind>> TAKEN =
            Map.of("pacs", Set.of(ObjectKind.SECONDARY_CAPTURE), "research", Set.of(ObjectKind.SECONDARY_CAPTURE));

    private static final RuledDestinations EVERYWHERE =
            new RuledDestinations(TAKEN, Optional.empty(), Optional.empty());

    @TempDir
    Path folder;

    private HouseRules rules() throws Exception {
        Path file = Files.writeString(
                folder.resolve("rules.yaml"),
                """
                rules:
                  - {name: trial, when: {callingAeTitle: TRIAL}, destinations: {research: all}}
                  - {name: gone, when: {callingAeTitle: GONE}, destinations: {removed: all}}
                  - {name: urgent, when: {callingAeTitle: ER}, urgency: STAT}
                """);
        return HouseRules.read(() -> Optional.of(file));
    }

    private RuledDestinations of(String... senders) throws Exception {
        List<Ruling> rulings = new ArrayList<>();
        for (String sender : senders) {
            rulings.add(
                    rules().of(Subject.of(new Dataset().put(Tag.Modality, "MR")).sentBy(sender)));
        }
        return RuledDestinations.one(rulings, TAKEN);
    }

    @Test
    void aStudyGoesWhereItsRuleSays() throws Exception {
        assertThat(of("TRIAL", "TRIAL").asked()).isEqualTo(Map.of("research", Set.of(ObjectKind.SECONDARY_CAPTURE)));
        assertThat(of("TRIAL").rule()).contains("rule \"trial\"");
        assertThat(of("TRIAL").let().orElseThrow().get("research"))
                .as("what may go there later, too")
                .contains(ObjectKind.ASSESSMENT);
    }

    @Test
    void aStudyOfWhichNoRuleSaysAnythingGoesEverywhere() throws Exception {
        assertThat(of("WARD", "ER")).isEqualTo(EVERYWHERE);
        assertThat(of()).as("of which nothing is restored").isEqualTo(EVERYWHERE);
    }

    /** Half of it must not go where the other half may. */
    @Test
    void aStudyWhoseImagesAreToGoToDifferentPlacesGoesNowhere() {
        assertThatThrownBy(() -> of("TRIAL", "WARD"))
                .isInstanceOf(StageException.class)
                .hasMessageContaining("different destinations, by no rule and rule \"trial\"")
                .hasMessageContaining("replay the study");
    }

    @Test
    void aRuleWhoseDestinationIsNotInForceSendsNowhere() {
        assertThatThrownBy(() -> of("GONE"))
                .isInstanceOf(StageException.class)
                .hasMessageContaining(
                        "rule \"gone\" sends it to removed, which is not in force: these are pacs, research");
    }

    @Test
    void whatNobodyCanTellGoesNowhere() {
        assertThatThrownBy(() -> RuledDestinations.one(
                        List.of(rules().of(Subject.of(new Dataset().put(Tag.Modality, "MR")))), TAKEN))
                .isInstanceOf(StageException.class)
                .hasMessageContaining("whether rule \"trial\" is about it cannot be told");
    }

    @Test
    void aFileOfWhichObjectsStandIsAskedToo() throws Exception {
        HouseRules rules = rules();
        RestoredStudy nothing = new RestoredStudy(null);
        SourceFile before = new SourceFile(1, "2.25.1", written(), Optional.empty(), Optional.of("TRIAL"));
        Before there = new Before(before, null);
        assertThat(RuledDestinations.of(rules, nothing, List.of(there), TAKEN).asked())
                .containsOnlyKeys("research");
        assertThat(RuledDestinations.of(HouseRules.NONE, nothing, List.of(there), TAKEN)
                        .asked())
                .isEqualTo(TAKEN);
    }

    /** Late images come after retention, too. */
    @Test
    void ofAnImageWhoseFileIsGoneCountsWhatWasSaidThen() throws Exception {
        SourceFile gone =
                new SourceFile(1, "2.25.1", folder.resolve("gone.dcm"), Optional.empty(), Optional.of("WARD"));
        RestoredStudy nothing = new RestoredStudy(null);
        assertThat(RuledDestinations.of(rules(), nothing, List.of(new Before(gone, null)), TAKEN))
                .isEqualTo(EVERYWHERE);
        Before sent = new Before(
                gone, "{\"research\": [\"SECONDARY_CAPTURE\", \"A_KIND_OF_THEN\"], \"removed\": [\"SEGMENTATION\"]}");
        assertThat(RuledDestinations.of(rules(), nothing, List.of(sent), TAKEN).asked())
                .containsOnlyKeys("research");
    }

    private Path written() throws Exception {
        byte[] file = new Dataset()
                .put(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.4")
                .put(Tag.SOPInstanceUID, "2.25.1")
                .put(Tag.Modality, "MR")
                .encode("1.2.840.10008.1.2.1", "TEST");
        return Files.write(folder.resolve("1.dcm"), file);
    }
}
