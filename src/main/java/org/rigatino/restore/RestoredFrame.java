package org.rigatino.restore;

import org.rigatino.image.Frame;
import org.rigatino.image.ModelGrid;

/**
 * What a model saw of a frame, and the healthy image that it drew.
 *
 * @param grid maps between the model's grid and the frame's pixels
 * @param input size*size, row-major, normalised as the release says
 * @param restored size*size, in the same units as {@code input}
 */
public record RestoredFrame(Frame frame, ModelGrid grid, float[] input, float[] restored) {}
