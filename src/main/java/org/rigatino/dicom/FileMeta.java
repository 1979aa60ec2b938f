package org.rigatino.dicom;

import com.pixelmed.dicom.AttributeList;
import com.pixelmed.dicom.AttributeTag;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** File Meta Information (PS3.10 7.1): Explicit VR Little Endian, before every dataset on disk. */
public record FileMeta(String sopClassUid, String sopInstanceUid, String transferSyntaxUid) {
    private static final int MEDIA_STORAGE_SOP_INSTANCE_UID = 0x00020003;
    private static final AttributeTag TRANSFER_SYNTAX_UID = new AttributeTag(2, 0x0010);
    private static final int PREAMBLE_LENGTH = 128;
    private static final byte[] PREFIX = "DICM".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_LENGTH = 1024 * 1024;

    /** Preamble, prefix and File Meta Information; names Rigatino as what wrote the file, not the toolkit. */
    public byte[] encode() {
        return encode("");
    }

    /** @param sourceAeTitle left out where empty */
    byte[] encode(String sourceAeTitle) {
        ByteBuffer elements = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
        elements.putShort((short) 2).putShort((short) 1).put(ascii("OB")).putShort((short) 0);
        elements.putInt(2).put(new byte[] {0, 1});
        put(elements, 0x0002, "UI", sopClassUid);
        put(elements, 0x0003, "UI", sopInstanceUid);
        put(elements, 0x0010, "UI", transferSyntaxUid);
        put(elements, 0x0012, "UI", Uids.IMPLEMENTATION_CLASS_UID);
        put(elements, 0x0013, "SH", Uids.IMPLEMENTATION_VERSION_NAME);
        if (!sourceAeTitle.isEmpty()) {
            put(elements, 0x0016, "AE", sourceAeTitle);
        }
        elements.flip();
        ByteBuffer out = ByteBuffer.allocate(PREAMBLE_LENGTH + PREFIX.length + 12 + elements.remaining())
                .order(ByteOrder.LITTLE_ENDIAN);
        out.position(PREAMBLE_LENGTH).put(PREFIX);
        out.putShort((short) 2).putShort((short) 0).put(ascii("UL")).putShort((short) 4);
        out.putInt(elements.remaining()).put(elements);
        return out.array();
    }

    private static void put(ByteBuffer out, int element, String vr, String value) {
        byte[] bytes = ascii(value);
        int padded = bytes.length + bytes.length % 2;
        out.putShort((short) 2).putShort((short) element).put(ascii(vr)).putShort((short) padded);
        out.put(bytes);
        if (padded > bytes.length) {
            out.put((byte) (vr.equals("UI") ? 0 : ' '));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** @throws DicomException where the file is not there or does not begin as one of PS3.10 */
    public static FileMeta read(Path file) throws DicomException {
        try (PushbackInputStream in = new PushbackInputStream(new BufferedInputStream(Files.newInputStream(file)), 4)) {
            return read(in);
        } catch (IOException e) {
            throw new DicomException("cannot read " + file.getFileName() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads up to the first byte of the dataset, which is left in the stream.
     *
     * @param in can push back four bytes
     * @throws DicomException where it does not begin as a file of PS3.10, or ends before its dataset
     */
    public static FileMeta read(PushbackInputStream in) throws IOException {
        readPrefix(in);
        try {
            return of(new Dataset(readElements(in)));
        } catch (EOFException e) {
            throw new DicomException("file ends within its File Meta Information", e);
        }
    }

    /** Whether the file starts with preamble and prefix (PS3.10 7.1), whatever follows. */
    public static boolean isDicom(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            readPrefix(in);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Preamble and prefix. */
    static void readPrefix(InputStream in) throws IOException {
        byte[] start = in.readNBytes(PREAMBLE_LENGTH + PREFIX.length);
        if (start.length < PREAMBLE_LENGTH + PREFIX.length
                || !Arrays.equals(start, PREAMBLE_LENGTH, start.length, PREFIX, 0, PREFIX.length)) {
            throw new DicomException("not a DICOM file: no DICM after the preamble");
        }
    }

    /**
     * The elements of group 0002. The group length is not trusted before Transfer Syntax UID is there; from where it says
     * that the group ends, or without it, an element whose tag does not come after the last one is the dataset's.
     */
    static AttributeList readElements(PushbackInputStream in) throws IOException {
        AttributeList list = new AttributeList();
        long left = 0;
        int last = -1;
        int total = 0;
        while (total < MAX_LENGTH) {
            byte[] tag = in.readNBytes(4);
            int element = tag.length < 4 ? -1 : (tag[2] & 0xff) | (tag[3] & 0xff) << 8;
            boolean ended = left <= 0 && element <= last && list.get(TRANSFER_SYNTAX_UID) != null;
            if (tag.length < 4 || tag[0] != 2 || tag[1] != 0 || ended) {
                in.unread(tag);
                return list;
            }
            VerbatimText value = element(in, element);
            if (list.get(value.getTag()) == null) {
                list.put(value);
            }
            total += value.getVL();
            left = element == 0 && last < 0 ? groupLength(value) : left - headLength(value) - value.getVL();
            last = element;
        }
        throw new DicomException("File Meta Information does not end");
    }

    private static long groupLength(VerbatimText value) {
        byte[] bytes = value.getByteValues();
        return bytes.length == 4
                ? Integer.toUnsignedLong(
                        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt())
                : 0;
    }

    private static int headLength(VerbatimText value) {
        return ValueRepresentation.isLongForm(value.getVRAsString()) ? 12 : 8;
    }

    private static VerbatimText element(InputStream in, int element) throws IOException {
        DataInputStream data = new DataInputStream(in);
        String vr = new String(new byte[] {data.readByte(), data.readByte()}, StandardCharsets.US_ASCII);
        int length = Short.reverseBytes(data.readShort()) & 0xffff;
        if (ValueRepresentation.isLongForm(vr)) {
            length = Integer.reverseBytes(data.readInt());
        }
        if (length < 0 || length > MAX_LENGTH) {
            throw new DicomException("File Meta Information holds an element of impossible length");
        }
        byte[] value = in.readNBytes(length);
        if (value.length < length) {
            throw new EOFException("file ends within its File Meta Information");
        }
        return new VerbatimText(new AttributeTag(2, element), vr, value, TextDecoder.DEFAULT);
    }

    private static FileMeta of(Dataset elements) throws DicomException {
        for (int tag : new int[] {Tag.MediaStorageSOPClassUID, MEDIA_STORAGE_SOP_INSTANCE_UID, Tag.TransferSyntaxUID}) {
            if (!Uids.isValid(elements.string(tag).orElse(null))) {
                throw new DicomException("File Meta Information lacks a valid " + Tag.text(tag));
            }
        }
        return new FileMeta(
                elements.require(Tag.MediaStorageSOPClassUID),
                elements.require(MEDIA_STORAGE_SOP_INSTANCE_UID),
                elements.require(Tag.TransferSyntaxUID));
    }
}
