package org.rigatino.rule;

/** How a rule and an image stand to each other. */
public enum Fit {
    FITS,
    DIFFERS,
    /** What it asks for is there and cannot be read, or is not known. */
    UNKNOWN
}
