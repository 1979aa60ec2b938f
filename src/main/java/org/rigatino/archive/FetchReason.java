package org.rigatino.archive;

import org.rigatino.refusal.Reason;

/** Why an archive was not asked. German is in {@code org/rigatino/page/refusals_de.properties}. */
public enum FetchReason implements Reason {
    ONE_KEY("ask by one of Study Instance UID, accession number and patient ID, and by one only"),
    NO_UID("the Study Instance UID is no UID (PS3.5 9.1)"),
    NO_PATIENT_ID("issuer and dates go with a patient ID"),
    LATER("the last date is before the first"),
    YEAR("a date is of no year from 1 to 9999, which no archive could be told (PS3.5 table 6.2-1)"),
    LENGTH("{0} is not of 1 to {1} characters"),
    CHARACTERS("{0} holds *, ?, \\, \"\" or a control character, which an archive would not take as it is written"),
    UNDER_WAY("a search in {0} is under way: wait for its outcome");

    private final String english;

    FetchReason(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
