package org.rigatino.archive;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.MoveResult;
import org.rigatino.dicom.MoveScu;
import org.rigatino.dicom.RemoteNode;
import org.rigatino.dicomweb.DicomwebConfiguration;
import org.rigatino.dicomweb.HopelessRetrievalException;
import org.rigatino.dicomweb.Retriever;
import org.rigatino.ingest.Arrivals;
import org.rigatino.ingest.AskedStudies;
import org.rigatino.ingest.Completion;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.ingest.Sources;

/**
 * C-MOVE to our own listener. The archive's word for what it moved is held against what came since, and the patient that it
 * lists the study under against those that its instances name.
 */
@ApplicationScoped
class MoveRetriever implements Retriever {
    @Inject
    Sources sources;

    @Inject
    ListedPatient patients;

    @Inject
    AskedStudies studies;

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

    /** Whose the study is comes first: whatever else is wrong, what came would be worked on. */
    @Override
    public Retrieved retrieve(Wanted study) throws DicomException {
        String studyInstanceUid = study.studyInstanceUid();
        RemoteNode node = sources.archives().get(study.source());
        ListedPatient.Listing listing = patients.of(study.source(), studyInstanceUid, study.earlierThan());
        MoveCounts counts;
        try (Arrivals arrivals = studies.expect(studyInstanceUid)) {
            counts = move(node, listing.study(), arrivals);
        } catch (DicomException e) {
            listing.hold("; besides, " + e.getMessage());
            throw e;
        }
        listing.hold("");
        completion.announce(studyInstanceUid, studies.inForce(studyInstanceUid), node.calledAeTitle());
        return new Retrieved(
                counts.came().here(),
                counts.failed() + counts.came().elsewhere(),
                "by C-MOVE from " + node + ": " + counts);
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
        Retriever.demandAny(node.toString(), counts.came());
        if (counts.missing() > 0) {
            throw new HopelessRetrievalException(
                    node + " reports success, and " + counts.missing() + " instances are missing: " + counts);
        }
    }
}
