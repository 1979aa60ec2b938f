package org.rigatino.result;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.Uids;
import org.rigatino.finding.Region;
import org.rigatino.image.FrameReference;

/**
 * The regions that a report measures and that are segments of a Segmentation, under the same identifiers: the strongest of
 * each flagged frame, and of the one that ranks highest.
 */
final class TrackedRegions {
    /** Of a frame, the most abnormal first. */
    static final int MOST = 10;

    /**
     * Tracking ID (0062,0020) and Tracking UID (0062,0021).
     *
     * @param label as a reader finds it in a viewer; another image may have its numbers
     * @param identifier no other region has it
     */
    record Tracking(String label, String identifier, String uid) {}

    private final Map<FrameReference, List<Region>> regions = new HashMap<>();
    private final List<JudgedFrame> reported = new ArrayList<>();
    private final int seriesNumber;
    private final String model;

    /** @param source header of one of the instances that the frames are from */
    TrackedRegions(
            Dataset source,
            List<JudgedFrame> frames,
            AlgorithmIdentification algorithm,
            ResultConfiguration configuration) {
        seriesNumber = SourceAttributes.number(source, Tag.SeriesNumber);
        model = algorithm.digest() + ObjectKind.SEGMENTATION.configurationDigest(configuration);
        List<JudgedFrame> ordered = SliceOrder.of(frames);
        JudgedFrame highest = ordered.stream()
                .max(Comparator.comparingDouble(frame -> frame.finding().score()))
                .orElseThrow();
        for (JudgedFrame frame : ordered) {
            if (frame.finding().flagged() || frame == highest) {
                reported.add(frame);
                regions.put(
                        frame.reference(), frame.regions().stream().limit(MOST).toList());
            }
        }
    }

    /** In {@link SliceOrder}. */
    List<JudgedFrame> reported() {
        return reported;
    }

    List<Region> of(JudgedFrame frame) {
        return regions.getOrDefault(frame.reference(), List.of());
    }

    /** As a reader finds it in a viewer; the end of its UID where it has no number. */
    String image(JudgedFrame frame) {
        int number = frame.number();
        String uid = frame.reference().sopInstanceUid();
        String which =
                number == 0 ? "with UID ..." + uid.substring(Math.max(0, uid.length() - 8)) : Integer.toString(number);
        return "series " + seriesNumber + " image " + which
                + (frame.multiFrame() ? " frame " + frame.reference().frameNumber() : "");
    }

    /** @param rank 1 for the frame's strongest */
    Tracking tracking(JudgedFrame frame, int rank) {
        String place = NamedFrame.of(frame.finding()).text() + " " + rank;
        String text = image(frame) + " region " + rank;
        String label = Character.toUpperCase(text.charAt(0)) + text.substring(1);
        return new Tracking(
                label,
                label + " of SOP Instance UID " + frame.reference().sopInstanceUid(),
                Uids.nameBased("tracking", place, model));
    }
}
