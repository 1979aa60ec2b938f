package org.rigatino.page;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;
import org.rigatino.identity.NotCorrected;
import org.rigatino.identity.OrderOfNoStudy;
import org.rigatino.identity.PatientMessage;
import org.rigatino.report.ReportStatus;

/** What pages say of reports of radiologists, in English; German is in {@code messages/report_de.properties}. */
@MessageBundle(value = "report", locale = "en")
public interface ReportedMessages {
    @Message("Reports of radiologists")
    String reports();

    @Message("{#when status}{#is FINAL}Final{#is CORRECTED}Corrected{#else}Withdrawn{/when}")
    String statusOf(ReportStatus status);

    @Message("of {time}")
    String at(String time);

    @Message("Earlier ones: {count}")
    String earlier(int count);

    @Message("Its sender took back what was reported until then. It may have been of another patient.")
    String takenBack();

    @Message("Of this report {count} more parts came that are not shown here. Read it where it was written.")
    String notShown(int count);

    @Message("Reported by {person}.")
    String reportedBy(String person);

    @Message("The message names {person}")
    String named(String person);

    @Message("The message names nobody")
    String unnamed();

    @Message("Sent by {sender}, received {time}.")
    String from(String sender, String time);

    @Message("They came by HL7 for this accession number and this patient, and are nothing of Rigatino's.")
    String means();

    @Message("Reports without a study")
    String withoutStudy();

    @Message(
            "Reports that came by HL7 and wait for their study. They are deleted by rigatino.retention.unmatched-reports.")
    String waiting();

    @Message("The last that came")
    String lastOnes();

    @Message(
            "{#when why}{#is NO_STUDY}No study has the accession number{#is OTHER_PATIENT}Another patient{#is ISSUER_UNKNOWN}Issuer of the ID not said{#is IN_DOUBT}Study of several patients{#else}ID of nobody{/when}")
    String whyShort(OrderOfNoStudy why);

    @Message("Every report has its study.")
    String allHave();

    @Message("Corrections of patients that were not applied")
    String notCorrected();

    @Message(
            "These studies are shown as before. Look in the sender’s system who is right; images that are sent again with the right patient are shown. A doubt stays though retention deletes what it rests on: where the message is right after all, take it back, have it sent again, and let it in.")
    String notCorrectedMeans();

    @Message("Not applied when it came")
    String notApplied();

    @Message(
            "Nothing was done: what this message changes is not what you saw any more, by another message or images that came since. Look at it again.")
    String effectChanged();

    @Message(
            "{#when why}{#is ANOTHER_PERSON}It would make another person of the study: two of name, birth date and sex would be others than its images say, or than studies here say of the ID that is left.{#is SEVERAL_MERGES}The ID was merged into several at one time.{#is SEVERAL_PERSONS}Its IDs are different persons here: studies of them contradict each other in two of name, birth date and sex. Nothing of it is applied.{#is EARLIER_THAN_IMAGES}Images that came after its event say otherwise, or the sender’s clock or time zone is wrong.{#is TOO_MANY_MESSAGES}There are more messages of the patient than can be followed.{#is TOO_MANY_JOINED}Of the patient, or of others whom merges and updates join with it, there are more than 200 IDs or studies. The studies of the message’s own IDs are shown by it; of others not all are shown anew. Look which merges into one ID are wrong, and take them back.{#is NOBODYS_ID}The ID is one that many patients may have. Told once an hour of each sender.{#is IMAGES_SAY_OTHERWISE}Images that came later, or by now are said to be right, name the patient otherwise, so that an earlier correction counts no more.{#is UPDATES_OFF}The site takes no corrections any more (rigatino.hl7.listen.patient-updates).{#is TAKEN_BACK_BEFORE}It was taken back before and came again. An administrator can let it in.{#else}Another version of Rigatino wrote this: the trail has its words.{/when}")
    String notCorrectedFor(NotCorrected.Why why);

    @Message("Number")
    String messageNumber();

    @Message("Updates and merges of patients")
    String messages();

    @Message(
            "They came by HL7, the last first. Look at what one changes, and take it back where it was wrong or forged: its studies are shown as if it had never come. When it comes again it is held until somebody lets it in.")
    String messagesMean();

