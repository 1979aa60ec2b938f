package org.rigatino.image;

/** Distance between the centres of adjacent rows, and of adjacent columns, in mm (PS3.3 10.7.1.3). */
public record PixelSpacing(double betweenRows, double betweenColumns) {}
