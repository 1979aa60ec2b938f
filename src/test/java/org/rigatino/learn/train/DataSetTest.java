package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DataSetTest {
    @Test
    void noPatientIsLearntFromAndHeldBack() {
        List<Manifest.Entry> entries = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            entries.add(new Manifest.Entry(
                    i + 2,
                    "f" + i,
                    "train_normal",
                    false,
                    Optional.empty(),
                    "p" + i % 20,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()));
        }
        Holdout<Manifest.Entry> holdout = Holdout.byPatient(entries, Manifest.Entry::patient, 0.2, 1);
        List<String> learnt =
                holdout.training().stream().map(Manifest.Entry::patient).toList();
        List<String> held =
                holdout.validation().stream().map(Manifest.Entry::patient).toList();
        assertThat(held).doesNotContainAnyElementsOf(learnt);
        assertThat(held.stream().distinct()).hasSize(4);
        assertThat(learnt.size() + held.size()).isEqualTo(100);
        assertThat(Holdout.byPatient(entries, Manifest.Entry::patient, 0.2, 1)).isEqualTo(holdout);
        assertThat(Holdout.byPatient(entries, Manifest.Entry::patient, 0.2, 2)).isNotEqualTo(holdout);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Holdout.byPatient(entries.subList(0, 1), Manifest.Entry::patient, 0.2, 1))
                .withMessageContaining("two at least");
    }
}
