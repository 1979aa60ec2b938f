package org.rigatino.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.Tag;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.Frame;
import org.rigatino.image.FrameReference;
import org.rigatino.image.GrayFrames;

class ContentTimeTest {
    private static final FrameReference REFERENCE =
            new FrameReference("2.25.1", "2.25.2", "2.25.3", "1.2.840.10008.5.1.4.1.1.4", 1);

    @TempDir
    Path folder;

    private static AlgorithmIdentification at(String time) {
        return new AlgorithmIdentification(
                "brain-flair", "1", "ab".repeat(32), Optional.of(OffsetDateTime.parse(time)));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-28T19:20:21Z, +0100, 20261128, 202021",
        "2026-11-28T23:30:00Z, +0900, 20261129, 083000",
        "2026-11-28T01:30:00+02:00, -0330, 20261127, 200000",
        "2026-11-28T19:20:21+01:00, , 20261128, 192021",
        "2026-11-28T19:20:21+01:00, +9900, 20261128, 192021",
        "2026-11-28T19:20:21+01:00, JST, 20261128, 192021",
        "2026-02-28T23:59:59-05:00, +0000, 20260301, 045959",
    })
    void isToldInTheZoneOfTheObjectsOtherTimes(String time, String zone, String date, String clock) {
        Dataset object = new Dataset();
        if (zone != null) {
            object.put(Tag.TimezoneOffsetFromUTC, zone);
        }
        ContentTime.put(object, OffsetDateTime.parse(time));

        assertThat(object.string(Tag.ContentDate)).contains(date);
        assertThat(object.string(Tag.ContentTime)).contains(clock);
    }

    /** Of one frame; those of a series are begun alike. */
    @Test
    void everyObjectTellsWhenItWasMadeAndNotWhenItsSourceWas() throws IOException {
        AlgorithmIdentification algorithm = at("2026-11-28T19:20:21+01:00");
        Dataset source =
                PixelFiles.header(32, 32).put(Tag.ContentDate, "20200102").put(Tag.ContentTime, "030405");
        Frame frame = GrayFrames.of8Bit(REFERENCE, 32, 32, new byte[1024]);
        ImageFinding finding = new ImageFinding(REFERENCE, algorithm.digest(), 1, 50, false, new float[1024]);
        ResultConfiguration configuration = Configurations.of();
        for (EncodedObject object : List.of(
                SecondaryCapture.encode(source, frame, finding, algorithm, configuration),
                RestoredImage.encode(source, frame, frame.values(), finding, algorithm, configuration),
                TriptychCapture.encode(source, frame, frame.values(), finding, algorithm, configuration))) {
            Dataset header = Dataset.readHeader(Files.write(folder.resolve("object.dcm"), object.bytes()));
            assertThat(header.string(Tag.ContentDate)).contains("20261128");
            assertThat(header.string(Tag.ContentTime)).contains("192021");
            assertThat(header.items(Tag.ContributingEquipmentSequence).get(0).string(Tag.ContributionDateTime))
                    .contains("20261128192021+0100");
        }
        for (ObjectKind kind : ObjectKind.values()) {
            Dataset begun = kind.begin(source, List.of(new NamedFrame(REFERENCE, List.of())), algorithm, configuration);
            assertThat(begun.string(Tag.ContentDate)).as(kind.name()).contains("20261128");
            assertThat(begun.string(Tag.ContentTime)).as(kind.name()).contains("192021");
        }
    }

    @Test
    void changesNoUid() throws IOException {
        Dataset source = PixelFiles.header(32, 32);
        Dataset first = ObjectKind.TRIPTYCH.begin(
                source, List.of(new NamedFrame(REFERENCE, List.of())), at("2026-11-28T19:20:21Z"), Configurations.of());
        Dataset second = ObjectKind.TRIPTYCH.begin(
                source, List.of(new NamedFrame(REFERENCE, List.of())), at("2027-11-28T19:20:21Z"), Configurations.of());

        assertThat(first.string(Tag.SOPInstanceUID)).isEqualTo(second.string(Tag.SOPInstanceUID));
        assertThat(first.string(Tag.SeriesInstanceUID)).isEqualTo(second.string(Tag.SeriesInstanceUID));
    }
}
