package org.rigatino.deliver;

import java.nio.file.Path;
import org.rigatino.dicom.SopReference;

/**
 * What a destination's worker needs to know of one row.
 *
 * @param place for which alone it is, as {@link DestinationKind#place}; empty where that is not on
 *     record; null where it is for wherever the destination is
 */
record DueDelivery(
        long id,
        String studyInstanceUid,
        String seriesInstanceUid,
        SopReference reference,
        Path file,
        String sha256,
        int commitmentRequests,
        String place) {}
