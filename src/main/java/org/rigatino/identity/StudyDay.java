package org.rigatino.identity;

/** The day of a study, for who chooses studies by it and is told nothing else of whose they are. */
public final class StudyDay {
    /** SQL that holds of a row {@code s} of study whose day is on record and no earlier than {@code :studyFrom}. */
    public static final String FROM = "exists (select 1 from study_identity d"
            + " where d.study_instance_uid = s.study_instance_uid and d.study_day >= :studyFrom)";

    /** The same, and no later than {@code :studyTo}. */
    public static final String TO = "exists (select 1 from study_identity d"
            + " where d.study_instance_uid = s.study_instance_uid and d.study_day <= :studyTo)";

    private StudyDay() {}
}
