package org.rigatino.page;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** What all pages share, or several, in English; German is in {@code messages/msg_de.properties}. */
@MessageBundle(locale = "en")
public interface Messages {
    @Message(
            "Not a diagnostic device. It marks departures from healthy anatomy and misses what its model card says it misses.")
    String warning();

    @Message("Times are those of {zone}.")
    String times(String zone);

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

    @Message("Signing in is not possible at the moment: the server does not answer, or cannot. Try again.")
    String signInTrouble();

    @Message("Your session had ended: what you sent was not done. Do it once more.")
    String undone();

    @Message("Signing in needs JavaScript.")
    String needsJavaScript();

    @Message("Your role does not show this page.")
    String forbidden();

    @Message("This was not done")
    String notDone();

    @Message("Nothing is at this address, or a value in it is none that can be meant.")
    String nothingHere();

    @Message("This address takes what a form sends, and shows nothing by itself.")
    String nothingToSee();

    @Message("This is a fault of Rigatino's. Its log has the cause.")
    String ourFault();

    @Message("This cannot be shown just now: try again in a few seconds.")
    String busy();

    @Message("Something that was sent is missing, or is none of its kind.")
    String notMeant();

    @Message("This study is not known here.")
    String unknownStudy();

    @Message("Worklist")
    String worklist();

    @Message("Study")
    String study();

    @Message("Images")
    String images();

    @Message("{restored} of {seen} restored")
    String imagesOf(int restored, int seen);

    @Message("Waiting")
    String waiting();

    @Message("With")
    String with();

    @Message("nobody")
    String nobody();

    @Message("Acknowledged by {who}")
    String acknowledgedBy(String who);

    @Message("Waited")
    String waited();

    @Message("Earlier")
    String previous();

    @Message("Later")
    String next();

    @Message("Model")
    String model();

    @Message("Revision")
    String revision();

    @Message("Received")
    String received();

    @Message("Destination")
    String destination();

    @Message("When")
    String when();

    @Message("From")
    String from();

    @Message("Models")
    String models();

    @Message("Threshold")
    String threshold();

    @Message("This image")
    String thisImage();

    @Message("Rule")
    String rule();
}
