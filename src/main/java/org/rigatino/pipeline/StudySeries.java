package org.rigatino.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.Frame;
import org.rigatino.image.SeriesIdentity;
import org.rigatino.result.AlgorithmIdentification;
import org.rigatino.result.ObjectKind;
import org.rigatino.result.ResultConfiguration;
import org.rigatino.result.SeriesObjects;

/**
 * Objects of whole series: one {@link SeriesObjects} for each source series and release, and for each way in which the
 * series writes its patient, since no object can say both. Not safe for several threads.
 */
final class StudySeries {
    private final Set<ObjectKind> kinds;
    private final Map<Key, SeriesObjects> series = new LinkedHashMap<>();

    private record Key(SeriesIdentity of, String modelDigest) {}

    /** @param kinds that are asked for; those of single frames are made elsewhere, and without others nothing is kept */
    StudySeries(Set<ObjectKind> kinds) {
        this.kinds = kinds;
    }

    /**
     * @param configuration the same for all that one release judges
     * @param captures as {@link SeriesObjects#add}
     * @throws DicomException where the header does not tell whose image it is, or cannot be read otherwise
     */
    void add(
            Dataset header,
            Frame frame,
            ImageFinding finding,
            AlgorithmIdentification algorithm,
            ResultConfiguration configuration,
            Map<ObjectKind, Path> captures)
            throws DicomException {
        if (kinds.stream().noneMatch(ObjectKind::isOfSeries)) {
            return;
        }
        series.computeIfAbsent(
                        new Key(SeriesIdentity.of(header), algorithm.digest()),
                        absent -> new SeriesObjects(algorithm, configuration))
                .add(header, frame, finding, captures);
    }

    /** Forgets the frames of an instance that has failed. */
    void leaveOut(String sopInstanceUid) {
        series.values().forEach(objects -> objects.leaveOut(sopInstanceUid));
    }

    void encode(SeriesObjects.Sink sink) throws IOException {
        for (SeriesObjects objects : series.values()) {
            objects.encode(kinds, sink);
        }
    }
}
