package org.rigatino.page;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;
import org.rigatino.release.Loss;
import org.rigatino.release.Standing;

/** What the pages of the models say, in English; German is in {@code messages/models_de.properties}. */
@MessageBundle(value = "models", locale = "en")
public interface ModelMessages {
    @Message("Model releases that are here")
    String modelsCaption();

    @Message("No model release is here.")
    String noModels();

    @Message("The model releases cannot be read here.")
    String modelsAbsent();

    @Message("No model release of this digest is here.")
    String modelUnknown();

    @Message("Judged images of late, and not here")
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

    @Message("{share} % of the normal images lie below.")
    String thresholdMeans(String share);

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
            "{#when name}{#is 'image_auroc'}Image AUROC (chance: 0.5){#is 'image_ap'}Image average precision{#is 'sensitivity'}Sensitivity at the threshold{#is 'specificity'}Specificity at the threshold{#is 'unlike_normal'}Normal images refused as unlike{#is 'unlike_abnormal'}Abnormal images refused as unlike{#is 'pixel_auroc'}Pixel AUROC{#is 'pixel_ap'}Pixel average precision{#is 'aupro'}AUPRO to 0.3{#is 'dice'}Dice{#is 'flagged_without_mark'}Flagged images without a mark{#is 'marked_lesion_free_share'}Normal images with a mark{#is 'marked_lesion_recall'}Of the anomaly, marked{#is 'marked_lesion_precision'}Of what is marked, anomaly{#is 'matched_auroc'}Image AUROC on pairs of like sharpness{#else}{name}{/when}")
    String measureOf(String name);

    @Message("Beside it, without a network of ours")
    String baselines();

    @Message("What it takes")
    String takes();

    @Message("All must hold. An image is refused by the first rule that does not, under its name.")
    String takesMeans();

    @Message("Asks for")
    String asks();

    @Message(
            "{#when asks}{#is ANY_OF}Any of: {values}{#is NONE_OF}None of: {values}{#is PATTERN}Matches {values}{#is NO_PATTERN}Does not match {values}{#is PATTERN_WHERE_ABSENT}Where it is absent, a description matches {values}{#is PIXELS}{values} pixels in rows and columns at least{#is DEGREES}{values} degrees{#is YEARS}{values} years{#is DISTANCE}Distance from the model's normal images, and share of these beyond it: at most {values}{#is NO_DISTANCE}Not asked: the release does not say how unlike its normal images an image may be; ./rigatino calibrate adds it{#else}{values} % of the frame at least{/when}")
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

    @Message("Slices")
    String slices();

    @Message("The map of a slice is joined with those of the slices beside it, in the same series")
    String slicesJoined();

    @Message("Each slice is judged by itself")
    String slicesAlone();

    @Message("Reader")
    String reader();

    @Message(
            "A second network reads image and drawing together; it learnt from what was drawn into {images} images, in {iterations} iterations")
    String readerOf(int images, int iterations);

    @Message("None: what departs from the drawing counts as it is")
    String noReader();

    @Message("The model card in full")
    String card();

    @Message("Whole studies")
    String studies();

    @Message("Normal studies")
    String normalStudies();

    @Message("The smallest p-value is {p}; {neighbours} slices side by side confirm or deny each other")
    String smallestP(String p, int neighbours);

    @Message("Promised")
    String promised();

    @Message("{per100} false alarms in 100 normal studies at most")
    String promisedOf(String per100);

    @Message("Observed")
    String observed();

    @Message("{flagged} of {judged} studies of the last {window} are high: {per100} in 100")
    String observedOf(long flagged, long judged, String window, String per100);

    @Message("No study in the last {window}")
    String noneJudged(String window);

    @Message("Workload")
    String workload();

    @Message("{flagged} high studies a day; at most {falseAlarms} a day would be expected were all studies normal")
    String workloadOf(String flagged, String falseAlarms);

    @Message(
            "The promise holds for normal studies like those that the model was calibrated on: same scanners, same kind of patients. Studies of late are not all normal, so more are high.")
    String promiseMeans();

    @Message(
            "This model knows no normal studies: a study is judged by its highest image, and nothing is promised of normal studies.")
    String noNormalStudies();

    @Message("Which serves")
    String serving();

    @Message("Standing")
    String standing();

    @Message("{#when standing}{#is SERVING}Serves{#else}In shadow{/when}")
    String standingOf(Standing standing);

    @Message("since {time}, by {name}")
    String changedBy(String time, String name);

    @Message("since {time}, when a worker saw it first")
    String firstSeen(String time);

    @Message("Workers")
    String workers();

    @Message("Opened at {workers} that are alive")
    String workersHave(int workers);

    @Message("What it says is delivered and shown. Findings keep the release that made them, whatever serves later.")
    String servesMeans();

    @Message("It judges in silence what was judged before: it delivers nothing, and is on no list.")
    String shadowMeans();

    @Message("What it says is shown to administrators and auditors.")
    String notShown();

    @Message("No worker has seen this release: a worker sees what is under rigatino.restore.models when it starts.")
    String notSeen();

    @Message("Promote {model}")
    String promote(String model);

    @Message("It takes the place of {models}, which goes into shadow: at every worker, from the next study on.")
    String inPlaceOf(String models);

    @Message("No other judges such images now. It serves at every worker, from the next study on.")
    String promoteMeans();

    @Message("Go back to {models}")
    String goBack(String models);

    @Message(
            "Going back puts this one into shadow and has {models} serve again: at every worker, from the next study on.")
    String goBackMeans(String models);

    @Message("Take {model} out of service")
    String takeOut(String model);

    @Message("It took no other's place: out of service, nobody judges such images, and they are refused.")
    String takeOutMeans();

    @Message("Images that are judged now and that nobody would judge then, so that they are refused: {left}.")
    String leavesToNobody(String left);

    @Message(
            "Workers follow different rules of the house, or such as cannot be told ({apart}): whether images are left to"
                    + " nobody, so that they are refused, cannot be told for all of them.")
    String rulesApart(String apart);

    @Message("These images may be refused")
    String leaveToNobody();

    @Message("What is lost against what serves now:")
    String losesMeans();

    @Message("{#when loss.kind}"
            + "{#is NO_NORMAL_STUDIES}{loss.model} knows {loss.detail} normal studies, and this one none: no promise of false alarms holds, and each flagged image makes its study HIGH."
            + "{#is FEWER_NORMAL_STUDIES}This one knows less than half as many normal studies as {loss.model} ({loss.detail}): to be beyond all of them says less."
            + "{#is NO_LIMIT_OF_UNLIKE}{loss.model} refuses images that are unlike those that it learnt from (unlike); this one judges all."
            + "{#is NO_JOINING}{loss.model} joins the map of a slice with those beside it; this one judges each slice by itself."
            + "{#is NO_READER}{loss.model} has a reader behind its drawing, by which it outlines; this one has none."
            + "{#is NOT_MEASURED}{loss.model} was measured, and this one was not, as far as any worker has its metrics."
            + "{#is FEW_STUDIES_COMPARED}Compared with {loss.model} on {loss.detail} studies, which is fewer than 30."
            + "{#is JUDGES_FEWER_IMAGES}It judged nothing of {loss.detail} % of the images that {loss.model} judged, of studies that it was given in shadow: it refused them, or could not read their files."
            + "{#is OTHER_MODALITIES}{loss.model} judges other modalities than this one: {loss.detail}."
            + "{#is OTHER_AGES}{loss.model} judges other ages (years) than this one: {loss.detail}."
            + "{#is RULES_DIFFER}Workers follow different rules of the house, or such as cannot be told ({loss.detail}): what is left to nobody differs between them."
            + "{#is UNKNOWN}What this one or {loss.model} knows no worker has told yet; look again in ten seconds."
            + "{/when}")
    String loss(Loss loss);

    @Message("This may be lost")
    String acceptLosses();

    @Message("Done. It holds at every worker from the next study on, and is in the audit trail.")
    String done();

    @Message("Serve, and are not here")
    String absentHere();

    @Message(
            "Images for them fail at every worker that lacks them, and no other release judges in their place. Put the files back and restart, or promote another; then replay what failed.")
    String absentMeans();

    @Message("Shadows beside what serves")
    String shadows();

    @Message("In shadow")
    String inShadow();

    @Message("Beside it serves")
    String besideIt();

    @Message("Studies judged")
    String studiesJudged();

    @Message("Failed")
    String failed();

    @Message("Images that one alone flags")
    String imagesThatDiffer();

    @Message("Studies HIGH by one alone")
    String studiesThatDiffer();

    @Message("{some} of {all}")
    String of(long some, long all);

    @Message("{shadow}, in shadow, beside {other}")
    String besideOf(String shadow, String other);

    @Message("{done} studies judged in silence, {failed} failed.")
    String runsOf(long done, long failed);

    @Message(
            "Of {ofImages} images that {other} judged it judged {images} not: refused, or not readable. Of {studies} studies it judged nothing. None of these is in the numbers below.")
    String passedOver(String other, long images, long ofImages, long studies);

    @Message("Images that it did not judge")
    String imagesPassedOver();

    @Message("Compared are the latest 1000 at most.")
    String latestStudies();

    @Message(
            "No image was judged by both yet. A shadow works while no study is under way, within rigatino.worker.shadow.budget.")
    String noPairs();

    @Message("Flags")
    String flags();

    @Message("Both")
    String both();

    @Message("{model} alone")
    String alone(String model);

    @Message("Neither")
    String neither();

    @Message("All")
    String together();

    @Message("Images flagged")
    String imagesFlagged();

    @Message("Studies of priority HIGH")
    String studiesHigh();

    @Message(
            "Studies not compared by priority, since what serves judged them together with slices of their other revisions, which a shadow is not given, or another release judged images of theirs too, and their priority is the more urgent of both: {count}.")
    String studiesLeftOut(long count);

    @Message("Time and memory")
    String costs();

    @Message("Drawing an image")
    String drawing();

    @Message("A study, all that the shadow does")
    String working();

    @Message("Memory that opening it took, of the first with the engine's")
    String memory();

    @Message("{value} s")
    String seconds(String value);

    @Message("{value} MB")
    String megabytes(String value);

    @Message("Rank correlation")
    String rankCorrelation();

    @Message(
            "Scores are comparable within one release alone, so percentiles are compared: the share of each one's own normal images that score lower. Which of two that differ is right, these numbers do not say: look at the images, and at what radiologists answered.")
    String compareMeans();

    @Message("Percentiles of {images} images: across by {other}, up by {shadow}. The numbers are in the text.")
    String chartOf(String shadow, String other, long images);

    @Message("A point an image; on the broken line both say the same.")
    String chartMeans();

    @Message("{count} studies are HIGH by one alone, the latest first")
    String studiesDiffer(int count);

    @Message("{count} images are flagged by one alone, those furthest apart first")
    String imagesDiffer(int count);

    @Message("no image judged")
    String judgedNone();

    @Message("Image")
    String image();

    @Message("frame {number}")
    String frame(int number);

    @Message("flagged")
    String flagged();

    @Message("Failed last")
    String failedLast();
}
