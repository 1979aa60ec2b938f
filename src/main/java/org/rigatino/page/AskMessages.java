package org.rigatino.page;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;
import org.rigatino.archive.EarlierFetch.Came;

/** What pages say of studies that are asked of archives, in English; German is in {@code messages/ask_de.properties}. */
@MessageBundle(value = "ask", locale = "en")
public interface AskMessages {
    @Message("Ask an archive")
    String archives();

    @Message("Ask an archive by accession number")
    String byAccession();

    @Message("Archive")
    String archive();

    @Message("Accession number")
    String accession();

    @Message("or Study Instance UID")
    String orStudy();

    @Message("Have it sent here")
    String send();

    @Message("No archive that can be searched is in rigatino.ingest.sources.")
    String noArchive();

    @Message(
            "The archive is searched, and has what matches of one patient sent here. It is judged as any study is, and is on the worklist then.")
    String means();

    @Message("No study of the archive matches. Nothing is fetched.")
    String nothing();

    @Message("Nothing is fetched:")
    String refused();

    @Message("Studies that match")
    String several();

    @Message("Patient")
    String patient();

    @Message("Study date")
    String date();

    @Message("Modalities")
    String modalities();

    @Message("What was asked for")
    String askedFor();

    @Message("State")
    String state();

    @Message("Images")
    String images();

    @Message("Last error")
    String lastError();

    @Message("{#when state}{#is 'PENDING'}on its way{#is 'RETRIEVED'}here{#else}not fetched{/when}")
    String stateOf(String state);

    @Message("Look again")
    String again();

    @Message("Earlier studies in archives")
    String earlier();

    @Message("Ask {archive} for earlier studies")
    String askFor(String archive);

    @Message(
            "By Patient ID and issuer, before the day of this study. Of what is not here the latest are sent, no more than {most} at once, and none of other modalities, or of which name, birth date or sex do not say that it is of this patient. They are judged as any study is, and are on the worklist then.")
    String earlierMeans(int most);

    @Message(
            "No archive was asked: {#when came}{#is BUSY}a search in it is under way. Look again in a moment.{#is UNDATED}this study has no Study Date, and which are earlier cannot be told.{#is NO_KEY}Patient ID or issuer hold a character that an archive takes for a pattern, or are too long.{#else}it cannot be told which studies are of the patient.{/when}")
    String notAsked(Came came);

    @Message("{archive} was asked by {who}, {when}:")
    String asked(String archive, String who, String when);

    @Message("it lists no earlier study of this Patient ID.")
    String noneListed();

    @Message(
            "{found} found, of which asked for: {asked}; on their way before: {underWay}; here before: {here}; of other modalities: {unlike}; not certain to be of this patient: {uncertain}, which are not fetched.")
    String listed(int found, int asked, int underWay, int here, int unlike, int uncertain);

    @Message(
            "Left out, since it lists them as another patient's or nobody's: {ids} under another Patient ID or none; {issuers} under another issuer or none.")
    String leftOut(int ids, int issuers);

    @Message("Left for later: {left}. Ask again once the others are here.")
    String left(int left);

    @Message("nothing was fetched:")
    String failed();
}
