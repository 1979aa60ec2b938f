package org.rigatino.archive;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.DicomwebClient;
import org.rigatino.dicom.DicomwebNode;
import org.rigatino.dicom.QueryScu;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.ingest.Sources;

/**
 * C-FIND in an archive, or QIDO-RS in a DICOMweb service. Both ignore keys that they do not match by, and answer with everything then: an answer that is
 * not what was asked for makes all of them worthless.
 */
@ApplicationScoped
class StudySearch {
    /** Answers to one search. */
    private static final int MOST_ANSWERS = 1000;

    @Inject
    Sources sources;

    @Inject
    IngestConfiguration configuration;

    /**
     * The studies of one patient that are what was asked for; none where the archive lists none.
     *
     * @param source of {@link Sources#names}
     * @throws SeveralPatientsException where they are of more than one patient
     * @throws DicomException where the archive cannot be asked, or answers with something else
     */
    List<ListedStudy> search(String source, StudyQuery query) throws DicomException {
        return ofOnePatient(sources.told(source), ofAnyPatient(source, query));
    }

    /** The same, of whoever they are. */
    private List<ListedStudy> ofAnyPatient(String source, StudyQuery query) throws DicomException {
        return listed(source, query, study -> true);
    }

    /**
     * The same, with what is listed under another Patient ID or issuer than was asked by, or under none, for who takes none of those
     * for the patient's.
     */
    List<ListedStudy> withOthers(String source, StudyQuery query) throws DicomException {
        return listed(source, query, study -> !query.namesAnother(study));
    }

    /** @param meant studies that make all answers worthless where they are not what was asked for */
    private List<ListedStudy> listed(String source, StudyQuery query, Predicate<ListedStudy> meant)
            throws DicomException {
        String told = sources.told(source);
        Set<ListedStudy> listed = new LinkedHashSet<>();
        answers(source, query, answer -> {
            ListedStudy study = listed(told, answer);
            if (meant.test(study)) {
                requireMatch(told, query, study);
            }
            listed.add(study);
        });
        return List.copyOf(listed);
    }

    private void answers(String source, StudyQuery query, QueryScu.Answers answers) throws DicomException {
        DicomwebNode service = sources.services().get(source);
        if (service != null) {
            new DicomwebClient(service).studies(query.identifier(), StudyQuery.returned(), MOST_ANSWERS, answers);
            return;
        }
        try (QueryScu scu = QueryScu.open(sources.archives().get(source))) {
            scu.studies(query.identifier(), MOST_ANSWERS, answers);
        }
    }

    private static void requireMatch(String node, StudyQuery query, ListedStudy study) throws DicomException {
        Optional<String> difference = query.differenceFrom(study);
        if (difference.isPresent()) {
            throw new DicomException(
                    node + " was asked by " + query.key() + " and answers with a study that has another"
                            + " value in " + difference.get()
                            + ", or none: it does not match by that attribute, and none of its"
                            + " answers is believed");
        }
    }

    private static ListedStudy listed(String node, Dataset answer) throws DicomException {
        try {
            return ListedStudy.of(answer);
        } catch (DicomException e) {
            throw new DicomException(node + " answers with what names no study: " + e.getMessage(), e);
        }
    }

    private List<ListedStudy> ofOnePatient(String node, List<ListedStudy> listed) throws SeveralPatientsException {
        List<List<ListedStudy>> patients = new ArrayList<>();
        for (ListedStudy study : listed) {
            patients.stream()
                    .filter(others -> others.stream().allMatch(other -> isOfOnePatient(study, other)))
                    .findFirst()
                    .orElseGet(() -> {
                        patients.add(new ArrayList<>());
                        return patients.get(patients.size() - 1);
                    })
                    .add(study);
        }
        if (patients.size() > 1) {
            throw new SeveralPatientsException(node, patients);
        }
        return listed;
    }

    /** Without a patient ID nothing tells that two studies are of one patient. */
    private boolean isOfOnePatient(ListedStudy one, ListedStudy other) {
        return !one.patient().patientId().isEmpty()
                && one.patient()
                        .differenceFrom(other.patient(), configuration.unknownPatientValues())
                        .isEmpty();
    }
}
