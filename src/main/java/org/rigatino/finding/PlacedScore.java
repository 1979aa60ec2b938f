package org.rigatino.finding;

import java.util.Optional;

/**
 * A slice's score and where the slice lies.
 *
 * @param series slices of others are no neighbours
 * @param place empty where none is a neighbour
 */
public record PlacedScore(String series, Optional<SlicePlace> place, double score) {}
