package org.rigatino.rerun;

import org.rigatino.refusal.Reason;

/** Why something about a run was refused. German is in {@code org/rigatino/page/refusals_de.properties}. */
public enum RerunReason implements Reason {
    NO_DATE("\"{0}\" is no date like 2026-11-26"),
    LATER("\"{0}\" is later than \"{1}\""),
    NO_AE_TITLE("\"{0}\" is no AE title: 1 to 16 characters of ASCII"),
    NO_DIGEST("\"{0}\" is no SHA-256 in hex"),
    NO_PRIORITY("\"{0}\" is HIGH, MEDIUM or LOW: what is finished was judged"),
    NO_PARAMETER("there is no parameter {0} here; those known are {1}"),
    NONE_FITS(
            "no finished study fits that a release judged which does not serve now: choose others, or promote the release that is to judge them"),
    UNDER_WAY("a run is under way: let it end, or stop it first"),
    PREVIEW_FIRST("look at the preview first: a run is started from there"),
    OTHERS_FIT("{0} studies fit now, and the preview said {1}: look at the preview again"),
    OTHERS_SERVE(
            "other releases serve now than the preview named, and the run would be by {0}: look at the preview again"),
    MOVED("run {0} is {1}: look again"),
    UNKNOWN("there is no run {0}");

    private final String english;

    RerunReason(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}
