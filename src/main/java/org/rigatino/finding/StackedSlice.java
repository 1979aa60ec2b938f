package org.rigatino.finding;

import java.util.Optional;
import org.rigatino.image.Slab;

/** All that tells which other slices lie directly beside one: {@link SliceNeighbours} alone asks it. No pixels, some hundred bytes. */
public final class StackedSlice {
    private final String stack;
    private final SlicePlace place;
    /** Empty for a picture. */
    private final Optional<Slab> slab;

    private StackedSlice(String stack, SlicePlace place, Optional<Slab> slab) {
        this.stack = stack;
        this.place = place;
        this.slab = slab;
    }

    /** Of a frame that has a place: where a number is known alone frames may be times of one. */
    public static StackedSlice of(Slab slab) {
        return new StackedSlice(slab.stack(), SlicePlace.along(slab.place()), Optional.of(slab));
    }

    /** A picture, of which it is known which one of its series it is. */
    public static StackedSlice numbered(String series, int number) {
        return new StackedSlice(series, SlicePlace.numbered(number), Optional.empty());
    }

    /** The same among those alone that share this too. */
    public StackedSlice among(String others) {
        return new StackedSlice(others + " " + stack, place, slab);
    }

    PlacedScore placed() {
        return new PlacedScore(stack, Optional.of(place), 0);
    }

    /** Of two that follow each other in a stack. A picture's neighbour has the next number. */
    boolean isBeside(StackedSlice other) {
        return slab.isPresent()
                ? other.slab.filter(next -> slab.get().isBeside(next)).isPresent()
                : other.slab.isEmpty() && Math.abs(place.position() - other.place.position()) <= 1;
    }
}
