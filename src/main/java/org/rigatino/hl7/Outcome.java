package org.rigatino.hl7;

import org.rigatino.result.Code;

/** What a study revision came to, as HL7 tables 0123 and 0085 have it. */
enum Outcome {
    RESTORED("Restored; results are on their way to the archives", "R"),
    DELIVERED("Results were sent to every archive; not every one proves that it has them", "R"),
    CONFIRMED("Every archive is proved to have what it takes of the results", "R"),
    REFUSED("Refused by a rule; there is no result", "X"),
    FAILED("Failed; there is no result until it is tried again", "I");

    private final String meaning;
    private final String resultStatus;

    Outcome(String meaning, String resultStatus) {
        this.meaning = meaning;
        this.resultStatus = resultStatus;
    }

    Code code() {
        return Code.own(name(), meaning);
    }

    /** OBR-25: R stored and not verified, by any person; X and I no results, cancelled or incomplete. Never F. */
    String resultStatus() {
        return resultStatus;
    }
}
