package org.rigatino.page;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** What the pages of the models say, in English; German is in {@code messages/models_de.properties}. */
@MessageBundle(value = "models", locale = "en")
public interface ModelMessages {
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
            "{#when name}{#is 'image_auroc'}Image AUROC (chance: 0.5){#is 'image_ap'}Image average precision{#is 'sensitivity'}Sensitivity at the threshold{#is 'specificity'}Specificity at the threshold{#is 'unlike_normal'}Normal images refused as unlike{#is 'unlike_abnormal'}Abnormal images refused as unlike{#is 'pixel_auroc'}Pixel AUROC{#is 'pixel_ap'}Pixel average precision{#is 'aupro'}AUPRO to 0.3{#is 'dice'}Dice{#is 'matched_auroc'}Image AUROC on pairs of like sharpness{#else}{name}{/when}")
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
}
