package org.rigatino.page;

/** What an age is counted in (VR AS). */
public enum AgeUnit {
    YEARS,
    MONTHS,
    DAYS
}
