package org.rigatino.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SameInstanceTest {
    private static final int SIDE = 32;

    @TempDir
    Path folder;

    private int files;

    private Path file(UnaryOperator<Dataset> change, String syntax) throws IOException {
        Path file = folder.resolve(++files + ".dcm");
        return Files.write(file, change.apply(image()).encode(syntax, "TEST"));
    }

    private Path file(UnaryOperator<Dataset> change) throws IOException {
        return file(change, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
    }

    private static Dataset image() {
        return new Dataset()
                .put(Tag.SpecificCharacterSet, "ISO_IR 100")
                .put(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.4")
                .put(Tag.SOPInstanceUID, "1.2.3")
                .put(Tag.StudyInstanceUID, "1.2.4")
                .put(Tag.SeriesInstanceUID, "1.2.5")
                .put(Tag.Modality, "MR")
                .put(Tag.PatientID, "4711")
                .put(Tag.ImagePositionPatient, "0", "0", "1")
                .put(Tag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0")
                .put(Tag.PixelSpacing, "0.5", "0.5")
                .put(Tag.AccessionNumber, "1")
                .put(Tag.RescaleSlope, "1")
                .putItems(
                        Tag.ReferencedImageSequence, List.of(new Dataset().put(Tag.ReferencedSOPInstanceUID, "1.2.6")))
                .put(Tag.SamplesPerPixel, 1)
                .put(Tag.PhotometricInterpretation, "MONOCHROME2")
                .put(Tag.Rows, SIDE)
                .put(Tag.Columns, SIDE)
                .put(Tag.BitsAllocated, 16)
                .put(Tag.BitsStored, 12)
                .put(Tag.HighBit, 11)
                .put(Tag.PixelRepresentation, 0)
                .putPixels(pixels(0));
    }

    private static short[] pixels(int change) {
        short[] pixels = new short[SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (short) (i * 37 % 4000);
        }
        pixels[500] += change;
        return pixels;
    }

    static Stream<Arguments> unchanged() {
        return Stream.of(
                same("an attribute without value", d -> d.putEmpty(Tag.StudyID)),
                same("a number written otherwise", d -> d.put(Tag.PixelSpacing, "0.50", "5E-1")),
                same("another spelling of the patient", d -> d.put(Tag.PatientID, "4711 ")),
                same("the derivation's text", d -> d.put(Tag.DerivationDescription, "lossless")),
                same("the character set of plain text", d -> d.put(Tag.SpecificCharacterSet, "ISO_IR 192")));
    }

    static Stream<Arguments> changed() {
        return Stream.of(
                same("frame 1", d -> d.putPixels(pixels(1))),
                same("(0020,0032)", d -> d.put(Tag.ImagePositionPatient, "0", "0", "2")),
                same("(0020,0037)", d -> d.put(Tag.ImageOrientationPatient, "-1", "0", "0", "0", "1", "0")),
                same("(0028,0030)", d -> d.put(Tag.PixelSpacing, "0.5", "0.51")),
                same("(0028,0030)", d -> d.put(Tag.PixelSpacing, "0.5")),
                same("(0028,1053)", d -> d.put(Tag.RescaleSlope, "2")),
                same("(0028,1052)", d -> d.put(Tag.RescaleIntercept, "-1024")),
                same("(0008,0050)", d -> d.put(Tag.AccessionNumber, "A-2")),
                same("(0008,0050)", d -> d.put(Tag.AccessionNumber, "01")),
                same("(0028,1053)", d -> d.put(Tag.RescaleSlope, "1E400000000")),
                same("(0028,1052)", d -> d.put(Tag.RescaleIntercept, "1E999999999")),
                same("(0028,1053)", d -> d.put(Tag.RescaleSlope, "0".repeat(60_000) + "1")),
                same("(0020,000E)", d -> d.put(Tag.SeriesInstanceUID, "1.2.55")),
                same("(0020,0060)", d -> d.put(Tag.Laterality, "L")),
                same(
                        "(0008,1140)",
                        d -> d.putItems(
                                Tag.ReferencedImageSequence,
                                List.of(new Dataset().put(Tag.ReferencedSOPInstanceUID, "1.2.7")))),
                same("(0028,0103)", d -> d.put(Tag.PixelRepresentation, 1)),
                same("(0028,0004)", d -> d.put(Tag.PhotometricInterpretation, "MONOCHROME1")),
                same("(0028,3010)", SameInstanceTest::withLut));
    }

    private static Dataset withLut(Dataset dataset) {
        Dataset lut = new Dataset().put(Tag.LUTDescriptor, 2, 0, 16).putWords(Tag.LUTData, new short[] {1, 2});
        return dataset.putItems(Tag.VOILUTSequence, List.of(lut));
    }

    private static Arguments same(String what, UnaryOperator<Dataset> change) {
        return Arguments.of(what, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unchanged")
    void whatNobodyWorksWithMakesNoDifference(String what, UnaryOperator<Dataset> change) throws Exception {
        Path one = file(d -> d);
        for (String syntax : List.of(
                TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN,
                TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN,
                TransferSyntax.EXPLICIT_VR_BIG_ENDIAN)) {
            assertThat(SameInstance.difference(one, file(change, syntax))).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changed")
    void everyOtherChangeIsNamed(String what, UnaryOperator<Dataset> change) throws Exception {
        Path one = file(d -> d);
        Path other = file(change, TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN);
        assertThat(SameInstance.difference(one, other))
                .hasValueSatisfying(told -> assertThat(told).contains(what));
        assertThat(SameInstance.difference(other, one)).isPresent();
    }

    @Test
    void wordsOfALookupTableAreComparedInEitherByteOrder() throws Exception {
        Path one = file(SameInstanceTest::withLut);
        assertThat(SameInstance.difference(one, file(SameInstanceTest::withLut, TransferSyntax.EXPLICIT_VR_BIG_ENDIAN)))
                .isEmpty();
        Path other = file(d -> d.putItems(
                Tag.VOILUTSequence,
                List.of(new Dataset().put(Tag.LUTDescriptor, 2, 0, 16).putWords(Tag.LUTData, new short[] {1, 3}))));
        assertThat(SameInstance.difference(one, other)).isPresent();
    }

    /** By programs that nobody here wrote. */
    @ParameterizedTest
    @ValueSource(strings = {"--jpegls", "--jpeg", "--j2k", "--rle"})
    void compressedWithoutLossItIsTheSame(String how) throws Exception {
        Tool.assumeInstalled("gdcmconv");
        Path one = file(d -> d);
        Path compressed = folder.resolve("compressed.dcm");
        Tool.runSuccessfully("gdcmconv", how, one.toString(), compressed.toString());
        assertThat(SameInstance.difference(compressed, one)).isEmpty();
        assertThat(SameInstance.difference(one, compressed)).isEmpty();
        assertThat(SameInstance.difference(compressed, file(d -> d.putPixels(pixels(1)))))
                .isPresent();
    }

    @Test
    void compressedWithLossItIsAnother() throws Exception {
        Tool.assumeInstalled("dcmcjpls");
        Path one = file(d -> d);
        Path lossy = folder.resolve("lossy.dcm");
        Tool.runSuccessfully("dcmcjpls", "+en", "+md", "4", "+un", one.toString(), lossy.toString());
        assertThat(SameInstance.difference(one, lossy)).isPresent();
    }

    @Test
    void whatCannotBeReadIsNotTheSame() throws Exception {
        Path one = file(d -> d);
        byte[] whole = Files.readAllBytes(one);
        Path cut = Files.write(folder.resolve("cut.dcm"), java.util.Arrays.copyOf(whole, whole.length - 100));
        assertThat(SameInstance.difference(one, cut)).isPresent();
        assertThat(SameInstance.difference(one, folder.resolve("gone.dcm"))).isPresent();
    }

    static Stream<Arguments> large() {
        return Stream.of(
                Arguments.of("header of more than 33554432 bytes", (UnaryOperator<Dataset>)
                        d -> d.putWords(0x00281201, new short[6_000_000])
                                .putWords(0x00281202, new short[6_000_000])
                                .putWords(0x00281203, new short[6_000_000])),
                Arguments.of("more than 500000 attributes and items", (UnaryOperator<Dataset>) d ->
                        d.putItems(Tag.PerFrameFunctionalGroupsSequence, Collections.nCopies(500_000, new Dataset()))));
    }

    /** Nobody is told that its content is another. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("large")
    void whatIsTooLargeToBeComparedIsSaidToBe(String bound, UnaryOperator<Dataset> change) throws Exception {
        Path one = file(change);
        Path other = file(change, TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN);
        assertThat(Dataset.readHeader(one).require(Tag.Modality))
                .as("it can be read")
                .isEqualTo("MR");
        assertThat(SameInstance.difference(one, other)).hasValueSatisfying(told -> assertThat(told)
                .startsWith("it is too large to be compared")
                .contains(bound));
    }
}
