package org.rigatino.ingest;

import java.security.SecureRandom;
import org.apache.commons.codec.digest.DigestUtils;
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
        return new DigestUtils(DigestUtils.updateDigest(DigestUtils.getSha256Digest(), salt))
                .digestAsHex(Uids.nameBased("patient of performed step", step, patientId));
    }
}
