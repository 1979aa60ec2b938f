package org.rigatino.restore;

/** A release that serves by the record and whose files are not here: its images are known, and nothing else judges them. */
public record AbsentRelease(String name, String version, String digest, Eligibility eligibility) {
    /** NAME/VERSION. */
    public String model() {
        return name + "/" + version;
    }
}
