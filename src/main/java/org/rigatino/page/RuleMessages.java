package org.rigatino.page;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;
import org.rigatino.rule.Fit;

/** What the page of rules says, in English; German is in {@code messages/rules_de.properties}. */
@MessageBundle(value = "rules", locale = "en")
public interface RuleMessages {
    @Message("Rules of the house")
    String rules();

    @Message(
            "They stand in the file that rigatino.rules.file names, and a change of it is in force within three seconds. For each of releases, destinations and urgency the first rule decides that is about an image and says something of it.")
    String means();

    @Message(
            "There are none: every release may look, every destination receives what it takes, and studies are taken in their order.")
    String none();

    @Message("The file that is there now is not followed; the rules of before stay in force.")
    String wrong();

    @Message("Rule")
    String rule();

    @Message("is about images of which")
    String asks();

    @Message("every image")
    String every();

    @Message("says")
    String says();

    @Message("Try them on an image")
    String tryOn();

    @Message("DICOM file (its first part is sent, and nothing of it is kept)")
    String file();

    @Message("Calling AE title it would come by")
    String sender();

    @Message("Draft of rules to answer instead of those in force (if any)")
    String draft();

    @Message("Try")
    String tryIt();

    @Message("Not tried:")
    String refused();

    @Message("What they come to")
    String outcome();

    @Message("Releases")
    String releases();

    @Message("Destinations")
    String destinations();

    @Message("Urgency")
    String urgency();

    @Message("no rule says anything")
    String nothing();

    @Message("by rule {name}")
    String by(String name);

    @Message("Answer of each rule")
    String answers();

    @Message("Answer")
    String answer();

    @Message("Why")
    String why();

    @Message("{#when fit}{#is FITS}fits{#is DIFFERS}does not fit{#is UNKNOWN}cannot be told{/when}")
    String fit(Fit fit);
}
