package org.rigatino.finding;

/**
 * A study's place in the worklist: that of its highest-ranked restored image.
 *
 * @param highest the frame that decides
 */
public record StudyFinding(double percentile, Priority priority, ImageFinding highest) {}
