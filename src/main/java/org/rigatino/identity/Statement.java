package org.rigatino.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Of the values alone. */
    String content() {
        return sha256(new byte[0]);
    }
}
