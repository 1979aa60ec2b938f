package org.rigatino.dicom;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PS3.5 6.2.2: what is known and came as UN is Implicit VR Little Endian; what cannot be read is never absent. */
class UnknownValueRepresentationTest {
    private static final String LITTLE = TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;
    private static final String BIG = TransferSyntax.EXPLICIT_VR_BIG_ENDIAN;

    @TempDir
    Path folder;

    static Stream<Arguments> numbers() {
        return Stream.of(LITTLE, BIG)
                .flatMap(syntax -> Stream.of(
                        Arguments.of(syntax, Tag.Rows, Elements.shorts(LITTLE_ENDIAN, 512), new double[] {512}),
                        Arguments.of(syntax, Tag.RescaleSlope, text("-1.0E+02"), new double[] {-100}),
                        Arguments.of(syntax, Tag.PixelSpacing, text("0.5\\.25 "), new double[] {0.5, 0.25}),
                        Arguments.of(syntax, Tag.NumberOfFrames, text("3 "), new double[] {3}),
                        Arguments.of(
                                syntax, 0x00189087, Elements.doubles(LITTLE_ENDIAN, 1000.5), new double[] {1000.5}),
                        Arguments.of(syntax, Tag.RescaleSlope, new byte[0], new double[0])));
    }

