package org.rigatino.page;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;
import org.rigatino.identity.Untold;
import org.rigatino.page.Beside.Match;

/** What a study's page says of the patient's earlier studies, in English; German is in {@code messages/earlier_de.properties}. */
@MessageBundle(value = "earlier", locale = "en")
public interface EarlierMessages {
    @Message("Earlier studies of the patient")
    String earlier();

    @Message("The latest {shown} of {all}")
    String latestOf(int shown, int all);

    @Message("Study date")
    String date();

    @Message("Days before")
    String daysBefore();

    @Message("Body part, modality")
    String what();

    @Message("Priority")
    String priority();

    @Message("Model")
    String model();

    @Message("Highest score")
    String score();

    @Message("Flagged images")
    String flagged();

    @Message("Marked, ml")
    String marked();

    @Message("Beside")
    String besideHeading();

    @Message("Show beside")
    String showBeside();

    @Message("this study")
    String thisStudy();

    @Message("{flagged} of {images}")
    String flaggedOf(long flagged, long images);

    @Message("No earlier study of the patient was restored here.")
    String none();

    @Message("No study is certain to be an earlier one of the patient.")
    String noneCertain();

    @Message("No finding stands: what was found is withdrawn, or its images are set aside.")
    String noFindings();

    /** Why it cannot be told which studies are of the patient. */
    @Message(
            "It cannot be told whether earlier studies of the patient were restored here: {#when why}{#is NOT_RECORDED}it is not recorded whose this study is.{#is IN_DOUBT}the images of this study name several patients.{#is DELETED}what was recorded of the patient has been deleted.{#is NO_ID}this study has no Patient ID.{#is ILLEGIBLE}Patient ID, issuer, name or birth date cannot be read in full.{#is NAME_OR_BIRTH_DATE_UNKNOWN}name or birth date is unknown.{#is NOBODYS}Patient ID, name or birth date is one that many patients may have, where theirs is not known.{#is TOO_MANY}more than 200 studies have this Patient ID, which therefore names no one patient.{#else}studies with this Patient ID, name and birth date contradict each other.{/when}")
    String untold(Untold why);

    @Message("Later studies of the patient, not listed: {count}.")
    String later(int count);

    @Message("Studies of the patient of which it is not known when they were, not listed: {count}.")
    String undated(int count);

    @Message(
            "Studies with the same Patient ID that are not shown, since it is not certain that they are of this patient: {count}. Issuer, name, birth date or sex differ or are not known, or studies contradict each other.")
    String uncertain(int count);

    @Message(
            "Found by Patient ID, issuer, name and birth date, where no sex contradicts. Scores of different models, and of one with other settings, are of different scales; the plot joins none of them.")
    String means();

    @Message("Highest score and marked volume over days, as in the table")
    String plot();

    @Message("Beside the study of {date}, {days} days before")
    String beside(String date, long days);

    @Message("Beside the study of {date}")
    String besideUndated(String date);

    @Message("This study")
    String now();

    @Message("Study of {date}")
    String then(String date);

    @Message(
            "{#when match}{#is FRAME_OF_REFERENCE}Both lie in the same Frame of Reference, {apart} mm apart. They are not registered: the patient may have moved.{#is FROM_FIRST_SLICE}Matched by distance from the first slice of each series that was judged, which differs by {apart} mm; what was not judged before it shifts the match. Their Frames of Reference are different or unknown, or they are not parallel, and they are not registered: the place in the body may be another.{#is BY_NUMBER}Matched by the number of the frame, which differs by {apart}: nothing says where the frames lie. They are not registered.{#is PROJECTION}Projections have no slice position: the most abnormal image of that study. They are not registered.{#else}No image of that study can be set beside this one: none was judged by a model of the same name, or none lies alike, says where it lies in its series or is known to be of the same body part, side and view.{/when}")
    String matched(Match match, String apart);
}
