package org.rigatino.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.TransferSyntax;

class TakenTest {
    @Test
    void whatIsReadOfAHeaderIsAllThatIsAskedOfIt(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("one.dcm");
        Files.write(
                file,
                new Dataset()
                        .put(Tag.SpecificCharacterSet, "ISO_IR 192")
                        .put(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.4")
                        .put(Tag.SOPInstanceUID, "2.25.1")
                        .put(Tag.FrameOfReferenceUID, "2.25.2")
                        .put(Tag.BodyPartExamined, "KNEE")
                        .put(Tag.Laterality, "L")
                        .put(Tag.ImageLaterality, "L")
                        .put(Tag.ViewPosition, "AP")
                        .put(Tag.SeriesNumber, "3")
                        .put(Tag.InstanceNumber, "4")
                        .put(Tag.NumberOfFrames, "5")
                        .encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "TEST"));
        Dataset read = Dataset.readOnly(file, BesideImages.TAGS);
        Dataset whole = Dataset.readHeader(file);
        assertThat(Taken.of(read)).isEqualTo(Taken.of(whole)).isEqualTo(new Taken("2.25.2", "KNEE", "L", "AP", false));
        assertThat(Slice.of(read)).isPresent().isEqualTo(Slice.of(whole));
    }
}
