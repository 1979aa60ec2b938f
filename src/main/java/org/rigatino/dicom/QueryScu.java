package org.rigatino.dicom;

/** Study Root Query/Retrieve Information Model FIND user (PS3.4 annex C). Not safe for use by several threads. */
public final class QueryScu implements AutoCloseable {
    private QueryScu() {}

    /** @throws NotNegotiatedException where the archive offers no query */
    public static QueryScu open(RemoteNode node) throws DicomException {
        throw new UnsupportedOperationException();
    }

    /** C-FIND at IMAGE level. Whether the archive names exactly this instance; a failure status throws. */
    public boolean imageExists(String studyInstanceUid, String seriesInstanceUid, String sopInstanceUid)
            throws DicomException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
