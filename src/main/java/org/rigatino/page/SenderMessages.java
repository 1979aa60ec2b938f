package org.rigatino.page;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** What the page of administration says of senders and users, in English; German is in {@code messages/senders_de.properties}. */
@MessageBundle(value = "senders", locale = "en")
public interface SenderMessages {
    @Message("Senders")
    String senders();

    @Message(
            "{aeTitle} listens at {host}{#if port != 0}, port {port}{/if}{#if tls}, over TLS{#if certificates} with certificates of senders{/if}{/if}.")
    String listens(String aeTitle, String host, int port, boolean tls, boolean certificates);

    @Message("Calling AE titles")
    String titles();

    @Message("Addresses")
    String addresses();

    @Message("All are served: the configuration has no list.")
    String all();

    @Message("from the configuration")
    String byFile();

    @Message("added by {person}")
    String addedBy(String person);

    @Message("Remove")
    String remove();

    @Message("Take out {value}")
    String removeNamed(String value);

    @Message("One more AE title")
    String oneTitle();

    @Message("Address of one more machine")
    String oneAddress();

    @Message("Add")
    String add();

    @Message(
            "Where both lists are there, a sender needs to be on both. In force at once; associations under way end by themselves.")
    String means();

    @Message(
            "{#when what}{#is DESTINATION_REMOVED}{name} is removed.{#is SENDER_ADDED}{name} is added and may send.{#else}{name} is taken out. Associations under way end by themselves.{/when}")
    String changed(AdministrationOutcome.Changed.What what, String name);

    @Message("Users")
    String users();

    @Message("Roles")
    String roles();

    @Message("State")
    String stateOf();

    @Message("Nobody has been added: who signs in does so by an identity provider, or nobody needs to.")
    String noUsers();
}
