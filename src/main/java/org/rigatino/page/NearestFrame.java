package org.rigatino.page;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rigatino.page.Beside.Match;

/** Which frame of an earlier study lies nearest to one that is shown, and how that is known. Nothing is registered. */
record NearestFrame(LyingFrame frame, Match match, Double apart) {
    /**
     * @param own frames of the study of {@code shown}, it among them
     * @param earlier frames of the other study, the most abnormal first
     * @param taken as a frame's file has it, empty where it is not kept or cannot be read
     * @return empty where no frame is comparable
     */
    static Optional<NearestFrame> of(
            LyingFrame shown,
            List<LyingFrame> own,
            List<LyingFrame> earlier,
            Function<LyingFrame, Optional<Taken>> taken) {
        Optional<Taken> wanted = taken.apply(shown);
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        Stream<LyingFrame> comparable = earlier.stream().filter(shown::isComparableWith);
        if (shown.isProjection()) {
            return comparable
                    .filter(LyingFrame::isProjection)
                    .filter(frame -> taken.apply(frame)
                            .filter(wanted.get()::isProjectionLike)
                            .isPresent())
                    .findFirst()
                    .map(frame -> new NearestFrame(frame, Match.PROJECTION, null));
        }
        Map<String, Optional<Taken>> bySeries = new HashMap<>();
        Function<LyingFrame, Optional<Taken>> ofSeries =
                frame -> bySeries.computeIfAbsent(frame.series(), series -> taken.apply(frame));
        List<LyingFrame> alike = comparable
                .filter(frame -> !frame.isProjection())
                .filter(frame -> ofSeries.apply(frame)
                        .filter(wanted.get()::isOfSliceLike)
                        .isPresent())
                .toList();
        return slice(shown, own, alike, wanted.get().frameOfReference(), ofSeries)
                .filter(found -> taken.apply(found.frame())
                        .filter(wanted.get()::isOfSliceLike)
                        .isPresent());
    }

    private static Optional<NearestFrame> slice(
            LyingFrame shown,
            List<LyingFrame> own,
            List<LyingFrame> comparable,
            String frameOfReference,
            Function<LyingFrame, Optional<Taken>> ofSeries) {
        if (shown.isNumbered()) {
            return numbered(own).contains(shown)
                    ? nearest(numbered(comparable), frame -> frame.position() - shown.position(), Match.BY_NUMBER)
                    : Optional.empty();
        }
        return inOneFrame(shown, comparable, frameOfReference, ofSeries)
                .or(() -> fromFirst(
                        shown,
                        own.stream().filter(shown::isParallelTo).toList(),
                        comparable.stream().filter(shown::liesAs).toList()));
    }

    /** Those whose number says where in their series they lie: of one instance with several frames, alone in its series. */
    private static List<LyingFrame> numbered(List<LyingFrame> frames) {
        return frames.stream()
                .filter(LyingFrame::isNumbered)
                .collect(Collectors.groupingBy(LyingFrame::series))
                .values()
                .stream()
                .filter(series ->
                        series.stream().map(LyingFrame::sop).distinct().count() == 1
                                && series.stream().anyMatch(frame -> frame.position() > 1))
                .flatMap(List::stream)
                .toList();
    }

    private static Optional<NearestFrame> inOneFrame(
            LyingFrame shown,
            List<LyingFrame> comparable,
            String frameOfReference,
            Function<LyingFrame, Optional<Taken>> ofSeries) {
        List<LyingFrame> inIt = comparable.stream()
                .filter(shown::isParallelTo)
                .filter(frame -> ofSeries.apply(frame)
                        .filter(taken -> taken.frameOfReference().equals(frameOfReference))
                        .isPresent())
                .toList();
        return frameOfReference.isEmpty()
                ? Optional.empty()
                : nearest(inIt, frame -> frame.along(shown) - shown.position(), Match.FRAME_OF_REFERENCE);
    }

    private static Optional<NearestFrame> fromFirst(
            LyingFrame shown, List<LyingFrame> own, List<LyingFrame> comparable) {
        double depth = shown.position() - first(shown, own, shown.series());
        Map<String, Double> firsts = new HashMap<>();
        return nearest(
                comparable,
                frame -> frame.along(shown)
                        - firsts.computeIfAbsent(frame.series(), series -> first(shown, comparable, series))
                        - depth,
                Match.FROM_FIRST_SLICE);
    }

    private static double first(LyingFrame shown, List<LyingFrame> frames, String series) {
        return frames.stream()
                .filter(frame -> frame.series().equals(series))
                .mapToDouble(frame -> frame.along(shown))
                .min()
                .orElse(shown.position());
    }

    private static Optional<NearestFrame> nearest(
            List<LyingFrame> frames, ToDoubleFunction<LyingFrame> difference, Match match) {
        return frames.stream()
                .map(frame -> new NearestFrame(frame, match, Math.abs(difference.applyAsDouble(frame))))
                .min(Comparator.comparingDouble(NearestFrame::apart));
    }
}
