package org.rigatino.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Explicit VR Little Endian as Implicit VR Little Endian, against DCMTK's own conversion and at DCMTK's own receiver. */
class ImplicitVrWriterTest {
    private static final String SOP_CLASS_UID = "1.2.840.10008.5.1.4.1.1.7";

    @TempDir
    Path folder;

    /** Tag and VR of an element of each VR (PS3.5 6.2), in ascending order of tags. */
    private record OfVr(int tag, String vr) {}

    private static final List<OfVr> EVERY_VR = List.of(
            new OfVr(0x00080005, "CS"),
            new OfVr(0x00080008, "CS"),
            new OfVr(0x00080012, "DA"),
            new OfVr(0x0008002A, "DT"),
            new OfVr(0x00080030, "TM"),
            new OfVr(0x00080050, "SH"),
            new OfVr(0x00080054, "AE"),
            new OfVr(0x00080070, "LO"),
            new OfVr(0x00080081, "ST"),
            new OfVr(0x00080120, "UR"),
            new OfVr(0x00081155, "UI"),
            new OfVr(0x00100010, "PN"),
            new OfVr(0x00101010, "AS"),
            new OfVr(0x00102180, "LT"),
            new OfVr(0x00102181, "UC"),
            new OfVr(0x00181063, "DS"),
            new OfVr(0x00186020, "SL"),
            new OfVr(0x00189073, "FD"),
            new OfVr(0x00200013, "IS"),
            new OfVr(0x00200020, "UN"),
            new OfVr(0x00280010, "US"),
            new OfVr(0x00280106, "SS"),
            new OfVr(0x00286101, "UN"),
            new OfVr(0x00287FE0, "UT"),
            new OfVr(0x00291010, "UN"),
            new OfVr(0x00400281, "OB"),
            new OfVr(0x0040A161, "FL"),
            new OfVr(0x00420011, "OB"),
            new OfVr(0x00540500, "AT"),
            new OfVr(0x00660016, "OF"),
            new OfVr(0x00660022, "OD"),
            new OfVr(0x00660040, "OL"),
            new OfVr(0x00720082, "SV"),
            new OfVr(0x00720083, "UV"),
            new OfVr(0x00720084, "OV"),
            new OfVr(0x00720085, "UL"),
            new OfVr(0x7FE00010, "OW"));

    private static final List<String> SHORT = List.of(
            "AE", "AS", "AT", "CS", "DA", "DS", "DT", "FD", "FL", "IS", "LO", "LT", "PN", "SH", "SL", "SS", "ST", "TM",
            "UI", "UL", "US");

    /** Bytes of elements as they come. */
    private static final class Elements {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Elements head(int tag, int length) {
            out.writeBytes(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putShort((short) (tag >>> 16))
                    .putShort((short) tag)
                    .putInt(length)
                    .array());
            return this;
        }

        Elements explicit(int tag, String vr, int length) {
            ByteBuffer head = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
            head.putShort((short) (tag >>> 16)).putShort((short) tag).put(vr.getBytes(StandardCharsets.US_ASCII));
            if (SHORT.contains(vr)) {
                head.putShort((short) length);
            } else {
                head.putShort((short) 0).putInt(length);
            }
            out.write(head.array(), 0, head.position());
            return this;
        }

        Elements explicit(int tag, String vr, byte[] value) {
            return explicit(tag, vr, value.length).bytes(value);
        }

        Elements implicit(int tag, byte[] value) {
            return head(tag, value.length).bytes(value);
        }

        Elements bytes(byte[] bytes) {
            out.writeBytes(bytes);
            return this;
        }

        byte[] all() {
            return out.toByteArray();
        }
    }

    private static byte[] value(int length) {
        byte[] value = new byte[length];
        for (int i = 0; i < length; i++) {
            value[i] = (byte) ('0' + i % 10);
        }
        return value;
    }

    private static byte[] everyVr(int length) {
        Elements elements = new Elements();
        EVERY_VR.forEach(of -> elements.explicit(of.tag, of.vr, value(length)));
        return elements.all();
    }

    private static byte[] everyVrImplicit(int length) {
        Elements elements = new Elements();
        EVERY_VR.forEach(of -> elements.implicit(of.tag, value(length)));
        return elements.all();
    }

