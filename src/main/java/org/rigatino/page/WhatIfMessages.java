package org.rigatino.page;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** What the page of suppositions says, in English; German is in {@code messages/whatif_de.properties}. */
@MessageBundle(value = "whatif", locale = "en")
public interface WhatIfMessages {
    @Message("What would happen if")
    String whatIf();

    @Message("Other thresholds and rules, tried on what was judged")
    String link();

    @Message(
            "Other false alarms, another threshold or other modalities, tried on what this release judged: by the record, without running or changing anything. The latest 100,000 studies and images of the days that are chosen are looked at.")
    String means();

    @Message("In force")
    String now();

    @Message("A study is judged by its highest image: there are no normal studies to set it against.")
    String noNormalStudies();

    @Message("Suppose")
    String suppose();

    @Message("False alarms per 100 normal studies")
    String falseAlarms();

    @Message("Threshold of an image's score")
    String threshold();

    @Message("Modalities it takes, as MR,CT")
    String modality();

    @Message("From (UTC)")
    String from();

    @Message("To (UTC)")
    String to();

    @Message("Calling AE title")
    String sender();

    @Message("Ask")
    String ask();

    @Message("Studies")
    String studies();

    @Message("Images")
    String images();

    @Message("Rule modality")
    String ruleModality();

    @Message("Judged")
    String judged();

    @Message("Flagged when judged")
    String flagged();

    @Message("Flagged instead")
    String wouldBe();

    @Message("Flagged instead, and were not")
    String added();

    @Message("Not flagged any more")
    String removed();

    @Message("HIGH by the word of another release, then as now")
    String highOtherwise();

    @Message("There may be earlier ones, which are not looked at: narrow the days down.")
    String more();

    @Message("This release decided no study against normal studies in these days.")
    String noStudies();

    @Message("This release judged no image in these days that stands.")
    String noImages();

    @Message("Changed studies")
    String changed();

    @Message("None would change.")
    String noneChanged();

    @Message("p-value")
    String pValue();

    @Message("In force when judged")
    String inForce();

    @Message("Received")
    String received();

    @Message("{#if wouldBe}would be flagged{#else}would not be flagged{/if}")
    String would(boolean wouldBe);

    @Message("another release judged images of it too, whose word stays")
    String byOthers();

    @Message("Further changed studies")
    String further();

    @Message("Studies last judged of which an image changes, at most 50")
    String studiesOfImages();

    @Message("Judged images that would be refused")
    String out();

    @Message("Images that this rule refused and that would pass it")
    String pass();

    @Message(
            "Whether the images that would pass this rule would pass the others cannot be told: the record does not hold what they ask for. Those are {rules}.")
    String cannotTell(String rules);
}
