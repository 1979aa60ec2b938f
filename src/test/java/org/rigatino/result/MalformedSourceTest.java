package org.rigatino.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.Slow;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.PixelFiles;
import org.rigatino.dicom.Pydicom;
import org.rigatino.dicom.RawValue;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Tool;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.Frame;
import org.rigatino.image.InstanceFrames;
import org.rigatino.proof.demo.Dciodvfy;

/** Whatever the source has in attributes that we repeat, what we make is valid. */
@Slow
class MalformedSourceTest {
    private static final int SIDE = 64;
    private static final AlgorithmIdentification ALGORITHM =
            new AlgorithmIdentification("brain-flair", "1", "ab".repeat(32));

    /** An attribute that some object repeats, its VR, and what sources were seen to have there or could have. */
    private record Malformed(int tag, String vr, String... values) {}

    private static final Malformed[] MALFORMED = {
        new Malformed(Tag.ScanningSequence, "CS", "flair", "SE\\ir", "", "XX", "S E-IR", "SE\\\\IR", "SE\0"),
        new Malformed(Tag.SequenceVariant, "CS", "sk", "", "A_VARIANT_THAT_IS_TOO_LONG", "SK\\", "S+K", "SK\0\0"),
        new Malformed(Tag.ScanOptions, "CS", "fat sat", "A-B", "\\", "FS\0"),
        new Malformed(Tag.MRAcquisitionType, "CS", "2d", "2D\\3D", "4D", "\0\0"),
        new Malformed(Tag.RepetitionTime, "DS", "-1", "9000.00000000000001", "fast", "1\\2", "9000\0"),
        new Malformed(Tag.EchoTime, "DS", "0.00000000000000000001", "NaN", "1e400", "1,5", "120 ms"),
        new Malformed(Tag.InversionTime, "DS", "2500,0", "-2500", "Infinity"),
        new Malformed(Tag.EchoTrainLength, "IS", "1.5", "99999999999999", "sixteen", "16.0", "8\\8"),
        new Malformed(Tag.WindowWidth, "DS", "0", "-1000", "0.5", "wide", "", "100\\0", "100.00000000000001"),
        new Malformed(Tag.WindowCenter, "DS", "middle", "1\\2\\3", "NaN", "40.000000000000000001"),
        new Malformed(Tag.VOILUTFunction, "CS", "linear", "CUBIC", "LINEAR\\SIGMOID", "SIGMOID\0"),
        new Malformed(Tag.WindowCenterWidthExplanation, "LO", "brain\\bone", "x".repeat(70), "a\nb", "\u00e9"),
        new Malformed(
                Tag.BodyPartExamined,
                "CS",
                "Head",
                "THORAX",
                "CHEST",
                "LUNG",
                "BREAST",
                "HEAD/NECK",
                "THE WHOLE OF THE HEAD",
                "HEAD\0"),
        new Malformed(Tag.PatientPosition, "CS", "hfs", "HFS\0", "H.F.S", "HFS\\HFS"),
        new Malformed(Tag.ImageLaterality, "CS", "left", "l", "", "L\\left"),
        new Malformed(Tag.Laterality, "CS", "", "Left", "l", "L\\", "L"),
        new Malformed(Tag.BurnedInAnnotation, "CS", "no", "N", "MAYBE", "", "YES\\NO"),
        new Malformed(Tag.PixelAspectRatio, "IS", "1\\0", "1", "1\\1\\1", "-1\\1", "1.5\\1"),
        new Malformed(Tag.ImagerPixelSpacing, "DS", "0\\0", "0.1", "0.1\\-0.1", "0.10000000000000001\\0.1"),
        new Malformed(Tag.NominalScannedPixelSpacing, "DS", "x\\y", "0.1", "\\"),
        new Malformed(Tag.PixelSpacingCalibrationType, "CS", "ruler", "", "FIDUCIAL\\GEOMETRY"),
        new Malformed(Tag.PixelSpacingCalibrationDescription, "LO", "x".repeat(80), "a\0b", "\1"),
        new Malformed(Tag.LossyImageCompression, "CS", "YES", "1", "", "00\\01"),
        new Malformed(Tag.LossyImageCompressionRatio, "DS", "ten", "0", "-3", "10.0000000000000000001"),
        new Malformed(Tag.LossyImageCompressionMethod, "CS", "jpeg", "ISO_10918_1\\ISO_10918_1", "JPEG-LS"),
        new Malformed(Tag.SliceThickness, "DS", "", "-5", "5 mm", "5.00000000000000000001", "5\\5", "5\\6"),
        new Malformed(Tag.SpacingBetweenSlices, "DS", "-5", "0", "five", "5.99999999999999999999"),
        new Malformed(Tag.SliceLocation, "DS", "F10", "123456789.123456789", "1\\2", "NaN"),
        new Malformed(Tag.PositionReferenceIndicator, "LO", "x".repeat(65), "N\0", "NA\tSION", "\u00fc"),
        new Malformed(Tag.PatientOrientation, "CS", "l\\p", "L", "L-P\\H", "\\", "L\\P\\H"),
        new Malformed(Tag.StudyDescription, "LO", "y".repeat(90), "line\r\nline", "head\0", "\u00c4", "\0"),
        new Malformed(Tag.PatientAge, "AS", "42", "42Y", "0042Y", "42 years", "\0\0\0\0"),
        new Malformed(Tag.TimezoneOffsetFromUTC, "SH", "+0100\0", "x".repeat(20)),
        new Malformed(Tag.TypeOfPatientID, "CS", "text", "TEXT\0", "A*B"),
        new Malformed(Tag.Modality, "CS", "mr", "M/R", "MR\0"),
        new Malformed(Tag.SeriesNumber, "IS", "", "three", "3.0", "99999999999", "3\0"),
        new Malformed(Tag.InstanceNumber, "IS", "", "a7", "7.5", "-1", "7\0"),
        new Malformed(Tag.AcquisitionNumber, "IS", "first", "1.5", "1\\2"),
        new Malformed(Tag.AcquisitionDate, "DA", "20011399", "2001.08.11", "2001", "yesterday", "20010811\0"),
        new Malformed(Tag.AcquisitionTime, "TM", "25", "12:34:56", "126060", "noon", "1234561"),
        new Malformed(Tag.ContentDate, "DA", "20020230", "0000.00.00", "\0\0", "2002-01-01"),
        new Malformed(Tag.ContentTime, "TM", "999999", "1:2:3", "12345", "101010.1234567"),
        new Malformed(Tag.RescaleType, "LO", "z".repeat(65), "HU\0", "a\nb"),
    };

