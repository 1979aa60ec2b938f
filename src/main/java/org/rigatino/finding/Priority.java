package org.rigatino.finding;

/**
 * Order of studies on the worklist. HIGH is at or above the operating threshold, MEDIUM in the upper half of normals, LOW
 * below.
 */
public enum Priority {
    HIGH,
    /**
     * Of no finding: something of the study failed, or was refused for its patient's identity or as unlike what the release knows,
     * and nothing of it was judged HIGH; it may be as urgent as any.
     */
    UNJUDGED,
    MEDIUM,
    LOW
}
