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
    PatientWitness patients;

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
    public Retrieved retrieve(String source, String studyInstanceUid, boolean searched) throws DicomException {
        PatientWitness.Testimony listed = searched ? patients.of(source, studyInstanceUid) : besides -> {};
        DicomwebNode node = sources.services().get(source);
        InstanceDoor.Sender sender =
                new InstanceDoor.Sender("WADO-RS " + source, node.root().getHost());
        StoredInstances results = new StoredInstances();
        try {
            new DicomwebClient(node)
                    .retrieve(
                            studyInstanceUid,
                            configuration.maxInstances(),
                            configuration.retrieval().timeLimit(),
                            part -> store(sender, studyInstanceUid, part, results));
        } catch (DicomException e) {
            listed.hold("; besides, " + e.getMessage());
            throw e;
        }
        listed.hold("");
        List<String> stored = List.copyOf(results.stored());
        completion.announce(studyInstanceUid, stored, sender.sender());
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
