package org.rigatino.dicom;

import java.net.URI;
import java.time.Duration;

/**
 * A DICOMweb service (PS3.18) that studies are asked of.
 *
 * @param name what a site calls it, for people
 * @param root without a trailing slash; {@code /studies} follows
 * @param authorization value of the Authorization header, or null
 * @param tls null for what the Java platform trusts
 * @param idleTimeout longest wait for the head of an answer, and silence within its body
 */
public record DicomwebNode(
        String name, URI root, String authorization, TlsProfile tls, Duration connectTimeout, Duration idleTimeout) {
    /** @throws IllegalArgumentException where the root is none */
    public DicomwebNode {
        checkRoot(root);
    }

    /** @throws IllegalArgumentException that says what the root of a DICOMweb service is */
    public static void checkRoot(URI root) {
        String scheme = root.getScheme();
        if (scheme == null
                || !scheme.equals("http") && !scheme.equals("https")
                || root.getHost() == null
                || root.getUserInfo() != null
                || root.getQuery() != null
                || root.getFragment() != null
                || root.getPath().endsWith("/")
                || !root.normalize().equals(root)) {
            throw new IllegalArgumentException(withoutUser(root)
                    + " is not the root of a DICOMweb service: http or https, host, path"
                    + " without a slash at its end, and nothing else");
        }
    }

    /** A password in it is not said again. */
    private static String withoutUser(URI root) {
        return root.toString().replaceAll("//[^/]*@", "//");
    }

    /** The resource of a study; a UID holds digits and dots only, so it is safe in a path. */
    public URI study(String studyInstanceUid) {
        if (!Uids.isValid(studyInstanceUid)) {
            throw new IllegalArgumentException("not a UID (PS3.5 9.1)");
        }
        return URI.create(root + "/studies/" + studyInstanceUid);
    }

    @Override
    public String toString() {
        return name + " (" + root + ")";
    }
}
