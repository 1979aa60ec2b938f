package org.rigatino.ingest;

/** What an empty Name, Birth Date or Sex (Type 2) means where another instance of the study has a value. */
public enum UnknownPatientValues {
    /** Unknown, as PS3.5 7.4.3 says, where the Patient ID is there and the same. */
    ACCEPT,
    /** Another value. */
    REFUSE
}
