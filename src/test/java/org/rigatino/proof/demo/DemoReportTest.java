package org.rigatino.proof.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rigatino.proof.demo.DemoReport.Row;

class DemoReportTest {
    private final DemoReport report = new DemoReport();

    @Test
    void nothingSentIsNoSuccess() {
        assertThat(report.summary())
                .isEqualTo("demo: 0 studies sent, 0 restored, 0 refused, 0 overlays confirmed in the PACS, 0 lost");
        assertThat(report.allEndedWell()).isFalse();
    }

    @Test
    void restoredAndRefusedStudiesEndWell() {
        report.add("1", new Row("head", Optional.of(confirmed(0.5, 2)), 2));
        report.add("2", new Row("ct", Optional.of(refused()), 0));

        assertThat(report.summary())
                .isEqualTo("demo: 2 studies sent, 1 restored, 1 refused, 2 overlays confirmed in the PACS, 0 lost");
        assertThat(report.allEndedWell()).isTrue();
    }

    @Test
    void aStudyWithoutOutcomeIsLost() {
        report.add("1", new Row("head", Optional.empty(), 0));

        assertThat(report.summary()).endsWith("1 lost");
        assertThat(report.allEndedWell()).isFalse();
        assertThat(report.table()).contains("head").contains("NONE");
    }

    @Test
    void aConfirmedOverlayThatThePacsDoesNotHaveIsLost() {
        report.add("1", new Row("head", Optional.of(confirmed(0.5, 2)), 1));

        assertThat(report.summary())
                .isEqualTo("demo: 1 studies sent, 0 restored, 0 refused, 1 overlays confirmed in the PACS, 1 lost");
    }

    @Test
    void ownInputIsRightOnlyWhereTheLesionScoresHigher() {
        assertThat(ownInput(0.5, 0.6).ownInputCameOutRight()).isTrue();
        assertThat(ownInput(0.6, 0.5).ownInputCameOutRight()).isFalse();
        assertThat(ownInput(0.5, 0.5).ownInputCameOutRight()).isFalse();
    }

    @Test
    void theTableBeginsWithTheMostAbnormalStudy() {
        assertThat(ownInput(0.5, 0.6).table().lines().skip(1).map(line -> line.split(" ")[0]))
                .containsExactly(DemoInput.LESION, DemoInput.HEAD, DemoInput.OUT_OF_SCOPE);
    }

    @Test
    void everyColumnHasAHeading() {
        List<String> table = ownInput(0.5, 0.6).table().lines().toList();

        assertThat(table.get(0).strip()).endsWith("reason");
        assertThat(table.get(0).indexOf("reason")).isEqualTo(table.get(3).indexOf("modality"));
    }

    @Test
    void anOutcomeTakesAllRevisionsTogether() throws JsonProcessingException {
        StudyOutcome outcome = StudyOutcome.of(
                new ObjectMapper()
                        .readTree(
                                """
                [{"study": {"state": "CONFIRMED", "imagesSeen": 2, "imagesRestored": 2, "percentile": 99.5},
                  "findings": [{"score": 3.5}, {"score": 1.5}],
                  "outputs": [{"sopInstanceUid": "2.25.1", "kind": "SECONDARY_CAPTURE"},
                              {"sopInstanceUid": "2.25.3", "kind": "SEGMENTATION"}],
                  "deliveries": [{"sopInstanceUid": "2.25.1", "state": "CONFIRMED"},
                                 {"sopInstanceUid": "2.25.3", "state": "CONFIRMED"}]},
                 {"study": {"state": "FAILED", "imagesSeen": 1, "imagesRestored": 0, "percentile": null,
                            "failedStage": "restore", "failureCause": "no memory"},
                  "findings": [], "deliveries": [{"sopInstanceUid": "2.25.2", "state": "SENT"}]}]"""));

        assertThat(outcome.state()).isEqualTo("FAILED");
        assertThat(outcome.reason()).isEqualTo("restore: no memory");
        assertThat(outcome.imagesSeen()).isEqualTo(3);
        assertThat(outcome.percentile()).contains(99.5);
        assertThat(outcome.score()).contains(3.5);
        assertThat(outcome.overlays()).containsExactly("2.25.1");
    }

    private static DemoReport ownInput(double head, double lesion) {
        DemoReport report = new DemoReport();
        int slices = FlairLikeHead.SLICES;
        report.add("1", new Row(DemoInput.HEAD, Optional.of(confirmed(head, slices)), slices));
        report.add("2", new Row(DemoInput.LESION, Optional.of(confirmed(lesion, slices)), slices));
        report.add("3", new Row(DemoInput.OUT_OF_SCOPE, Optional.of(refused()), 0));
        return report;
    }

    private static StudyOutcome confirmed(double score, int images) {
        return new StudyOutcome(
                "CONFIRMED",
                images,
                images,
                Optional.of(90.0),
                Optional.of(score),
                "HIGH",
                "",
                Optional.of(3.0),
                Optional.of(1.0),
                IntStream.range(0, images).mapToObj(image -> "2.25." + image).toList());
    }

    private static StudyOutcome refused() {
        return new StudyOutcome(
                "REFUSED",
                1,
                0,
                Optional.empty(),
                Optional.empty(),
                "",
                "modality",
                Optional.of(3.0),
                Optional.empty(),
                List.of());
    }
}
