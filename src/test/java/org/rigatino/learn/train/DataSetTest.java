package org.rigatino.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSetTest {
    @TempDir
    Path folder;

    @Test
    void columnsAreFoundByNameAndQuotesUndone() throws IOException {
        write("patient,file,label,mask,split,note", "p1,a.png,abnormal,m.png,dev_test,\"x, \"\"y\"\"\"");
        assertThat(Manifest.read(folder).entries())
                .containsExactly(new Manifest.Entry("a.png", "dev_test", true, Optional.of("m.png"), "p1"));
        assertThat(Manifest.fields("\"x, \"\"y\"\"\",,z")).containsExactly("x, \"y\"", "", "z");
    }

    @Test
    void whatIsWrongIsNamedWithItsLine() throws IOException {
        write("file,split,label,patient", "a.png,dev_test,normal,p1");
        assertThatIOException().isThrownBy(() -> Manifest.read(folder)).withMessageContaining("no column mask");
        write("file,split,label,mask,patient", "a.png,dev_test,healthy,,p1");
        assertThatIOException().isThrownBy(() -> Manifest.read(folder)).withMessageContainingAll("line 2", "healthy");
        write("file,split,label,mask,patient", "a.png,dev_test,normal,,p1", "b.png");
        assertThatIOException().isThrownBy(() -> Manifest.read(folder)).withMessageContaining("line 3");
    }

    private void write(String... lines) throws IOException {
        Files.write(folder.resolve("manifest.csv"), List.of(lines));
    }

    @Test
    void noPatientIsLearntFromAndHeldBack() {
        List<Manifest.Entry> entries = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            entries.add(new Manifest.Entry("f" + i, "train_normal", false, Optional.empty(), "p" + i % 20));
        }
        Holdout<Manifest.Entry> holdout = Holdout.byPatient(entries, 0.2, 1);
        List<String> learnt =
                holdout.training().stream().map(Manifest.Entry::patient).toList();
        List<String> held =
                holdout.validation().stream().map(Manifest.Entry::patient).toList();
        assertThat(held).doesNotContainAnyElementsOf(learnt);
        assertThat(held.stream().distinct()).hasSize(4);
        assertThat(learnt.size() + held.size()).isEqualTo(100);
        assertThat(Holdout.byPatient(entries, 0.2, 1)).isEqualTo(holdout);
        assertThat(Holdout.byPatient(entries, 0.2, 2)).isNotEqualTo(holdout);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Holdout.byPatient(entries.subList(0, 1), 0.2, 1))
                .withMessageContaining("two at least");
    }
}
