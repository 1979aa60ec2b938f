package org.rigatino.deliver.dicomweb;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.rigatino.dicom.DicomwebNode;
import org.rigatino.dicom.TlsProfile;
import org.rigatino.dicom.Uids;

/**
 * A DICOMweb service that objects are stored at.
 *
 * @param name what a site calls it
 * @param root without a trailing slash; {@code /studies} follows
 * @param tls absent for what the Java platform trusts
 * @param responseTimeout longest time in which nothing of a request is taken, and longest wait for the whole answer
 */
public record DicomwebArchive(
        String name,
        URI root,
        Credentials credentials,
        Optional<TlsProfile> tls,
        Duration connectTimeout,
        Duration responseTimeout) {
    /** @throws IllegalArgumentException where the root is none, or a time-out */
    public DicomwebArchive {
        DicomwebNode.checkRoot(root);
        checkPositive(connectTimeout);
        checkPositive(responseTimeout);
    }

    private static void checkPositive(Duration timeout) {
        if (timeout.toMillis() < 1 || timeout.toMillis() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("time-out " + timeout + " is not within 1 ms and 24 days");
        }
    }

    /** The same for those who do not wait as long. */
    public DicomwebArchive withinAtMost(Duration longest) {
        return new DicomwebArchive(
                name, root, credentials, tls, shorter(connectTimeout, longest), shorter(responseTimeout, longest));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** @throws IllegalArgumentException where the UID is none, so that it could name another resource */
    URI study(String studyInstanceUid) {
        if (!Uids.isValid(studyInstanceUid)) {
            throw new IllegalArgumentException("the Study Instance UID is not a UID (PS3.5 9.1)");
        }
        return URI.create(root + "/studies/" + studyInstanceUid);
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
