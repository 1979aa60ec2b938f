package org.rigatino.report;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A report of one order.
 *
 * @param reportedAt when it came to stand as it is, from the first instant of that time
 * @param reportedUntil to the last: it is said by the second, the minute, the hour or the day
 * @param sentAt when its message was made; null where that is not known
 * @param patients IDs of its patient, one or more
 * @param birthDate as much of a date as is known, YYYYMMDD; empty where nothing is
 * @param patientName as VR PN; empty where it is not said
 * @param patientSex as VR CS; empty where it is not said
 * @param interpreter who reported, as VR PN; empty where it is not said
 * @param content empty where it is withdrawn
 * @param partsNotShown what stood beside it and is not in it
 */
public record ReceivedReport(
        ReportStatus status,
        Instant reportedAt,
        Instant reportedUntil,
        Instant sentAt,
        String accessionNumber,
        List<PatientId> patients,
        String birthDate,
        String patientName,
        String patientSex,
        String interpreter,
        String content,
        int partsNotShown) {
    /** In characters of Unicode. */
    public static final int MOST = 100_000;

    /** @param issuer empty where it is not said */
    public record PatientId(String id, String issuer) {}

    String[] ids() {
        return patients.stream().map(PatientId::id).toArray(String[]::new);
    }

    String[] issuers() {
        return patients.stream().map(PatientId::issuer).toArray(String[]::new);
    }

    /** SHA-256 over it, behind the salt, as the view {@code report_proof} computes it. */
    String sha256(byte[] salt) {
        String said = String.join(
                "\u001f",
                status.name(),
                accessionNumber,
                String.join("\u001e", ids()),
                String.join("\u001e", issuers()),
                birthDate,
                content);
        boolean more = !(patientName + patientSex + interpreter).isEmpty();
        return digest(salt, more ? String.join("\u001f", said, patientName, patientSex, interpreter) : said);
    }

    /** By which the same is known when it comes again. */
    String identity() {
        return digest(
                new byte[0],
                reportedAt + "\u001f"
                        + patients.stream().map(PatientId::toString).collect(Collectors.joining()) + "\u001f"
                        + sha256(new byte[0]));
    }

    private static String digest(byte[] salt, String text) {
        return new DigestUtils(DigestUtils.updateDigest(DigestUtils.getSha256Digest(), salt)).digestAsHex(text);
    }
}
