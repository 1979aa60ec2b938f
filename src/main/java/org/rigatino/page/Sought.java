package org.rigatino.page;

import java.util.List;

/**
 * The image that a study's page is asked for.
 *
 * @param rank from 1; 0 where there is none to be shown
 */
public record Sought(int rank, Found found) {
    public enum Found {
        AS_ASKED,
        /** Another release judged it since: what that said stands. */
        JUDGED_ANEW,
        NONE
    }

    private static final Sought NOTHING = new Sought(0, Found.NONE);

    static Sought of(List<Place> places, int rank) {
        return rank <= places.size() ? new Sought(rank, Found.AS_ASKED) : NOTHING;
    }

    /** @param model digest of the release that judged it; null for any */
    static Sought of(List<Place> places, String sop, int frame, String model) {
        List<Place> standing =
                places.stream().filter(place -> place.isOf(sop, frame)).toList();
        return standing.stream()
                .filter(place -> model == null || place.modelDigest().equals(model))
                .findFirst()
                .map(place -> new Sought(place.rank(), Found.AS_ASKED))
                .or(() -> standing.stream().findFirst().map(place -> new Sought(place.rank(), Found.JUDGED_ANEW)))
                .orElse(NOTHING);
    }
}
