package org.rigatino.deliver.dicomweb;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;
import org.rigatino.dicom.SopReference;
import org.rigatino.dicom.StoreStatus;

/**
 * The Store Instances Response Module (PS3.18 I.2) as far as it speaks of one object.
 *
 * @param isStored whether the Referenced SOP Sequence names it
 * @param warning null where it was stored without
 * @param failed why it was not; null where the Failed SOP Sequence does not name it
 * @param problem why nothing can be told; null where something can
 */
record StoreResponse(boolean isStored, StoreStatus warning, StoreStatus failed, String problem) {
    static final StoreResponse NOTHING = new StoreResponse(false, null, null, null);

    private static final String REFERENCED_SOP_SEQUENCE = "00081199";
    private static final String FAILED_SOP_SEQUENCE = "00081198";
    private static final String REFERENCED_SOP_INSTANCE_UID = "00081155";
    private static final String WARNING_REASON = "00081196";
    private static final String FAILURE_REASON = "00081197";
    private static final int PROCESSING_FAILURE = 0x0110;

    static StoreResponse of(Answer answer, SopReference object) {
        try {
            JsonNode all = DicomJson.parse(answer);
            JsonNode module = all.isArray() && all.size() == 1 ? all.get(0) : all;
            JsonNode failed = item(module.path(FAILED_SOP_SEQUENCE), object);
            if (failed != null) {
                return new StoreResponse(false, null, status(failed.path(FAILURE_REASON), PROCESSING_FAILURE), null);
            }
            JsonNode stored = item(module.path(REFERENCED_SOP_SEQUENCE), object);
            return stored == null
                    ? unreadable("with a body that does not name the object")
                    : new StoreResponse(true, status(stored.path(WARNING_REASON), 0), null, null);
        } catch (DicomJson.UnreadableException e) {
            return unreadable("with a body that " + e.getMessage());
        }
    }

    private static StoreResponse unreadable(String problem) {
        return new StoreResponse(false, null, null, problem);
    }

    private static JsonNode item(JsonNode sequence, SopReference object) {
        return StreamSupport.stream(sequence.path("Value").spliterator(), false)
                .filter(item -> object.sopInstanceUid().equals(DicomJson.text(item, REFERENCED_SOP_INSTANCE_UID)))
                .findFirst()
                .orElse(null);
    }

    /** @param otherwise 0 for none */
    private static StoreStatus status(JsonNode reason, int otherwise) {
        int code = reason.path("Value").path(0).asInt(otherwise) & 0xFFFF;
        return code == 0 && otherwise == 0 ? null : new StoreStatus(code);
    }
}
