package org.rigatino.dicomweb;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.FileMeta;
import org.rigatino.dicom.SopClass;
import org.rigatino.dicom.StoreRequest;
import org.rigatino.dicom.StoreStatus;
import org.rigatino.dicom.TransferSyntax;
import org.rigatino.ingest.IngestService;

/** From a PS3.10 file that arrives over HTTP to ingest: the same checks, the same durability as by C-STORE. */
@ApplicationScoped
class InstanceDoor {
    @Inject
    IngestService ingest;

    /**
     * @param sender takes the Calling AE Title's place in the record
     * @param study the only study that is taken, or null for any
     * @param results is told what came of it
     */
    void store(String sender, String study, InputStream part, StoredInstances results) throws IOException {
        PushbackInputStream file = new PushbackInputStream(part, 4);
        FileMeta meta;
        try {
            meta = FileMeta.read(file);
        } catch (DicomException e) {
            results.addUnidentified(StoreStatus.CANNOT_UNDERSTAND);
            return;
        }
        results.add(meta.sopClassUid(), meta.sopInstanceUid(), store(sender, study, meta, file));
    }

    private StoreStatus store(String sender, String study, FileMeta meta, InputStream dataset) {
        if (!SopClass.isStorage(meta.sopClassUid())) {
            return StoredInstances.SOP_CLASS_NOT_SUPPORTED;
        }
        if (!TransferSyntax.isStorable(meta.transferSyntaxUid())) {
            return StoredInstances.TRANSFER_SYNTAX_NOT_SUPPORTED;
        }
        StoreRequest request =
                new StoreRequest(sender, meta.sopClassUid(), meta.sopInstanceUid(), meta.transferSyntaxUid());
        return ingest.store(request, dataset, study);
    }
}
