package org.rigatino.identity;

/** How much of whose a study is somebody is shown. */
public enum IdentityLevel {
    /** Nothing. */
    NONE,
    /** Accession number, age and sex. */
    ACCESSION,
    /** All that is recorded. */
    FULL
}
