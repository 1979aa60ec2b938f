package org.rigatino.dicom;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/** Study Root Query/Retrieve Information Model FIND user (PS3.4 annex C). Not safe for use by several threads. */
public final class QueryScu implements AutoCloseable {
    private static final int PRIORITY_MEDIUM = 0;
    private static final int MAX_IDENTIFIER_LENGTH = 1024 * 1024;

    private final Association association;
    private final PresentationContext context;

    private QueryScu(Association association, PresentationContext context) {
        this.association = association;
        this.context = context;
    }

    /** @throws NotNegotiatedException where the archive offers no query */
    public static QueryScu open(RemoteNode node) throws DicomException {
        List<PresentationContext> proposals = List.of(PresentationContext.plain(1, SopClass.STUDY_ROOT_FIND));
        Association association = AssociationRequestor.request(node, proposals, List.of());
        try {
            return new QueryScu(association, association.require(SopClass.STUDY_ROOT_FIND));
        } catch (NotNegotiatedException e) {
            association.releaseAtEnd();
            throw e;
        }
    }

    /** C-FIND at IMAGE level. Whether the archive names exactly this instance; a failure status throws. */
    public boolean imageExists(String studyInstanceUid, String seriesInstanceUid, String sopInstanceUid)
            throws DicomException {
        Dataset identifier = new Dataset()
                .put(Tag.QueryRetrieveLevel, "IMAGE")
                .put(Tag.StudyInstanceUID, studyInstanceUid)
                .put(Tag.SeriesInstanceUID, seriesInstanceUid)
                .put(Tag.SOPInstanceUID, sopInstanceUid);
        boolean[] found = new boolean[1];
        find(
                identifier,
                match -> found[0] |= match.string(Tag.SOPInstanceUID)
                        .filter(sopInstanceUid::equals)
                        .isPresent());
        return found[0];
    }

    /** C-FIND at STUDY level: Number of Study Related Instances (0020,1208); 0 where the archive knows no such study. */
    public int countInstances(String studyInstanceUid) throws DicomException {
        Dataset identifier = new Dataset()
                .put(Tag.QueryRetrieveLevel, "STUDY")
                .put(Tag.StudyInstanceUID, studyInstanceUid)
                .putEmpty(Tag.NumberOfStudyRelatedInstances);
        int[] count = {0};
        find(identifier, match -> {
            if (match.string(Tag.StudyInstanceUID)
                    .filter(studyInstanceUid::equals)
                    .isPresent()) {
                match.require(Tag.NumberOfStudyRelatedInstances);
                count[0] = match.integer(Tag.NumberOfStudyRelatedInstances, 0);
            }
        });
        return count[0];
    }

    private interface Match {
        void take(Dataset match) throws DicomException;
    }

    private void find(Dataset identifier, Match matches) throws DicomException {
        try {
            byte[] bytes = identifier.encodeWithoutFileMeta(context.transferSyntax());
            association.send(
                    context,
                    association
                            .request(CommandSet.C_FIND_RQ, true)
                            .put(CommandSet.AFFECTED_SOP_CLASS_UID, SopClass.STUDY_ROOT_FIND)
                            .put(CommandSet.PRIORITY, PRIORITY_MEDIUM),
                    new ByteArrayInputStream(bytes));
            receive(matches);
        } catch (IOException e) {
            throw DicomException.of("C-FIND to " + association.peer(), e);
        }
    }

    private void receive(Match matches) throws IOException {
        while (true) {
            Association.Message response = association.receiveResponse();
            int status = response.command().integer(CommandSet.STATUS);
            if (response.command().hasDataset()) {
                DatasetInputStream stream = association.dataset(response);
                byte[] bytes = stream.readNBytes(MAX_IDENTIFIER_LENGTH);
                stream.drain();
                matches.take(
                        Dataset.decodeWithoutFileMeta(bytes, response.context().transferSyntax()));
            }
            if (status == 0) {
                return;
            }
            if (status != 0xFF00 && status != 0xFF01) {
                throw new DicomException(association.peer() + " answered C-FIND with " + new StoreStatus(status));
            }
        }
    }

    @Override
    public void close() {
        association.releaseAtEnd();
    }
}
