package org.rigatino.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The images of a study that one release judged, in the order of their series, and which of them is shown.
 *
 * @param ranks of the images, by which they are asked for
 * @param flagged whether each is
 * @param at index of the one that is shown
 */
public record Stack(List<Integer> ranks, List<Boolean> flagged, int at) {
    /** @param places of all images; {@code rank} of the one that is shown, which is among them */
    static Stack of(List<Place> places, int rank) {
        String digest = places.get(rank - 1).modelDigest();
        List<Place> sorted = places.stream()
                .filter(place -> place.modelDigest().equals(digest))
                .collect(Collectors.groupingBy(Place::seriesInstanceUid, TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .sorted(Comparator.comparingLong(series ->
                        series.stream().mapToLong(Place::seriesNumber).min().orElseThrow()))
                .flatMap(series -> inOrder(series).stream())
                .toList();
        List<Integer> ranks = sorted.stream().map(Place::rank).toList();
        return new Stack(ranks, sorted.stream().map(Place::flagged).toList(), ranks.indexOf(rank));
    }

    /** What has no number stands where it lies among those that have one. */
    private static List<Place> inOrder(List<Place> series) {
        Map<Boolean, List<Place>> numbered =
                series.stream().sorted(Place.BY_NUMBER).collect(Collectors.partitioningBy(Place::isNumbered));
        List<Place> known = numbered.get(true);
        List<Place> lying =
                known.stream().filter(place -> place.position() != null).toList();
        boolean falling = !lying.isEmpty()
                && lying.get(lying.size() - 1).position() < lying.get(0).position();
        Comparator<Double> way = falling ? Comparator.reverseOrder() : Comparator.naturalOrder();
        Map<Integer, List<Place>> others = numbered.get(false).stream()
                .sorted(Comparator.comparing(Place::position, Comparator.nullsLast(way)))
                .collect(Collectors.groupingBy(place -> index(place, known, falling)));
        List<Place> order = new ArrayList<>();
        for (int i = 0; i < known.size(); i++) {
            order.addAll(others.getOrDefault(i, List.of()));
            order.add(known.get(i));
        }
        order.addAll(others.getOrDefault(known.size(), List.of()));
        return order;
    }

    /** Beside what lies nearest, behind all that lie at the same place. @param falling whether positions become less along the order */
    private static int index(Place place, List<Place> known, boolean falling) {
        int index = known.size();
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = 0; place.position() != null && i < known.size(); i++) {
            Double position = known.get(i).position();
            if (position != null) {
                boolean before = falling ? place.position() > position : place.position() < position;
                double apart = Math.abs(place.position() - position);
                if (apart < nearest || apart == nearest && !before) {
                    nearest = apart;
                    index = before ? i : i + 1;
                }
            }
        }
        return index;
    }

    public int size() {
        return ranks.size();
    }

    /** From 1. */
    public int number() {
        return at + 1;
    }

    /** Rank of the image before; null at the first. */
    public Integer before() {
        return at == 0 ? null : ranks.get(at - 1);
    }

    /** Rank of the image behind; null at the last. */
    public Integer after() {
        return at == ranks.size() - 1 ? null : ranks.get(at + 1);
    }

    /** Rank of the next flagged image, from the first again behind the last; null where no other is flagged. */
    public Integer nextFlagged() {
        for (int step = 1; step < ranks.size(); step++) {
            int next = (at + step) % ranks.size();
            if (flagged.get(next)) {
                return ranks.get(next);
            }
        }
        return null;
    }

    /** For the script of the page. */
    public String listed() {
        return ranks.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** Indices of flagged images. */
    public List<Integer> marks() {
        List<Integer> marks = new ArrayList<>();
        for (int i = 0; i < flagged.size(); i++) {
            if (flagged.get(i)) {
                marks.add(i);
            }
        }
        return marks;
    }
}
