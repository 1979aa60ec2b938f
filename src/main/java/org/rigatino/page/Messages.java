package org.rigatino.page;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;
import org.rigatino.persistence.Delivery;
import org.rigatino.persistence.StudyState;
import org.rigatino.persistence.WorklistEntry.Priority;

/** What the page says, in English; German is in {@code messages/msg_de.properties}. */
@MessageBundle(locale = "en")
public interface Messages {
    @Message(
            "Not a diagnostic device. It marks departures from healthy anatomy and misses what its model card says it misses.")
    String warning();

    @Message("Skip to content")
    String skip();

    @Message("Pages")
    String pages();

    @Message("Language")
    String language();

    @Message("Signed in as {name}")
    String signedInAs(String name);

    @Message("Open to all at this machine until there is a user")
    String openToAll();

    @Message("Sign out")
    String signOut();

    @Message("Sign in")
    String signIn();

    @Message("Name")
    String name();

    @Message("Password")
    String password();

    @Message("The name or the password is wrong, or too many attempts have failed. Try again in a few minutes.")
    String wrongPassword();

    @Message("Signing in needs JavaScript.")
    String needsJavaScript();

    @Message("Your role does not show this page.")
    String forbidden();

    @Message("This study is not known here.")
    String unknownStudy();

    @Message("Worklist")
    String worklist();

    @Message("Open")
    String open();

    @Message("Acknowledged")
    String acknowledged();

    @Message("With me")
    String mine();

    @Message("Which studies")
    String whichStudies();

    @Message("{total} studies, the most urgent first")
    String caption(long total);

    @Message("{total} studies, the last acknowledged first")
    String captionAcknowledged(long total);

    @Message("No study waits for anyone.")
    String nothingOpen();

    @Message("No study.")
    String nothing();

    @Message("Priority")
    String priority();

    @Message("{#when priority}{#is HIGH}High{#is UNJUDGED}Not judged{#is MEDIUM}Medium{#else}Low{/when}")
    String priorityOf(Priority priority);

    @Message("Percentile")
    String percentile();

    @Message("Study")
    String study();

    @Message("Images")
    String images();

    @Message("{restored} of {seen} restored")
    String imagesOf(int restored, int seen);

    @Message("{failed} failed")
    String imagesFailed(int failed);

    @Message("Waiting")
    String waiting();

    @Message("With")
    String with();

    @Message("nobody")
    String nobody();

    @Message("Acts")
    String acts();

    @Message("Acknowledge")
    String acknowledge();

    @Message("Take")
    String take();

    @Message("Release")
    String release();

    @Message("Escalate")
    String escalate();

    @Message("Open again")
    String openAgain();

    @Message("Assign")
    String assign();

    @Message("Assign to")
    String assignTo();

    @Message("Escalated by {who}")
    String escalatedBy(String who);

    @Message("Acknowledged by {who}")
    String acknowledgedBy(String who);

    @Message("Failed at {stage}: {cause}")
    String failedAt(String stage, String cause);

    @Message("Refused: {rule}")
    String refusedBy(String rule);

    @Message("Open again: {because}")
    String reopened(String because);

    @Message("Done: study {uid}.")
    String done(String uid);

    @Message("Somebody was quicker. Nothing was changed; this is how study {uid} stands now.")
    String quicker(String uid);

    @Message("Nobody of this name may work with the list. Nothing was changed.")
    String noSuchUser();

    @Message("Updated")
    String updated();

    @Message("Not updated: the server does not answer")
    String stale();

    @Message("Page {number}")
    String page(int number);

    @Message("Earlier")
    String previous();

    @Message("Later")
    String next();

    @Message("Images, the most abnormal first")
    String ranked();

    @Message("The {shown} most abnormal of {all}")
    String rankedOf(int shown, int all);

    @Message("Image {rank}: percentile {percentile}")
    String image(int rank, String percentile);

    @Message("flagged")
    String flagged();

    @Message("frame {number}")
    String frame(int number);

    @Message("Percentile {percentile} of the model's normal images")
    String finding(String percentile);

    @Message("Flagged: the score is above the model's threshold")
    String flaggedFinding();

    @Message("Not flagged")
    String notFlagged();

    @Message("Score")
    String score();

    @Message("Model")
    String model();

    @Message("Source")
    String source();

    @Message("Restored")
    String restored();

    @Message("Difference")
    String difference();

    @Message("Overlay")
    String overlay();

    @Message("Blend")
    String blend();

    @Message("Orange: the source is brighter than restored. Blue: darker. Full colour from half of the window on.")
    String differenceMeans();

    @Message("Drawn by a model. Not for diagnostic use.")
    String restoredMeans();

    @Message("Over the source")
    String overSource();

    @Message("Share of the upper picture")
    String share();

    @Message("Window centre")
    String windowCenter();

    @Message("Window width")
    String windowWidth();

    @Message("Zoom")
    String zoom();

    @Message("Reset")
    String reset();

    @Message("Not kept")
    String notKept();

    @Message("Pictures are for coordinators and radiologists.")
    String noPictures();

    @Message("No image was restored.")
    String noImages();

    @Message("Course")
    String course();

    @Message("Revision")
    String revision();

    @Message("State")
    String state();

    @Message(
            "{#when state}{#is RECEIVING}Receiving{#is READY}Ready{#is RESTORING}Restoring{#is RESTORED}Restored{#is DELIVERING}Delivering{#is DELIVERED}Delivered{#is CONFIRMED}Confirmed{#is REFUSED}Refused{#else}Failed{/when}")
    String stateOf(StudyState state);

    @Message("Received")
    String received();

    @Message("Deliveries")
    String deliveries();

    @Message("Destination")
    String destination();

    @Message("Object")
    String object();

    @Message("Number")
    String number();

    @Message("Last error")
    String lastError();

    @Message(
            "{#when state}{#is PENDING}Waiting{#is SENT}Sent, not yet confirmed{#is DELIVERED}Delivered, without proof{#is CONFIRMED}Confirmed{#else}Failed{/when}")
    String deliveryOf(Delivery.State state);

    @Message("Nothing is to be delivered.")
    String noDeliveries();

    @Message("History")
    String history();

    @Message("The last {shown} of {all} events")
    String historyOf(int shown, int all);

    @Message("When")
    String when();

    @Message("What")
    String what();

    @Message("Who")
    String who();

    @Message("From")
    String from();

    @Message("Detail")
    String detail();
}