    /** What is as it was in another round is not read again. */
    private static final Set<ByteBuffer> SEEN = new HashSet<>();

    @TempDir
    Path folder;

    private static Dataset source() {
        short[] pixels = new short[SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (short) (i % 1000);
        }
        return PixelFiles.flair("2.25.9", SIDE, pixels)
                .put(Tag.StudyDate, "20200102")
                .put(Tag.ScanningSequence, "SE", "IR")
                .put(Tag.SequenceVariant, "SK")
                .put(Tag.RescaleSlope, "1")
                .put(Tag.RescaleIntercept, "0")
                .put(Tag.WindowCenter, "500")
                .put(Tag.WindowWidth, "800");
    }

    /** Every kind of object, from one image; none where the image is refused when it is read. */
    private List<Path> make(Dataset source) throws IOException {
        Path file = PixelFiles.write(folder, source);
        try (InstanceFrames frames = InstanceFrames.open(file)) {
            OrientationMarkers.of(frames.header(), frames.frame(1));
        } catch (DicomException refused) {
            return List.of();
        }
        List<EncodedObject> objects = new ArrayList<>();
        try (InstanceFrames frames = InstanceFrames.open(file)) {
            Frame frame = frames.frame(1);
            float[] map = new float[SIDE * SIDE];
            for (int i = 0; i < 5; i++) {
                map[SIDE * (20 + i) + 30] = 6;
            }
            ImageFinding finding = new ImageFinding(frame.reference(), ALGORITHM.digest(), 4, 99, true, map);
            Dataset header = frames.header();
            ResultConfiguration configuration = Configurations.of();
            objects.add(SecondaryCapture.encode(header, frame, finding, ALGORITHM, configuration));
            objects.add(RestoredImage.encode(header, frame, frame.values(), finding, ALGORITHM, configuration));
            objects.add(TriptychCapture.encode(header, frame, frame.values(), finding, ALGORITHM, configuration));
            SeriesObjects series = new SeriesObjects(ALGORITHM, configuration);
            series.add(header, frame, finding, SeriesObjectsTest.captures(folder, header, frame, finding));
            objects.addAll(series.encode(EnumSet.allOf(ObjectKind.class)));
        }
        List<Path> files = new ArrayList<>();
        for (EncodedObject object : objects) {
            files.add(Files.write(folder.resolve(object.kind() + ".dcm"), object.bytes()));
        }
        return files;
    }

    private void valid(Dataset source, String as) throws Exception {
        for (Path file : make(source)) {
            if (!SEEN.add(ByteBuffer.wrap(Files.readAllBytes(file)))) {
                continue;
            }
            assertThat(Dciodvfy.errors(file))
                    .as("%s of %s", file.getFileName(), as)
                    .isEmpty();
        }
    }

