package org.rigatino.dicom;

import com.pixelmed.dicom.Attribute;
import com.pixelmed.dicom.AttributeTag;
import com.pixelmed.dicom.DicomOutputStream;
import java.nio.charset.StandardCharsets;

/** An attribute that was there and that could not be read. Nothing of it is written. */
final class UnreadableAttribute extends Attribute {
    private final String vr;
    private final String reason;

    /** @param vr as the dataset says it */
    UnreadableAttribute(int tag, String vr, String reason) {
        super(new AttributeTag(tag >>> 16, tag & 0xFFFF));
        this.vr = vr;
        this.reason = reason;
    }

    String reason() {
        return reason;
    }

    @Override
    public byte[] getVR() {
        return vr.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void removeValues() {
        throw new UnsupportedOperationException("an attribute that was read is replaced, not changed");
    }

    @Override
    public void write(DicomOutputStream out) {
        // What cannot be read cannot be known to be valid.
    }
}
