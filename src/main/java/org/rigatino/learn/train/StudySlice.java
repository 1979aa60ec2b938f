package org.rigatino.learn.train;

import java.util.Optional;
import org.rigatino.finding.SlicePlace;

/**
 * Which study and series an image is a slice of, only to tell them apart; never shown.
 *
 * @param place empty for a projection
 */
record StudySlice(String study, String series, Optional<SlicePlace> place) {}
