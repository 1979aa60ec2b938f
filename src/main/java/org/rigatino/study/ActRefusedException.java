package org.rigatino.study;

/** An act on a study changed nothing. The message says why and what to do, and names no patient. */
public final class ActRefusedException extends RuntimeException {
    /** Why. */
    public enum Reason {
        UNKNOWN_STUDY("no such study was received"),
        AT_WORK("the study is receiving or being restored: wait for its outcome, then look again"),
        CHANGED(
                "instances came meanwhile, or somebody said who the patient is or had the study judged anew: look at the patients"
                        + " again"),
        NO_DOUBT(
                "no revision of it was refused as patient-identity, or failed by it: nobody has to say who the patient is"),
        NO_SUCH_PATIENT("none of the study's instances names such a patient: name those that it lists"),
        SEVERAL_PATIENTS(
                "those that were chosen are different patients, or nothing is kept of whose instances of one are: their Patient ID"
                        + " or issuer differs, or two of name, birth date and sex do, or one of these where the Patient ID is"
                        + " empty or nobody's (rigatino.nobody.patient-ids). Choose one; instances of the others are"
                        + " kept and set aside. Where a patient has two IDs, have them merged (HL7 ADT^A40) and the others sent"
                        + " again under the ID that is left"),
        NOTHING("nothing of the study was refused or failed that could be judged anew"),
        FILES_DELETED(
                "the study's files were deleted by rigatino.retention.instances, so that nothing of it can be looked at or"
                        + " judged: send the study again, then do this once more"),
        FILES_UNAVAILABLE(
                "the file system does not give a file of the study, which the log names, so that nobody knows which patient it"
                        + " names: mend that, then do this once more"),
        SERVED_ALREADY("whatever of the study is finished was judged by releases that serve");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }

    private final Reason reason;

    public ActRefusedException(Reason reason) {
        this(reason, null);
    }

    public ActRefusedException(Reason reason, Throwable cause) {
        super(reason.text, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
