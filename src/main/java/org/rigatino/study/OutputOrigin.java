package org.rigatino.study;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.rigatino.persistence.Finding;
import org.rigatino.persistence.Instance;
import org.rigatino.persistence.Output;

/** What an output was made of, in the words of the trail: images with the SHA-256 of their bytes as they came. */
final class OutputOrigin {
    private static final Comparator<Finding> ORDER =
            Comparator.comparing((Finding row) -> row.instance.sopInstanceUid).thenComparing(row -> row.frameNumber);

    private final Map<String, String> sha256 = new HashMap<>();

    /** @param instances of the revision, among which neighbours are */
    OutputOrigin(Collection<Instance> instances) {
        instances.stream()
                .filter(row -> row.outcome != Instance.Outcome.SET_ASIDE)
                .forEach(row -> sha256.put(row.sopInstanceUid, row.sha256));
    }

    String of(Output output) {
        if (output.finding != null) {
            Finding finding = output.finding;
            return "from " + finding.instance.sopInstanceUid + " sha256 " + finding.instance.sha256 + " by model "
                    + finding.modelDigest + neighbours(finding);
        }
        Finding first = output.findings.iterator().next();
        return "from " + output.findings.size() + " findings in series " + first.instance.seriesInstanceUid
                + " by model " + first.modelDigest
                + joined(output.findings)
                        .map(digest -> " joined as in sha256 " + digest)
                        .orElse("");
    }

    private String neighbours(Finding finding) {
        return finding.joinedFrames().stream()
                .map(frame -> frame + " sha256 " + bytes(frame.substring(0, frame.indexOf(' '))))
                .reduce((before, after) -> before + ", " + after)
                .map(frames -> " joined with frames " + frames)
                .orElse("");
    }

    private String bytes(String sopInstanceUid) {
        return Objects.requireNonNull(sha256.get(sopInstanceUid), sopInstanceUid);
    }

    /**
     * Of a line for each finding, by UID and frame: SOP Instance UID, frame number, SHA-256 of the image and what it was joined
     * with, or alone. docs/audit.md has the same in SQL. Empty where none was joined.
     */
    private static Optional<String> joined(Collection<Finding> findings) {
        if (findings.stream().allMatch(row -> row.joinedWith == null)) {
            return Optional.empty();
        }
        return Optional.of(DigestUtils.sha256Hex(findings.stream()
                .sorted(ORDER)
                .map(row -> row.instance.sopInstanceUid + " " + row.frameNumber + " " + row.instance.sha256 + " "
                        + Objects.requireNonNullElse(row.joinedWith, "alone"))
                .collect(Collectors.joining("\n"))));
    }
}
