package org.rigatino.ingest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.rigatino.dicom.Uids;

/**
 * The Patient ID of a performed step, to be compared with and not to be read. Patient IDs are few enough to try all of them: the
 * salt is kept apart from the digest.
 *
 * @param sha256 over the salt and a name of the step and its ID, in hexadecimal
 */
record StepPatient(byte[] salt, String sha256) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SALT_BYTES = 32;

    static StepPatient of(String step, String patientId) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return new StepPatient(salt, digest(salt, step, patientId));
    }

    boolean is(String step, String patientId) {
        return salt != null && digest(salt, step, patientId).equals(sha256);
    }

    /** As migration V41 made it of what V40 kept. */
    private static String digest(byte[] salt, String step, String patientId) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            return HexFormat.of()
                    .formatHex(digest.digest(Uids.nameBased("patient of performed step", step, patientId)
                            .getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
