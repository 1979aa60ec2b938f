package org.rigatino.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;
import org.rigatino.restore.AgeRange;
import org.rigatino.restore.UnknownBirthDates;
import org.rigatino.result.ObjectKind;

class HouseRulesTest {
    private static final Map<String, Set<ObjectKind>> TAKEN = Map.of(
            "pacs", Set.of(ObjectKind.SECONDARY_CAPTURE),
            "research", Set.of(ObjectKind.SECONDARY_CAPTURE, ObjectKind.SEGMENTATION));

    private static final String RULES =
            """
            rules:
              - name: research scanner
                when:
                  callingAeTitle: ["RESEARCH*", "TRIAL_?"]
                releases: [brain-flair/4]
                destinations:
                  research: [segmentation, parametric-map]
                urgency: LOW
              - name: emergency department
                when:
                  stationName: ER_MR
                  modality: MR
                urgency: stat
              - name: children
                when:
                  patientAge: {fromYears: 0, belowYears: 16}
                releases: []
            """;

    @TempDir
    Path folder;

    private static Dataset header() {
        return new Dataset()
                .put(Tag.Modality, "MR")
                .put(Tag.StationName, "WARD_MR")
                .put(Tag.PatientAge, "040Y");
    }

    private HouseRules rules(String text) throws IOException {
        return RulesFile.read(Files.writeString(folder.resolve("rules.yaml"), text));
    }

    private Ruling ruling(String sender, Dataset header) throws IOException {
        return rules(RULES).of(Subject.of(header).sentBy(sender));
    }

    @Test
    void whatNoRuleIsAboutIsAsWithoutRules() throws IOException {
        Ruling ruling = ruling("WARD", header());
        assertThat(ruling.keepsOut("chest/1")).isEmpty();
        assertThat(ruling.among(TAKEN)).isEqualTo(TAKEN);
        assertThat(ruling.howSoon()).isEqualTo(Urgency.ROUTINE);
    }

    @ParameterizedTest
    @CsvSource({"RESEARCH, LOW", "research_2, LOW", "TRIAL_1, LOW", "TRIAL_12, ROUTINE", "A_RESEARCH, ROUTINE"})
    void aSenderIsNamedByWildcards(String sender, Urgency urgency) throws IOException {
        assertThat(ruling(sender, header()).howSoon()).isEqualTo(urgency);
    }

    @Test
    void aRuleLetsItsReleasesLookAndItsDestinationsReceiveWhatTheyTake() throws IOException {
        Ruling ruling = ruling("RESEARCH", header());
        assertThat(ruling.keepsOut("brain-flair/4")).isEmpty();
        assertThat(ruling.keepsOut("brain-flair/5")).get().asString().contains("research scanner", "brain-flair/5");
        assertThat(ruling.among(TAKEN)).isEqualTo(Map.of("research", Set.of(ObjectKind.SEGMENTATION)));
    }

    @Test
    void eachQuestionIsDecidedByTheFirstRuleThatSaysSomethingOfIt() throws IOException {
        Dataset emergency = header().put(Tag.StationName, "ER_MR").put(Tag.PatientAge, "006M");
        assertThat(ruling("RESEARCH", emergency).howSoon())
                .as("the first of two")
                .isEqualTo(Urgency.LOW);
        Ruling ruling = ruling("WARD", emergency);
        assertThat(ruling.howSoon()).isEqualTo(Urgency.STAT);
        assertThat(ruling.keepsOut("brain-flair/4"))
                .as("the third, of which no other says anything")
                .isPresent();
        assertThat(ruling.destinations().value()).isEmpty();
    }

    @Test
    void whatIsAbsentMatchesNothing() throws IOException {
        Dataset silent = new Dataset().put(Tag.Modality, "MR");
        assertThat(ruling("WARD", silent).howSoon()).isEqualTo(Urgency.ROUTINE);
        assertThat(ruling("WARD", silent).keepsOut("brain-flair/4")).isEmpty();
    }

    /** What cannot be read is never taken for absent: a rule that asks for it may be about the image. */
    @Test
    void whatCannotBeReadLeavesUndecidedWhatTheRuleDecides() throws IOException {
        Dataset odd = header().put(Tag.PatientAge, "XVIII");
        assertThat(ruling("WARD", odd).keepsOut("brain-flair/4"))
                .get()
                .asString()
                .contains("children", "cannot be told from Patient's Age");
        assertThat(ruling("RESEARCH", odd).keepsOut("brain-flair/4"))
                .as("a rule before it decides")
                .isEmpty();
        Ruling unsent = rules(RULES).of(Subject.of(header()));
        assertThat(unsent.destinations().undecided()).get().asString().contains("research scanner");
        assertThat(unsent.howSoon()).isEqualTo(Urgency.ROUTINE);
    }

