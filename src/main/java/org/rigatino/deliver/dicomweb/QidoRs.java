package org.rigatino.deliver.dicomweb;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.SopReference;
import org.rigatino.dicom.Uids;

/** User agent of the Search Transaction (PS3.18 10.6). Only an answer that can be read in full says that nothing is there. */
public final class QidoRs {
    private static final String STUDY_INSTANCE_UID = "0020000D";
    private static final String SERIES_INSTANCE_UID = "0020000E";
    private static final String SOP_CLASS_UID = "00080016";
    private static final String SOP_INSTANCE_UID = "00080018";

    private final DicomwebArchive archive;
    private final Exchanges exchanges;

    public QidoRs(DicomwebArchive archive) {
        this.archive = archive;
        this.exchanges = new Exchanges(archive);
    }

    /**
     * Whether the service lists the object in its study and series.
     *
     * @throws DicomwebException where it is out of reach, or busy
     * @throws DicomException where its answer says neither that it has the object nor that it has not
     */
    public boolean lists(String studyInstanceUid, String seriesInstanceUid, SopReference object) throws DicomException {
        URI study;
        try {
            study = archive.study(studyInstanceUid);
        } catch (IllegalArgumentException e) {
            throw new DicomException("it cannot be asked: " + e.getMessage(), e);
        }
        JsonNode found = search(URI.create(study + "/instances?SOPInstanceUID=" + object.sopInstanceUid()
                + "&includefield=" + STUDY_INSTANCE_UID + "&includefield=" + SERIES_INSTANCE_UID));
        if (found == null || found.isEmpty()) {
            return false;
        }
        Map<String, String> wanted = Map.of(
                STUDY_INSTANCE_UID, studyInstanceUid,
                SERIES_INSTANCE_UID, seriesInstanceUid,
                SOP_CLASS_UID, object.sopClassUid());
        for (JsonNode instance : found) {
            if (object.sopInstanceUid().equals(DicomJson.text(instance, SOP_INSTANCE_UID))) {
                demandSame(instance, wanted);
                return true;
            }
        }
        throw new DicomException("QIDO-RS at " + archive + " names other instances than the one that it was asked for");
    }

    /** The study is demanded, and asked for; of the rest, what a service leaves out does not differ. */
    private void demandSame(JsonNode instance, Map<String, String> wanted) throws DicomException {
        for (Map.Entry<String, String> attribute : wanted.entrySet()) {
            String is = DicomJson.text(instance, attribute.getKey());
            boolean missing = is == null && attribute.getKey().equals(STUDY_INSTANCE_UID);
            if (missing || is != null && !is.equals(attribute.getValue())) {
                throw new DicomException("QIDO-RS at " + archive + " lists the object "
                        + (missing ? "without" : "with another") + " attribute " + attribute.getKey()
                        + (missing ? ", which it was asked for" : " than it was sent with"));
            }
        }
    }

    /**
     * Asks for a study that nobody has.
     *
     * @throws DicomException where the answer is not that there is none
     */
    public void ask() throws DicomException {
        String nobodys = Uids.nameBased("nobody's study", UUID.randomUUID().toString());
        JsonNode found = search(URI.create(archive.root() + "/studies?StudyInstanceUID=" + nobodys));
        if (found != null && !found.isEmpty()) {
            throw new DicomException(
                    "QIDO-RS at " + archive + " names other studies than the one that it was asked for");
        }
    }

    /** @return null where nothing was found (204), else an array */
    private JsonNode search(URI uri) throws DicomException {
        Answer answer = exchanges.get(uri);
        if (answer.status() == 204) {
            return null;
        }
        String said = "QIDO-RS at " + archive + " was answered " + answer.status();
        if (answer.passes()) {
            throw new DicomwebException(said + ": it cannot for now, and is asked again", answer.later());
        }
        if (answer.status() != 200) {
            throw new RefusedSearchException(said, answer.status());
        }
        try {
            JsonNode found = DicomJson.parse(answer);
            if (!found.isArray()) {
                throw new DicomException(said + " with a body that is no list");
            }
            return found;
        } catch (DicomJson.UnreadableException e) {
            throw new DicomException(said + " with a body that " + e.getMessage(), e);
        }
    }
}
