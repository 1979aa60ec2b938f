package org.rigatino.proof.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rigatino.proof.soak.SoakAudit.Expected;
import org.rigatino.proof.soak.SoakAudit.Overlay;
import org.rigatino.proof.soak.SoakAudit.Revision;
import org.rigatino.proof.soak.SoakAudit.Row;
import org.rigatino.proof.soak.SoakAudit.Sent;
import org.rigatino.proof.soak.SoakAudit.Verdict;

/** What is planted is found, and nothing else. */
class SoakAuditTest {
    private final List<Sent> sent = List.of(
            new Sent("1.1", "1", "A", Expected.OVERLAY),
            new Sent("1.2", "1", "A", Expected.NO_OVERLAY),
            new Sent("2.1", "2", "B", Expected.OVERLAY));
    private final List<Row> rows = new ArrayList<>(List.of(
            new Row("1.1", "1", "RESTORED", true),
            new Row("1.2", "1", "REFUSED", true),
            new Row("2.1", "2", "RESTORED", true)));
    private final List<Overlay> overlays =
            new ArrayList<>(List.of(new Overlay("9.1", "1", "A", "1.1", ""), new Overlay("9.2", "2", "B", "2.1", "")));
    private final List<Revision> revisions =
            new ArrayList<>(List.of(new Revision("1", 1, "CONFIRMED"), new Revision("2", 1, "CONFIRMED")));
    private Set<String> acknowledged = Set.of("1.1", "1.2", "2.1");

    private Verdict verdict() {
        return SoakAudit.of(sent, acknowledged, rows, overlays, revisions);
    }

    private static int[] counts(Verdict verdict) {
        return new int[] {
            verdict.lost().size(),
            verdict.doubled().size(),
            verdict.misfiled().size(),
            verdict.stuck().size()
        };
    }

    @Test
    void nothingIsWrongWhereAllIsThereOnce() {
        assertThat(verdict().clean()).isTrue();
    }

    @Test
    void anAcknowledgedInstanceThatIsNotOnRecordIsLost() {
        rows.remove(1);
        assertThat(counts(verdict())).containsExactly(1, 0, 0, 0);
    }

    @Test
    void anInstanceThatWasNotAcknowledgedMayBeMissing() {
        rows.remove(1);
        acknowledged = Set.of("1.1", "2.1");
        assertThat(verdict().clean()).isTrue();
    }

    @Test
    void anInstanceWhoseFileIsDamagedIsLost() {
        rows.set(1, new Row("1.2", "1", "REFUSED", false));
        assertThat(counts(verdict())).containsExactly(1, 0, 0, 0);
    }

    @Test
    void anEligibleInstanceWithoutOverlayIsLostWhateverTheRecordSays() {
        overlays.remove(0);
        assertThat(counts(verdict())).containsExactly(1, 0, 0, 0);
        assertThat(verdict().lost().get(0)).contains("1.1").contains("RESTORED");
    }

    @Test
    void anInstanceWithoutOutcomeIsLost() {
        rows.set(1, new Row("1.2", "1", "PENDING", true));
        assertThat(counts(verdict())).containsExactly(1, 0, 0, 0);
    }

    @Test
    void aSecondOverlayOfASourceIsDoubled() {
        overlays.add(new Overlay("9.3", "1", "A", "1.1", ""));
        assertThat(counts(verdict())).containsExactly(0, 1, 0, 0);
    }

    @Test
    void ofARealFileEitherMayComeButNotTwoOfOneFrame() {
        List<Sent> real = List.of(new Sent("3.1", "3", "C", Expected.EITHER));
        List<Row> row = List.of(new Row("3.1", "3", "RESTORED", true));
        List<Revision> revision = List.of(new Revision("3", 1, "CONFIRMED"));
        List<Overlay> frames = new ArrayList<>(
                List.of(new Overlay("9.1", "3", "C", "3.1", "1"), new Overlay("9.2", "3", "C", "3.1", "2")));
        assertThat(counts(SoakAudit.of(real, Set.of("3.1"), row, List.of(), revision)))
                .as("restored, and not in the PACS")
                .containsExactly(1, 0, 0, 0);
        List<Row> refused = List.of(new Row("3.1", "3", "REFUSED", true));
        assertThat(SoakAudit.of(real, Set.of("3.1"), refused, List.of(), revision)
                        .clean())
                .isTrue();
        assertThat(SoakAudit.of(real, Set.of("3.1"), row, frames, revision).clean())
                .isTrue();
        frames.add(new Overlay("9.3", "3", "C", "3.1", "2"));
        assertThat(counts(SoakAudit.of(real, Set.of("3.1"), row, frames, revision)))
                .containsExactly(0, 1, 0, 0);
    }

    @Test
    void anOverlayOfAnotherPatientOrStudyOrOfWhatNoneMayComeOfIsMisfiled() {
        overlays.set(0, new Overlay("9.1", "1", "B", "1.1", ""));
        assertThat(counts(verdict())).containsExactly(0, 0, 1, 0);
        overlays.set(0, new Overlay("9.1", "2", "A", "1.1", ""));
        assertThat(counts(verdict())).containsExactly(0, 0, 1, 0);
        overlays.set(0, new Overlay("9.1", "1", "A", "1.1", ""));
        overlays.add(new Overlay("9.3", "1", "A", "1.2", ""));
        overlays.add(new Overlay("9.4", "1", "A", "7.7", ""));
        assertThat(counts(verdict())).containsExactly(0, 0, 2, 0);
    }

    @Test
    void aStudyWithoutOutcomeOrRecordIsStuck() {
        revisions.set(0, new Revision("1", 1, "RESTORING"));
        revisions.remove(1);
        assertThat(counts(verdict())).containsExactly(0, 0, 0, 2);
    }
}
