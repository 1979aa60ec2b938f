package org.rigatino.result;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Segments of one object and the frames that hold them: a segment for each tracked region, with the frame that it is on, and
 * one for whatever else departs. Every judged frame is there, also where nothing is marked.
 *
 * @param segments the first has number 1
 * @param frames by segment, then in the order of the judged frames
 */
record SegmentLayout(List<Segment> segments, List<SegmentFrame> frames) {
    /**
     * @param label at most 64 characters
     * @param tracking null where it is of no one region
     */
    record Segment(String label, TrackedRegions.Tracking tracking) {}

    /**
     * @param number of the segment
     * @param rank of the region that it is, 0 for whatever is none of the tracked ones
     * @param tracked how many regions of the frame have segments of their own
     */
    record SegmentFrame(JudgedFrame frame, int number, int rank, int tracked) {
        /** @param mark as {@link JudgedFrame#mask} */
        boolean holds(int mark) {
            int region = mark - 1;
            return rank > 0 ? region == rank : mark == 1 || region > tracked;
        }
    }

    /** One segment that all frames have. */
    static SegmentLayout single(List<JudgedFrame> ordered, String label) {
        return new SegmentLayout(
                List.of(new Segment(label, null)),
                ordered.stream().map(frame -> new SegmentFrame(frame, 1, 0, 0)).toList());
    }

    /** @param ordered frames of the object */
    static SegmentLayout of(List<JudgedFrame> ordered, TrackedRegions tracked) {
        List<Segment> segments = new ArrayList<>();
        List<SegmentFrame> frames = new ArrayList<>();
        Set<JudgedFrame> others = Collections.newSetFromMap(new IdentityHashMap<>());
        for (JudgedFrame frame : ordered) {
            int regions = tracked.of(frame).size();
            for (int rank = 1; rank <= regions; rank++) {
                TrackedRegions.Tracking tracking = tracked.tracking(frame, rank);
                segments.add(new Segment(tracking.label(), tracking));
                frames.add(new SegmentFrame(frame, segments.size(), rank, regions));
            }
            if (frame.regions().size() > regions) {
                others.add(frame);
            }
        }
        // Where all that departs is tracked, frames without any are those of the first segment.
        boolean rest = !others.isEmpty() || segments.isEmpty();
        if (rest) {
            segments.add(
                    new Segment(others.isEmpty() ? "Departure from normal" : "Other departures from normal", null));
        }
        int base = rest ? segments.size() : 1;
        for (JudgedFrame frame : ordered) {
            if (tracked.of(frame).isEmpty() || others.contains(frame)) {
                frames.add(new SegmentFrame(frame, base, 0, tracked.of(frame).size()));
            }
        }
        frames.sort(Comparator.comparingInt(SegmentFrame::number));
        return new SegmentLayout(List.copyOf(segments), List.copyOf(frames));
    }
}