    @ParameterizedTest
    @CsvSource({
        "2020.01.01, 20260102, 6.0",
        "20200101, 20260102, 6.0",
        "20200101, '', unknown",
        "2020, 20260102, unknown",
        "20270101, 20260102, unknown",
        "'', 20260102, absent"
    })
    void anAgeThatNobodyCanTellIsNotAbsent(String birth, String study, String age) throws IOException {
        Dataset header = new Dataset()
                .put(Tag.Modality, "MR")
                .put(Tag.PatientBirthDate, birth)
                .put(Tag.StudyDate, study);
        assertThat(rules(RULES)
                        .of(Subject.of(header).sentBy("WARD"))
                        .keepsOut("brain-flair/4")
                        .isPresent())
                .isEqualTo(!age.equals("absent"));
    }

    @Test
    void aValueLongerThanAnyIsReadCannotBeTold() throws IOException {
        Dataset header = header().put(Tag.StationName, "A".repeat(2000));
        assertThat(rules(RULES).of(Subject.of(header).sentBy("WARD")).urgency().undecided())
                .isPresent();
    }

    /** A sender chooses the value, and reception waits for the answer. */
    @ParameterizedTest
    @CsvSource({"*A*A*A*A*B, false", "*A*A*A*A, true", "A*, true", "*, true", "A, false", "?*, true", "a*A, true"})
    void wildcardsTakeNoMoreStepsThanTheyMust(String pattern, boolean matches) {
        assertThat(Wildcards.match(pattern, "A".repeat(1024))).isEqualTo(matches);
    }

    @Test
    void everyRuleAnswersWhoTriesIt() throws IOException {
        List<HouseRules.Answer> answers =
                rules(RULES).answers(Subject.of(header()).sentBy("TRIAL_1"));
        assertThat(answers).extracting(HouseRules.Answer::fit).containsExactly(Fit.FITS, Fit.DIFFERS, Fit.DIFFERS);
        assertThat(answers.get(0).says())
                .extracting(RuleText::english)
                .containsExactly(
                        "may look: brain-flair/4", "research receives parametric-map, segmentation", "urgency LOW");
        assertThat(answers.get(1).why())
                .extracting(RuleText::english)
                .containsExactly("stationName is WARD_MR, asked for is ER_MR", "modality is MR, as asked");
        assertThat(answers.get(2).why()).singleElement().asString().contains("40.0 years", "0.0 to below 16.0");
    }

    @Test
    void anAgeIsToldWithOneDecimal() throws IOException {
        Dataset child = header().put(Tag.PatientAge, "127M");
        assertThat(rules(RULES).answers(Subject.of(child).sentBy("WARD")).get(2).why())
                .singleElement()
                .asString()
                .startsWith("patientAge is 10.6 years");
    }

    /** As of a child who is not known: what stands for no date of birth is no age, nor is one that nobody has reached. */
    @ParameterizedTest
    @CsvSource({
        "19000101, 20261130, ''",
        "1900.01.01, 20261130, ''",
        "18000101, 20261130, ''",
        "00010101, 20261130, ''",
        "19700101, 20261130, ''",
        "'', 20261130, 126Y",
        "20200101, 20261130, 126Y",
        "20200101, 20261130, 005Y|040Y",
        "20200101, 20261130, |040Y"
    })
    void anAgeThatNobodyHasCannotBeTold(String birth, String study, String age) throws IOException {
        UnknownBirthDates.enforce(Set.of("19700101", "00000000"));
        try {
            Dataset header = new Dataset()
                    .put(Tag.Modality, "MR")
                    .put(Tag.PatientBirthDate, birth)
                    .put(Tag.StudyDate, study)
                    .put(Tag.PatientAge, age.split("\\|"));
            assertThat(ruling("WARD", header).releases().undecided())
                    .get()
                    .asString()
                    .contains("children", "patientAge cannot be told");
            assertThat(AgeRange.years(header)).isEmpty();
        } finally {
            UnknownBirthDates.enforce(Set.of());
        }
    }

