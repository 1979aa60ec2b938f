package org.rigatino.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Text of Specific Character Set (PS3.3 C.12.1.1.2), with the examples of PS3.5 annexes H to K. */
class TextDecoderTest {
    private static final String LITTLE = TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;

    /** Two hexadecimal digits in angle brackets are a byte, everything else is ASCII. */
    private static byte[] bytes(String text) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '<') {
                out.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
                i += 3;
            } else {
                out.write(text.charAt(i));
            }
        }
        return out.toByteArray();
    }

    private static Dataset dataset(String characterSet, int tag, String vr, byte[] value) throws IOException {
        return Elements.in(LITTLE)
                .put(Tag.SpecificCharacterSet, "CS", characterSet)
                .put(tag, vr, value)
                .read(LITTLE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // H.3.1
                "\\ISO 2022 IR 87|Yamada^Tarou=<1B>$B;3ED<1B>(B^<1B>$BB@O:<1B>(B=<1B>$B$d$^$@<1B>(B^<1B>$B$?$m$&<1B>(B"
                        + "|Yamada^Tarou=\u5c71\u7530^\u592a\u90ce=\u3084\u307e\u3060^\u305f\u308d\u3046",
                // H.3.2
                "ISO 2022 IR 13\\ISO 2022 IR 87|<D4><CF><C0><DE>^<C0><DB><B3>=<1B>$B;3ED<1B>(J^<1B>$BB@O:<1B>(J="
                        + "<1B>$B$d$^$@<1B>(J^<1B>$B$?$m$&<1B>(J"
                        + "|\uff94\uff8f\uff80\uff9e^\uff80\uff9b\uff73=\u5c71\u7530^\u592a\u90ce="
                        + "\u3084\u307e\u3060^\u305f\u308d\u3046",
                // I.2
                "\\ISO 2022 IR 149|Hong^Gildong=<1B>$)C<FB><F3>^<1B>$)C<D1><CE><D4><D7>="
                        + "<1B>$)C<C8><AB>^<1B>$)C<B1><E6><B5><BF>"
                        + "|Hong^Gildong=\u6d2a^\u5409\u6d1e=\ud64d^\uae38\ub3d9",
                // K.2
                "\\ISO 2022 IR 58|Zhang^XiaoDong=<1B>$)A<D5><C5>^<1B>$)A<D0><A1><B6><AB>="
                        + "|Zhang^XiaoDong=\u5f20^\u5c0f\u4e1c=",
                // J.1
                "ISO_IR 192|Wang^XiaoDong=<E7><8E><8B>^<E5><B0><8F><E6><9D><B1>=|Wang^XiaoDong=\u738b^\u5c0f\u6771=",
                // J.3
                "GB18030|Wang^XiaoDong=<CD><F5>^<D0><A1><B6><AB>=|Wang^XiaoDong=\u738b^\u5c0f\u4e1c=",
                "ISO 2022 IR 6\\ISO 2022 IR 100|Buc^J<1B>-A<E9>r<F4>me|Buc^J\u00e9r\u00f4me",
                "ISO 2022 IR 100\\ISO 2022 IR 126\\ISO 2022 IR 144|Dionysios=<1B>-F<C4><E9>=<1B>-L<BB><EE>"
                        + "|Dionysios=\u0394\u03b9=\u041b\u044e",
                "\\ISO 2022 IR 159|A=<1B>$(D0!<1B>(B|A=\u4e02",
                "\\ISO 2022 IR 166|A=<1B>-T<A1>|A=\u0e01",
                "\\ISO 2022 IR 203|<1B>-b<A4>|\u20ac",
                "ISO 2022 IR 101|<A1>|\u0104",
                "ISO_IR 100\\ISO 2022 IR 87|J<E9>=<1B>$B;3<1B>(B|J\u00e9=\u5c71",
            })
    void namesAreDecodedInEveryGroup(String characterSet, String name, String expected) throws IOException {
        Dataset dataset = dataset(characterSet, Tag.PatientName, "PN", bytes(name));
        assertThat(dataset.string(Tag.PatientName)).contains(expected);
        assertThat(dataset.decodes(Tag.PatientName)).isTrue();
        assertThat(dataset.componentGroups(Tag.PatientName))
                .isEqualTo(java.util.Arrays.stream(expected.split("=", -1))
                        .map(Optional::of)
                        .toList());
    }

    /** An ideographic group without its escape sequence again behind a delimiter, and bytes of no set at all. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\\ISO 2022 IR 149|Hong^Gildong=<1B>$)C<FB><F3>^<D1><CE>=<1B>$)C<C8><AB>",
                "\\ISO 2022 IR 87|Hong^Gildong=<1B>$B;<1B>(B=<1B>$)C<C8><AB>",
                "\\ISO 2022 IR 149|Hong^Gildong=<1B>%G<FB><F3>=<1B>$)C<C8><AB>",
                "ISO_IR 192|Hong^Gildong=<FB><F3>=<ED><99><8D>",
                "GB18030|Hong^Gildong=<FF><FF>=<98><51>",
            })
    void groupThatIsNoTextOfItsSetIsToldFromTheOthers(String characterSet, String name) throws IOException {
        Dataset dataset = dataset(characterSet, Tag.PatientName, "PN", bytes(name));
        List<Optional<String>> groups = dataset.componentGroups(Tag.PatientName);
        assertThat(groups).hasSize(3);
        assertThat(groups.get(0)).contains("Hong^Gildong");
        assertThat(groups.get(1)).isEmpty();
        assertThat(groups.get(2)).isPresent();
        assertThat(dataset.decodes(Tag.PatientName)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''|M<FC>ller", "ISO_IR 6|M<FC>ller", "ISO_IR 999|M<FC>ller", "ISO_IR 100|<1B>$B;3<1B>(B"})
    void bytesBeyondTheDeclaredSetAreKeptAsTheyAreAndSaidNotToBeText(String characterSet, String name)
            throws IOException {
        byte[] bytes = bytes(name);
        Dataset dataset = dataset(characterSet, Tag.PatientName, "PN", bytes);
        assertThat(dataset.decodes(Tag.PatientName)).isFalse();
        assertThat(dataset.string(Tag.PatientName)).contains(new String(bytes, StandardCharsets.ISO_8859_1));
        assertThat(dataset.componentGroups(Tag.PatientName)).containsExactly(Optional.empty());
    }

    @Test
    void sameNameInTwoCharacterSetsIsTheSameText() throws IOException {
        byte[] latin = "Gr\u00fcn^J\u00f6rg".getBytes(StandardCharsets.ISO_8859_1);
        byte[] utf8 = "Gr\u00fcn^J\u00f6rg".getBytes(StandardCharsets.UTF_8);
        assertThat(dataset("ISO_IR 100", Tag.PatientName, "PN", latin).string(Tag.PatientName))
                .isEqualTo(dataset("ISO_IR 192", Tag.PatientName, "PN", utf8).string(Tag.PatientName))
                .isEqualTo(dataset("ISO 2022 IR 100\\ISO 2022 IR 87", Tag.PatientName, "PN", latin)
                        .string(Tag.PatientName));
    }

    /** Trailing bytes of these may be the code of a backslash: a delimiter it is not. */
    @ParameterizedTest
    @CsvSource({"GB18030, GB18030", "GBK, GBK"})
    void trailingBytesAreNoDelimiters(String characterSet, String charset) throws IOException {
        byte[] value = "\u8a79\\\u4e57".getBytes(Charset.forName(charset));
        assertThat(dataset(characterSet, Tag.StudyDescription, "LO", value).strings(Tag.StudyDescription))
                .containsExactly("\u8a79", "\u4e57");
        byte[] tricky = {(byte) 0x81, 0x5C, '\\', 'B'};
        assertThat(dataset(characterSet, Tag.StudyDescription, "LO", tricky).strings(Tag.StudyDescription))
                .hasSize(2)
                .last()
                .isEqualTo("B");
    }

    /** Within values a new line brings the first sets back (PS3.5 6.1.2.5.3); other delimiters of names do not. */
    @Test
    void linesAndValuesBeginWithTheFirstSets() throws IOException {
        Dataset text =
                dataset("\\ISO 2022 IR 149", Tag.ImageComments, "LT", bytes("<1B>$)C<C8><AB>=^\\<C8><AB><0D><0A>end"));
        assertThat(text.string(Tag.ImageComments)).contains("\ud64d=^\\\ud64d\r\nend");
        assertThat(text.decodes(Tag.ImageComments)).isTrue();
        Dataset line = dataset("\\ISO 2022 IR 149", Tag.ImageComments, "LT", bytes("<1B>$)C<C8><AB><0D><0A><C8><AB>"));
        assertThat(line.decodes(Tag.ImageComments)).isFalse();
        Dataset values =
                dataset("\\ISO 2022 IR 87", Tag.StudyDescription, "LO", bytes("<1B>$B;3!@<1B>(B\\<1B>$B;3<1B>(B"));
        assertThat(values.strings(Tag.StudyDescription)).containsExactly("\u5c71\uff3c", "\u5c71");
    }

    @Test
    void sharedNamesWithCodeExtensionsAreDecoded() throws IOException {
        assertThat(shared("faults/hl7-name-of-iso-2022/iso2022_kr.dcm"))
                .allMatch(Optional::isPresent)
                .hasSize(3);
        assertThat(shared("faults/hl7-name-of-iso-2022/iso2022_jp.dcm"))
                .allMatch(Optional::isPresent)
                .hasSize(3);
        assertThat(shared("dicom/edge/chrH31.dcm").get(1)).contains("\u5c71\u7530^\u592a\u90ce");
        assertThat(shared("dicom/edge/chrH32.dcm").get(1)).contains("\u5c71\u7530^\u592a\u90ce");
        assertThat(shared("dicom/edge/chrX1.dcm").get(1)).contains("\u738b^\u5c0f\u6771");
        assertThat(shared("dicom/edge/chrGB2312.dcm").get(1)).contains("\u5f20^\u5c0f\u4e1c");
    }

    private static List<Optional<String>> shared(String name) throws IOException {
        Path file = Path.of("..", "shared", "data").resolve(name);
        assumeTrue(Files.exists(file), "absent: " + file);
        return Dataset.readHeader(file).componentGroups(Tag.PatientName);
    }
}
