package org.rigatino.archive;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What an archive lists of a patient's studies before one that is here, and what became of each; as the trail has it.
 *
 * @param found all of them
 * @param underWay of which the fetching is not over, whoever asked
 * @param left what is too much for once
 * @param unlike whose modalities are known and are others
 * @param uncertain that are not known to be of the patient, none of which is fetched
 * @param otherId that are listed under another Patient ID than was asked by, or none; they are left out
 * @param otherIssuer under that one, and another issuer than was asked by, or none; they are left out too
 */
public record EarlierSearch(
        int found,
        int asked,
        int underWay,
        int here,
        int left,
        int unlike,
        int uncertain,
        int otherId,
        int otherIssuer) {
    private static final Pattern TEXT = Pattern.compile("(\\d+) found: (\\d+) asked for, (\\d+) on their way before,"
            + " (\\d+) here, (\\d+) left for later, (\\d+) of other modalities, (\\d+) not certain to be of the patient"
            + "(?:, left out (\\d+) of another Patient ID and (\\d+) of another issuer)?");

    /** All that the archive does not list as the patient's. */
    public int leftOut() {
        return otherId + otherIssuer;
    }

    /** Empty where it is no such text. */
    static Optional<EarlierSearch> of(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int[] of = IntStream.rangeClosed(1, matcher.groupCount())
                .map(group -> matcher.group(group) == null ? 0 : Integer.parseInt(matcher.group(group)))
                .toArray();
        return Optional.of(new EarlierSearch(of[0], of[1], of[2], of[3], of[4], of[5], of[6], of[7], of[8]));
    }

    /** As {@link #of} reads it, and what was written before schema 61. */
    @Override
    public String toString() {
        return found + " found: " + asked + " asked for, " + underWay + " on their way before, " + here + " here, "
                + left
                + " left for later, " + unlike + " of other modalities, " + uncertain
                + " not certain to be of the patient, left out " + otherId + " of another Patient ID and " + otherIssuer
                + " of another issuer";
    }
}
