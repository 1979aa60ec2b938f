package org.rigatino.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.Slow;
import org.rigatino.dicom.SampleDicom;
import org.rigatino.dicom.Tool;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.Frame;
import org.rigatino.image.InstanceFrames;
import org.rigatino.image.SharedDisplay;
import org.rigatino.proof.demo.Dciodvfy;

/** Objects of a whole series and triptychs of real sources, read by a program that nobody here wrote. */
@Slow
class SeriesObjectsSamplesTest {
    private static final AlgorithmIdentification ALGORITHM = new AlgorithmIdentification(
            "brain-flair", "1", "ab".repeat(32), Optional.of(OffsetDateTime.parse("2026-03-04T05:06:07+01:00")));

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("org.rigatino.dicom.SampleDicom#ofManyKinds")
    void isValid(String name) throws Exception {
        Tool.assumeInstalled("dciodvfy");
        for (EncodedObject object : encode(SampleDicom.file(name))) {
            Path file = Files.write(folder.resolve("object.dcm"), object.bytes());
            String said = Tool.run("dciodvfy", "-new", file.toString()).output();
            assertThat(said.lines().filter(line -> line.startsWith("Error")).toList())
                    .as(object.sopClassUid())
                    .isEmpty();
            assertThat(Tool.run("dcmdump", "-q", file.toString()).exitCode()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wg04/REF/CT1_UNC.dcm",
                "wg04/REF/MR1_UNC.dcm",
                "single/gdcm-CR-MONO1-10-chest.dcm",
                "single/dx_image.dcm",
                "single/emri_small_RLE.dcm",
                "edge/chrArab.dcm",
                "edge/chrH31.dcm"
            })
    void aTriptychIsValidAndItsRestoredPaneLooksLikeTheSourceWhereNothingChanged(String name) throws Exception {
        Tool.assumeInstalled("dciodvfy");
        try (InstanceFrames frames = InstanceFrames.open(SampleDicom.file(name))) {
            Frame frame = frames.frame(1);
            ImageFinding finding = SecondaryCaptureSamplesTest.finding(frame);
            Path file = SeriesObjectsTest.captures(folder, frames.header(), frame, finding)
                    .get(ObjectKind.TRIPTYCH);
            assertThat(Dciodvfy.errors(file)).isEmpty();
            assertThat(Tool.run("dcmdump", "-q", file.toString()).exitCode()).isZero();
            assertThat(SharedDisplay.of(frames.header(), frame, frame.values())).isEqualTo(frame.display());
            float[] rounded = frame.values().clone();
            for (int i = 0; i < rounded.length; i++) {
                rounded[i] = Math.nextUp(rounded[i]);
            }
            byte[] shown = SharedDisplay.of(frames.header(), frame, rounded);
            int other = 0;
            for (int i = 0; i < shown.length; i++) {
                other += Math.abs((shown[i] & 0xFF) - (frame.display()[i] & 0xFF)) > 1 ? 1 : 0;
            }
            assertThat(other).as("pixels that are not padding").isLessThan(shown.length / 20);
        }
    }

    private List<EncodedObject> encode(Path source) throws IOException {
        try (InstanceFrames frames = InstanceFrames.open(source)) {
            SeriesObjects objects = new SeriesObjects(ALGORITHM, Configurations.of());
            for (int number = 1; number <= frames.count(); number++) {
                Frame frame = frames.frame(number);
                ImageFinding finding = SecondaryCaptureSamplesTest.finding(frame);
                objects.add(
                        frames.header(),
                        frame,
                        finding,
                        SeriesObjectsTest.captures(folder, frames.header(), frame, finding));
            }
            return objects.encode(EnumSet.allOf(ObjectKind.class));
        }
    }
}
