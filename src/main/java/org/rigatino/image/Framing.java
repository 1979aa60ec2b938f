package org.rigatino.image;

/** What of a frame a model sees. */
public enum Framing {
    /** All of it, stretched to a square. */
    WHOLE,
    /** The box around the largest bright region with a margin, stretched to a square: heads come to lie alike. */
    HEAD
}
