package org.rigatino.dicom;

/** An attribute is there, and what it says cannot be known: neither absent nor empty. */
public final class UnreadableAttributeException extends DicomException {
    private final int tag;

    UnreadableAttributeException(int tag, String vr, String reason) {
        super("attribute " + Tag.text(tag) + " of VR " + vr + " is there and cannot be read: " + reason);
        this.tag = tag;
    }

    public int tag() {
        return tag;
    }
}
