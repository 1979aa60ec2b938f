package org.rigatino.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import org.jboss.logging.Logger;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.FileMeta;
import org.rigatino.dicom.SopClass;
import org.rigatino.dicom.StoreHandler;
import org.rigatino.dicom.StoreRequest;
import org.rigatino.dicom.StoreStatus;
import org.rigatino.dicom.Uids;
import org.rigatino.dicom.UnavailableFileException;

/**
 * Decides about each C-STORE: file durable, then row committed, then 0000H. Every other status leaves the association
 * alive and is counted. Safe for use by several threads.
 */
final class Reception implements StoreHandler {
    private static final Logger LOG = Logger.getLogger(Reception.class);

    private final InstanceStore store;
    private final InstanceRecord record;
    private final OtherVersions otherVersions;
    private final AskedStudies asked;
    private final MeterRegistry meters;
    private final long maxLength;
    private final long keepFree;

    /**
     * @param maxLength bytes of one dataset
     * @param keepFree bytes of the store's disk
     */
    Reception(
            InstanceStore store,
            InstanceRecord record,
            OtherVersions otherVersions,
            AskedStudies asked,
            MeterRegistry meters,
            long maxLength,
            long keepFree) {
        this.keepFree = keepFree;
        this.asked = asked;
        this.otherVersions = otherVersions;
        this.maxLength = maxLength;
        this.store = store;
        this.record = record;
        this.meters = meters;
    }

    @Override
    public StoreStatus store(StoreRequest request, InputStream dataset) {
        return store(request, dataset, null);
    }

    /** @param study the only study that is taken, or null for any */
    StoreStatus store(StoreRequest request, InputStream dataset, String study) {
        StoreStatus status = receive(request, new BoundedDataset(dataset, maxLength), study);
        meters.counter("rigatino.instances", "status", status.toString()).increment();
        return status;
    }

    private StoreStatus receive(StoreRequest request, InputStream dataset, String study) {
        if (!Uids.isValid(request.sopInstanceUid()) || !Uids.isValid(request.sopClassUid())) {
            return refuse(request, StoreStatus.CANNOT_UNDERSTAND, "Affected SOP Class or Instance UID is not a UID");
        }
        if (!SopClass.isStorage(request.sopClassUid())) {
            // What was negotiated says nothing of what is sent.
            return refuse(
                    request, StoreStatus.SOP_CLASS_NOT_SUPPORTED, "Affected SOP Class UID is of no storage class");
        }
        if (store.free() < keepFree) {
            LOG.errorf(
                    "instance %s from %s is not kept: %d MB are free in %s, and rigatino.ingest.keep-free are %d MB. Make"
                            + " room; the sender is told A700H",
                    request.sopInstanceUid(),
                    request.callingAeTitle(),
                    store.free() >> 20,
                    store.root(),
                    keepFree >> 20);
            return StoreStatus.OUT_OF_RESOURCES;
        }
        try {
            FileMeta meta = new FileMeta(request.sopClassUid(), request.sopInstanceUid(), request.transferSyntaxUid());
            return place(request, store.receive(meta, dataset), study);
        } catch (InstanceStore.SenderLostException e) {
            if (e.getCause() instanceof BoundedDataset.TooLongException tooLong) {
                return refuse(request, StoreStatus.CANNOT_UNDERSTAND, tooLong.getMessage());
            }
            LOG.warnf("instance %s from %s: %s", request.sopInstanceUid(), request.callingAeTitle(), e.getMessage());
            return StoreStatus.CANNOT_UNDERSTAND;
        } catch (IOException | RuntimeException e) {
            LOG.errorf(
                    e,
                    "instance %s from %s is not kept: the instance store or the database is in trouble; the sender"
                            + " is told A700H",
                    request.sopInstanceUid(),
                    request.callingAeTitle());
            return StoreStatus.OUT_OF_RESOURCES;
        }
    }

    private StoreStatus place(StoreRequest request, InstanceStore.Received received, String study) throws IOException {
        try {
            InstanceHeader header = InstanceHeader.read(received.file());
            if (!header.sopClassUid().equals(request.sopClassUid())
                    || !header.sopInstanceUid().equals(request.sopInstanceUid())) {
                store.discard(received);
                return refuse(
                        request,
                        StoreStatus.DATASET_DOES_NOT_MATCH_SOP_CLASS,
                        "dataset and C-STORE request name different SOP class or instance UIDs");
            }
            if (study != null && !study.equals(header.studyInstanceUid())) {
                store.discard(received);
                return refuse(
                        request,
                        StoreStatus.DATASET_DOES_NOT_MATCH_SOP_CLASS,
                        "the dataset is of another study than the request says");
            }
            if (request.onRequest() && !asked.includes(request.callingAeTitle(), header.studyInstanceUid())) {
                store.discard(received);
                return refuse(
                        request,
                        StoreStatus.NOT_AUTHORIZED,
                        "the study was not asked for, and the sender is a source and in no list of senders");
            }
            StoreStatus kept = keep(request, header, received);
            asked.arrived(header.studyInstanceUid(), header.sopInstanceUid(), kept.equals(StoreStatus.COERCION));
            return kept;
        } catch (UnavailableFileException e) {
            store.discard(received);
            throw e;
        } catch (DicomException e) {
            store.discard(received);
            return refuse(request, StoreStatus.CANNOT_UNDERSTAND, e.getMessage());
        } catch (IOException | RuntimeException e) {
            store.discard(received);
            throw e;
        }
    }

    private StoreStatus keep(StoreRequest request, InstanceHeader header, InstanceStore.Received received)
            throws IOException {
        String location =
                store.keep(received, header.studyInstanceUid(), header.seriesInstanceUid(), header.sopInstanceUid());
        Arrival arrival = Arrival.now(request, header, received.at(store.resolve(location)), location);
        InstanceRecord.Result result = record.add(arrival);
        return switch (result.kind()) {
            case ADDED, KNOWN -> StoreStatus.SUCCESS;
            case KNOWN_ASIDE -> StoreStatus.COERCION;
            case OTHER_VERSION -> otherVersions.settle(arrival, result.inForce());
            case GONE -> throw new IOException("retention deleted the file while the instance came again");
        };
    }

    /** Where the audit trail cannot take it, the sender is told A700H instead and comes again. */
    private StoreStatus refuse(StoreRequest request, StoreStatus status, String reason) {
        LOG.warnf(
                "instance %s from %s refused with %s: %s",
                Uids.isValid(request.sopInstanceUid()) ? request.sopInstanceUid() : "without UID",
                request.callingAeTitle(),
                status,
                reason);
        record.addRefusal(request, status, reason);
        return status;
    }
}
