package org.rigatino.identity;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.codec.digest.DigestUtils;
import org.rigatino.patient.IdentityAttribute;
import org.rigatino.patient.NobodysValues;

/**
 * What an HL7 message says of a patient.
 *
 * @param eventAt when it came to be so, from the first instant of that time
 * @param eventUntil to the last: it is said by the second, the minute, the hour or the day
 * @param patient who is spoken of; of a merge, who is left
 * @param prior of a merge, whose studies become the patient's; else null
 * @param values name, birth date and sex, as far as the message says them
 */
public record PatientMessage(
        Kind kind, Instant eventAt, Instant eventUntil, Id patient, Id prior, Map<IdentityAttribute, String> values) {
    /** ADT^A08 and A31, ADT^A40. */
    public enum Kind {
        UPDATE,
        MERGE
    }

    /** A Patient ID; of a message both parts are known. */
    public record Id(String id, String issuer) {
        /** @param authority who issued an ID that does not say so; null where nobody knows */
        static Id of(Map<IdentityAttribute, String> said, String authority) {
            String issuer = said.getOrDefault(IdentityAttribute.ISSUER_OF_PATIENT_ID, "");
            return new Id(
                    said.getOrDefault(IdentityAttribute.PATIENT_ID, ""),
                    issuer.isEmpty() && authority != null ? authority : issuer);
        }
    }

    String value(IdentityAttribute attribute) {
        return values.getOrDefault(attribute, "");
    }

    /** Whether it says the same as another, whenever that was: of a merge that the one becomes the other, whatever it calls them. */
    boolean saysAgain(PatientMessage other) {
        return kind == other.kind
                && patient.equals(other.patient)
                && Objects.equals(prior, other.prior)
                && (kind == Kind.MERGE || values.equals(other.values));
    }

    /** Whether both are updates of one ID that may be of one person by what both say of them, where they say anything. */
    boolean isPieceOf(PatientMessage other, NobodysValues nobodys) {
        Demographics one = Demographics.of(values, nobodys);
        Demographics another = Demographics.of(other.values, nobodys);
        return kind == Kind.UPDATE && other.kind == kind && patient.equals(other.patient) && one.isAlikeTo(another);
    }

    /** SHA-256 over it, behind the salt, as the view {@code patient_message_proof} computes it. */
    String sha256(byte[] salt) {
        return digest(
                salt,
                String.join(
                        "\u001f",
                        kind.name(),
                        patient.id(),
                        patient.issuer(),
                        prior == null ? "" : prior.id(),
                        prior == null ? "" : prior.issuer(),
                        value(IdentityAttribute.PATIENT_NAME),
                        value(IdentityAttribute.PATIENT_BIRTH_DATE),
                        value(IdentityAttribute.PATIENT_SEX)));
    }

    /** By which the same is known when it comes again. */
    String content() {
        return digest(new byte[0], eventAt + "\u001f" + eventUntil + "\u001f" + sha256(new byte[0]));
    }

    static String digest(byte[] salt, String text) {
        return new DigestUtils(DigestUtils.updateDigest(DigestUtils.getSha256Digest(), salt)).digestAsHex(text);
    }
}