    /** A quarter of the attributes at a time, so that a value that is refused hides few others. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void everyValueOfEveryAttribute(int quarter) throws Exception {
        Tool.assumeInstalled("dciodvfy");
        for (int round = 0; round < 12; round++) {
            Dataset source = source();
            for (int i = quarter; i < MALFORMED.length; i += 4) {
                Malformed malformed = MALFORMED[i];
                String value = malformed.values()[round % malformed.values().length];
                RawValue.put(source, malformed.tag(), malformed.vr(), value);
            }
            valid(source, "quarter " + quarter + " round " + round);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 4, 5, 7})
    void manyAtOnce(long seed) throws Exception {
        Tool.assumeInstalled("dciodvfy");
        Random random = new Random(seed);
        Dataset source = source();
        for (Malformed malformed : MALFORMED) {
            if (random.nextBoolean()) {
                String value = malformed.values()[random.nextInt(malformed.values().length)];
                RawValue.put(source, malformed.tag(), malformed.vr(), value);
            }
        }
        valid(source, "seed " + seed);
        Pydicom.assumeInstalled();
        Pydicom.runSuccessfully(
                "error",
                "src/test/resources/org/rigatino/result/print_each.py",
                make(source).toArray(Path[]::new));
    }

    /** A UID with NUL, text with a space (PS3.5 6.2); their bytes stay otherwise. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "\"1.2.3 \", \"1.2.3\0\"",
                "\"1.2.34  \", \"1.2.34\"",
                "\"1.2.345\0\", \"1.2.345\0\"",
                "\"1.2.3 \0\", \"1.2.3\0\""
            })
    void aUidIsPaddedWithNul(String read, String written) throws IOException {
        for (Path file : make(RawValue.put(source(), Tag.StudyInstanceUID, "UI", read))) {
            assertThat(new String(
                            RawValue.of(Dataset.readHeader(file), Tag.StudyInstanceUID), StandardCharsets.ISO_8859_1))
                    .isEqualTo(written);
            assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                    .contains("UI" + (char) written.length() + "\0" + written);
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "\"NAME^A\0\0\", \"NAME^A  \"",
                "\"NAME^AB\0\", \"NAME^AB \"",
                "\" Name ^A  \", \" Name ^A  \"",
                "\"A\u00e4\\BC\0\", \"A\u00e4\\BC \"",
                "\"\0\0\", \"\""
            })
    void textIsPaddedWithSpaceAndKeptOtherwise(String read, String written) throws IOException {
        for (int tag : new int[] {Tag.PatientName, Tag.PatientID, Tag.AccessionNumber}) {
            String vr = tag == Tag.PatientName ? "PN" : tag == Tag.PatientID ? "LO" : "SH";
            for (Path file : make(RawValue.put(source(), tag, vr, read))) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .contains(vr + (char) written.length() + "\0" + written);
            }
        }
    }

    /** What is read of a VR that is not the dictionary's is in the objects too. */
    @Test
    void binaryNumbersAreWrittenAsDecimalStringsAre() throws IOException {
        Map<String, String> decimal = contents(make(source()));
        Map<String, String> binary = contents(make(source().putDoubles(Tag.ImagePositionPatient, 0, 0, 0)
                .putDoubles(Tag.PixelSpacing, 1, 1)
                .putDoubles(Tag.RescaleSlope, 1)
                .putDoubles(Tag.RescaleIntercept, 0)));
        assertThat(decimal).hasSizeGreaterThan(8);
        decimal.forEach((file, bytes) ->
                assertThat(binary.get(file).equals(bytes)).as(file).isTrue());
    }

    private static Map<String, String> contents(List<Path> files) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (Path file : files) {
            contents.put(
                    file.getFileName().toString(), new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        }
        return contents;
    }

    /** By VOI LUT Function (PS3.3 C.11.2.1.2.1, C.11.2.1.3); a window that is none leaves the range of the values. */
    @ParameterizedTest
    @CsvSource({
        "0, LINEAR, 1000",
        "-1000, LINEAR, 1000",
        "0.5, LINEAR, 1000",
        "1, LINEAR, 1",
        "0.5, SIGMOID, 0.5",
        "0.5, LINEAR_EXACT, 0.5",
        "-0.5, LINEAR_EXACT, 1000",
        "0, SIGMOID, 1000",
        "0.5, , 1000",
    })
    void aWindowIsOneOrAbsent(String width, String function, String written) throws IOException {
        Dataset source = source().put(Tag.WindowWidth, width);
        if (function != null) {
            source.put(Tag.VOILUTFunction, function);
        }
        for (Path file : make(source)) {
            Dataset header = Dataset.readHeader(file);
            if (file.getFileName().toString().startsWith("RESTORED")) {
                assertThat(header.string(Tag.WindowWidth)).contains(written);
                assertThat(header.contains(Tag.VOILUTFunction)).isEqualTo(function != null && !written.equals("1000"));
            }
            if (file.getFileName().toString().startsWith("PRESENTATION")) {
                assertThat(header.items(Tag.SoftcopyVOILUTSequence).get(0).string(Tag.WindowWidth))
                        .contains(written);
            }
        }
    }
}
