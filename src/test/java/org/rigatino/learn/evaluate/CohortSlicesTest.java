package org.rigatino.learn.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.TransferSyntax;
import org.rigatino.restore.Refusal;

class CohortSlicesTest {
    private static final int SIDE = 8;

    @TempDir
    Path folder;

    private final List<String> manifest =
            new ArrayList<>(List.of("file,split,label,mask,patient,slice,slices_to_lesion"));

    /** The manifest says that all are slices of one series, one after another. */
    private void slice(double z, String patientId) throws IOException {
        int number = manifest.size();
        Dataset dataset = PixelFiles.flair("2.25.9" + number, SIDE, new short[SIDE * SIDE])
                .put(Tag.PatientID, patientId)
                .put(Tag.SliceThickness, "5")
                .put(Tag.ImagePositionPatient, "0", "0", Double.toString(z));
        Files.write(folder.resolve(number + ".dcm"), dataset.encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "TEST"));
        manifest.add(number + ".dcm,dev_test,normal,,p," + number + ",9");
    }

    private CohortSlices slices() throws IOException {
        Files.write(folder.resolve("manifest.csv"), manifest);
        return new CohortSlices(Cohort.read(folder, "dev_test", 1), image -> true);
    }

    /** As a worker asks, whatever their lines say. */
    @Test
    void ofDicomFilesTheirHeadersSayWhoIsWhoseNeighbour() throws IOException {
        slice(10, "T-1");
        slice(0, "T-1");
        slice(5, "T-1");
        slice(15, "T-2");
        slice(30, "T-1");
        CohortSlices slices = slices();
        assertThat(slices.around(0)).containsExactly(2, 0);
        assertThat(slices.around(2)).containsExactly(1, 2, 0);
        assertThat(slices.areNeighbours(0, 3)).as("two patients in one series").isFalse();
        assertThat(slices.areNeighbours(0, 1))
                .as("their numbers follow each other")
                .isFalse();
        assertThat(slices.around(4)).as("too far").containsExactly(4);
    }

    @Test
    void whatAReleaseRefusesIsNobodysNeighbour() throws IOException {
        slice(0, "T-1");
        slice(5, "T-1");
        slice(10, "T-1");
        CohortSlices slices = slices();
        slices.refuse(1, Refusal.of("foreground"));
        assertThat(slices.around(0)).containsExactly(0);
        assertThat(slices.areNeighbours(1, 2)).isFalse();
    }
}
