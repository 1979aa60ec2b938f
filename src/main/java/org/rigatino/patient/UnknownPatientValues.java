package org.rigatino.patient;

import org.eclipse.microprofile.config.Config;

/** What an empty Name, Birth Date or Sex (Type 2) means where another instance of the study has a value. */
public enum UnknownPatientValues {
    /** Unknown, as PS3.5 7.4.3 says, where the Patient ID is there and the same. */
    ACCEPT,
    /** Another value. */
    REFUSE;

    /** Names the value that holds, wherever studies come from. */
    public static final String PROPERTY = "rigatino.ingest.unknown-patient-values";

    /** For those who work on files that were not received. */
    public static UnknownPatientValues of(Config config) {
        return config.getOptionalValue(PROPERTY, UnknownPatientValues.class).orElse(ACCEPT);
    }
}
