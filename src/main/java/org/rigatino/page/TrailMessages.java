package org.rigatino.page;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** What the page of the audit trail says, in English; German is in {@code messages/trail_de.properties}. */
@MessageBundle(value = "trail", locale = "en")
public interface TrailMessages {
    @Message("Studies of a patient")
    String ofPatient();

    @Message("Find studies")
    String findStudies();

    @Message("No study is recorded of anyone like that.")
    String noStudyOf();

    @Message("Audit")
    String audit();

    @Message("Audit trail")
    String auditTrail();

    @Message("Proof")
    String proof();

    @Message("The last row of the trail:")
    String lastRow();

    @Message(
            "This page proves nothing of the whole trail, and does not know when the command below was last run: that command leaves no row. It reads the trail from the first row to the last; with anchors that were kept elsewhere, rewriting is found too.")
    String whatProves();

    @Message("Each row shown matches its own hash.")
    String rowsFit();

    @Message(
            "{#if rows == 1}One of the rows shown does not match its hash: it was{#else}{rows} of the rows shown do not match their hash: they were{/if} changed. Prove the trail at once.")
    String rowsBroken(long rows);

    @Message("Does not match its hash")
    String brokenRow();

    @Message("Which events")
    String filter();

    @Message("From (UTC)")
    String fromDay();

    @Message("Before (UTC)")
    String beforeDay();

    @Message("Kind")
    String kind();

    @Message("any")
    String anyKind();

    @Message("Who")
    String actor();

    @Message("Study or instance UID")
    String studyUid();

    @Message("When (UTC)")
    String when();

    @Message("Show")
    String show();

    @Message("Show all")
    String showAll();

    @Message("Export these as CSV")
    String export();

    @Message("Looking and exporting are recorded here too.")
    String recorded();

    @Message("{rows} of {#if more}more than {/if}{total} events, the latest first")
    String caption(int rows, long total, boolean more);

    @Message("No event.")
    String none();

    @Message("Row")
    String row();

    @Message("About")
    String subject();

    @Message("Latest")
    String latest();

    @Message("Earlier")
    String earlier();

    @Message("text of these rules")
    String rulesText();
}
