package org.rigatino.finding;

/** Order of a study in the worklist: at or above the operating threshold, in the upper half of normals, or below. */
public enum Priority {
    HIGH,
    MEDIUM,
    LOW
}
