package org.rigatino.dicomweb;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.DicomwebClient;
import org.rigatino.dicom.DicomwebNode;
import org.rigatino.dicom.StoreStatus;
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

    private Retrieved retrieve(String source, String studyInstanceUid, StudyWitness.Testimony listed)
            throws DicomException {
        StoredInstances results;
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
    private static StoredInstances requireWhole(String source, int listed, StoredInstances results)
            throws HopelessRetrievalException {
        long stored = results.stored().stream().distinct().count();
        if (stored < listed || results.failures() > 0) {
            throw new HopelessRetrievalException(source
                    + (listed > 0 ? " lists " + listed + " instances, " : " was asked for all instances, ") + stored
                    + " came and " + results.failures() + " were refused: "
                    + Math.max(results.failures(), listed - stored)
                    + " instances are missing; what came is worked on");
        }
        return results;
    }

    private StoredInstances fetch(String source, String studyInstanceUid) throws DicomException {
        InstanceDoor.Sender sender = sender(source);
        StoredInstances results = new StoredInstances();
        new DicomwebClient(sources.services().get(source))
                .retrieve(
                        studyInstanceUid,
                        configuration.maxInstances(),
                        configuration.retrieval().timeLimit(),
                        part -> store(sender, studyInstanceUid, part, results));
        if (results.isEmpty()) {
            throw new DicomException(source + " answers without any instance");
        }
        return results;
    }

    private InstanceDoor.Sender sender(String source) {
        DicomwebNode node = sources.services().get(source);
        return new InstanceDoor.Sender("WADO-RS " + source, node.root().getHost());
    }

    private Retrieved announced(String source, String studyInstanceUid, StoredInstances results) {
        List<String> stored = List.copyOf(results.stored());
        completion.announce(studyInstanceUid, stored, sender(source).sender());
        return new Retrieved(
                stored.size(),
                results.failures(),
                stored.size() + " instances stored, " + results.failures() + " refused");
    }

    private void store(InstanceDoor.Sender sender, String study, InputStream part, StoredInstances results)
            throws IOException {
        door.store(sender, study, part, results);
        if (results.last().equals(StoreStatus.OUT_OF_RESOURCES)) {
            throw new DicomException("an instance cannot be kept now: disk or database is in trouble");
        }
    }
}
