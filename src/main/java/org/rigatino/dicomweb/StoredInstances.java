package org.rigatino.dicomweb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rigatino.dicom.StoreStatus;
import org.rigatino.dicom.Uids;

/**
 * What came of each instance of one request: the Store Instances Response Module (PS3.18 I.2) in the DICOM JSON model
 * (PS3.18 F.2). Retrieve URL stays empty: nothing is retrieved from here.
 */
final class StoredInstances {
    /** PS3.18 table I.2-2. */
    static final StoreStatus SOP_CLASS_NOT_SUPPORTED = new StoreStatus(0x0122);

    static final StoreStatus TRANSFER_SYNTAX_NOT_SUPPORTED = new StoreStatus(0xC122);

    private static final String RETRIEVE_URL = "00081190";
    private static final String FAILED_SOP_SEQUENCE = "00081198";
    private static final String REFERENCED_SOP_SEQUENCE = "00081199";
    private static final String OTHER_FAILURES_SEQUENCE = "0008119A";
    private static final String WARNING_REASON = "00081196";
    private static final String FAILURE_REASON = "00081197";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private record Outcome(String sopClassUid, String sopInstanceUid, StoreStatus status) {
        private boolean isStored() {
            return status.isSuccess() || status.isWarning();
        }
    }

    private final List<Outcome> outcomes = new ArrayList<>();

    void add(String sopClassUid, String sopInstanceUid, StoreStatus status) {
        outcomes.add(new Outcome(sopClassUid, sopInstanceUid, status));
    }

    /** A part whose instance cannot be told. */
    void addUnidentified(StoreStatus status) {
        outcomes.add(new Outcome(null, null, status));
    }

    /** What came of the one that was added last. */
    StoreStatus last() {
        return outcomes.get(outcomes.size() - 1).status;
    }

    /** Whether it was us who could not keep any of those that were added last, two of them. */
    boolean isOurTrouble() {
        int count = outcomes.size();
        return count > 1
                && outcomes.subList(count - 2, count).stream()
                        .allMatch(outcome -> outcome.status.equals(StoreStatus.OUT_OF_RESOURCES));
    }

    /** SOP Instance UID of the first that it was us who could not keep. */
    Optional<String> notKept() {
        return outcomes.stream()
                .filter(outcome -> outcome.status.equals(StoreStatus.OUT_OF_RESOURCES))
                .map(outcome ->
                        Uids.isValid(outcome.sopInstanceUid) ? outcome.sopInstanceUid : "one without SOP Instance UID")
                .findFirst();
    }

    /** SOP Instance UIDs. */
    List<String> stored() {
        return outcomes.stream()
                .filter(Outcome::isStored)
                .map(Outcome::sopInstanceUid)
                .toList();
    }

    int failures() {
        return outcomes.size() - stored().size();
    }

    /** The first that was refused, for people: its SOP Instance UID, where that can be told, and its status. */
    Optional<String> firstFailure() {
        return outcomes.stream()
                .filter(outcome -> !outcome.isStored())
                .map(outcome ->
                        (Uids.isValid(outcome.sopInstanceUid) ? outcome.sopInstanceUid : "one without SOP Instance UID")
                                + " with " + outcome.status)
                .findFirst();
    }

    boolean isEmpty() {
        return outcomes.isEmpty();
    }

    /** PS3.18 table 10.5.3-1: all stored, some stored or with warnings, none stored because of the sender's or because of our trouble. */
    int httpStatus() {
        if (outcomes.stream().allMatch(outcome -> outcome.status.isSuccess())) {
            return 200;
        }
        if (failures() < outcomes.size()) {
            return 202;
        }
        return outcomes.stream().allMatch(outcome -> outcome.status.equals(StoreStatus.OUT_OF_RESOURCES)) ? 503 : 409;
    }

    ObjectNode toJson() {
        ObjectNode response = JSON.objectNode();
        element(response, RETRIEVE_URL, "UR");
        ArrayNode stored = JSON.arrayNode();
        ArrayNode failed = JSON.arrayNode();
        ArrayNode others = JSON.arrayNode();
        for (Outcome outcome : outcomes) {
            if (outcome.isStored()) {
                ObjectNode item = reference(outcome);
                element(item, RETRIEVE_URL, "UR");
                if (outcome.status.isWarning()) {
                    element(item, WARNING_REASON, "US").putArray("Value").add(outcome.status.code());
                }
                stored.add(item);
            } else {
                (outcome.sopInstanceUid == null ? others : failed).add(failure(outcome));
            }
        }
        sequence(response, FAILED_SOP_SEQUENCE, failed);
        sequence(response, REFERENCED_SOP_SEQUENCE, stored);
        sequence(response, OTHER_FAILURES_SEQUENCE, others);
        return response;
    }

    private static ObjectNode failure(Outcome outcome) {
        ObjectNode item = outcome.sopInstanceUid == null ? JSON.objectNode() : reference(outcome);
        element(item, FAILURE_REASON, "US").putArray("Value").add(outcome.status.code());
        return item;
    }

    private static ObjectNode reference(Outcome outcome) {
        ObjectNode item = JSON.objectNode();
        element(item, "00081150", "UI").putArray("Value").add(outcome.sopClassUid);
        element(item, "00081155", "UI").putArray("Value").add(outcome.sopInstanceUid);
        return item;
    }

    private static ObjectNode element(ObjectNode dataset, String tag, String vr) {
        return dataset.putObject(tag).put("vr", vr);
    }

    private static void sequence(ObjectNode dataset, String tag, ArrayNode items) {
        if (!items.isEmpty()) {
            element(dataset, tag, "SQ").set("Value", items);
        }
    }
}
