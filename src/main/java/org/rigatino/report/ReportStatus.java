package org.rigatino.report;

/** What became of a report. */
public enum ReportStatus {
    /** HL7 table 0085: F. */
    FINAL,
    /** C: takes the place of one that was final. */
    CORRECTED,
    /** W or D: what was reported of the order until then is taken back, as where it was another patient's. */
    WITHDRAWN
}
