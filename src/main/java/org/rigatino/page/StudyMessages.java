package org.rigatino.page;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;
import org.rigatino.persistence.Delivery;
import org.rigatino.persistence.StudyState;

/** What a study's page says, in English; German is in {@code messages/study_de.properties}. */
@MessageBundle(value = "study", locale = "en")
public interface StudyMessages {
    @Message("Assign")
    String assign();

    @Message("Assign to")
    String assignTo();

    @Message("superseded")
    String superseded();

    @Message("superseded by revision {revision}, its objects in archives too")
    String supersededBy(int revision);

    @Message("judging again came to nothing: what stood before stands")
    String keptWhatItHad();

    @Message("Take further")
    String takeFurther();

    @Message("An administrator can take it further.")
    String administratorsTakeFurther();

    @Message("Images, the most abnormal first")
    String ranked();

    @Message("The {shown} most abnormal of {all}")
    String rankedOf(int shown, int all);

    @Message("Image {rank}: percentile {percentile}")
    String image(int rank, String percentile);

    @Message("flagged")
    String flagged();

    @Message("Series {number}")
    String series(String number);

    @Message("Instance Number {number}")
    String instanceNumber(String number);

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

    @Message("In colour; shown, and judged, as its luminance.")
    String luminance();

    @Message(
            "Drawn by a model, which may keep the shape of what it should remove, weaker. It proves nothing by itself. Not for diagnostic use.")
    String restoredMeans();

    @Message(
            "Overlay: colour from {level} times the normal variation on, full at {full}; a cyan line encloses each region. It is what the score is made of, and another measure than the difference.")
    String overlayMeans(String level, String full);

    @Message(
            "Overlay: colour from a level on that is in its legend as delivered; it was made with other settings, by a version before, or by a release that is not here. A cyan line encloses each region. It is what the score is made of, and another measure than the difference.")
    String overlayMeansThen();

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

    @Message("As its header says")
    String windowOfHeader();

    @Message("All values of this image")
    String windowOfValues();

    @Message("Cannot be read now: try again later, or ask whoever keeps this installation, who finds why in its log")
    String cannotBeRead();

    @Message(
            "Window: dragging with the right button, or with Shift, across for the width, down for the centre. Each one is drawn anew from the values of the file. Zoom: Ctrl and wheel. Nothing of it is recorded.")
    String windowMeans();

    @Message("It keeps the window that it was delivered with.")
    String overlayWindow();

    @Message("Blend alone, large")
    String alone();

    @Message("Dragging sets the window")
    String dragSetsWindow();

    @Message(
            "Larger, smaller, whole; about the pointer, where it is over a picture. Ctrl and the wheel, a double click do the same")
    String keyZoom();

    @Message("Window narrower, wider, centre down, up")
    String keyWindow();

    @Message("Reset")
    String reset();

    @Message("Not kept")
    String notKept();

    @Message("Pictures are for coordinators and radiologists.")
    String noPictures();

    @Message(
            "{#when found}{#is JUDGED_ANEW}Another release has judged this image since: what that said stands, and is shown.{#else}No image is shown: of the one that was asked for nothing stands that a release said. It may have been judged again since. Choose one below.{/when}")
    String sought(Sought.Found found);

    @Message("No image was restored.")
    String noImages();

    @Message("Course")
    String course();

    @Message("State")
    String state();

    @Message(
            "{#when state}{#is RECEIVING}Receiving{#is READY}Ready{#is RESTORING}Restoring{#is RESTORED}Restored{#is DELIVERING}Delivering{#is DELIVERED}Delivered{#is CONFIRMED}Confirmed{#is REFUSED}Refused{#else}Failed{/when}")
    String stateOf(StudyState state);

    @Message(
            "Ended, nothing delivered: {#if unflagged}no image is flagged, and the destinations take flagged ones only{#else}of these images nothing was made that the destinations take{/if}")
    String nothingDelivered(boolean unflagged);

    @Message("Judged by")
    String judgedBy();

    @Message("waits for a destination: none is in force, and what is made would go nowhere")
    String waitsForDestination();

    @Message("Add a destination")
    String addDestination();

    @Message("An administrator can add one.")
    String administratorsAddDestination();

    @Message("Deliveries")
    String deliveries();

    @Message("Object")
    String object();

    @Message("Number")
    String number();

    @Message("Last error")
    String lastError();

    @Message(
            "{#when state}{#is PENDING}Waiting{#is SENT}Sent, not yet confirmed{#is DELIVERED}Delivered, without proof{#is CONFIRMED}Confirmed{#is DECLINED}Declined, not essential there{#is CANCELLED}Cancelled{#else}Failed{/when}")
    String deliveryOf(Delivery.State state);

    @Message("Images and frames that were not restored")
    String notRestoredImages();

    @Message("The first {shown} of {all} images")
    String notRestoredOf(int shown, int all);

    @Message("which and why")
    String whichAndWhy();

    @Message("SOP Instance UID")
    String imageUid();

    @Message("Stored with warning {status}")
    String storedWithWarning(String status);

    @Message("Nothing is to be delivered.")
    String noDeliveries();

    @Message("Nothing is to be delivered yet.")
    String noDeliveriesYet();

    @Message("History")
    String history();

    @Message("The last {shown} of {all} events")
    String historyOf(int shown, int all);

    @Message("What")
    String what();

    @Message("Who")
    String who();

    @Message("Detail")
    String detail();

    @Message(
            "{lower} of the {count} normal images that the model was calibrated on, and did not learn from, score lower: that share is the percentile. It is no probability of disease.")
    String percentileMeans(long lower, int count);

    @Message(
            "Judged together with the {#if slices == 1}slice{#else}slices{/if} directly beside it, which {#if slices == 1}has{#else}have{/if} a part in its map.")
    String joined(int slices);

    @Message(
            "The score is the mean of the highest {share} % of the map of differences, in spreads of normal images at the same place.")
    String scoreOfMap(String share);

    @Message(
            "The score adds up the departure from what was drawn and the critic's doubt, in standard deviations of normal images.")
    String scoreOfDoubt();

    @Message(
            "Scores of {count} normal images, from {low} to {high}. Threshold {threshold}. This image {score}, higher than {lower} of them.")
    String plotOfNormals(int count, String low, String high, String threshold, String score, long lower);

    @Message(
            "Bars: scores of the {count} normal images. Dashed: threshold, {share} % of them lie below. Line: this image. Marks below the axis: the study's other images.")
    String plotMeans(int count, String share);

    @Message(
            "{name}/{version} judged this image and is not in service here any more, so its normal images are not drawn. Percentile and flag are as it said then.")
    String releaseGone(String name, String version);

    @Message(
            "P-value {p} among the {normals} normal studies of {model}: the share of studies like them that look as abnormal.")
    String studyAmong(String p, int normals, String model);

    @Message("Beyond the last of them by {beyond} of its distance from the middle one.")
    String beyondMeans(String beyond);

    @Message("High where no more than {per100} in 100 normal studies would be.")
    String flaggedAt(String per100);

    @Message("Marked: {millilitres} ml.")
    String marked(String millilitres);

    @Message("Decided by neighbouring slices in series")
    String decidedIn();

    @Message("Judged by its highest image: {model}/{version} knows no normal studies.")
    String byHighestImage(String model, String version);

    @Message("The highest image is by another release, {model}/{version}, which may have raised the study by itself.")
    String highestByAnother(String model, String version);
}
