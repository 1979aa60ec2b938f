package org.rigatino.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rigatino.Patience;
import org.rigatino.dicom.PerformedStep.State;
import org.rigatino.dicom.PerformedStepScu.Answer;

/** Modality Performed Procedure Steps over a real association (PS3.4 F.7). */
class PerformedStepTest {
    private static final String STEP = "2.25.8";

    @TempDir
    Path folder;

    private Listening listening;

    @BeforeEach
    void start() throws IOException {
        listening = new Listening(folder);
    }

    @AfterEach
    void stop() throws IOException {
        listening.close();
    }

    @Test
    void aStepIsCreatedAndSet() throws IOException {
        assertThat(PerformedStepScu.create(listening.node(), STEP, "2.25.1", "4711"))
                .isEqualTo(new Answer(0, "", 0, 0, STEP));
        assertThat(PerformedStepScu.set(listening.node(), STEP, "COMPLETED", "2.25.21", "2.25.22"))
                .isEqualTo(new Answer(0, "", 0, 0, STEP));

        PerformedStep created = listening.performed.get("CREATE SENDER " + STEP);
        assertThat(created.state()).contains(State.IN_PROGRESS);
        assertThat(created.studyInstanceUids()).containsExactly("2.25.1");
        assertThat(created.patient().string(Tag.PatientID)).contains("4711");
        assertThat(created.series()).contains(List.of());
        PerformedStep set = listening.performed.get("SET SENDER " + STEP);
        assertThat(set.state()).contains(State.COMPLETED);
        assertThat(set.series().orElseThrow())
                .containsExactly(new PerformedStep.Series(List.of("2.25.21", "2.25.22"), 0));
    }

    @Test
    void whoGivesNoUidIsToldTheOneThatWasAssigned() throws IOException {
        Answer answer = PerformedStepScu.create(listening.node(), "", "2.25.1", "");
        assertThat(answer.status()).isZero();
        assertThat(listening.performed).containsOnlyKeys("CREATE SENDER " + answer.sopInstanceUid());
    }