    @ParameterizedTest
    @CsvSource({"19061201, 20261130, 119", "19700102, 20261130, 56", "20261130, 20261130, 0"})
    void theOldestAndTheYoungestHaveAnAge(String birth, String study, int years) {
        Dataset header = new Dataset().put(Tag.PatientBirthDate, birth).put(Tag.StudyDate, study);
        assertThat(AgeRange.years(header).orElseThrow()).isBetween(years + 0.0, years + 1.0);
    }

    /** Nothing of the file is unreadable: nobody said who would send it. */
    @Test
    void aSenderThatNobodyEnteredIsNotTakenForOneThatCannotBeRead() throws IOException {
        Ruling ruling = rules(RULES).of(Subject.shown(Optional.empty(), header()));
        assertThat(ruling.destinations().undecided())
                .get()
                .asString()
                .endsWith("cannot be told: callingAeTitle was not entered");
        assertThat(rules(RULES).of(Subject.of(header())).destinations().undecided())
                .get()
                .asString()
                .endsWith("callingAeTitle is not known");
    }

    private static List<String> texts(List<RuleWarning> warnings) {
        return warnings.stream().map(RuleWarning::getText).toList();
    }

    @Test
    void rulesThatFailTheirStudiesAreTold() throws IOException {
        HouseRules rules = rules(
                """
                rules:
                  - {name: a, when: {modality: MR}, destinations: {pacs: segmentation}}
                  - {name: b, when: {modality: CT}, destinations: {research: [segmentation, triptych], reserch: all}}
                  - {name: c, when: {modality: DX}, destinations: {research: [assessment]}}
                  - {name: d, destinations: {pacs: all}}
                  - {name: e, when: {modality: US}, destinations: {nowhere: all}}
                """);
        assertThat(texts(rules.againstDestinations(TAKEN)))
                .containsExactly(
                        "rule \"a\" sends to pacs what that does not take: segmentation",
                        "rule \"a\" sends to pacs nothing that is made of a study: its studies fail",
                        "rule \"b\" sends to research what that does not take: triptych",
                        "rule \"b\" sends to reserch, which is not in force: its studies fail until an administrator adds it",
                        "rule \"c\" sends to research what that does not take: assessment",
                        "rule \"c\" sends to research nothing that is made of a study: its studies fail");
        assertThat(texts(rules.neverDeciding()))
                .containsExactly(
                        "rule \"e\" never decides destinations: rule \"d\" before it is about every image and does");
    }

    @Test
    void rulesByWhichAPromotionTakesImagesOutOfSightAreTold() throws IOException {
        HouseRules rules = rules(
                """
                rules:
                  - {name: proven, when: {modality: MR}, releases: [brain-flair/4]}
                  - {name: any, when: {modality: CT}, releases: [brain-flair]}
                  - {name: none, when: {modality: DX}, releases: []}
                  - {name: both, when: {modality: US}, releases: [brain-flair/4, brain-flair/5]}
                  - {name: rest, releases: [chest/1]}
                  - {name: behind, when: {modality: PT}, releases: [brain-flair/4]}
                """);
        assertThat(rules.lettingLook("brain-flair/4", List.of("brain-flair/5"))).containsExactly("proven");
        assertThat(rules.lettingLook("chest/1", List.of("chest/1"))).isEmpty();
        assertThat(texts(rules.withoutServing(List.of("brain-flair/5", "chest/1"))))
                .containsExactly(
                        "rule \"proven\" lets brain-flair/4 look, none of which serves: images that it is about are refused");
    }

