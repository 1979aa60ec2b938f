package org.rigatino.dicom;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/** UIDs of Rigatino's own. */
public final class Uids {
    /** Root of every class-level UID of Rigatino, itself derived from a UUID (PS3.5 B.2). */
    private static final UUID NAMESPACE = UUID.fromString("6f1cc2a6-4f9d-5b0e-9d0c-3a8a9c5f4e21");

    /** (0002,0012) of every file that Rigatino writes, and what it says of itself in associations. */
    public static final String IMPLEMENTATION_CLASS_UID = nameBased("implementation class", "1");

    public static final String IMPLEMENTATION_VERSION_NAME = "RIGATINO_1";

    private static final Pattern UID = Pattern.compile("(0|[1-9][0-9]*)(\\.(0|[1-9][0-9]*))+");

    private Uids() {}

    /**
     * The same UID for the same parts, always: a version 5 UUID (RFC 9562 5.5) under 2.25 (PS3.5 B.2). Parts are
     * length-prefixed, so that ("a","bc") and ("ab","c") differ.
     */
    public static String nameBased(String... parts) {
        MessageDigest sha1 = DigestUtils.getSha1Digest();
        sha1.update(ByteBuffer.allocate(16)
                .putLong(NAMESPACE.getMostSignificantBits())
                .putLong(NAMESPACE.getLeastSignificantBits())
                .array());
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            sha1.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
            sha1.update(bytes);
        }
        byte[] uuid = java.util.Arrays.copyOf(sha1.digest(), 16);
        uuid[6] = (byte) (uuid[6] & 0x0f | 0x50);
        uuid[8] = (byte) (uuid[8] & 0x3f | 0x80);
        return "2.25." + new BigInteger(1, uuid);
    }

    /** Whether the text is a UID after PS3.5 9.1: at most 64 characters, components of digits without leading zeros. */
    public static boolean isValid(String uid) {
        return uid != null && uid.length() <= 64 && UID.matcher(uid).matches();
    }

    /** @throws DicomException where the attribute is absent, or no UID */
    public static String require(Dataset dataset, int tag) throws DicomException {
        String uid = dataset.require(tag);
        if (!isValid(uid)) {
            throw new DicomException("attribute " + Tag.text(tag) + " is not a UID (PS3.5 9.1)");
        }
        return uid;
    }
}
