package org.rigatino.image;

/** What of a frame a model sees. */
public enum Framing {
    /** All of it, stretched to a square. */
    WHOLE,
    /** The box around the largest bright region with a margin, stretched to a square: heads come to lie alike. */
    HEAD,
    /**
     * The same, where bright is what stands out of the noise around the head too: near the vertex, and where a scanner
     * evens out its coil's sensitivity, noise is brighter than a tenth of what is brightest.
     */
    HEAD_ABOVE_NOISE
}
