package org.rigatino.page;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;
import org.rigatino.finding.Priority;
import org.rigatino.monitor.Drift;
import org.rigatino.persistence.Delivery;
import org.rigatino.persistence.StudyState;

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

    @Message("{#if total == 1}1 study{#else}{total} studies, the most urgent first{/if}")
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

    @Message("Open again: a new outcome")
    String reopened();

    @Message("Opened again by hand")
    String openedByHand();

    @Message("Waited longer than allowed")
    String overdue();

    @Message("Waited")
    String waited();

    @Message("Refused")
    String refused();

    @Message("Refused study revisions, the last received first")
    String captionRefused();

    @Message(
            "Nothing of them was restored. Where the rule is patient-identity, an administrator has to say who the patient is; any other may have been meant so, or is judged anew by an administrator once another release serves. What the rules ask for is told of each model:")
    String refusedMeans();

    @Message("Why")
    String why();

    @Message("superseded")
    String superseded();

    @Message("Take further")
    String takeFurther();

    @Message("An administrator can take it further.")
    String administratorsTakeFurther();

    @Message("No study was refused.")
    String nothingRefused();

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

    @Message(
            "Drawn by a model, which may keep the shape of what it should remove, weaker. It proves nothing by itself. Not for diagnostic use.")
    String restoredMeans();

    @Message(
            "Overlay: colour from {level} times the normal variation on, full at {full}; a cyan line encloses each region. It is what the score is made of, and another measure than the difference.")
    String overlayMeans(String level, String full);

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
            "{#when state}{#is PENDING}Waiting{#is SENT}Sent, not yet confirmed{#is DELIVERED}Delivered, without proof{#is CONFIRMED}Confirmed{#is DECLINED}Declined, not essential there{#is CANCELLED}Cancelled{#else}Failed{/when}")
    String deliveryOf(Delivery.State state);

    @Message("Stored with warning {status}")
    String storedWithWarning(String status);

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

    @Message("Models")
    String models();

    @Message("Model releases in service")
    String modelsCaption();

    @Message("No model release is in service here.")
    String noModels();

    @Message("The model releases cannot be read here.")
    String modelsAbsent();

    @Message("No model release of this digest is in service here.")
    String modelUnknown();

    @Message("Judged images of late, and not in service here")
    String modelsGone();

    @Message("{name}/{version}: {images} images")
    String modelGone(String name, String version, long images);

    @Message("For")
    String purpose();

    @Message("Method")
    String method();

    @Message("Digest")
    String digest();

    @Message("What it is known not to do")
    String limits();

    @Message("Normal images")
    String normalImages();

    @Message("Image AUROC")
    String imageAuroc();

    @Message("Images of late")
    String imagesOfLate();

    @Message("Drift of scores")
    String drift();

    @Message("{#when standing}{#is TOO_FEW}Too few to judge{#is STABLE}Stable{#is MOVED}Moved{#else}Shifted{/when}")
    String standingOf(Drift.Standing standing);

    @Message("{images} images; fewer than {enough} say little.")
    String tooFew(long images, int enough);

    @Message("Of the last {window}; the latest {latest} of all models at most.")
    String windowOf(String window, int latest);

    @Message("Population stability index")
    String stabilityIndex();

    @Message("About {value} comes of chance alone, from so few images and normal images.")
    String byChance(String value);

    @Message("Kolmogorov-Smirnov statistic")
    String largestGap();

    @Message("Threshold")
    String threshold();

    @Message("{share} % of the normal images lie below.")
    String thresholdMeans(String share);

    @Message("This image")
    String thisImage();

    @Message(
            "{lower} of the {count} normal images that the model was calibrated on, and did not learn from, score lower: that share is the percentile. It is no probability of disease.")
    String percentileMeans(long lower, int count);

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
            "Scores of {normals} normal images of the calibration beside those of {images} images of late; threshold {threshold}. The numbers are in the text.")
    String plotOfLive(int normals, long images, String threshold);

    @Message(
            "Gray: scores of the {normals} normal images of the calibration. Outlined: the {images} images of late. Each as a share of its own; the last bar holds what is higher too.")
    String livePlotMeans(int normals, long images);

    @Message("Gray: scores of the {normals} normal images of the calibration. No image was judged of late.")
    String noLivePlot(int normals);

    @Message(
            "The index compares percentiles of images of late with the even spread of normal images: by custom up to 0.1 is stable and over 0.25 is a shift. Images of late are not all normal, so a change of it says more than its height.")
    String driftMeans();

    @Message(
            "Where it shifts, look for a new scanner, protocol or group of patients, and calibrate on normal images of this site: ./rigatino calibrate. docs/operations.md says more.")
    String whatToDo();

    @Message("How well it does")
    String measured();

    @Message("Not measured")
    String notMeasured();

    @Message("./rigatino evaluate --record measures it.")
    String howToMeasure();

    @Message(
            "On {data}, {split}: {normal} normal and {abnormal} abnormal images of {patients} patients. Intervals are of 95 %, over patients.")
    String measuredOn(String data, String split, String normal, String abnormal, String patients);

    @Message("Metric")
    String metric();

    @Message("Value")
    String value();

    @Message("95 % interval")
    String interval();

    @Message(
            "{#when name}{#is 'image_auroc'}Image AUROC (chance: 0.5){#is 'image_ap'}Image average precision{#is 'sensitivity'}Sensitivity at the threshold{#is 'specificity'}Specificity at the threshold{#is 'pixel_auroc'}Pixel AUROC{#is 'pixel_ap'}Pixel average precision{#is 'aupro'}AUPRO to 0.3{#is 'dice'}Dice{#is 'matched_auroc'}Image AUROC on pairs of like sharpness{#else}{name}{/when}")
    String measureOf(String name);

    @Message("Beside it, without a network of ours")
    String baselines();

    @Message("What it takes")
    String takes();

    @Message("All must hold. An image is refused by the first rule that does not, under its name.")
    String takesMeans();

    @Message("Rule")
    String rule();

    @Message("Asks for")
    String asks();

    @Message(
            "{#when asks}{#is ANY_OF}Any of: {values}{#is NONE_OF}None of: {values}{#is PATTERN}Matches {values}{#is NO_PATTERN}Does not match {values}{#is PATTERN_WHERE_ABSENT}Where it is absent, a description matches {values}{#is PIXELS}{values} pixels in rows and columns at least{#is DEGREES}{values} degrees{#is YEARS}{values} years{#else}{values} % of the frame at least{/when}")
    String asked(EligibilityRule.Asks asks, String values);

    @Message("How it was made")
    String making();

    @Message("Data")
    String trainingData();

    @Message("Images learnt from")
    String learntFrom();

    @Message("Images held back for calibration")
    String calibratedOn();

    @Message("Iterations")
    String iterations();

    @Message("The model card in full")
    String card();
}
