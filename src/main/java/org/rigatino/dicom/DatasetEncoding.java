package org.rigatino.dicom;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Datasets as bytes: in a file of PS3.10, and without File Meta Information as messages carry them (PS3.7). */
final class DatasetEncoding {
    /** Tag, VR, reserved bytes and 32-bit length (PS3.5 7.1.2). */
    private static final int PIXEL_DATA_HEAD = 12;

    private DatasetEncoding() {}

    static byte[] file(Dataset dataset, String transferSyntaxUid, String sourceAeTitle) throws DicomException {
        FileMeta meta =
                new FileMeta(dataset.require(Tag.SOPClassUID), dataset.require(Tag.SOPInstanceUID), transferSyntaxUid);
        byte[] head = meta.encode(sourceAeTitle);
        byte[] body = withoutFileMeta(dataset, transferSyntaxUid);
        byte[] file = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, file, head.length, body.length);
        return file;
    }

    static byte[] fileWithRoom(Dataset dataset, String sourceAeTitle, int length) throws DicomException {
        if (dataset.contains(Tag.PixelData) || length % 2 != 0) {
            throw new IllegalArgumentException("no room for " + length + " bytes of Pixel Data");
        }
        byte[] head = file(dataset, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, sourceAeTitle);
        ByteBuffer file = ByteBuffer.allocate(Math.addExact(head.length + PIXEL_DATA_HEAD, length))
                .order(ByteOrder.LITTLE_ENDIAN);
        file.put(head).putShort((short) 0x7FE0).putShort((short) 0x0010).put(new byte[] {'O', 'B', 0, 0});
        return file.putInt(length).array();
    }

    static byte[] withoutFileMeta(Dataset dataset, String transferSyntaxUid) throws DicomException {
        dataset.attributes().removeMetaInformationHeaderAttributes();
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            dataset.attributes().write(out, transferSyntaxUid, false, true);
            return out.toByteArray();
        } catch (com.pixelmed.dicom.DicomException | IOException e) {
            throw new DicomException("cannot encode dataset: " + e.getMessage(), e);
        }
    }

    /** Of {@link #withoutFileMeta}. */
    static Dataset decode(byte[] bytes, String transferSyntaxUid) throws DicomException {
        try {
            return new Dataset(new DatasetReader(new ByteArrayInputStream(bytes), transferSyntaxUid, -1).read());
        } catch (IOException | RuntimeException e) {
            throw new DicomException("cannot decode the dataset of a message: " + e.getMessage(), e);
        }
    }

    /** As whoever receives it reads it: values that were put are held against nothing, and text is not decoded. */
    static Dataset asRead(Dataset dataset) throws DicomException {
        return decode(
                withoutFileMeta(dataset, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN),
                TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
    }
}