    private static byte[] convert(byte[] explicit) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImplicitVrWriter.convert(new ByteArrayInputStream(explicit), out);
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 8, 40, 65534})
    void everyVrKeepsItsBytes(int length) throws IOException {
        assertThat(convert(everyVr(length))).isEqualTo(everyVrImplicit(length));
    }

    @Test
    void aVrThatIsNotKnownHasTheLongForm() throws IOException {
        assertThat(convert(
                        new Elements().explicit(0x00091001, "ZZ", value(70_000)).all()))
                .isEqualTo(new Elements().implicit(0x00091001, value(70_000)).all());
    }

    /** Defined and undefined lengths of sequence and item, empty ones, nested ones: the same Implicit VR. */
    static Stream<byte[]> formsOfOneSequence() {
        byte[] inner = everyVr(4);
        byte[] empty = new Elements().explicit(0x00081140, "SQ", 0).all();
        byte[] defined = new Elements()
                .explicit(0x00082112, "SQ", 8 + inner.length + empty.length)
                .head(0xFFFEE000, inner.length + empty.length)
                .bytes(inner)
                .bytes(empty)
                .all();
        byte[] emptyToo = new Elements()
                .explicit(0x00081140, "SQ", -1)
                .head(0xFFFEE0DD, 0)
                .all();
        byte[] undefined = new Elements()
                .explicit(0x00082112, "SQ", -1)
                .head(0xFFFEE000, -1)
                .bytes(inner)
                .bytes(emptyToo)
                .head(0xFFFEE00D, 0)
                .head(0xFFFEE0DD, 0)
                .all();
        byte[] mixed = new Elements()
                .explicit(0x00082112, "SQ", -1)
                .head(0xFFFEE000, inner.length + empty.length)
                .bytes(inner)
                .bytes(empty)
                .head(0xFFFEE0DD, 0)
                .all();
        byte[] underUn = new Elements()
                .explicit(0x00082112, "UN", -1)
                .head(0xFFFEE000, -1)
                .bytes(everyVrImplicit(4))
                .head(0x00081140, -1)
                .head(0xFFFEE0DD, 0)
                .head(0xFFFEE00D, 0)
                .head(0xFFFEE0DD, 0)
                .all();
        byte[] withGroupLength = new Elements()
                .explicit(0x00080000, "UL", 4)
                .bytes(value(4))
                .bytes(defined)
                .all();
        return Stream.of(defined, undefined, mixed, underUn, withGroupLength);
    }

    @ParameterizedTest
    @MethodSource("formsOfOneSequence")
    void aSequenceIsTheSameWhateverItsForm(byte[] explicit) throws IOException {
        assertThat(convert(explicit))
                .isEqualTo(new Elements()
                        .head(0x00082112, -1)
                        .head(0xFFFEE000, -1)
                        .bytes(everyVrImplicit(4))
                        .head(0x00081140, -1)
                        .head(0xFFFEE0DD, 0)
                        .head(0xFFFEE00D, 0)
                        .head(0xFFFEE0DD, 0)
                        .all());
    }

    @Test
    void aSequenceUnderUnOfKnownLengthIsImplicitAlready() throws IOException {
        byte[] items = new Elements()
                .head(0xFFFEE000, 12)
                .implicit(0x00081155, value(4))
                .all();
        assertThat(convert(new Elements().explicit(0x00082112, "UN", items).all()))
                .isEqualTo(new Elements().implicit(0x00082112, items).all());
    }

    static Stream<byte[]> unconvertible() {
        byte[] fragments = new Elements()
                .explicit(0x7FE00010, "OB", -1)
                .head(0xFFFEE000, 0)
                .head(0xFFFEE0DD, 0)
                .all();
        byte[] icon = new Elements()
                .explicit(0x00880200, "SQ", 8 + fragments.length)
                .head(0xFFFEE000, fragments.length)
                .bytes(fragments)
                .all();
        byte[] cut =
                new Elements().explicit(0x00100020, "LO", 10).bytes(value(4)).all();
        byte[] beyond = new Elements()
                .explicit(0x00082112, "SQ", 8 + 10)
                .head(0xFFFEE000, 10)
                .explicit(0x00100020, "LO", value(4))
                .all();
        byte[] noItem =
                new Elements().explicit(0x00082112, "SQ", 8).head(0x00100020, 0).all();
        byte[] deep = new byte[0];
        for (int depth = 0; depth < 70; depth++) {
            deep = new Elements()
                    .explicit(0x00082112, "SQ", 8 + deep.length)
                    .head(0xFFFEE000, deep.length)
                    .bytes(deep)
                    .all();
        }
        return Stream.of(fragments, icon, cut, beyond, noItem, deep, new byte[] {8, 0, 5});
    }

    @ParameterizedTest
    @MethodSource("unconvertible")
    void whatImplicitVrCannotHoldIsRefused(byte[] explicit) {
        assertThatThrownBy(() -> convert(explicit)).isInstanceOf(DicomException.class);
    }

    /** A sample of each folder and SOP class in Explicit VR Little Endian, as pydicom reads it before and after. */
    @Test
    void samplesKeepTheBytesOfTheirValues() throws Exception {
        List<Path> files = new ArrayList<>();
        Set<String> kinds = new HashSet<>();
        for (Path file : Samples.sendable()) {
            FileMeta meta = FileMeta.read(file);
            if (meta.transferSyntaxUid().equals(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN)
                    && kinds.add(file.getParent() + meta.sopClassUid())
                    && !file.endsWith("edge/MR_truncated.dcm")) {
                files.add(file);
                files.add(converted(meta, file));
            }
        }
        assertThat(files).hasSizeGreaterThan(20);
        SameValues.assertThatAllAre(files);
    }

    private Path converted(FileMeta meta, Path file) throws IOException {
        byte[] head = new FileMeta(meta.sopClassUid(), meta.sopInstanceUid(), TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN)
                .encode();
        byte[] dataset = convert(Samples.dataset(file));
        return Files.write(
                Files.createTempFile(folder, "implicit", ".dcm"),
                new Elements().bytes(head).bytes(dataset).all());
    }

    private Path file() throws IOException {
        byte[] identity = new Elements()
                .explicit(0x00080016, "UI", (SOP_CLASS_UID + '\0').getBytes(StandardCharsets.US_ASCII))
                .explicit(0x00080018, "UI", "2.25.11\0".getBytes(StandardCharsets.US_ASCII))
                .bytes(formsOfOneSequence().findFirst().orElseThrow())
                .explicit(0x7FE00010, "OB", value(500_000))
                .all();
        Path file = folder.resolve("explicit.dcm");
        byte[] meta = new FileMeta(SOP_CLASS_UID, "2.25.11", TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN).encode();
        return Files.write(file, new Elements().bytes(meta).bytes(identity).all());
    }

    @Test
    void anArchiveOfImplicitVrAloneReceivesTheSameValues() throws Exception {
        Tool.assumeInstalled("storescp");
        Path file = file();
        byte[] before = Files.readAllBytes(file);
        Path archive = Files.createDirectory(folder.resolve("archive"));
        try (StoreScp scp = StoreScp.start(archive, "+xi", "--bit-preserving");
                StorageScu scu = StorageScu.open(Listening.node(scp.port(), "ANY"), List.of(file))) {
            assertThat(scu.store(file)).isEqualTo(StoreStatus.SUCCESS);
            assertThat(scu.store(file)).isEqualTo(StoreStatus.SUCCESS);
        }
        try (Stream<Path> files = Files.list(archive)) {
            Path received = files.findFirst().orElseThrow();
            assertThat(FileMeta.read(received).transferSyntaxUid()).isEqualTo(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN);
            assertThat(Samples.dataset(received)).isEqualTo(convert(Samples.dataset(file)));
        }
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void anArchiveOfBothReceivesTheFileAsItIs() throws Exception {
        Path file = file();
        try (Listening listening = new Listening(folder);
                StorageScu scu = StorageScu.open(listening.node(), List.of(file))) {
            assertThat(scu.store(file)).isEqualTo(StoreStatus.SUCCESS);
            assertThat(listening.received.get("2.25.11")).hasBinaryContent(Samples.dataset(file));
        }
    }

    /** The dataset is found wanting before anything is sent, and the association goes on. */
    @Test
    void whatDoesNotConvertCostsNoAssociation() throws Exception {
        Tool.assumeInstalled("storescp");
        Path good = file();
        byte[] meta = new FileMeta(SOP_CLASS_UID, "2.25.12", TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN).encode();
        byte[] cut =
                new Elements().explicit(0x00100020, "LO", 10).bytes(value(4)).all();
        Path bad = Files.write(
                folder.resolve("bad.dcm"), new Elements().bytes(meta).bytes(cut).all());
        Path archive = Files.createDirectory(folder.resolve("archive"));
        try (StoreScp scp = StoreScp.start(archive, "+xi", "--bit-preserving");
                StorageScu scu = StorageScu.open(Listening.node(scp.port(), "ANY"), List.of(bad, good))) {
            assertThatThrownBy(() -> scu.store(bad)).hasMessageContaining("ends within an element");
            assertThat(scu.store(good)).isEqualTo(StoreStatus.SUCCESS);
        }
    }
}
