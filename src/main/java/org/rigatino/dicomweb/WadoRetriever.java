package org.rigatino.dicomweb;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.DicomwebClient;
import org.rigatino.ingest.Arrivals;
import org.rigatino.ingest.AskedStudies;
import org.rigatino.ingest.Completion;
import org.rigatino.ingest.Sources;

/** WADO-RS: instances come as the answer. */
@ApplicationScoped
class WadoRetriever implements Retriever {
    @Inject
    Sources sources;

    @Inject
    StudyWitness witness;

    @Inject
    InstanceDoor door;

    @Inject
    AskedStudies studies;

    @Inject
    Completion completion;

    @Inject
    DicomwebConfiguration configuration;

    @Override
    public Set<String> sources() {
        return sources.services().keySet();
    }

    /** Of what was not found by a search a service need not know QIDO-RS. */
    @Override
    public Retrieved retrieve(Wanted study) throws DicomException {
        String source = study.source();
        String uid = study.studyInstanceUid();
        return study.searched()
                ? retrieve(source, uid, witness.of(source, uid, study.earlierThan()))
                : announced(source, uid, requireWhole(source, 0, fetch(source, uid)));
    }

    /** @param came of what was stored */
    private record Fetched(StoredInstances results, AskedStudies.Came came) {}

    private Retrieved retrieve(String source, String studyInstanceUid, StudyWitness.Testimony listed)
            throws DicomException {
        Fetched results;
        try {
            results = fetch(source, studyInstanceUid);
        } catch (DicomException e) {
            listed.hold("; besides, " + e.getMessage());
            throw e;
        }
        listed.hold("");
        return announced(
                source,
                studyInstanceUid,
                requireWhole(source, listed.instances().orElse(0), results));
    }

    /** @param listed by the source; 0 where it was not asked, or does not tell */
    private static Fetched requireWhole(String source, int listed, Fetched fetched) throws HopelessRetrievalException {
        Retriever.demandAny(source, fetched.came());
        StoredInstances results = fetched.results();
        long stored = results.stored().stream().distinct().count();
        if (stored < listed || results.failures() > 0) {
            throw new HopelessRetrievalException(source
                    + (listed > 0 ? " lists " + listed + " instances, " : " was asked for all instances, ") + stored
                    + " came and " + results.failures() + " were refused: "
                    + Math.max(results.failures(), listed - stored)
                    + " instances are missing"
                    + results.firstFailure()
                            .map(first -> "; first of those that were refused: " + first)
                            .orElse("")
                    + "; what came is worked on" + fetched.came().besides());
        }
        return fetched;
    }

    private Fetched fetch(String source, String studyInstanceUid) throws DicomException {
        StoredInstances results = new StoredInstances();
        try (Arrivals arrivals = studies.expect(studyInstanceUid)) {
            fetch(source, studyInstanceUid, results);
            return new Fetched(results, studies.came(arrivals));
        }
    }

    private void fetch(String source, String studyInstanceUid, StoredInstances results) throws DicomException {
        new DicomwebClient(sources.services().get(source))
                .retrieve(
                        studyInstanceUid,
                        configuration.maxInstances(),
                        configuration.retrieval().timeLimit(),
                        part -> store(sender(source), studyInstanceUid, part, results));
        if (results.isEmpty()) {
            throw new DicomException(source + " answers without any instance");
        }
        requireKept(results);
    }

    private static String sender(String source) {
        return "WADO-RS " + source;
    }

    private Retrieved announced(String source, String studyInstanceUid, Fetched fetched) {
        List<String> stored = List.copyOf(fetched.results().stored());
        int refused = fetched.results().failures();
        completion.announce(studyInstanceUid, stored, sender(source));
        return new Retrieved(
                Math.max(0, stored.size() - fetched.came().elsewhere()),
                refused + fetched.came().elsewhere(),
                stored.size() + " instances stored, " + refused + " refused"
                        + fetched.came().besides());
    }

    private void store(String sender, String study, InputStream part, StoredInstances results) throws IOException {
        door.store(sender, study, part, results);
        if (results.isOurTrouble()) {
            requireKept(results);
        }
    }

    /** One alone holds up none behind it: the file of it that is here may be what cannot be read. */
    private static void requireKept(StoredInstances results) throws DicomException {
        Optional<String> notKept = results.notKept();
        if (notKept.isPresent()) {
            throw new DicomException(
                    "instance " + notKept.get()
                            + " cannot be kept now: disk or database is in trouble, or the file of it that is here cannot be read");
        }
    }
}
