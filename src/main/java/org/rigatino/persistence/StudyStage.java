package org.rigatino.persistence;

import java.util.Locale;

/** Where a study can fail. */
public enum StudyStage {
    /** Files as received are not there any more, so that nothing is judged again. */
    FILES,
    IMAGE,
    RESTORE,
    RESULT,
    RECORD,
    DELIVER,
    CONFIRM;

    /** Whether the study had been judged by then, so that only its objects are not where they should be. */
    public boolean isAfterJudgement() {
        return this == DELIVER || this == CONFIRM;
    }

    /** As the record, the API and the metrics name it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
