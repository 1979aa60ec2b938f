package org.rigatino.page;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;
import org.rigatino.finding.Priority;
import org.rigatino.monitor.Drift;
import org.rigatino.persistence.Reopening;

/** What the worklist says, its acts and the refused studies, in English; German is in {@code messages/worklist_de.properties}. */
@MessageBundle(value = "worklist", locale = "en")
public interface WorklistMessages {
    @Message(
            "{#when show}{#is OPEN}Open{#is MINE}With me{#is ARRIVING}Arriving{#is ACKNOWLEDGED}Acknowledged{#else}Refused{/when}")
    String listOf(Selection.Show show);

    @Message("Search and filter")
    String filter();

    @Message("Name, ID or accession number")
    String search();

    @Message("Accession number")
    String searchAccession();

    @Message("Studied from")
    String studyFrom();

    @Message("to")
    String studyTo();

    @Message("Modality")
    String modality();

    @Message("Judged by")
    String judgedBy();

    @Message("Sender")
    String sender();

    @Message("any")
    String any();

    @Message("Find")
    String find();

    @Message("Show all")
    String showAll();

    @Message("No study of this list is like that. The numbers at the other lists say where there is one.")
    String nothingFound();

    @Message("Nothing is on its way: what has arrived is judged.")
    String nothingArriving();

    @Message(
            "These have arrived and are not judged yet. A study is complete once nothing more of it has come for a while.")
    String arrivingMeans();

    @Message("{#if total == 1}1 study revision{#else}{total} study revisions, the last received first{/if}")
    String captionArriving(long total);

    @Message("Stage")
    String stage();

    @Message("percentile {percentile}")
    String byImage(String percentile);

    @Message("Which studies")
    String whichStudies();

    @Message(
            "{#if total == 1}1 study{#else}{total} studies: the most urgent first, of those the furthest beyond normal ones, then what waits longest{/if}")
    String caption(long total);

    @Message("{#if total == 1}1 study{#else}{total} studies, the last acknowledged first{/if}")
    String captionAcknowledged(long total);

    @Message("No study waits for anyone.")
    String nothingOpen();

    @Message("No study.")
    String nothing();

    @Message("Priority")
    String priority();

    @Message("{#when priority}{#is HIGH}High{#is UNJUDGED}Not judged{#is MEDIUM}Medium{#else}Low{/when}")
    String priorityOf(Priority priority);

    @Message("Could not be restored, so nothing of them was judged: {failed} images")
    String imagesFailed(int failed);

    @Message("{name} may not work with the list any more: nobody has the study")
    String assigneeGone(String name);

    @Message("Too unlike the model's normal images to be judged, which disease may be the cause of: {unlike} images")
    String imagesUnlike(int unlike);

    @Message("Acts")
    String acts();

    @Message("Acknowledge")
    String acknowledge();

    @Message("Take")
    String take();

    @Message("Take from {who}")
    String takeFrom(String who);

    @Message("Release")
    String release();

    @Message("Escalate")
    String escalate();

    @Message("Take back the escalation")
    String deEscalate();

    @Message("Open again")
    String openAgain();

    @Message("Earlier study, asked for beside a later one")
    String earlierStudy();

    @Message("Escalated by {who}")
    String escalatedBy(String who);

    @Message("Failed at {stage}: {cause}")
    String failedAt(String stage, String cause);

    @Message("Refused: {rule}")
    String refusedBy(String rule);

    @Message("{#when cause}"
            + "{#is BY_HAND}Opened again by hand"
            + "{#is ESCALATED}Escalated after it was acknowledged"
            + "{#is RAISED}Open again: revision {revision} raised its priority"
            + "{#is HIGH}Open again: revision {revision} is HIGH too"
            + "{#is UNLIKE}Open again: images of revision {revision} were refused as unlike"
            + "{#is UNREAD}Open again: images of revision {revision} could not be restored"
            + "{#is REFUSED}Open again: revision {revision} was refused ({detail})"
            + "{#is FAILED}Open again: revision {revision} failed ({detail})"
            + "{#else}Open again: {detail}{/when}")
    String reopened(Reopening.Cause cause, Integer revision, String detail);

    @Message("Waited longer than allowed")
    String overdue();

    @Message("Refused study revisions, the last received first")
    String captionRefused();

    @Message(
            "Nothing of them was restored. Where the rule is patient-identity, an administrator has to say who the patient is. Where it is unlike, disease may be why, and the study is on the worklist, not judged. Any other may have been meant so, or is judged anew by an administrator once another release serves. What the rules ask for is told of each model:")
    String refusedMeans();

    @Message("Why")
    String why();

    @Message("No study was refused.")
    String nothingRefused();

    @Message(
            "{#switch act}{#case ACKNOWLEDGED}acknowledged.{#case TAKEN}taken.{#case RELEASED}given back.{#case ESCALATED}escalated.{#case DE_ESCALATED}no longer escalated.{#else}open again.{/switch}")
    String done(Told.Came act);

    @Message("Somebody was quicker. Nothing was changed. This is how it stands now:")
    String quicker();

    @Message("Nobody of this name may work with the list. Nothing was changed.")
    String noSuchUser();

    @Message("Updated")
    String updated();

    @Message("Not updated: the server does not answer")
    String stale();

    @Message("Nothing was done: the list moved under the pointer. Move it to what you want to press")
    String moved();

    @Message("{#when standing}{#is TOO_FEW}Too few to judge{#is STABLE}Stable{#is MOVED}Moved{#else}Shifted{/when}")
    String standingOf(Drift.Standing standing);

    @Message("Among normal")
    String amongNormal();

    @Message("p {p}")
    String pValue(String p);

    @Message("{beyond} beyond")
    String beyond(String beyond);
}
