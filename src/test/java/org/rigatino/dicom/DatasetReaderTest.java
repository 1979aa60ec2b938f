package org.rigatino.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pixelmed.dicom.Attribute;
import com.pixelmed.dicom.AttributeList;
import com.pixelmed.dicom.AttributeTag;
import com.pixelmed.dicom.DicomInputStream;
import com.pixelmed.dicom.TagFromName;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The toolkit's own reader is the witness for every sample that it can read. */
class DatasetReaderTest {
    private static final String UNDECODABLE = "\ufffd";

    @TempDir
    Path folder;

    @Test
    void every_sample_holds_the_elements_that_the_toolkit_finds() throws Exception {
        int compared = 0;
        for (Path file : Samples.sendable()) {
            Optional<AttributeList> expected = toolkit(file);
            if (expected.isPresent()) {
                compare(file, expected.get(), Dataset.readHeader(file).attributes());
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(230);
    }

    @Test
    void every_sendable_sample_says_where_it_belongs() throws Exception {
        for (Path file : Samples.sendable()) {
            assertThatCode(() -> Dataset.readUntil(file, Tag.SeriesInstanceUID + 1))
                    .as(file.toString())
                    .doesNotThrowAnyException();
        }
    }

    private static Optional<AttributeList> toolkit(Path file) throws IOException {
        AttributeList list = new AttributeList();
        list.setDecompressPixelData(false);
        try (DicomInputStream in = new DicomInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            list.read(in, TagFromName.PixelData);
            return Optional.of(list);
        } catch (com.pixelmed.dicom.DicomException | IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static void compare(Path file, AttributeList expected, AttributeList actual) {
        expected.remove(TagFromName.FileMetaInformationGroupLength);
        for (Attribute attribute : expected.values()) {
            AttributeTag tag = attribute.getTag();
            assertThat(actual.get(tag)).as(file + " " + tag).isNotNull();
            if (attribute.getVRAsString().matches("UI|DS|IS|CS|DA|TM|US|SS|FD")
                    && !strings(attribute).contains(UNDECODABLE)) {
                assertThat(strings(actual.get(tag))).as(file + " " + tag).isEqualTo(strings(attribute));
            }
        }
    }

    private static String strings(Attribute attribute) {
        try {
            String[] values = attribute.getStringValues();
            return values == null
                    ? ""
                    : String.join("\\", values).replace("\0", "").strip();
        } catch (com.pixelmed.dicom.DicomException e) {
            throw new AssertionError(e);
        }
    }

    /** Cut or changed anywhere: a header or a refusal, in no more memory than the file. */
    @Test
    void damaged_headers_are_read_or_refused() throws Exception {
        byte[] whole = Files.readAllBytes(Samples.file("single/MR_small.dcm"));
        byte[] header = Arrays.copyOf(whole, 1800);
        Random random = new Random(1);
        for (int i = 0; i < 3000; i++) {
            byte[] damaged = Arrays.copyOf(header, i % 2 == 0 ? header.length : 140 + random.nextInt(1600));
            for (int change = 0; change < 4; change++) {
                damaged[132 + random.nextInt(damaged.length - 132)] = (byte) random.nextInt();
            }
            Path file = Files.write(folder.resolve("damaged.dcm"), damaged);
            try {
                assertThat(Dataset.readHeader(file)).isNotNull();
            } catch (DicomException e) {
                assertThat(e).hasMessageContaining("damaged.dcm");
            }
        }
    }

    @Test
    void endless_nesting_is_refused() throws Exception {
        byte[] meta = new FileMeta(SopClass.SECONDARY_CAPTURE_IMAGE_STORAGE, "1.2.3", "1.2.840.10008.1.2").encode();
        byte[] nested = {0x08, 0, 0x40, 0x11, -1, -1, -1, -1, -2, -1, 0, -32, -1, -1, -1, -1};
        byte[] bytes = Arrays.copyOf(meta, meta.length + nested.length * 100_000);
        for (int i = 0; i < 100_000; i++) {
            System.arraycopy(nested, 0, bytes, meta.length + i * nested.length, nested.length);
        }
        Path file = Files.write(folder.resolve("nested.dcm"), bytes);
        assertThatThrownBy(() -> Dataset.readHeader(file))
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("nested deeper");
    }
}
