package org.rigatino.page;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.rigatino.page.Beside.Match;

/** Which frame of an earlier study lies nearest to one that is shown, and how that is known. Nothing is registered. */
record NearestFrame(LyingFrame frame, Match match, Double apart) {
    /**
     * @param own frames of the study of {@code shown}, it among them
     * @param earlier frames of the other study, the most abnormal first
     * @param frameOfReference UID of a frame's file, empty where it has none or is not kept
     * @return empty where no frame is comparable
     */
    static Optional<NearestFrame> of(
            LyingFrame shown,
            List<LyingFrame> own,
            List<LyingFrame> earlier,
            Function<LyingFrame, Optional<String>> frameOfReference) {
        List<LyingFrame> comparable =
                earlier.stream().filter(shown::isComparableWith).toList();
        if (shown.isProjection()) {
            return comparable.stream()
                    .filter(LyingFrame::isProjection)
                    .findFirst()
                    .map(frame -> new NearestFrame(frame, Match.PROJECTION, null));
        }
        if (shown.isNumbered()) {
            List<LyingFrame> numbered =
                    comparable.stream().filter(LyingFrame::isNumbered).toList();
            return fromFirst(shown, own.stream().filter(LyingFrame::isNumbered).toList(), numbered, Match.BY_NUMBER);
        }
        return inOneFrame(shown, comparable, frameOfReference)
                .or(() -> fromFirst(
                        shown,
                        own.stream().filter(shown::isParallelTo).toList(),
                        comparable.stream().filter(shown::liesAs).toList(),
                        Match.FROM_FIRST_SLICE));
    }

    private static Optional<NearestFrame> inOneFrame(
            LyingFrame shown, List<LyingFrame> comparable, Function<LyingFrame, Optional<String>> frameOfReference) {
        Optional<String> wanted = frameOfReference.apply(shown);
        Map<String, Optional<String>> bySeries = new HashMap<>();
        return wanted.flatMap(uid -> nearest(
                shown,
                comparable.stream()
                        .filter(shown::isParallelTo)
                        .filter(frame -> bySeries.computeIfAbsent(
                                        frame.series(), series -> frameOfReference.apply(frame))
                                .equals(wanted))
                        .toList(),
                frame -> frame.along(shown) - shown.position(),
                Match.FRAME_OF_REFERENCE));
    }

    private static Optional<NearestFrame> fromFirst(
            LyingFrame shown, List<LyingFrame> own, List<LyingFrame> comparable, Match match) {
        double depth = shown.position() - first(shown, own, shown.series());
        Map<String, Double> firsts = new HashMap<>();
        return nearest(
                shown,
                comparable,
                frame -> frame.along(shown)
                        - firsts.computeIfAbsent(frame.series(), series -> first(shown, comparable, series))
                        - depth,
                match);
    }

    private static double first(LyingFrame shown, List<LyingFrame> frames, String series) {
        return frames.stream()
                .filter(frame -> frame.series().equals(series))
                .mapToDouble(frame -> frame.along(shown))
                .min()
                .orElse(shown.position());
    }

    private static Optional<NearestFrame> nearest(
            LyingFrame shown, List<LyingFrame> frames, ToDoubleFunction<LyingFrame> difference, Match match) {
        return frames.stream()
                .map(frame -> new NearestFrame(frame, match, Math.abs(difference.applyAsDouble(frame))))
                .min(Comparator.comparingDouble(NearestFrame::apart));
    }
}
