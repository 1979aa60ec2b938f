package org.rigatino.workitem;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.JsonDataset;
import org.rigatino.dicom.Uids;

/**
 * A workitem as its service tells it (PS3.3 C.30), as far as it decides what is done.
 *
 * @param procedures Scheduled Workitem Code Sequence
 * @param procedureItems the same as they came, for reporting them as performed
 * @param input of all items of Input Information Sequence
 */
record Workitem(
        String uid,
        String state,
        String readiness,
        NamedPatient patient,
        List<Code> procedures,
        List<JsonDataset> procedureItems,
        List<Code> stations,
        List<Code> performers,
        Input input) {
    static final String SCHEDULED = "SCHEDULED";
    static final String IN_PROGRESS = "IN PROGRESS";
    static final String COMPLETED = "COMPLETED";
    static final String CANCELED = "CANCELED";
    static final String SOP_INSTANCE_UID = "00080018";
    static final String PROCEDURE_STEP_STATE = "00741000";
    static final String INPUT_READINESS_STATE = "00404041";
    static final String SCHEDULED_WORKITEM_CODE_SEQUENCE = "00404018";
    static final String SCHEDULED_STATION_NAME_CODE_SEQUENCE = "00404025";
    private static final String SCHEDULED_HUMAN_PERFORMERS_SEQUENCE = "00404034";
    private static final String HUMAN_PERFORMER_CODE_SEQUENCE = "00404009";
    private static final String PATIENT_ID = "00100020";
    private static final String ISSUER_OF_PATIENT_ID = "00100021";
    private static final String SCHEDULED_PROCEDURE_STEP_MODIFICATION_DATE_TIME = "00404010";
    private static final String INPUT_INFORMATION_SEQUENCE = "00404021";
    private static final String TYPE_OF_INSTANCES = "0040E020";
    private static final String STUDY_INSTANCE_UID = "0020000D";
    private static final String REFERENCED_SOP_SEQUENCE = "00081199";
    private static final String REFERENCED_SOP_INSTANCE_UID = "00081155";
    private static final String DICOM_RETRIEVAL_SEQUENCE = "0040E021";
    private static final String RETRIEVE_AE_TITLE = "00080054";
    private static final String WADO_RS_RETRIEVAL_SEQUENCE = "0040E025";
    private static final String RETRIEVE_URL = "00081190";
    private static final int MOST_INSTANCES = 100_000;

    /** What decides whether it is ours, and when it was changed: as far as a search answers with that. */
    private static final Set<String> DECIDING = Set.of(
            PROCEDURE_STEP_STATE,
            INPUT_READINESS_STATE,
            SCHEDULED_WORKITEM_CODE_SEQUENCE,
            SCHEDULED_STATION_NAME_CODE_SEQUENCE,
            SCHEDULED_HUMAN_PERFORMERS_SEQUENCE,
            INPUT_INFORMATION_SEQUENCE,
            SCHEDULED_PROCEDURE_STEP_MODIFICATION_DATE_TIME);

    /**
     * What is to be worked on.
     *
     * @param studies Study Instance UIDs
     * @param instances SOP Instance UIDs
     * @param aeTitles archives that are said to have it
     * @param urls resources of DICOMweb services that are said to have it
     * @param dicom whether all of it is DICOM
     */
    record Input(Set<String> studies, Set<String> instances, Set<String> aeTitles, Set<String> urls, boolean dicom) {}

    /** @throws DicomException where anything of that cannot be read; the message quotes nothing */
    static Workitem of(String uid, JsonDataset dataset) throws DicomException {
        Optional<String> named = dataset.text(SOP_INSTANCE_UID);
        if (named.isPresent() && !named.get().equals(uid)) {
            throw new DicomException("the service answered with another workitem than the one that it was asked for");
        }
        List<JsonDataset> procedureItems = dataset.items(SCHEDULED_WORKITEM_CODE_SEQUENCE);
        List<Code> performers = new ArrayList<>();
        for (JsonDataset performer : dataset.items(SCHEDULED_HUMAN_PERFORMERS_SEQUENCE)) {
            performers.addAll(codes(performer.items(HUMAN_PERFORMER_CODE_SEQUENCE)));
        }
        return new Workitem(
                uid,
                dataset.text(PROCEDURE_STEP_STATE).orElse(""),
                dataset.text(INPUT_READINESS_STATE).orElse(""),
                new NamedPatient(
                        dataset.text(PATIENT_ID).orElse(""),
                        dataset.text(ISSUER_OF_PATIENT_ID).orElse("")),
                codes(procedureItems),
                procedureItems,
                codes(dataset.items(SCHEDULED_STATION_NAME_CODE_SEQUENCE)),
                performers,
                input(dataset.items(INPUT_INFORMATION_SEQUENCE)));
    }

    /** Of what a search answers with: another one where it was changed since in what decides. */
    static int mark(JsonDataset found) {
        return found.only(DECIDING).hashCode();
    }

    private static List<Code> codes(List<JsonDataset> items) throws DicomException {
        List<Code> codes = new ArrayList<>();
        for (JsonDataset item : items) {
            codes.add(Code.of(item));
        }
        return codes;
    }

    private static Input input(List<JsonDataset> items) throws DicomException {
        Input input = new Input(
                new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>(), true);
        boolean dicom = true;
        for (JsonDataset item : items) {
            dicom &= item.text(TYPE_OF_INSTANCES).orElse("DICOM").equals("DICOM");
            item.text(STUDY_INSTANCE_UID).ifPresent(input.studies::add);
            for (JsonDataset instance : item.items(REFERENCED_SOP_SEQUENCE)) {
                input.instances.add(instance.text(REFERENCED_SOP_INSTANCE_UID).orElse(""));
            }
            for (JsonDataset retrieval : item.items(DICOM_RETRIEVAL_SEQUENCE)) {
                input.aeTitles.addAll(retrieval.texts(RETRIEVE_AE_TITLE));
            }
            for (JsonDataset retrieval : item.items(WADO_RS_RETRIEVAL_SEQUENCE)) {
                input.urls.addAll(retrieval.texts(RETRIEVE_URL));
            }
        }
        return new Input(input.studies, input.instances, input.aeTitles, input.urls, dicom);
    }

    /** Why it cannot be performed here, whatever its procedure; empty where it can. */
    Optional<String> obstacle() {
        if (!readiness.equals("READY")) {
            return Optional.of("its Input Readiness State (0040,4041) is not READY");
        }
        if (!input.dicom()) {
            return Optional.of("its input is not all DICOM");
        }
        if (input.studies().size() != 1) {
            return Optional.of("its input is of " + input.studies().size() + " studies, and one is worked on");
        }
        if (input.instances().isEmpty() || input.instances().size() > MOST_INSTANCES) {
            return Optional.of("its input names " + input.instances().size() + " instances, and has to name 1 to "
                    + MOST_INSTANCES);
        }
        boolean valid = Uids.isValid(study()) && input.instances().stream().allMatch(Uids::isValid);
        return valid ? Optional.empty() : Optional.of("its input names what is no UID (PS3.5 9.1)");
    }

    /** Of its input. */
    String study() {
        return input.studies().iterator().next();
    }
}
