package org.rigatino.restore;

import java.util.OptionalDouble;
import org.rigatino.image.Frame;
import org.rigatino.image.ModelGrid;

/**
 * What a model saw of a frame, and the healthy image that it drew.
 *
 * @param grid maps between the model's grid and the frame's pixels
 * @param input size*size, row-major, normalised as the release says
 * @param restored size*size, in the same units as {@code input}
 * @param critic the critic's mean logit of {@code input}, the higher the more like a normal image; empty where the release
 *     carries no critic or the frame is blank
 */
public record RestoredFrame(Frame frame, ModelGrid grid, float[] input, float[] restored, OptionalDouble critic) {}
