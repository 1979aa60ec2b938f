package org.rigatino.hl7;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.UnavailableFileException;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.patient.PatientIdentity;
import org.rigatino.patient.PatientIdentity.Known;
import org.rigatino.persistence.Finding;
import org.rigatino.persistence.Instance;
import org.rigatino.persistence.Study;

/** Finds what a message says beyond its event. */
@ApplicationScoped
class ReportedStudies {
    @Inject
    Session entities;

    @Inject
    IngestConfiguration ingest;

    /**
     * A header is given only where it is known of which patient the revision is. Of a revision whose results were
     * withdrawn it is that of the patient who was named then: the receiver has them under that one.
     *
     * @param fields notes where files are gone that a header might come of
     * @throws UnavailableFileException where a file is there and is not given, without which nobody knows the patient
     * @throws IOException where the instance store is not there
     */
    @Transactional
    ReportedStudy find(String studyInstanceUid, int revision, SourceFields fields) throws IOException {
        return new ReportedStudy(header(studyInstanceUid, revision, fields), highest(studyInstanceUid, revision));
    }

    private Optional<Dataset> header(String studyInstanceUid, int revision, SourceFields fields) throws IOException {
        List<Study> revisions = entities.createQuery("from Study where studyInstanceUid = :uid", Study.class)
                .setParameter("uid", studyInstanceUid)
                .getResultList();
        Set<String> judged = revisions.stream()
                .filter(study -> study.revision == revision && study.patient != null)
                .map(study -> study.patient)
                .collect(Collectors.toSet());
        if (revisions.stream().anyMatch(study -> study.revision == revision && study.isWithdrawn())) {
            String which =
                    "outcome_reason = '" + Instance.ANOTHER_PATIENT + "' and revision = " + last(revisions, revision);
            return header(headers(studyInstanceUid, which), judged, new Known(judged, Set.of()), fields);
        }
        List<String> identities = revisions.stream()
                .filter(study -> study.supersededAt == null)
                .map(study -> study.patient)
                .filter(Objects::nonNull)
                .toList();
        if (identities.contains(PatientIdentity.MIXED)) {
            return Optional.empty();
        }
        SourceHeaders headers = headers(studyInstanceUid, "outcome not in ('OWN_OUTPUT', 'SET_ASIDE')");
        return header(headers, judged, new Known(identities, right(studyInstanceUid)), fields);
    }

    /** @param judged of whom the revision was found to be; none where it failed before */
    private static Optional<Dataset> header(SourceHeaders headers, Set<String> judged, Known known, SourceFields fields)
            throws IOException {
        Set<String> patients = new HashSet<>(judged);
        patients.addAll(known.right());
        Optional<Dataset> header = judged.isEmpty() ? Optional.empty() : headers.of(patients);
        if (header.isEmpty()) {
            header = headers.ofAll(known);
        }
        if (header.isEmpty() && headers.gone() > 0) {
            fields.leaveOutPatient(headers.gone());
        }
        return header;
    }

    /** Runs have moved the instances on to it. */
    private static int last(List<Study> revisions, int revision) {
        return revisions.stream()
                .filter(study -> study.revision == revision && study.supersededBy != null)
                .findFirst()
                .map(study -> last(revisions, study.supersededBy))
                .orElse(revision);
    }

    private Set<String> right(String studyInstanceUid) {
        return Set.copyOf(entities.createNativeQuery(
                        "select patient from study_patient where study_instance_uid = :uid", String.class)
                .setParameter("uid", studyInstanceUid)
                .getResultList());
    }

    /** @param which of its rows, in SQL */
    private SourceHeaders headers(String studyInstanceUid, String which) {
        List<String> locations = entities.createNativeQuery(
                        "select location from instance join study on study.id = study_id where study_instance_uid = :uid"
                                + " and " + which + " and instances_deleted_at is null order by"
                                + " row_number() over (partition by series_instance_uid order by instance.id), instance.id",
                        String.class)
                .setParameter("uid", studyInstanceUid)
                .getResultList();
        return new SourceHeaders(
                studyInstanceUid,
                locations.stream().map(ingest.store()::resolve).toList(),
                ingest.store(),
                ingest.unknownPatientValues());
    }

    private Optional<Finding> highest(String studyInstanceUid, int revision) {
        return entities
                .createQuery(
                        "from Finding f where f.instance.study.studyInstanceUid = :uid and f.instance.study.revision = :revision"
                                + " and " + Finding.STANDS + Finding.RANKED,
                        Finding.class)
                .setParameter("uid", studyInstanceUid)
                .setParameter("revision", revision)
                .setMaxResults(1)
                .getResultList()
                .stream()
                .findFirst();
    }
}
