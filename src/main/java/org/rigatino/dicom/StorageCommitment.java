package org.rigatino.dicom;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Datasets of the Storage Commitment Push Model (PS3.4 J.3.2 and J.3.3). */
final class StorageCommitment {
    private StorageCommitment() {}

    static byte[] encodeRequest(String transactionUid, List<SopReference> instances, String transferSyntaxUid)
            throws DicomException {
        return new Dataset()
                .put(Tag.TransactionUID, transactionUid)
                .putItems(
                        Tag.ReferencedSOPSequence,
                        instances.stream().map(StorageCommitment::item).toList())
                .encodeWithoutFileMeta(transferSyntaxUid);
    }

    private static Dataset item(SopReference instance) {
        return new Dataset()
                .put(Tag.ReferencedSOPClassUID, instance.sopClassUid())
                .put(Tag.ReferencedSOPInstanceUID, instance.sopInstanceUid());
    }

    static StorageCommitmentResult decodeReport(byte[] bytes, String transferSyntaxUid) throws DicomException {
        Dataset report = DatasetEncoding.decode(bytes, transferSyntaxUid);
        List<SopReference> committed = new ArrayList<>();
        for (Dataset item : report.items(Tag.ReferencedSOPSequence)) {
            committed.add(reference(item));
        }
        Map<SopReference, Integer> failed = new TreeMap<>(Comparator.comparing(SopReference::sopInstanceUid));
        for (Dataset item : report.items(Tag.FailedSOPSequence)) {
            failed.put(reference(item), item.integer(Tag.FailureReason, 0));
        }
        return new StorageCommitmentResult(Uids.require(report, Tag.TransactionUID), committed, failed);
    }

    private static SopReference reference(Dataset item) throws DicomException {
        return new SopReference(item.require(Tag.ReferencedSOPClassUID), item.require(Tag.ReferencedSOPInstanceUID));
    }
}
