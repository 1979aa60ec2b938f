package org.rigatino.hl7;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.hibernate.Session;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.patient.MixedPatientException;
import org.rigatino.patient.PatientIdentity;
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
     * A header is given only where all instances are known to be of one patient. Of a revision whose results were
     * withdrawn it is that of the patient who was named then: the receiver has them under that one.
     *
     * @throws IOException where a file is not there that the record has
     */
    @Transactional
    ReportedStudy find(String studyInstanceUid, int revision) throws IOException {
        return new ReportedStudy(header(studyInstanceUid, revision), highest(studyInstanceUid, revision));
    }

    private Optional<Dataset> header(String studyInstanceUid, int revision) throws IOException {
        List<Study> revisions = entities.createQuery("from Study where studyInstanceUid = :uid", Study.class)
                .setParameter("uid", studyInstanceUid)
                .getResultList();
        if (revisions.stream().anyMatch(study -> study.revision == revision && study.isWithdrawn())) {
            return firstReadable(files(
                    studyInstanceUid,
                    "outcome_reason = '" + Instance.ANOTHER_PATIENT + "' and revision = " + last(revisions, revision)));
        }
        List<String> identities = revisions.stream()
                .filter(study -> study.supersededAt == null)
                .map(study -> study.patient)
                .filter(Objects::nonNull)
                .toList();
        if (identities.contains(PatientIdentity.MIXED)) {
            return Optional.empty();
        }
        List<Path> files = files(studyInstanceUid, "outcome not in ('OWN_OUTPUT', 'SET_ASIDE')");
        boolean judged = revisions.stream().anyMatch(study -> study.revision == revision && study.patient != null);
        return judged || areOfOnePatient(studyInstanceUid, files, identities) ? firstReadable(files) : Optional.empty();
    }

    /** Runs have moved the instances on to it. */
    private static int last(List<Study> revisions, int revision) {
        return revisions.stream()
                .filter(study -> study.revision == revision && study.supersededBy != null)
                .findFirst()
                .map(study -> last(revisions, study.supersededBy))
                .orElse(revision);
    }

    /** Of a revision that failed before the pipeline had judged that. */
    private boolean areOfOnePatient(String studyInstanceUid, List<Path> files, List<String> identities)
            throws IOException {
        for (Path file : files) {
            require(file);
        }
        try {
            return PatientIdentity.check(
                            studyInstanceUid,
                            PatientIdentity.said(files),
                            new PatientIdentity.Known(identities, right(studyInstanceUid)),
                            ingest.unknownPatientValues())
                    .isPresent();
        } catch (MixedPatientException e) {
            return false;
        }
    }

    private static Optional<Dataset> firstReadable(List<Path> files) throws IOException {
        for (Path file : files) {
            require(file);
            try {
                return Optional.of(Dataset.readOnly(file, ResultMessage.TAGS));
            } catch (DicomException e) {
                // Such an instance has failed by itself; the next one says the same of the patient.
            }
        }
        return Optional.empty();
    }

    private static void require(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException("the instance store lacks a file that the record has: " + file.getFileName());
        }
    }

    private Set<String> right(String studyInstanceUid) {
        return Set.copyOf(entities.createNativeQuery(
                        "select patient from study_patient where study_instance_uid = :uid", String.class)
                .setParameter("uid", studyInstanceUid)
                .getResultList());
    }

    /** @param which of its rows, in SQL */
    private List<Path> files(String studyInstanceUid, String which) {
        return entities.createNativeQuery(
                        "select location from instance join study on study.id = study_id where study_instance_uid = :uid"
                                + " and " + which + " and instances_deleted_at is null order by instance.id",
                        String.class)
                .setParameter("uid", studyInstanceUid)
                .getResultStream()
                .map(ingest.store()::resolve)
                .toList();
    }

    private Optional<Finding> highest(String studyInstanceUid, int revision) {
        return entities.createQuery(
                        "from Finding f where f.instance.study.studyInstanceUid = :uid and f.instance.study.revision = :revision"
                                + " and " + Finding.STANDS + Finding.RANKED,
                        Finding.class)
                .setParameter("uid", studyInstanceUid)
                .setParameter("revision", revision)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }
}