    @Message("Kind")
    String kind();

    @Message("{#when kind}{#is MERGE}Merge{#else}Update{/when}")
    String kindOf(PatientMessage.Kind kind);

    @Message("Event")
    String eventAt();

    @Message("Received")
    String received();

    @Message("Sender")
    String sender();

    @Message("Message {id} of a patient")
    String messageOf(long id);

    @Message("Look, take back")
    String look();

    @Message("Taken back before (message {repeats}), not applied.")
    String held(Long repeats);

    @Message(
            "It came again, as a queue does that an interface engine sends anew. Let it in where it was taken back by mistake: all that are held and say the same, at whatever time, go with it.")
    String heldMeans();

    @Message("Let in")
    String letIn();

    @Message("Let in message {id}")
    String letInMessage(long id);

    @Message("Let in by {name}, {time}")
    String letInBy(String name, String time);

    @Message("Message {id} was let in. Studies that are shown otherwise now: {studies}.")
    String wasLetIn(long id, int studies);

    @Message("Message {id} was taken back. Studies that are shown otherwise now: {studies}.")
    String wasTakenBack(long id, int studies);

    @Message("{later} more studies are shown anew in the next seconds; the trail names each that changes.")
    String laterToo(int later);

    @Message(
            "More that say the same, under another number, from another sender or at another time, went with it: {copies}.")
    String copiesToo(int copies);

    @Message("What changes if it is taken back")
    String wouldChangeBack();

    @Message("What changes if it is let in")
    String wouldChangeIn();

    @Message("No study would be shown otherwise now.")
    String changesNothing();

    @Message(
            "These are not all: more than 200 IDs or studies are joined with the message’s, and others may be shown otherwise, too. Look which merges into one ID are wrong, and take those back first.")
    String changesMore();

    @Message("What changes of the patient")
    String whatChanges();

    @Message("I have seen which studies are shown otherwise then ({studies}).")
    String seen(int studies);

    @Message("Refused HL7 messages")
    String hl7Refused();

    @Message(
            "They were answered AE or AR, and nothing of them was kept. One row an hour for each address and reason; rigatino_hl7_refused_total counts them all.")
    String hl7RefusedMeans();

    @Message(
            "{#when why}{#is SEGMENT_SEQUENCE_ERROR}a segment is missing, is one too many or stands in the wrong place.{#is REQUIRED_FIELD_MISSING}nothing stands there, and something has to.{#is DATA_TYPE_ERROR}what stands there is not of the form that has to stand there.{#is TABLE_VALUE_NOT_FOUND}what stands there is not among what is taken.{#is UNSUPPORTED_MESSAGE_TYPE}messages of this type are not taken.{#is UNSUPPORTED_EVENT_CODE}messages of this event are not taken.{#is UNSUPPORTED_PROCESSING_ID}the message is not of the processing that is taken here, as production.{#is UNSUPPORTED_VERSION_ID}the message is of no version of HL7 that is read.{#is UNKNOWN_KEY_IDENTIFIER}the IDs there cannot be followed.{#is APPLICATION_INTERNAL_ERROR}the message is too long, or could not be recorded.{#else}{/when}")
    String hl7RefusedFor(RefusedHl7.Why why);

    @Message("Take back")
    String takeBack();

    @Message("Take back message {id}")
    String takeBackMessage(long id);

    @Message("Taken back by {name}, {time}")
    String takenBackBy(String name, String time);

    @Message("Another one, by its number in the trail")
    String another();

    @Message("Reason")
    String reason();

    @Message("Number")
    String number();

    @Message(
            "{#when why}{#is NO_STUDY}No study has the accession number. Look whether the study was sent here, and whether rigatino.hl7.listen.accession-number names the right field.{#is OTHER_PATIENT}The study of the accession number is of another patient, or name, birth date or sex differ. Look in the sender’s system whose report it is.{#is ISSUER_UNKNOWN}Patient IDs agree, and message or images do not say who issued them. Set rigatino.hl7.listen.assigning-authority where one authority issues them all.{#is IN_DOUBT}The images of the study name several patients. Say below who is right.{#else}The Patient ID is one of rigatino.nobody, which many patients may have.{/when}")
    String why(OrderOfNoStudy why);
}