    @Test
    void allStandsForEveryKind() throws IOException {
        HouseRules rules = rules("rules: [{name: a, destinations: {pacs: all}}]");
        assertThat(rules.of(Subject.of(header())).destinations().value().orElseThrow())
                .isEqualTo(Map.of("pacs", EnumSet.allOf(ObjectKind.class)));
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("", "no rules"),
                Arguments.of("rules:", "rules is empty"),
                Arguments.of("rules: [{name: a}]", "\"a\" decides nothing"),
                Arguments.of("rules: [{urgency: STAT}]", "line 1: a rule has no name"),
                Arguments.of(
                        "rules:\n  - {name: a, urgency: STAT}\n  -\n    urgency: LOW\n", "line 4: a rule has no name"),
                Arguments.of("rules:\n\t- name: a\n", "line 2: it is indented by a tab, which YAML does not take"),
                Arguments.of("rules:\n  - name: a\n  \t  urgency: STAT\n", "line 3: it is indented by a tab"),
                Arguments.of("rules:\n  - name: @a\n", "line 2: it is no YAML: found character '@'"),
                Arguments.of("# mine\nrule:\n  - name: a\n    urgency: STAT\n", "line 2: rule is none of rules"),
                Arguments.of(
                        "rules:\n  - name: a\n    destinations: []\n",
                        "line 3: rules [1] destinations: what stands there is of another kind than names of destinations"
                                + " with kinds of objects, as research: [segmentation], or all, which belongs there"),
                Arguments.of(
                        "rules:\n  - name: a\n    urgency: STAT\n    when: [MR]\n",
                        "line 4: rules [1] when: what stands there is of another kind than attributes with what is asked"),
                Arguments.of(
                        "rules:\n  - name: a\n    urgency: STAT\n    when:\n      modality: {a: b}\n",
                        "line 5: rules [1] when modality"),
                Arguments.of(
                        "rules:\n  - name: a\n    urgency: STAT\n    when:\n      modalty: MR\n",
                        "line 5: modalty is none of"),
                Arguments.of("rules: [{name: a, urgency: SOON}]", "urgency: SOON is none of LOW, ROUTINE, HIGH, STAT"),
                Arguments.of(
                        "rules: [{name: a, urgency: STAT, who: me}]",
                        "who is none of destinations, name, releases, urgency, when"),
                Arguments.of("rules: [{name: a, urgency: STAT, when: {modalty: MR}}]", "modalty is none of"),
                Arguments.of("rules: [{name: a, urgency: STAT, when: {modality: []}}]", "modality asks for nothing"),
                Arguments.of("rules: [{name: a, urgency: STAT}, {name: a, urgency: LOW}]", "two rules are named"),
                Arguments.of("rules: [{name: a, name: b, urgency: STAT}]", "line 1"),
                Arguments.of("rules: [{name: a, destinations: {}}]", "names no destination"),
                Arguments.of("rules: [{name: a, destinations: {pacs: []}}]", "no kind of object"),
                Arguments.of(
                        "rules: [{name: a, destinations: {pacs: pictures}}]",
                        "pictures, which is none of all, secondary-capture"),
                Arguments.of(
                        "rules: [{name: a, urgency: STAT, when: {patientAge: {fromYears: 9, belowYears: 3}}}]",
                        "ages are from 9.0"),
                Arguments.of("rules: [unclosed", "line "),
                Arguments.of("rules: 3", "rules"),
                Arguments.of("rules: [{name: a, urgency: 2}]", "urgency"),
                Arguments.of("rules: [{name: a, urgency: STAT, when: {callingAeTitle: }}]", "callingAeTitle is empty"),
                Arguments.of("rules:\n  - name: a\n    urgency: STAT\n    when:\n", "line 4: when is empty"),
                Arguments.of("rules: [{name: a, urgency: STAT, releases: }]", "releases is empty"),
                Arguments.of("rules: [{name: a, releases: [null]}]", "releases is empty"),
                Arguments.of("rules: [{name: a, releases: ['']}]", "releases is empty"),
                Arguments.of(
                        "rules: [{name: a, urgency: STAT, when: {modality: &m [MR]}}, {name: b, urgency: LOW, when: {modality: *m}}]",
                        "anchors and aliases are not read: write modality out"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aFileThatIsWrongIsRefusedInWords(String text, String says) {
        assertThatThrownBy(() -> rules(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("rigatino.rules.file, ")
                .hasMessageContaining(says)
                .message()
                .as("without Java's words")
                .doesNotContain("java.", "org.rigatino", "com.fasterxml");
    }

    @Test
    void theExampleOfTheDocumentIsRight() throws IOException {
        String document = Files.readString(Path.of("docs/operations.md"));
        HouseRules example = rules(document.split("```yaml\n", 2)[1].split("```", 2)[0]);
        assertThat(example.count()).isEqualTo(3);
        example.requireReleases(List.of("brain-flair/4"));
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> RulesFile.read(folder.resolve("absent.yaml")))
                .hasMessageContaining("absent.yaml")
                .hasMessageEndingWith(": there is no such file");
        assertThatThrownBy(() -> RulesFile.read(folder))
                .hasMessageContaining("it cannot be read: ")
                .message()
                .doesNotContain("java.");
    }

    @Test
    void aReleaseThatThereIsNotIsNamed() throws IOException {
        HouseRules rules = rules(RULES);
        rules.requireReleases(List.of("brain-flair/4", "chest/1"));
        assertThatThrownBy(() -> rules.requireReleases(List.of("brain-flair/3")))
                .hasMessageContaining("research scanner")
                .hasMessageContaining("brain-flair/4")
                .hasMessageContaining("these are brain-flair/3");
    }
}
