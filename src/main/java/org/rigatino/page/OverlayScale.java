package org.rigatino.page;

/**
 * What an overlay's colours mean, in units of normal variation.
 *
 * @param level departure from which on there is colour
 * @param full departure from which on it changes no more
 */
public record OverlayScale(double level, double full) {}
