package org.rigatino.result;

import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;

/** Names an object that was made. */
public record ResultReference(ObjectKind kind, String sopClassUid, String sopInstanceUid, String seriesInstanceUid) {
    /** Referenced SOP Class and Instance UID. */
    Dataset item() {
        return new Dataset()
                .put(Tag.ReferencedSOPClassUID, sopClassUid)
                .put(Tag.ReferencedSOPInstanceUID, sopInstanceUid);
    }

    /** Whether a report refers to it as IMAGE, not as COMPOSITE (PS3.3 C.18.4). */
    boolean isImage() {
        return switch (kind) {
            case MEASUREMENT_REPORT, PRESENTATION_STATE, KEY_OBJECT_SELECTION, ASSESSMENT, REJECTION_NOTE -> false;
            default -> true;
        };
    }
}
