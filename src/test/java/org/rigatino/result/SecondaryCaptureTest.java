package org.rigatino.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
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
import org.rigatino.image.ImagePlane;

class SecondaryCaptureTest {
    private static final AlgorithmIdentification ALGORITHM =
            new AlgorithmIdentification("brain-flair", "1", "ab".repeat(32));
    private static final AlgorithmIdentification NEXT =
            new AlgorithmIdentification("brain-flair", "2", "cd".repeat(32));
    private static final int SIDE = 160;

    @TempDir
    Path folder;

    private static Dataset source() {
        return PixelFiles.header(SIDE, SIDE)
                .put(Tag.PatientName, "Test^Rigatino")
                .put(Tag.PatientID, "ID 1")
                .put(Tag.PatientBirthDate, "19700101")
                .put(Tag.PatientSex, "O")
                .put(Tag.StudyDate, "20200102")
                .put(Tag.StudyTime, "030405")
                .put(Tag.SeriesNumber, 7)
                .put(Tag.InstanceNumber, 12)
                .put(Tag.FrameOfReferenceUID, "2.25.77")
                .put(Tag.ImagePositionPatient, "-80", "-80", "12.5")
                .put(Tag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0")
                .put(Tag.PixelSpacing, "1", "1")
                .put(Tag.SliceThickness, "5")
                .put(Tag.RescaleSlope, "2")
                .put(Tag.RescaleIntercept, "1")
                .put(Tag.WindowCenter, "40")
                .put(Tag.WindowWidth, "400")
                .put(Tag.PixelPaddingValue, 0);
    }

    private static Frame frame(int number) {
        byte[] gray = new byte[SIDE * SIDE];
        float[] values = new float[SIDE * SIDE];
        for (int i = 0; i < gray.length; i++) {
            gray[i] = (byte) ((i / SIDE + i % SIDE) % 256);
            values[i] = gray[i] & 0xFF;
        }
        ImagePlane plane = new ImagePlane(new double[] {1, 0, 0, 0, 1, 0}, new double[] {-80, -80, 12.5}, "2.25.77");
        FrameReference reference =
                new FrameReference("2.25.1", "2.25.2", "2.25.3", "1.2.840.10008.5.1.4.1.1.4", number);
        return new Frame(reference, SIDE, SIDE, values, gray, Optional.of(plane), Optional.empty());
    }

    private static ImageFinding finding(Frame frame) {
        float[] map = new float[SIDE * SIDE];
        for (int i = 0; i < map.length; i++) {
            map[i] = (i / SIDE == 80) ? i % SIDE / 10f : 0;
        }
        return new ImageFinding(frame.reference(), ALGORITHM.digest(), 2.5, 99.96, true, map);
    }

    private static EncodedObject encode(Dataset source, AlgorithmIdentification algorithm, String... configuration)
            throws IOException {
        return SecondaryCapture.encode(
                source, frame(1), finding(frame(1)), algorithm, Configurations.of(configuration));
    }

    private Dataset read(EncodedObject object) throws IOException {
        return Dataset.readHeader(Files.write(Files.createTempFile(folder, "object", ".dcm"), object.bytes()));
    }

    /** Fails where the same input gives other bytes than before: then raise the form in ConfigurationDigest. */
    @Test
    void bytesAreTheSameOnEveryMachine() throws Exception {
        assertThat(DigestUtils.sha256Hex(encode(source(), ALGORITHM).bytes()))
                .isEqualTo("d0c8b991973e5a7733e45a5db02fd3c6c72ef4d60ef361434720b6ead209a6c0");
    }

    @Test
    void uidsChangeWithModelConfigurationAndFrameAndWithNothingElse() throws IOException {
        EncodedObject first = encode(source(), ALGORITHM);
        EncodedObject second = encode(source(), NEXT);
        EncodedObject configured = encode(source(), ALGORITHM, "level", "4");
        EncodedObject otherFrame =
                SecondaryCapture.encode(source(), frame(2), finding(frame(2)), ALGORITHM, Configurations.of());

        assertThat(encode(source(), ALGORITHM)).usingRecursiveComparison().isEqualTo(first);
        assertThat(List.of(first, second, configured, otherFrame))
                .extracting(EncodedObject::sopInstanceUid)
                .doesNotHaveDuplicates();
        assertThat(List.of(first, second, configured))
                .extracting(EncodedObject::seriesInstanceUid)
                .doesNotHaveDuplicates();
        assertThat(otherFrame.seriesInstanceUid()).isEqualTo(first.seriesInstanceUid());
    }

    @Test
    void belongsToPatientStudyAndPlaneOfItsSource() throws IOException {
        Dataset capture = read(encode(source(), ALGORITHM));

        assertThat(capture.string(Tag.PatientName)).contains("Test^Rigatino");
        assertThat(capture.string(Tag.PatientID)).contains("ID 1");
        assertThat(capture.string(Tag.StudyInstanceUID)).contains("2.25.1");
        assertThat(capture.strings(Tag.ImagePositionPatient)).containsExactly("-80", "-80", "12.5");
        assertThat(capture.strings(Tag.ImageOrientationPatient)).containsExactly("1", "0", "0", "0", "1", "0");
        assertThat(capture.strings(Tag.PixelSpacing)).containsExactly("1", "1");
        assertThat(capture.string(Tag.FrameOfReferenceUID)).contains("2.25.77");
        assertThat(capture.strings(Tag.PatientOrientation)).containsExactly("L", "P");
        assertThat(capture.string(Tag.ContentDate)).contains("20200102");
        assertThat(capture.string(Tag.ContentTime)).contains("030405");
        Dataset image = capture.items(Tag.SourceImageSequence).get(0);
        assertThat(image.string(Tag.ReferencedSOPInstanceUID)).contains("2.25.3");
        assertThat(image.contains(Tag.ReferencedFrameNumber)).isFalse();
    }

    @Test
    void writesWhatMustBeThereEmptyAndInventsNothing() throws IOException {
        Dataset bare = PixelFiles.header(SIDE, SIDE);
        Dataset capture = read(encode(bare, ALGORITHM));

        for (int tag : new int[] {Tag.PatientName, Tag.PatientID, Tag.AccessionNumber, Tag.StudyID, Tag.StudyDate}) {
            assertThat(capture.contains(tag)).as(Tag.text(tag)).isTrue();
            assertThat(capture.string(tag)).as(Tag.text(tag)).isEmpty();
        }
        for (int tag : new int[] {Tag.IssuerOfPatientID, Tag.SpecificCharacterSet, Tag.BurnedInAnnotation}) {
            assertThat(capture.contains(tag)).as(Tag.text(tag)).isFalse();
        }
    }

    @Test
    void leavesGrayScaleTransformsAndPaddingBehind() throws IOException {
        Dataset capture = read(encode(source(), ALGORITHM));

        for (int tag : new int[] {
            Tag.WindowCenter, Tag.WindowWidth, Tag.RescaleSlope, Tag.RescaleIntercept, Tag.PixelPaddingValue
        }) {
            assertThat(capture.contains(tag)).as(Tag.text(tag)).isFalse();
        }
    }

    @Test
    void saysWhatItIs() throws IOException {
        Dataset capture = read(encode(source(), ALGORITHM));

        assertThat(capture.string(Tag.Modality)).contains("OT");
        assertThat(capture.string(Tag.ConversionType)).contains("WSD");
        assertThat(capture.strings(Tag.ImageType)).containsExactly("DERIVED", "SECONDARY");
        assertThat(capture.string(Tag.SeriesDescription)).contains("Overlay brain-flair 1, not for diagnosis");
        assertThat(capture.string(Tag.SeriesNumber)).contains("90007");
        assertThat(capture.string(Tag.InstanceNumber)).contains("12");
        Dataset equipment = capture.items(Tag.ContributingEquipmentSequence).get(0);
        String device = equipment.string(Tag.DeviceUID).orElseThrow();
        Dataset next = read(encode(source(), NEXT));
        assertThat(next.items(Tag.ContributingEquipmentSequence).get(0).string(Tag.DeviceUID))
                .isPresent();
        assertThat(next.items(Tag.ContributingEquipmentSequence)
                        .get(0)
                        .string(Tag.DeviceUID)
                        .get())
                .isNotEqualTo(device);
        assertThat(read(encode(source(), ALGORITHM, "modality", "SOURCE")).string(Tag.Modality))
                .contains("MR");
    }

    @ParameterizedTest
    @CsvSource({
        "chest-xray-paediatric, 1, chest-xray-paediatric 1",
        "brain-flair, 2, brain-flair 2",
        "a-network-of-a-site-that-likes-its-names, 2026.11, a-network-of-a-site-that",
        "a-network-of-a-site-that-likes-long-ones, 1, a-network-of-a-site-that",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, 1, ''",
    })
    void everySeriesDescriptionNamesKindFirstAndCutsNoWord(String name, String version, String least) {
        AlgorithmIdentification algorithm = new AlgorithmIdentification(name, version, "ab".repeat(32));
        for (ObjectKind kind : ObjectKind.values()) {
            String description = Equipment.seriesDescription(algorithm, kind.heading());

            assertThat(description)
                    .hasSizeLessThanOrEqualTo(64)
                    .startsWith(kind.heading())
                    .contains(least)
                    .endsWith(", not for diagnosis");
            String model = description.substring(
                    kind.heading().length(), description.length() - ", not for diagnosis".length());
            assertThat((" " + algorithm.title() + " ").replace('-', ' ')).contains((model + " ").replace('-', ' '));
            assertThat(kind.heading()).hasSizeLessThanOrEqualTo(13);
        }
        assertThat(Stream.of(ObjectKind.values()).map(ObjectKind::heading)).doesNotHaveDuplicates();
    }

    @Test
    void namesTheFrameOfAMultiFrameSource() throws IOException {
        Dataset capture = read(SecondaryCapture.encode(
                source().put(Tag.NumberOfFrames, 3), frame(2), finding(frame(2)), ALGORITHM, Configurations.of()));

        assertThat(capture.items(Tag.SourceImageSequence).get(0).string(Tag.ReferencedFrameNumber))
                .contains("2");
        assertThat(capture.string(Tag.InstanceNumber)).contains("120002");
        assertThat(capture.contains(Tag.NumberOfFrames)).isFalse();
    }

    @Test
    void carriesLossesOfTheSourceForward() throws IOException {
        Dataset declared = source().put(Tag.LossyImageCompression, "01")
                .put(Tag.LossyImageCompressionRatio, "12")
                .put(Tag.LossyImageCompressionMethod, "ISO_15444_1");
        Dataset silent = source().put(Tag.TransferSyntaxUID, "1.2.840.10008.1.2.4.51");

        assertThat(read(encode(declared, ALGORITHM)).string(Tag.LossyImageCompressionRatio))
                .contains("12");
        assertThat(read(encode(silent, ALGORITHM)).string(Tag.LossyImageCompression))
                .contains("01");
        assertThat(read(encode(source(), ALGORITHM)).contains(Tag.LossyImageCompression))
                .isFalse();
    }

    /** JPEG Baseline and Extended always lose, JPEG 2000 need not. */
    @ParameterizedTest
    @CsvSource({"50, 01", "51, 01", "91, 00"})
    void aTransferSyntaxThatLosesIsBelievedMoreThanTheHeader(String syntax, String written) throws IOException {
        Dataset compressed = source().put(Tag.LossyImageCompression, "00")
                .put(Tag.TransferSyntaxUID, "1.2.840.10008.1.2.4." + syntax);
        assertThat(read(encode(compressed, ALGORITHM)).string(Tag.LossyImageCompression))
                .contains(written);
    }

    @Test
    void keepsTheSideOfTheBody() throws IOException {
        Dataset knee = source().put(Tag.BodyPartExamined, "KNEE").put(Tag.Laterality, "R");

        assertThat(read(encode(knee, ALGORITHM)).string(Tag.Laterality)).contains("R");
        Dataset head = source().put(Tag.BodyPartExamined, "HEAD");
        assertThat(read(encode(head, ALGORITHM)).contains(Tag.Laterality)).isFalse();
    }

    /** As sources say it that use words, or that say of the series what is of the image alone. */
    @ParameterizedTest
    @CsvSource({
        "LEFT, , L, ",
        "r, , R, ",
        ", right, , R",
        "L, Left, , L",
        "B, , , B",
        ", UNPAIRED, , U",
    })
    void aSideThatIsMeantIsWritten(String ofSeries, String ofImage, String series, String image) throws IOException {
        Dataset knee = source().put(Tag.BodyPartExamined, "KNEE");
        if (ofSeries != null) {
            knee.put(Tag.Laterality, ofSeries);
        }
        if (ofImage != null) {
            knee.put(Tag.ImageLaterality, ofImage);
        }
        Dataset capture = read(encode(knee, ALGORITHM));
        assertThat(capture.string(Tag.Laterality)).isEqualTo(Optional.ofNullable(series));
        assertThat(capture.string(Tag.ImageLaterality)).isEqualTo(Optional.ofNullable(image));
    }

    /** PS3.3 C.12.1.1.8. */
    @ParameterizedTest
    @CsvSource({
        "+0100, +0100",
        "-1200, -1200",
        "+1400, +1400",
        "+0000, +0000",
        "-0000, ",
        "+1401, ",
        "-1230, ",
        "+0160, ",
        "0100, ",
        "+25, ",
        "Z, ",
    })
    void aTimezoneIsOneOrAbsent(String offset, String written) throws IOException {
        Dataset capture = read(encode(source().put(Tag.TimezoneOffsetFromUTC, offset), ALGORITHM));
        assertThat(capture.string(Tag.TimezoneOffsetFromUTC)).isEqualTo(Optional.ofNullable(written));
    }

    @Test
    void takesTheDateOutOfOldPunctuation() throws IOException {
        Dataset old = source().put(Tag.ContentDate, "1995.05.30").put(Tag.ContentTime, "11:14:39");

        Dataset capture = read(encode(old, ALGORITHM));
        assertThat(capture.string(Tag.ContentDate)).contains("19950530");
        assertThat(capture.string(Tag.ContentTime)).contains("111439");
    }

    @Test
    void aModelNameThatNoCharacterSetHoldsIsShownAsFarAsItCanBe() {
        assertThat(new AlgorithmIdentification("größe\\2", "1", "ab".repeat(32)).title())
                .isEqualTo("gr??e?2 1");
    }
}
