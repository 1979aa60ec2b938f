package org.rigatino.page;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** What the page of a refused study's patients says, in English; German is in {@code messages/patients_de.properties}. */
@MessageBundle(value = "patients", locale = "en")
public interface PatientMessages {
    @Message("Whose is the study?")
    String whose();

    @Message(
            "Its images name these patients. Tick who is right: all lines that mean the right person, where one is written in several ways, and not lines of different Patient IDs. Images of the others are kept and set aside, nothing of them reaches an archive, and results that had been made of them are withdrawn. Objects that an archive has under a wrong patient have to be corrected or deleted there.")
    String patientsMeans();

    @Message("That you have looked at this is in the audit trail.")
    String lookIsAudited();

    @Message("Right")
    String right();

    @Message("Patient ID")
    String patientId();

    @Message("Issuer")
    String issuer();

    @Message("Name")
    String name();

    @Message("Birth date")
    String birthDate();

    @Message("Sex")
    String sex();

    @Message("Sent by")
    String sentBy();

    @Message("Images")
    String inForce();

    @Message("Set aside")
    String setAside();

    @Message("files deleted")
    String filesGone();

    @Message("unknown")
    String unknown();

    @Message("These are right")
    String choose();

    @Message("Right: patient {number} of the list")
    String chooseThis(int number);

    @Message("Judge anew")
    String judgeAnew();

    @Message(
            "What was refused, or could not be read, is judged again in a new revision: after another release was put into service, a setting was changed, or images were sent anew.")
    String judgeAnewMeans();

    @Message("Nothing of this study was refused, or could not be read: there is nothing to judge anew.")
    String nothingToJudge();

    @Message(
            "The files of the study were deleted, their time being over. Nobody can look at them, or judge them, until the study was sent again.")
    String filesDeleted();

    @Message("Nothing of this study was refused for its patient.")
    String noDoubt();

    @Message("Refused studies")
    String refusedStudies();

    @Message(
            "No release took them, or a rule of the house refused them. Once another release serves or a rule was changed, have them judged anew, each in a new revision; a run over finished studies leaves them out.")
    String refusedMeans();

    @Message("No study is refused that could be judged anew.")
    String noneRefused();

    @Message("{shown} of {all}, the last refused first")
    String refusedOf(int shown, long all);

    @Message("Rule")
    String rule();

    @Message("Judge {uid} anew")
    String judgeAnewOf(String uid);

    @Message("Later ones")
    String laterRefused();

    @Message("Earlier ones")
    String earlierRefused();

    @Message("Studies of several patients")
    String inDoubt();

    @Message(
            "Their images do not agree on the patient, so nothing of them is restored, or sent, until you have said who is right.")
    String inDoubtMeans();

    @Message("None.")
    String noneInDoubt();

    @Message("Decide")
    String decide();

    @Message("Decide whose study {uid} is")
    String decideOn(String uid);

    @Message("The last {shown} of {all}")
    String doubtsOf(int shown, long all);

    @Message(
            "{#when came}{#is CHOSEN}The study goes on under that patient.{#is NOTHING_LEFT}It is recorded. All that is that patient's was restored before; what failed for it can be replayed now.{#is JUDGED}The study is being judged anew.{#is AT_WORK}The study is receiving or being restored. Nothing was changed; wait for its outcome.{#is CHANGED}Nothing was changed: meanwhile images came, or somebody said who is right or had the study judged anew. The list shows how it is now; look at it again.{#is NO_SUCH_PATIENT}Nothing was changed: tick at least one patient of the list.{#is SEVERAL_PATIENTS}Nothing was changed: the lines that you ticked mean different patients. Their Patient ID or issuer differs, two of name, birth date and sex do (one, where the Patient ID is unknown or nobody’s), or nothing is kept of whose one is. Tick one; images of the others are kept and set aside, and this page goes on listing them. Where a patient has two IDs, have them merged by the hospital's system (HL7 ADT^A40) and the other images sent again under the ID that is left.{#is FILES_DELETED}Nothing was changed: the files of the study were deleted, their time being over. Nobody can look at them, or judge them, until the study was sent again.{#is FILES_UNAVAILABLE}Whose its images are cannot be told, and nothing was changed: a file of the study, which the log names, cannot be read just now. It may name another patient than the others. Look again once that is mended.{#else}Nothing was changed: nothing of the study was refused or could not be read.{/when}")
    String came(PatientPages.Came came);
}
