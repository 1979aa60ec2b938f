package org.rigatino.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.FileMeta;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.TransferSyntax;
import org.rigatino.patient.StudyIdentity;
import org.rigatino.rule.Subject;

/** Ingest takes memory for what it asks for, whatever stands beside that. */
class InstanceHeaderTest {
    private static final long MIB = 1 << 20;
    private static final String SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7";

    @TempDir
    Path folder;

    /** Each attribute that is asked for, with its own value. */
    private static Dataset everything() {
        Dataset dataset = new Dataset();
        for (Set<Integer> tags : java.util.List.of(StudyIdentity.TAGS, Subject.TAGS)) {
            tags.forEach(tag -> dataset.put(tag, "V" + Tag.text(tag).replaceAll("\\W", "")));
        }
        return dataset.put(Tag.SpecificCharacterSet, "ISO_IR 100")
                .put(Tag.PatientBirthDate, "19700101")
                .put(Tag.StudyDate, "20260102")
                .put(Tag.PatientAge, "056Y");
    }

    @Test
    void nothingThatIsAskedForIsPassedOver() throws Exception {
        InstanceFile file = InstanceFile.write(
                folder,
                "1",
                "1",
                dataset -> dataset.copy(everything(), all()).put(Tag.Manufacturer, "Rigatino"),
                TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
        InstanceHeader read = InstanceHeader.read(file.path());
        InstanceHeader whole = InstanceHeader.of(Dataset.readHeader(file.path()));
        assertThat(read).usingRecursiveComparison().isEqualTo(whole);
        assertThat(read.ownOutput()).isTrue();
        assertThat(read.identity().values().values()).doesNotContain("");
    }

    private static int[] all() {
        return java.util.stream.Stream.of(StudyIdentity.TAGS, Subject.TAGS)
                .flatMap(Set::stream)
                .mapToInt(tag -> tag)
                .toArray();
    }

    /** 240 MiB of one letter, on the wire a thousandth of that; values of any tag, and items that nobody asks for. */
    @Test
    void aDatasetThatInflatesTakesNoMemory() throws Exception {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(
                new FileMeta(SECONDARY_CAPTURE, "2.25.3", TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN).encode());
        try (OutputStream out = new DeflaterOutputStream(file, new Deflater(9, true))) {
            out.write(element(Tag.SOPClassUID, "UI", SECONDARY_CAPTURE.length() + 1));
            out.write((SECONDARY_CAPTURE + "\0").getBytes());
            out.write(element(Tag.SOPInstanceUID, "UI", 6));
            out.write("2.25.3".getBytes());
            for (int i = 0; i < 5; i++) {
                large(out, 0x00091010 + i, "UN");
            }
            out.write(element(0x00081115, "SQ", -1));
            out.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(0xE000FFFE)
                    .putInt(-1)
                    .array());
            for (int i = 0; i < 5; i++) {
                large(out, 0x00091010 + i, "UT");
            }
            out.write(ByteBuffer.allocate(16)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(0xE00DFFFE)
                    .putInt(0)
                    .putInt(0xE0DDFFFE)
                    .putInt(0)
                    .array());
            for (int i = 0; i < 5; i++) {
                large(out, 0x00191010 + i, "OB");
            }
            large(out, Tag.PatientID, "UT");
            out.write(element(Tag.StudyInstanceUID, "UI", 6));
            out.write("2.25.1".getBytes());
            out.write(element(Tag.SeriesInstanceUID, "UI", 6));
            out.write("2.25.2".getBytes());
        }
        Path bomb = Files.write(folder.resolve("bomb.dcm"), file.toByteArray());
        assertThat(Files.size(bomb)).isLessThan(MIB / 2);
        InstanceHeader.read(InstanceFile.write(folder, "2", "2", "warm").path());
        long before = allocated();
        InstanceHeader header = InstanceHeader.read(bomb);
        assertThat(allocated() - before).isLessThan(4 * MIB);
        assertThat(header.seriesInstanceUid()).isEqualTo("2.25.2");
        assertThat(header.identity()).as("Patient ID is longer than is read").isNull();
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static byte[] element(int tag, String vr, int length) {
        boolean shortForm = vr.equals("UI");
        ByteBuffer head = ByteBuffer.allocate(shortForm ? 8 : 12).order(ByteOrder.LITTLE_ENDIAN);
        head.putShort((short) (tag >>> 16)).putShort((short) tag).put(vr.getBytes());
        return (shortForm
                        ? head.putShort((short) length)
                        : head.putShort((short) 0).putInt(length))
                .array();
    }

    private static void large(OutputStream out, int tag, String vr) throws Exception {
        out.write(element(tag, vr, (int) (15 * MIB)));
        byte[] letters = new byte[(int) MIB];
        java.util.Arrays.fill(letters, (byte) 'A');
        for (int i = 0; i < 15; i++) {
            out.write(letters);
        }
    }

    /** As where all is kept: it is refused when it is received, not when it is restored. */
    @Test
    void limitsHoldForWhatIsPassedOver() throws Exception {
        for (int length : new int[] {15, 20}) {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            file.write(new FileMeta(SECONDARY_CAPTURE, "2.25.3", TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN)
                    .encode());
            try (OutputStream out = new DeflaterOutputStream(file, new Deflater(1, true))) {
                for (int i = 0; i < length; i++) {
                    large(out, 0x00091010 + i, "UN");
                }
            }
            Path bomb = Files.write(folder.resolve("bomb.dcm"), file.toByteArray());
            assertThatThrownBy(() -> InstanceHeader.read(bomb))
                    .isInstanceOf(DicomException.class)
                    .hasMessageContaining(length == 15 ? "(0020,000D)" : "header of more than 268435456 bytes");
        }
    }
}
