package org.rigatino.image;

/**
 * Image Plane Module (PS3.3 C.7.6.2), patient coordinates LPS in mm.
 *
 * @param orientation six direction cosines: of the row (increasing column index), then of the column
 * @param position centre of the first pixel, x y z
 * @param frameOfReferenceUid empty string where the source has none
 */
public record ImagePlane(double[] orientation, double[] position, String frameOfReferenceUid) {}
