package org.rigatino.dicom;

import com.pixelmed.dicom.Attribute;
import com.pixelmed.dicom.AttributeTag;
import com.pixelmed.dicom.DicomOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.NumberFormat;

/** An attribute with the bytes that a test gives, valid or not. */
public final class RawValue extends Attribute {
    private final String vr;
    private final byte[] bytes;

    private RawValue(int tag, String vr, byte[] bytes) {
        super(new AttributeTag(tag >>> 16, tag & 0xFFFF));
        this.vr = vr;
        this.bytes = bytes;
        this.valueLength = bytes.length;
    }

    /** @param text one byte a character; padded with a space where odd */
    public static Dataset put(Dataset dataset, int tag, String vr, String text) {
        byte[] bytes = (text.length() % 2 == 0 ? text : text + " ").getBytes(StandardCharsets.ISO_8859_1);
        dataset.attributes().put(new RawValue(tag, vr, bytes));
        return dataset;
    }

    /** As it is encoded, of a file that was read. */
    public static byte[] of(Dataset dataset, int tag) throws DicomException {
        try {
            return dataset.attributes()
                    .get(new AttributeTag(tag >>> 16, tag & 0xFFFF))
                    .getByteValues();
        } catch (com.pixelmed.dicom.DicomException e) {
            throw new DicomException("no bytes", e);
        }
    }

    @Override
    public byte[] getVR() {
        return vr.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String[] getStringValues(NumberFormat format) {
        return new String(bytes, StandardCharsets.ISO_8859_1).split("\\\\");
    }

    @Override
    public void removeValues() {
        throw new UnsupportedOperationException("a raw value is what it is");
    }

    @Override
    public void write(DicomOutputStream out) throws com.pixelmed.dicom.DicomException, IOException {
        writeBase(out);
        out.write(bytes);
    }
}
