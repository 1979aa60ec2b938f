package org.rigatino.archive;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.MoveResult;
import org.rigatino.dicom.MoveScu;
import org.rigatino.dicom.RemoteNode;
import org.rigatino.dicom.Tag;
import org.rigatino.dicomweb.DicomwebConfiguration;
import org.rigatino.dicomweb.HopelessRetrievalException;
import org.rigatino.dicomweb.Retriever;
import org.rigatino.ingest.AskedStudies;
import org.rigatino.ingest.Completion;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.ingest.Sources;
import org.rigatino.ingest.StudyPatients;
import org.rigatino.patient.PatientValues;
import org.rigatino.persistence.Instance.Outcome;

/**
 * C-MOVE to our own listener. The archive's word for what it moved is held against what is on record, and the patient that
 * it lists the study under against those that its instances name.
 */
@ApplicationScoped
class MoveRetriever implements Retriever {
    @Inject
    Sources sources;

    @Inject
    StudySearch search;

    @Inject
    AskedStudies studies;

    @Inject
    StudyPatients patients;

    @Inject
    Completion completion;

    @Inject
    IngestConfiguration ingest;

    @Inject
    DicomwebConfiguration configuration;

    @Override
    public Set<String> sources() {
        return sources.archives().keySet();
    }

    @Override
    public Retrieved retrieve(String source, String studyInstanceUid) throws DicomException {
        RemoteNode node = sources.archives().get(source);
        ListedStudy listed = listed(source, node, studyInstanceUid);
        MoveResult result = move(node, studyInstanceUid);
        Sum sum = new Sum(
                listed.instances(), result.moved(), result.failed().orElse(0), studies.onRecord(studyInstanceUid));
        checkAnswer(node, result, sum);
        checkCounts(node, sum);
        checkPatient(node, listed);
        completion.announce(studyInstanceUid, studies.inForce(studyInstanceUid), node.calledAeTitle());
        return new Retrieved((int) sum.here(), sum.failed(), "by C-MOVE from " + node + ": " + sum);
    }

    private ListedStudy listed(String source, RemoteNode node, String study) throws DicomException {
        List<ListedStudy> found;
        try {
            found = search.search(source, StudyQuery.ofStudy(study));
        } catch (SeveralPatientsException e) {
            throw new HopelessRetrievalException(node + " lists the study more than once, under different patients");
        }
        return found.stream()
                .findFirst()
                .orElseThrow(() -> new DicomException(node + " lists no study of this Study Instance UID"));
    }

    private MoveResult move(RemoteNode node, String study) throws DicomException {
        try (MoveScu scu = MoveScu.open(node)) {
            return scu.move(
                    study,
                    ingest.aeTitle(),
                    new MoveScu.Patience(
                            configuration.retrieval().timeLimit(),
                            node.responseTimeout(),
                            () -> studies.onRecord(study),
                            configuration.maxInstances()));
        }
    }

    /**
     * Instances of a study.
     *
     * @param listed by the archive's C-FIND
     * @param moved by what it says of its C-MOVE
     * @param here on record
     */
    private record Sum(OptionalInt listed, OptionalInt moved, int failed, long here) {
        @Override
        public String toString() {
            return "it lists " + text(listed) + ", says that it moved " + text(moved) + " and failed with " + failed
                    + ", and " + here + " are here";
        }

        private static String text(OptionalInt count) {
            return count.isPresent() ? count.getAsInt() + " instances" : "an unknown number of instances";
        }
    }

    /** Out of resources and unable to process may pass; what a destination or an instance lacks does not. */
    private void checkAnswer(RemoteNode node, MoveResult result, Sum sum) throws DicomException {
        if (result.complete()) {
            return;
        }
        String what = node + " answered C-MOVE with " + result.status() + ": " + sum
                + (result.failedInstances().isEmpty()
                        ? ""
                        : "; first of those that failed: "
                                + result.failedInstances().get(0));
        if (result.status().startsWith("A801H")) {
            throw new HopelessRetrievalException(what + ". Enter " + ingest.aeTitle()
                    + " there as a move destination, with the address and port of this listener");
        }
        if (result.status().startsWith("A70") || result.status().startsWith("C")) {
            throw new DicomException(what);
        }
        throw new HopelessRetrievalException(what);
    }

    private void checkCounts(RemoteNode node, Sum sum) throws HopelessRetrievalException {
        if (sum.here() == 0 || sum.moved().orElse(1) == 0) {
            throw new HopelessRetrievalException(node + " reports success, and nothing came: " + sum
                    + ". See that its entry for " + ingest.aeTitle() + " has the address and port of this listener");
        }
        long expected = Math.max(sum.listed().orElse(0), sum.moved().orElse(0));
        if (sum.here() < expected) {
            throw new HopelessRetrievalException(
                    node + " reports success, and " + (expected - sum.here()) + " instances are missing: " + sum);
        }
    }

    /** The archive's own spelling of names is no matter; whose ID it is is. */
    private void checkPatient(RemoteNode node, ListedStudy listed) throws HopelessRetrievalException {
        for (StudyPatients.Version version : patients.versions(listed.studyInstanceUid())) {
            PatientValues values = version.values();
            if (values != null
                    && version.outcome() != Outcome.SET_ASIDE
                    && !ListedStudy.composed(values.patientId())
                            .equals(ListedStudy.composed(listed.patient().patientId()))) {
                throw new HopelessRetrievalException(node + " lists the study under another patient than its instances"
                        + " name, by " + Tag.text(Tag.PatientID) + ": look at both before its results are used");
            }
        }
    }
}
