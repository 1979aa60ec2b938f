package org.rigatino.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Frames along the normal of their plane; at one place by their times. */
final class SliceOrder {
    /** Places nearer to each other than this, in mm, are one. */
    private static final double SAME_PLACE = 0.01;

    private static final Comparator<JudgedFrame> BY_REFERENCE = Comparator.<JudgedFrame, String>comparing(
                    frame -> frame.reference().sopInstanceUid())
            .thenComparingInt(frame -> frame.reference().frameNumber());

    /**
     * Where a frame is among others.
     *
     * @param stack 1 for the first plane
     * @param place 1 for the lowest along the normal
     * @param time 1 for the first at that place, or the time's number among all where their source numbers times
     */
    record Position(int stack, int place, int time) {}

    private SliceOrder() {}

    /**
     * Plane by plane, those with the lowest instance number first; the order does not depend on that of their arrival.
     * Frames without a place are in the order of their instance numbers.
     */
    static List<JudgedFrame> of(List<JudgedFrame> frames) {
        return stacks(frames).values().stream()
                .flatMap(stack -> places(stack).stream())
                .flatMap(List::stream)
                .toList();
    }

    private static Map<String, List<JudgedFrame>> stacks(List<JudgedFrame> frames) {
        Directions directions = new Directions();
        return frames.stream()
                .sorted(Comparator.comparingInt(JudgedFrame::instanceNumber).thenComparing(BY_REFERENCE))
                .collect(Collectors.groupingBy(
                        frame -> stack(frame, directions), LinkedHashMap::new, Collectors.toList()));
    }

    private static String stack(JudgedFrame frame, Directions directions) {
        return frame.place()
                .map(plane -> plane.frameOfReferenceUid() + directions.of(plane))
                .orElse("");
    }

    static Map<JudgedFrame, Position> positions(List<JudgedFrame> frames) {
        Map<JudgedFrame, Position> positions = new IdentityHashMap<>();
        int number = 0;
        for (List<JudgedFrame> stack : stacks(frames).values()) {
            positions(stack, ++number, positions);
        }
        return positions;
    }

    /** Whether some place has several frames, so that times are a dimension. */
    static boolean isRepeated(Map<JudgedFrame, Position> positions) {
        return positions.values().stream().anyMatch(position -> position.time() > 1);
    }

    private static void positions(List<JudgedFrame> alike, int stack, Map<JudgedFrame, Position> positions) {
        List<List<JudgedFrame>> places = places(alike);
        int kind = kind(places);
        double[] numbers = alike.stream()
                .mapToDouble(frame -> kind < 0 ? Double.NaN : frame.times()[kind])
                .distinct()
                .sorted()
                .toArray();
        int most = places.stream().mapToInt(List::size).max().orElse(0);
        boolean numbered = kind >= 0 && kind != FrameTimes.INSTANCE_NUMBER && numbers.length == most;
        for (int place = 0; place < places.size(); place++) {
            List<JudgedFrame> here = places.get(place);
            for (int time = 0; time < here.size(); time++) {
                JudgedFrame frame = here.get(time);
                int number = numbered ? Arrays.binarySearch(numbers, frame.times()[kind]) : time;
                positions.put(frame, new Position(stack, place + 1, number + 1));
            }
        }
    }

    /** Place by place, each in the order of its times. */
    private static List<List<JudgedFrame>> places(List<JudgedFrame> alike) {
        List<List<JudgedFrame>> places = new ArrayList<>();
        List<JudgedFrame> along = new ArrayList<>(alike);
        if (alike.stream().anyMatch(frame -> frame.place().isEmpty())) {
            along.sort(Comparator.comparingInt(JudgedFrame::instanceNumber).thenComparing(BY_REFERENCE));
            along.forEach(frame -> places.add(new ArrayList<>(List.of(frame))));
            return places;
        }
        along.sort(Comparator.comparingDouble(SliceOrder::distance).thenComparing(BY_REFERENCE));
        for (JudgedFrame frame : along) {
            places.stream()
                    .skip(Math.max(0, places.size() - 16))
                    .filter(place -> isSame(place.get(0), frame))
                    .findFirst()
                    .ifPresentOrElse(place -> place.add(frame), () -> places.add(new ArrayList<>(List.of(frame))));
        }
        int kind = kind(places);
        Comparator<JudgedFrame> byTime = kind < 0
                ? BY_REFERENCE
                : Comparator.<JudgedFrame>comparingDouble(frame -> frame.times()[kind])
                        .thenComparing(BY_REFERENCE);
        places.forEach(place -> place.sort(byTime));
        return places;
    }

    /** The first of {@link FrameTimes} that tells the frames of each place apart; -1 where none does, or none has to. */
    private static int kind(List<List<JudgedFrame>> places) {
        List<List<JudgedFrame>> repeated =
                places.stream().filter(place -> place.size() > 1).toList();
        for (int kind = 0; kind < FrameTimes.KINDS && !repeated.isEmpty(); kind++) {
            int tried = kind;
            if (repeated.stream().allMatch(place -> isDistinct(place, tried))) {
                return kind;
            }
        }
        return -1;
    }

    private static boolean isDistinct(List<JudgedFrame> place, int kind) {
        double[] times =
                place.stream().mapToDouble(frame -> frame.times()[kind]).toArray();
        return Arrays.stream(times).noneMatch(Double::isNaN)
                && Arrays.stream(times).distinct().count() == times.length;
    }

    private static boolean isSame(JudgedFrame one, JudgedFrame other) {
        double[] p = one.place().orElseThrow().position();
        double[] q = other.place().orElseThrow().position();
        return Math.abs(p[0] - q[0]) < SAME_PLACE
                && Math.abs(p[1] - q[1]) < SAME_PLACE
                && Math.abs(p[2] - q[2]) < SAME_PLACE;
    }

    /** In mm from the origin of the frame of reference. */
    private static double distance(JudgedFrame frame) {
        double[] o = frame.place().orElseThrow().orientation();
        double[] p = frame.place().orElseThrow().position();
        return (o[1] * o[5] - o[2] * o[4]) * p[0]
                + (o[2] * o[3] - o[0] * o[5]) * p[1]
                + (o[0] * o[4] - o[1] * o[3]) * p[2];
    }
}
