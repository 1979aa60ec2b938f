package org.rigatino.release;

import org.rigatino.refusal.Reason;

/** Why nothing was answered of what was supposed. German is in {@code org/rigatino/page/refusals_de.properties}. */
public enum WhatIfReason implements Reason {
    NO_FALSE_ALARMS("\"falseAlarmsPer100\" is a number above 0 and below 100"),
    NO_THRESHOLD("\"threshold\" is no number"),
    NO_MODALITY("\"modality\" is a list with commas of values of (0008,0060), like MR,CT"),
    NO_AE_TITLE("\"callingAeTitle\" is no AE title: 1 to 16 characters of ASCII"),
    LATER("\"{0}\" is later than \"{1}\""),
    NO_DATE("\"{0}\" is no date like 2026-11-26"),
    NO_NUMBER("\"{0}\" is no number like 2.5"),
    NO_PLACE("\"before\" is no number: take \"next\" of the answer before"),
    NOTHING("nothing is supposed: give \"falseAlarmsPer100\", \"threshold\" or \"modality\""),
    TOO_FEW("{0}"),
    UNKNOWN("no model release of digest {0} is on record");

    private final String english;

    WhatIfReason(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
