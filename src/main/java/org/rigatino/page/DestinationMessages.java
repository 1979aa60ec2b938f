package org.rigatino.page;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** What the page of a destination says, in English; German is in {@code messages/destinations_de.properties}. */
@MessageBundle(value = "destinations", locale = "en")
public interface DestinationMessages {
    @Message("Add a destination")
    String add();

    @Message("Destination {name}")
    String named(String name);

    @Message("Change")
    String change();

    @Message("Change {name}")
    String changeNamed(String name);

    @Message("From the configuration, which is changed there")
    String byFile();

    @Message("Set here by {person}")
    String addedBy(String person);

    @Message("Paused: what is for it waits")
    String paused();

    @Message("What was set here under this name is not in force: the configuration has one of the name.")
    String overridden();

    @Message("An archive that is to receive results by DICOM. It must let AE title {aeTitle} store there.")
    String means(String aeTitle);

    @Message("Name, as it is to be shown here")
    String name();

    @Message("1 to 32 small letters, digits and hyphens; it stays")
    String nameHint();

    @Message("Host name or address")
    String host();

    @Message("Port")
    String port();

    @Message("AE title")
    String title();

    @Message("Proof that it holds what it took")
    String proof();

    @Message("storage commitment")
    String byCommitment();

    @Message("query (C-FIND)")
    String byQuery();

    @Message("none: studies end as delivered, not confirmed")
    String withoutProof();

    @Message("What it receives")
    String objects();

    @Message("What it must take")
    String essential();

    @Message(
            "The refusal of anything else is recorded and fails no study. Where nothing is ticked: the first of what it receives.")
    String essentialHint();

    @Message("TLS and waits")
    String more();

    @Message("TLS by quarkus.tls.NAME, which the configuration has: NAME, or empty for none")
    String tls();

    @Message("Longest wait for the connection, in seconds")
    String connect();

    @Message("Longest wait for an answer, in seconds")
    String response();

    @Message("Test")
    String test();

    @Message("Save")
    String save();

    @Message("Saved. In force in every process within two seconds, without a restart.")
    String saved();

    @Message("Not done:")
    String refused();

    @Message("Pause")
    String pause();

    @Message("Go on")
    String resume();

    @Message("While it is paused nothing is sent or proved there; what is restored waits.")
    String pauseMeans();

    @Message("Remove")
    String remove();

    @Message(
            "{#if open == 0}Nothing is on its way to it.{#else if open == 1}One delivery to it is open and would be cancelled.{#else}{open} deliveries to it are open and would be cancelled.{/if} A study that has arrived nowhere else fails then, and can be replayed.")
    String removeMeans(long open);

    @Message(
            "{#if open == 0}Remove {name}{#else if open == 1}Remove {name} and cancel one delivery{#else}Remove {name} and cancel {open} deliveries{/if}")
    String agree(String name, long open);

    @Message(
            "{#if open == 1}Send one delivery, which is open of an archive that was named {name} before, to this{#else}Send {open} deliveries, which are open of an archive that was named {name} before, to this{/if}")
    String inherit(String name, long open);

    @Message("The configuration goes on delivering to the one that it has of this name.")
    String removeOverridden();

    @Message("Back to the administration")
    String back();
}
