package org.rigatino.page;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;
import org.rigatino.persistence.Answer.Reason;
import org.rigatino.persistence.Answer.Verdict;

/** What pages say of answers to findings and of moving to them, in English; German is in {@code messages/answer_de.properties}. */
@MessageBundle(value = "answer", locale = "en")
public interface AnswerMessages {
    @Message("Next study")
    String nextStudy();

    @Message("Slice before")
    String before();

    @Message("Next slice")
    String after();

    @Message("Slice {number} of {count}")
    String slice(int number, int count);

    @Message("{count} flagged along it")
    String flaggedSlices(int count);

    @Message("Next finding")
    String nextFinding();

    @Message("Keys")
    String keys();

    @Message("Next slice, slice before, in the order of the series; the wheel over a picture does the same")
    String keySlices();

    @Message("Missed something, at the place that was clicked or typed")
    String keyMissed();

    @Message("Single characters act")
    String singleKeys();

    @Message("Recorded.")
    String recorded();

    @Message(
            "Not recorded: this image has another answer than you saw. It is shown here; answer again where yours is to take its place.")
    String quicker();

    @Message("Not recorded:")
    String refused();

    @Message("Nothing was sent: Enter in a field chooses no answer. Choose one by its button.")
    String nothingSent();

    @Message("Nothing was recorded: not all pictures were here yet. Answer once you see them.")
    String notYet();

    @Message(
            "Nothing was recorded: a picture of this image could not be had. Load the page anew; an administrator finds the cause in the log.")
    String notSeen();

    @Message(
            "Nothing was recorded: scripts of this page could not be loaded. Load the page anew; if that does not help, an administrator finds the cause in this browser's console.")
    String notLoaded();

    @Message("The answer before is on its way. Nothing else was sent.")
    String onItsWay();

    @Message("typed, not sent")
    String unsent();

    @Message("A whole number from 0")
    String wholeNumber();

    @Message("{count} earlier")
    String earlier(int count);

    @Message("To what {model}/{version} said of this image:")
    String besides(String model, String version);

    @Message("Mine is to take the place of what {who} said")
    String replaces(String who);

    @Message("Is it right that this image is flagged?")
    String askFlagged();

    @Message("Is it right that this image is not flagged?")
    String askNotFlagged();

    @Message("Take back")
    String withdraw();

    @Message("Agree")
    String agree();

    @Message("Disagree")
    String disagree();

    @Message("Unsure")
    String unsure();

    @Message("Reason")
    String reason();

    @Message("Comment")
    String comment();

    @Message("with a comment that you are not shown")
    String commented();

    @Message("Missed something")
    String missed();

    @Message("Column")
    String column();

    @Message("Row")
    String row();

    @Message("Click the place in a picture.")
    String missedMeans();

    @Message(
            "{#when verdict}{#is AGREE}Agree{#is DISAGREE}Disagree{#is UNSURE}Unsure{#is MISSED}Missed something{#else}Taken back{/when}")
    String verdictOf(Verdict verdict);

    @Message(
            "{#when reason}{#is ARTIFACT}artifact{#is MOTION}motion{#is NORMAL_VARIANT}normal variant{#is POST_OPERATIVE}post-operative{#is KNOWN_LESION}known lesion{#is WRONG_PLACE_OR_EXTENT}wrong place or extent{#is NOT_RELEVANT}there, without consequence{#else}other{/when}")
    String reasonOf(Reason reason);

    @Message("column {column}, row {row}")
    String place(Integer column, Integer row);

    @Message("{who}, {when}")
    String by(String who, String when);

    @Message("Answers of radiologists")
    String answers();

    @Message("Nobody has answered a finding of it yet.")
    String noAnswers();

    @Message(
            "Of images, by those who read them; only answers in force. Predictive value: of flags that were agreed or disagreed with, those agreed with. Agreement: of all answers that are sure, those that agree. Intervals are of 95 % (Wilson) and take answers for independent, which images of one study are not: they are too narrow.")
    String answersMean();

    @Message("Sender, scanner")
    String of();

    @Message("All")
    String all();

    @Message("Positive predictive value")
    String predictiveValue();

    @Message("Agreement")
    String agreement();

    @Message("Disagreements, the latest {shown} of {all}")
    String disagreements(int shown, long all);

    @Message("Answer")
    String said();

    @Message("flagged")
    String withFlag();

    @Message("not flagged")
    String withoutFlag();

    @Message("Answered")
    String answered();
}