    private static byte[] text(String value) {
        return value.getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void numbersAreReadWhateverTheByteOrderOfTheRest(String syntax, int tag, byte[] value, double[] expected)
            throws IOException {
        assertThat(Elements.in(syntax).put(tag, "UN", value).read(syntax).doubles(tag))
                .containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource({"0,65526", "1,-10"})
    void signOfWordsIsThatOfPixelRepresentation(int representation, int expected) throws IOException {
        Dataset dataset = Elements.in(LITTLE)
                .put(Tag.PixelRepresentation, "UN", Elements.shorts(LITTLE_ENDIAN, representation))
                .put(Tag.PixelPaddingValue, "UN", Elements.shorts(LITTLE_ENDIAN, -10))
                .read(LITTLE);
        assertThat(dataset.doubles(Tag.PixelPaddingValue)).containsExactly(expected);
    }

    @Test
    void signInsideAnItemIsForgottenBehindIt() throws IOException {
        Elements icon = Elements.implicit().put(Tag.PixelRepresentation, "US", Elements.shorts(LITTLE_ENDIAN, 1));
        Elements sequence = Elements.implicit().item(icon);
        Dataset dataset = Elements.in(LITTLE)
                .put(0x00081140, "UN", sequence.bytes())
                .put(Tag.PixelPaddingValue, "UN", Elements.shorts(LITTLE_ENDIAN, -10))
                .read(LITTLE);
        assertThat(dataset.doubles(Tag.PixelPaddingValue)).containsExactly(65526);
    }

    @ParameterizedTest
    @ValueSource(strings = {LITTLE, BIG})
    void sequencesAreReadOfDefinedAndOfUndefinedLengthAndNested(String syntax) throws IOException {
        byte[] descriptor = Elements.shorts(LITTLE_ENDIAN, 2, 0, 16);
        Elements table = Elements.implicit()
                .put(Tag.LUTDescriptor, "US", descriptor)
                .put(Tag.LUTData, "OW", Elements.shorts(LITTLE_ENDIAN, 7, 65535));
        byte[] defined = Elements.implicit().item(table).bytes();
        byte[] undefined = Elements.implicit()
                .mark(0xFFFEE000, Elements.UNDEFINED)
                .raw(table.bytes())
                .mark(0xFFFEE00D, 0)
                .bytes();
        byte[] end = Elements.implicit().mark(0xFFFEE0DD, 0).bytes();
        List<Elements> variants = List.of(
                Elements.in(syntax).put(Tag.ModalityLUTSequence, "UN", defined),
                Elements.in(syntax).put(Tag.ModalityLUTSequence, "UN", undefined),
                Elements.in(syntax)
                        .put(
                                Tag.ModalityLUTSequence,
                                "UN",
                                Elements.implicit().raw(undefined).raw(end).bytes()),
                Elements.in(syntax)
                        .head(Tag.ModalityLUTSequence, "UN", Elements.UNDEFINED)
                        .raw(undefined)
                        .raw(end),
                Elements.in(syntax)
                        .head(Tag.ModalityLUTSequence, "UN", Elements.UNDEFINED)
                        .raw(defined)
                        .raw(end));
        for (Elements variant : variants) {
            Dataset dataset = variant.put(Tag.WindowCenter, "DS", "40").read(syntax);
            Dataset item = dataset.items(Tag.ModalityLUTSequence).get(0);
            assertThat(item.words(Tag.LUTDescriptor)).containsExactly(2, 0, 16);
            assertThat(item.words(Tag.LUTData)).containsExactly(7, 65535);
            assertThat(dataset.doubles(Tag.WindowCenter)).as("what follows").containsExactly(40);
        }
    }

    /** Words inside an explicit sequence that came as UN, too. */
    @ParameterizedTest
    @CsvSource({"LITTLE_ENDIAN", "BIG_ENDIAN"})
    void unknownIsReadInsideOfExplicitItems(String order) throws IOException {
        ByteOrder bytes = order.equals("BIG_ENDIAN") ? BIG_ENDIAN : LITTLE_ENDIAN;
        String syntax = bytes == BIG_ENDIAN ? BIG : LITTLE;
        Elements table = Elements.in(syntax)
                .put(Tag.LUTDescriptor, "US", Elements.shorts(bytes, 1, 0, 8))
                .put(Tag.LUTData, "UN", Elements.shorts(LITTLE_ENDIAN, 0x0102));
        Elements content = Elements.in(syntax).item(table);
        Dataset dataset = Elements.in(syntax)
                .put(Tag.VOILUTSequence, "SQ", content.bytes())
                .read(syntax);
        Dataset item = dataset.items(Tag.VOILUTSequence).get(0);
        assertThat(item.words(Tag.LUTDescriptor)).containsExactly(1, 0, 8);
        assertThat(item.words(Tag.LUTData)).containsExactly(0x0102);
    }

    @Test
    void textAndUidsAreRead() throws IOException {
        Dataset dataset = Elements.in(LITTLE)
                .put(Tag.SpecificCharacterSet, "UN", "ISO_IR 192")
                .put(Tag.SOPInstanceUID, "UN", "1.2.3\0")
                .put(
                        Tag.PatientName,
                        "UN",
                        new String("Jos\u00e9 ".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))
                .read(LITTLE);
        assertThat(dataset.string(Tag.SOPInstanceUID)).contains("1.2.3");
        assertThat(dataset.string(Tag.PatientName)).contains("Jos\u00e9");
    }

    /** Explicit items, items that end early or late, no items at all: there, and read by nobody. */
    @Test
    void sequenceThatIsNoneRefusesByNameAndLeavesWhatFollows() throws IOException {
        Elements explicit = Elements.in(LITTLE).put(Tag.LUTDescriptor, "US", Elements.shorts(LITTLE_ENDIAN, 1, 0, 8));
        List<byte[]> broken = List.of(
                Elements.in(LITTLE).item(explicit).bytes(),
                Elements.implicit().mark(0xFFFEE000, 400).bytes(),
                Elements.implicit()
                        .mark(0xFFFEE000, 4)
                        .put(Tag.LUTDescriptor, "US", new byte[6])
                        .bytes(),
                "no items".getBytes(StandardCharsets.US_ASCII),
                new byte[] {1, 2, 3, 4});
        for (byte[] value : broken) {
            Dataset dataset = Elements.in(LITTLE)
                    .put(Tag.ModalityLUTSequence, "UN", value)
                    .put(Tag.VOILUTSequence, "SQ")
                    .read(LITTLE);
            assertThat(dataset.contains(Tag.ModalityLUTSequence)).isTrue();
            assertThat(dataset.isEmpty(Tag.ModalityLUTSequence)).isFalse();
            assertThatThrownBy(() -> dataset.items(Tag.ModalityLUTSequence))
                    .isInstanceOf(UnreadableAttributeException.class)
                    .hasMessageContaining("(0028,3000) of VR UN");
            assertThat(dataset.items(Tag.VOILUTSequence)).isEmpty();
            assertThat(dataset.isEmpty(Tag.VOILUTSequence)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "US, 3", "FD, 4", "SQ, 0", "AT, 4", "OB, 2", "OF, 4",
    })
    void numberInAnotherRepresentationThatCannotBeMeantIsUnreadable(String vr, int length) throws IOException {
        Dataset dataset =
                Elements.in(LITTLE).put(Tag.Rows, vr, new byte[length]).read(LITTLE);
        assertThatThrownBy(() -> dataset.integer(Tag.Rows, 1))
                .isInstanceOf(UnreadableAttributeException.class)
                .hasMessageContaining("(0028,0010) of VR " + vr);
    }

    @ParameterizedTest
    @ValueSource(strings = {"US", "FD", "OB", "UT", "XX"})
    void sequenceInAnotherRepresentationIsUnreadable(String vr) throws IOException {
        Dataset dataset = Elements.in(LITTLE)
                .put(Tag.ModalityLUTSequence, vr, new byte[8])
                .read(LITTLE);
        assertThatThrownBy(() -> dataset.items(Tag.ModalityLUTSequence))
                .isInstanceOf(UnreadableAttributeException.class);
    }

    @Test
    void numberInAnotherRepresentationThatIsUnambiguousIsRead() throws IOException {
        Dataset dataset = Elements.in(LITTLE)
                .put(Tag.Rows, "IS", "12")
                .put(Tag.Columns, "UL", Elements.shorts(LITTLE_ENDIAN, 12, 0))
                .put(Tag.RescaleIntercept, "SS", Elements.shorts(LITTLE_ENDIAN, -1024))
                .put(Tag.RescaleSlope, "FD", Elements.doubles(LITTLE_ENDIAN, 0.5))
                .put(Tag.WindowCenter, "LO", "40")
                .put(Tag.WindowWidth, "OB", "80")
                .read(LITTLE);
        assertThat(dataset.integer(Tag.Rows, 0)).isEqualTo(12);
        assertThat(dataset.integer(Tag.Columns, 0)).isEqualTo(12);
        assertThat(dataset.doubles(Tag.RescaleIntercept)).containsExactly(-1024);
        assertThat(dataset.doubles(Tag.RescaleSlope)).containsExactly(0.5);
        assertThat(dataset.doubles(Tag.WindowCenter)).containsExactly(40);
        assertThat(dataset.doubles(Tag.WindowWidth)).containsExactly(80);
    }

    /** "1 " would be 8241. */
    @Test
    void textOfANumberThatSaysItIsABinaryOneIsUnreadable() throws IOException {
        Dataset dataset = Elements.in(LITTLE).put(Tag.RescaleSlope, "US", "1 ").read(LITTLE);
        assertThatThrownBy(() -> dataset.doubles(Tag.RescaleSlope)).isInstanceOf(UnreadableAttributeException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.5|1.5",
                " 1.5 |1.5",
                "+.5|0.5",
                "-3.|-3",
                "1.0E+02|100",
                "1e-3|0.001",
                "1.5\0|1.5",
                "0.12345678901234567|0.12345678901234567"
            })
    void numbersAreReadAsTheStandardWritesThemAndALittleBeyond(String text, double expected) throws IOException {
        Dataset dataset = Elements.in(LITTLE).put(Tag.RescaleSlope, "DS", text).read(LITTLE);
        assertThat(dataset.doubles(Tag.RescaleSlope)).containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1,5",
                "1 5",
                "NaN",
                "Infinity",
                "1e999",
                "0x10",
                "1.5d",
                "1f",
                "1.2.3",
                "--1",
                "e5",
                "abc",
                "1\\",
                "\\1",
                "1\\\\2",
                "1\0002"
            })
    void whatIsNoNumberIsRefused(String text) throws IOException {
        Dataset dataset = Elements.in(LITTLE).put(Tag.RescaleSlope, "DS", text).read(LITTLE);
        assertThatThrownBy(() -> dataset.doubles(Tag.RescaleSlope))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("(0028,1053)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "99999999999", "1\\2"})
    void whatIsNoOneIntegerIsRefused(String text) throws IOException {
        Dataset dataset =
                Elements.in(LITTLE).put(Tag.NumberOfFrames, "IS", text).read(LITTLE);
        assertThatThrownBy(() -> dataset.integer(Tag.NumberOfFrames, 1)).isInstanceOf(DicomException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\0\0"})
    void emptyIsNeitherAbsentNorUnreadable(String text) throws IOException {
        Dataset dataset = Elements.in(LITTLE).put(Tag.RescaleSlope, "DS", text).read(LITTLE);
        assertThat(dataset.doubles(Tag.RescaleSlope)).isEmpty();
        assertThat(dataset.contains(Tag.RescaleSlope)).isTrue();
        assertThat(dataset.isEmpty(Tag.RescaleSlope)).isTrue();
        assertThat(dataset.contains(Tag.RescaleIntercept)).isFalse();
        assertThat(dataset.isEmpty(Tag.RescaleIntercept)).isFalse();
    }

    @Test
    void attributeThatIsThereTwiceIsBelievedNeitherTime() throws IOException {
        Dataset dataset = Elements.in(LITTLE)
                .put(Tag.PatientID, "LO", "A ")
                .put(Tag.PatientID, "LO", "B ")
                .put(Tag.Rows, "US", Elements.shorts(LITTLE_ENDIAN, 1))
                .put(Tag.Rows, "US", Elements.shorts(LITTLE_ENDIAN, 2))
                .put(Tag.RescaleSlope, "DS", "1 ")
                .put(Tag.RescaleSlope, "DS", "1 ")
                .read(LITTLE);
        assertThatThrownBy(() -> dataset.require(Tag.PatientID)).hasMessageContaining("more than once");
        assertThatThrownBy(() -> dataset.integer(Tag.Rows, 0)).hasMessageContaining("more than once");
        assertThat(dataset.doubles(Tag.RescaleSlope)).as("said twice alike").containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                Tag.ModalityLUTSequence,
                Tag.VOILUTFunction,
                Tag.PatientOrientation,
                Tag.PatientID,
                Tag.StudyDate,
                Tag.StudyTime,
                Tag.AccessionNumber,
                Tag.IssuerOfAccessionNumberSequence,
                Tag.ReferringPhysicianName
            })
    void imageIsRefusedWhereWhatMattersIsUnreadableAndItsHeaderIsStillRead(int tag) throws IOException {
        byte[] image = PixelFiles.header(1, 1).putPixels(new short[1]).encode(LITTLE, "TEST");
        int pixels = image.length - 14;
        byte[] broken = Elements.in(LITTLE).put(tag, "AT", new byte[4]).bytes();
        Path file = folder.resolve("broken.dcm");
        Files.write(
                file,
                Elements.in(LITTLE)
                        .raw(Arrays.copyOf(image, pixels))
                        .raw(broken)
                        .raw(Arrays.copyOfRange(image, pixels, image.length))
                        .bytes());
        assertThat(Dataset.readHeader(file).integer(Tag.Rows, 0)).isEqualTo(1);
        assertThatThrownBy(() -> PixelData.open(file))
                .isInstanceOf(UnreadableAttributeException.class)
                .hasMessageContaining(Tag.text(tag) + " of VR AT is there and cannot be read");
    }

    /** PS3.5 7.1.2: a VR of a later edition has a length of 32 bits. */
    @Test
    void representationsOfLaterEditionsHaveLongLengths() throws IOException {
        Dataset dataset = Elements.in(LITTLE)
                .put(0x00420010, "ZZ", new byte[70_000])
                .put(0x00420011, "QA", "any ")
                .put(Tag.WindowCenter, "DS", "40")
                .read(LITTLE);
        assertThat(dataset.doubles(Tag.WindowCenter)).containsExactly(40);
        Dataset old = Elements.in(LITTLE)
                .raw((byte) 0x42, (byte) 0, (byte) 0x10, (byte) 0, (byte) '?', (byte) '?', (byte) 4, (byte) 0)
                .raw(new byte[4])
                .put(Tag.WindowCenter, "DS", "40")
                .read(LITTLE);
        assertThat(old.doubles(Tag.WindowCenter)).as("16 bits, of old").containsExactly(40);
    }
}
