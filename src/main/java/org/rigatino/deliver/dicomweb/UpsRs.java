package org.rigatino.deliver.dicomweb;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.JsonDataset;
import org.rigatino.dicom.Uids;

/** User agent of the Worklist Service (PS3.18 11), as one that performs workitems. Safe for use by several threads. */
public final class UpsRs {
    private static final String TYPE = "application/dicom+json";
    private static final String TRANSACTION_UID = "00081195";
    private static final String PROCEDURE_STEP_STATE = "00741000";

    private final DicomwebArchive service;
    private final Exchanges exchanges;

    public UpsRs(DicomwebArchive service) {
        this.service = service;
        this.exchanges = new Exchanges(service);
    }

    /**
     * One page of what matches (11.9); a service may have left keys out of account.
     *
     * @param keys attributes, as {@code 00404018.00080100}, and their values
     * @return what is no dataset of it empty, so that one bad entry hides no other
     * @throws DicomwebException where the service is out of reach or busy
     * @throws AnswerTooLongException where that many are longer than what is read of an answer
     * @throws DicomException where its answer does not say what there is
     */
    public List<JsonDataset> search(Map<String, String> keys, int offset, int limit) throws DicomException {
        String query = keys.entrySet().stream()
                .map(key -> key.getKey() + "=" + URLEncoder.encode(key.getValue(), StandardCharsets.UTF_8) + "&")
                .collect(Collectors.joining("", "?", "offset=" + offset + "&limit=" + limit));
        Answer answer = exchanges.get(URI.create(service.root() + "/workitems" + query));
        String said = "Search for Workitems at " + service + " was answered " + answer.status();
        UpsAnswer.requireService(said, answer);
        if (answer.status() == 204) {
            return List.of();
        }
        JsonNode found = body(said, answer, answer.status() == 200 || answer.status() == 206);
        if (!found.isArray()) {
            throw new DicomException(said + " with a body that is no list");
        }
        List<JsonDataset> workitems = new ArrayList<>();
        for (JsonNode workitem : found) {
            workitems.add(workitem.isObject() ? JsonDataset.of(said, workitem) : JsonDataset.empty());
        }
        return workitems;
    }

    /** The whole workitem (11.5); empty where there is none. @throws DicomException as {@link #search} */
    public Optional<JsonDataset> retrieve(String workitemUid) throws DicomException {
        Answer answer = exchanges.get(workitem(workitemUid, ""));
        String said = "Retrieve Workitem at " + service + " was answered " + answer.status();
        UpsAnswer.requireService(said, answer);
        if (answer.status() == 404 || answer.status() == 410) {
            return Optional.empty();
        }
        JsonNode body = body(said, answer, answer.status() == 200);
        return Optional.of(JsonDataset.of(said, body.isArray() && body.size() == 1 ? body.get(0) : body));
    }

    private static JsonNode body(String said, Answer answer, boolean isSuccess) throws DicomException {
        if (!isSuccess) {
            throw new DicomException(said + ": " + UpsAnswer.advice(answer));
        }
        if (!answer.isWhole()) {
            throw new AnswerTooLongException(said);
        }
        try {
            return DicomJson.parse(answer);
        } catch (DicomJson.UnreadableException e) {
            throw new DicomException(said + " with a body that " + e.getMessage(), e);
        }
    }

    /**
     * Changes attributes of a workitem that is held by the Transaction UID (11.6), which goes into the query and, as by N-SET
     * (PS3.4 table CC.2.5-3), into the dataset: services read it in the one place or in the other.
     *
     * @param attributes in the DICOM JSON Model, one dataset
     */
    public UpsAnswer update(String workitemUid, String transactionUid, JsonDataset attributes) throws DicomException {
        String body = attributes.with(TRANSACTION_UID, "UI", transactionUid).toString();
        return UpsAnswer.of(
                "Update Workitem",
                exchanges.post(
                        workitem(workitemUid, "?transaction-uid=" + transactionUid),
                        TYPE,
                        BodyPublishers.ofString(body)),
                service);
    }

    /** Claims, completes or cancels (11.7). @param state IN PROGRESS, COMPLETED or CANCELED */
    public UpsAnswer changeState(String workitemUid, String transactionUid, String state) throws DicomException {
        String body = JsonDataset.empty()
                .with(TRANSACTION_UID, "UI", transactionUid)
                .with(PROCEDURE_STEP_STATE, "CS", state)
                .toString();
        return UpsAnswer.of(
                "Change Workitem State to " + state,
                exchanges.put(workitem(workitemUid, "/state"), TYPE, BodyPublishers.ofString(body)),
                service);
    }

    /** Has the service tell a subscriber what happens to a workitem (11.10). */
    public UpsAnswer subscribe(String workitemUid, String subscriber) throws DicomException {
        return UpsAnswer.of(
                "Subscribe to Workitem",
                exchanges.post(
                        workitem(workitemUid, "/subscribers/" + segment(subscriber)), TYPE, BodyPublishers.noBody()),
                service);
    }

    /** An AE title as a segment of a path. */
    static String segment(String aeTitle) {
        return URLEncoder.encode(aeTitle, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private URI workitem(String uid, String rest) throws DicomException {
        if (!Uids.isValid(uid)) {
            throw new DicomException("the SOP Instance UID of a workitem is no UID (PS3.5 9.1)");
        }
        return URI.create(service.root() + "/workitems/" + uid + rest);
    }
}
