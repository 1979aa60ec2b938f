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
        Association association = Association.request(node, proposals, List.of());
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
        try {
            byte[] bytes = identifier.encodeWithoutFileMeta(context.transferSyntax());
            association.send(
                    context,
                    association
                            .request(CommandSet.C_FIND_RQ, true)
                            .put(CommandSet.AFFECTED_SOP_CLASS_UID, SopClass.STUDY_ROOT_FIND)
                            .put(CommandSet.PRIORITY, PRIORITY_MEDIUM),
                    new ByteArrayInputStream(bytes));
            return matches(sopInstanceUid);
        } catch (IOException e) {
            throw DicomException.of("C-FIND to " + association.peer(), e);
        }
    }

    private boolean matches(String sopInstanceUid) throws IOException {
        boolean found = false;
        while (true) {
            Association.Message response = association.receiveResponse();
            int status = response.command().integer(CommandSet.STATUS);
            if (response.command().hasDataset()) {
                DatasetInputStream stream = association.dataset(response);
                byte[] bytes = stream.readNBytes(MAX_IDENTIFIER_LENGTH);
                stream.drain();
                Dataset match =
                        Dataset.decodeWithoutFileMeta(bytes, response.context().transferSyntax());
                found |= match.string(Tag.SOPInstanceUID)
                        .filter(sopInstanceUid::equals)
                        .isPresent();
            }
            if (status == 0) {
                return found;
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
