package org.rigatino.identity;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.rigatino.patient.IdentityAttribute;
import org.rigatino.patient.StudyIdentity;

/** What an instance of a study says; the same of many instances is one statement. */
public record Statement(String studyInstanceUid, StudyIdentity identity) {
    /** SHA-256 over it, behind the salt, as the view {@code identity_proof} computes it. */
    String sha256(byte[] salt) {
        String text = Stream.concat(
                        Stream.of(identity.patient()),
                        Arrays.stream(IdentityAttribute.values()).map(identity::value))
                .collect(Collectors.joining("\u001f"));
        return new DigestUtils(DigestUtils.updateDigest(DigestUtils.getSha256Digest(), salt)).digestAsHex(text);
    }

    /** Of the values alone. */
    String content() {
        return sha256(new byte[0]);
    }
}
