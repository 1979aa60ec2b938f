package org.rigatino.archive;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.MoveResult;
import org.rigatino.dicom.MoveScu;
import org.rigatino.dicom.RemoteNode;
import org.rigatino.dicom.Tag;
import org.rigatino.dicomweb.DicomwebConfiguration;
import org.rigatino.dicomweb.HopelessRetrievalException;
import org.rigatino.dicomweb.Retriever;
import org.rigatino.ingest.Arrivals;
import org.rigatino.ingest.AskedStudies;
import org.rigatino.ingest.Completion;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.ingest.Sources;
import org.rigatino.ingest.StudyPatients;
import org.rigatino.persistence.Instance.Outcome;
import org.rigatino.study.StudyLife;

/**
 * C-MOVE to our own listener. The archive's word for what it moved is held against what came since, and the patient that it
 * lists the study under against those that its instances name.
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
    StudyLife life;

    @Inject
    IngestConfiguration ingest;

    @Inject
    DicomwebConfiguration configuration;

    @Override
    public Set<String> sources() {
        return sources.archives().keySet();
    }

    /** Whose the study is comes first: whatever else is wrong, what came would be worked on. */
    @Override
    public Retrieved retrieve(String source, String studyInstanceUid) throws DicomException {
        RemoteNode node = sources.archives().get(source);
        ListedStudy listed = listed(source, node, studyInstanceUid);
        MoveCounts counts;
        try (Arrivals arrivals = studies.expect(studyInstanceUid)) {
            counts = move(node, listed, arrivals);
        } catch (DicomException e) {
            requirePatient(node, listed, "; besides, " + e.getMessage());
            throw e;
        }
        requirePatient(node, listed, "");
        completion.announce(studyInstanceUid, studies.inForce(studyInstanceUid), node.calledAeTitle());
        return new Retrieved(counts.came().all(), counts.failed(), "by C-MOVE from " + node + ": " + counts);
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

    private MoveCounts move(RemoteNode node, ListedStudy listed, Arrivals arrivals) throws DicomException {
        MoveResult result;
        try (MoveScu scu = MoveScu.open(node)) {
            result = scu.move(
                    listed.studyInstanceUid(),
                    ingest.aeTitle(),
                    new MoveScu.Patience(
                            configuration.retrieval().timeLimit(),
                            node.responseTimeout(),
                            () -> studies.progress(arrivals),
                            configuration.maxInstances()));
        }
        MoveCounts counts = new MoveCounts(
                listed.instances(), result.moved(), result.failed().orElse(0), studies.came(arrivals));
        checkAnswer(node, result, counts);
        checkCounts(node, counts);
        return counts;
    }

    /** Out of resources and unable to process may pass; what a destination or an instance lacks does not. */
    private void checkAnswer(RemoteNode node, MoveResult result, MoveCounts counts) throws DicomException {
        if (result.complete()) {
            return;
        }
        String what = node + " answered C-MOVE with " + result.status() + ": " + counts
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

    private void checkCounts(RemoteNode node, MoveCounts counts) throws HopelessRetrievalException {
        if (counts.nothing()) {
            throw new HopelessRetrievalException(node + " reports success, and nothing came: " + counts
                    + ". See that its entry for " + ingest.aeTitle() + " has the address and port of this listener");
        }
        if (counts.missing() > 0) {
            throw new HopelessRetrievalException(
                    node + " reports success, and " + counts.missing() + " instances are missing: " + counts);
        }
    }

    /** @param besides what else went wrong */
    private void requirePatient(RemoteNode node, ListedStudy listed, String besides) throws HopelessRetrievalException {
        if (!namesAnother(listed)) {
            return;
        }
        String doubt =
                node + " lists the study under another patient than its instances name, by " + Tag.text(Tag.PatientID);
        List<Integer> held = life.doubtPatient(listed.studyInstanceUid(), doubt);
        String so = held.isEmpty()
                ? ": no revision is held back, see which results there are: look at both before they are used"
                : ": revision " + held.stream().map(String::valueOf).collect(Collectors.joining(", "))
                        + " is held back as patient-identity until a person has said who is right";
        throw new HopelessRetrievalException(doubt + so + besides);
    }

    /** The archive's own spelling of names is no matter; whose ID it is is. */
    private boolean namesAnother(ListedStudy listed) {
        String expected = ListedStudy.composed(listed.patient().patientId());
        return patients.versions(listed.studyInstanceUid()).stream()
                .filter(version -> version.outcome() != Outcome.SET_ASIDE)
                .map(StudyPatients.Version::values)
                .anyMatch(values -> values != null
                        && !ListedStudy.composed(values.patientId()).equals(expected));
    }
}