    @Test
    void aRefusalIsSentWithCommentAndErrorId() throws IOException {
        listening.stepStatus = OperationStatus.MAY_NO_LONGER_BE_UPDATED;
        assertThat(PerformedStepScu.set(listening.node(), STEP, "COMPLETED", "2.25.21"))
                .isEqualTo(new Answer(
                        0x0110, "Performed Procedure Step Object may no longer be updated", 0xA710, 0, STEP));
        listening.stepStatus = OperationStatus.DUPLICATE_SOP_INSTANCE;
        assertThat(PerformedStepScu.create(listening.node(), STEP, "2.25.1", "").status())
                .isEqualTo(0x0111);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(0x0120, Tag.PerformedProcedureStepStatus, without(Tag.PerformedProcedureStepStatus)),
                Arguments.of(0x0120, Tag.ScheduledStepAttributesSequence, without(Tag.ScheduledStepAttributesSequence)),
                Arguments.of(
                        0x0121,
                        Tag.ScheduledStepAttributesSequence,
                        step().putItems(Tag.ScheduledStepAttributesSequence, List.of())),
                Arguments.of(
                        0x0120,
                        Tag.StudyInstanceUID,
                        step().putItems(Tag.ScheduledStepAttributesSequence, List.of(new Dataset()))),
                Arguments.of(0x0106, Tag.StudyInstanceUID, PerformedStepScu.created("no uid", "4711")),
                Arguments.of(0x0121, Tag.PerformedProcedureStepStatus, status("")),
                Arguments.of(0x0106, Tag.PerformedProcedureStepStatus, status("COMPLETED")),
                Arguments.of(0x0106, Tag.PerformedProcedureStepStatus, status("BEGUN")));
    }

    private static Dataset step() {
        return PerformedStepScu.created("2.25.1", "4711");
    }

    private static Dataset status(String status) {
        return step().put(Tag.PerformedProcedureStepStatus, status);
    }

    private static Dataset without(int tag) {
        Dataset left = new Dataset();
        for (int kept : List.of(Tag.ScheduledStepAttributesSequence, Tag.PerformedProcedureStepStatus, Tag.Modality)) {
            if (kept != tag) {
                left.copy(step(), kept);
            }
        }
        return left;
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatAStepLacksIsNamed(int status, int attribute, Dataset step) throws IOException {
        Answer answer = PerformedStepScu.create(listening.node(), STEP, step);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.attribute()).isEqualTo(attribute);
        assertThat(answer.comment()).contains(Tag.text(attribute)).doesNotContain("4711");
        assertThat(listening.performed).isEmpty();
    }

    @Test
    void aChangeIsJudgedAsWell() throws IOException {
        assertThat(PerformedStepScu.set(listening.node(), STEP, "DONE", "2.25.21")
                        .status())
                .isEqualTo(0x0106);
        assertThat(PerformedStepScu.set(listening.node(), STEP, "COMPLETED", "no uid")
                        .attribute())
                .isEqualTo(Tag.ReferencedSOPInstanceUID);
        assertThat(PerformedStepScu.set(listening.node(), "no uid", "COMPLETED").status())
                .isEqualTo(0x0117);
        assertThat(listening.performed).isEmpty();
    }

    private static Stream<Dataset> items(int count, int tag) {
        return IntStream.range(0, count).mapToObj(i -> new Dataset().put(tag, "2.25." + (i + 1)));
    }

    private static Dataset ofStudies(int count) {
        return step().putItems(
                        Tag.ScheduledStepAttributesSequence,
                        items(count, Tag.StudyInstanceUID).toList());
    }

    private static Dataset ofSeries(int series, int images, int others) {
        return new Dataset()
                .putItems(
                        Tag.PerformedSeriesSequence,
                        items(series, Tag.SeriesInstanceUID)
                                .map(one -> one.putItems(
                                                Tag.ReferencedImageSequence,
                                                items(images, Tag.ReferencedSOPInstanceUID)
                                                        .toList())
                                        .putItems(
                                                Tag.ReferencedNonImageCompositeSOPInstanceSequence,
                                                items(others, Tag.ReferencedSOPInstanceUID)
                                                        .toList()))
                                .toList());
    }

    @Test
    void aStepOfMoreThanCanBeTrueIsRefusedBeforeAnybodyIsAsked() throws IOException {
        Answer studies = PerformedStepScu.create(listening.node(), STEP, ofStudies(101));
        assertThat(studies.status()).isEqualTo(0x0213);
        assertThat(studies.comment()).isEqualTo("more than 100 studies in a step");
        Answer series = PerformedStepScu.set(listening.node(), STEP, ofSeries(1_001, 0, 0));
        assertThat(series.status()).isEqualTo(0x0213);
        assertThat(series.comment()).isEqualTo("more than 1000 series in a step");
        Answer objects = PerformedStepScu.set(listening.node(), STEP, ofSeries(2, 40_000, 10_001));
        assertThat(objects.status()).isEqualTo(0x0213);
        assertThat(objects.comment()).isEqualTo("more than 100000 objects in a step");
        Answer patient =
                PerformedStepScu.create(listening.node(), STEP, PerformedStepScu.created("2.25.1", "4711".repeat(65)));
        assertThat(patient.status()).isEqualTo(0x0106);
        assertThat(patient.attribute()).isEqualTo(Tag.PatientID);
        assertThat(listening.performed).isEmpty();

        assertThat(PerformedStepScu.create(listening.node(), STEP, ofStudies(100))
                        .status())
                .isZero();
        assertThat(PerformedStepScu.set(listening.node(), STEP, ofSeries(1_000, 10, 0))
                        .status())
                .isZero();
    }

    /** A modality that performs several scheduled steps of one study names it for each. */
    @Test
    void aStudyThatIsNamedOftenIsOne() throws IOException {
        Dataset step = step().putItems(
                        Tag.ScheduledStepAttributesSequence,
                        Stream.generate(() -> new Dataset().put(Tag.StudyInstanceUID, "2.25.1"))
                                .limit(101)
                                .toList());
        assertThat(PerformedStepScu.create(listening.node(), STEP, step).status())
                .isZero();
    }

    @Test
    void whatIsNoOperationOfTheClassIsUnrecognized() throws IOException {
        assertThat(PerformedStepScu.send(listening.node(), CommandSet.N_ACTION_RQ, STEP, step())
                        .status())
                .isEqualTo(0x0211);
    }

    @Test
    void whoMayNotSendMayNotTellOfSteps() throws IOException {
        try (Listening closed = new Listening(folder, Listening.rules(Set.of("SOMEBODY"), 10, Patience.STEP))) {
            assertThatExceptionOfType(AssociationRejectedException.class)
                    .isThrownBy(() -> PerformedStepScu.create(closed.node(), STEP, step()));
        }
    }
}
