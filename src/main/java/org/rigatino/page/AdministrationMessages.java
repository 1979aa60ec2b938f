package org.rigatino.page;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;
import org.rigatino.deliver.DeliverConfiguration;
import org.rigatino.deliver.DestinationView;
import org.rigatino.deliver.Echo;
import org.rigatino.workitem.WorkitemState;

/** What the page of those who operate says, in English; German is in {@code messages/administration_de.properties}. */
@MessageBundle(value = "administration", locale = "en")
public interface AdministrationMessages {
    @Message("Administration")
    String administration();

    @Message("Destinations")
    String destinations();

    @Message(
            "No destination is configured in this process, and none was added. Studies that arrive are kept and wait until there is one.")
    String noDestination();

    @Message("{aeTitle} at {host}:{port}")
    String at(String aeTitle, String host, int port);

    @Message("DICOMweb at {url}")
    String atUrl(String url);

    @Message("Workitems")
    String workitems();

    @Message("Service")
    String service();

    @Message("Last asked")
    String askedAt();

    @Message("Fails since")
    String failingSince();

    @Message("No workitem was claimed within a week.")
    String noWorkitem();

    @Message("Workitems that were claimed")
    String claimedWorkitems();

    @Message("Workitem")
    String workitem();

    @Message(
            "{#when state}{#is CLAIMING}Being claimed{#is IN_PROGRESS}In progress{#is COMPLETED}Completed{#is CANCELED}Canceled{#is LOST}Lost to another{#else}Given up: end it there{/when}")
    String workitemIs(WorkitemState state);

    @Message("Objects, proof")
    String objects();

    @Message(
            "{#when proof}{#is STORAGE_COMMITMENT}proved by storage commitment{#is QUERY}{#if overHttp}proved by QIDO-RS{#else}proved by C-FIND{/if}{#else}without proof{/when}")
    String proofOf(DeliverConfiguration.Proof proof, boolean overHttp);

    @Message("Waiting")
    String pending();

    @Message("Tried again")
    String retried();

    @Message("Unproved")
    String sent();

    @Message("Declined")
    String declined();

    @Message("Not configured any more. Configure it again, or cancel what is on its way to it.")
    String notConfigured();

    @Message("Cancel deliveries to {name}")
    String cancel(String name);

    @Message("Send to {name} what was declined or cancelled again ({deliveries})")
    String repeat(String name, long deliveries);

    @Message("Send to {name} what was declined or cancelled again (the first 1000)")
    String repeatFirst(String name);

    @Message(
            "Rejection notes that are not sent again: {notes}. They are for where {name} was before, or for nobody knows where; whoever keeps that archive rejects there by hand. The history of each study says which.")
    String notesForElsewhere(long notes, String name);

    @Message(
            "Declined or cancelled, and not sent again: {deliveries}. They were for where {name} was before; what goes there alone is sent again once {name} is put back.")
    String againElsewhere(long deliveries, String name);

    @Message("Failed")
    String failed();

    @Message("Test")
    String test();

    @Message("{service} to {name}")
    String echoTo(String service, String name);

    @Message("Asking {name} by {service}; this may take up to 40 seconds.")
    String asking(String service, String name);

    @Message("Rigatino does not answer. Try again.")
    String noAnswer();

    @Message("{name} is being asked already. Wait for the outcome.")
    String busy(String name);

    @Message("{#when outcome}"
            + "{#is ANSWERED}{to.name} answered C-ECHO after {millis} ms."
            + "{#is REJECTED}{to.name} rejected the association. See to it that it knows the AE title {aeTitle} from this address, and that its own is {to.aeTitle}, as it is set here."
            + "{#is NOT_OFFERED}{to.name} took the association and does not offer C-ECHO. Deliveries may arrive all the same: look at how they stand."
            + "{#is CONNECTION_REFUSED}Nothing takes connections at {to.host}:{to.port}. See whether {to.name} runs, whether the port is right, and whether a firewall is between."
            + "{#is UNKNOWN_HOST}No name server knows {to.host}. Correct its host, or the name server."
            + "{#is TLS}TLS with {to.name} failed. See whether it expects TLS at {to.host}:{to.port}, and whether its certificate names that host, is valid and is trusted by quarkus.tls; and ours there."
            + "{#is TIMEOUT}{to.name} did not answer in time, after {millis} ms. See whether it is at work, and whether a firewall drops packets to {to.host}:{to.port}."
            + "{#else}C-ECHO to {to.name} failed. See its log at this time, and whether DICOM is spoken at {to.host}:{to.port}."
            + "{/when}")
    String came(Echo.Outcome outcome, DestinationView to, String aeTitle, long millis);

    @Message("{#when outcome}"
            + "{#is ANSWERED}{to.name} answered QIDO-RS after {millis} ms."
            + "{#is REJECTED}{to.name} does not let Rigatino search. See to it that it knows the token, the user or the certificate of rigatino.deliver.destinations.{to.name}, and that they may store and search."
            + "{#is NOT_OFFERED}{to.name} answers, and does not search at {to.url}/studies. Set rigatino.deliver.destinations.{to.name}.url to the root that /studies follows."
            + "{#is CONNECTION_REFUSED}Nothing takes connections at {to.url}. See whether {to.name} runs, whether the port is right, and whether a firewall is between."
            + "{#is UNKNOWN_HOST}No name server knows the host of {to.url}. Correct rigatino.deliver.destinations.{to.name}.url, or the name server."
            + "{#is TLS}TLS with {to.name} failed. See whether it expects TLS at {to.url}, and whether its certificate names that host, is valid and is trusted by quarkus.tls; and ours there."
            + "{#is TIMEOUT}{to.name} did not answer in time, after {millis} ms. See whether it is at work, and whether a firewall drops packets to {to.url}."
            + "{#else}QIDO-RS at {to.name} failed. See its log at this time, and whether DICOMweb is spoken at {to.url}."
            + "{/when}")
    String cameOverHttp(Echo.Outcome outcome, DestinationView to, long millis);

    @Message("Met with:")
    String answer();

    @Message("{#if revisions == 1}One study revision is{#else}{revisions} study revisions are{/if} at work again.")
    String replayed(int revisions);

    @Message("Nothing was replayed: nothing of it has failed any more.")
    String nothingReplayed();

    @Message("Failed studies")
    String failedStudies();

    @Message(
            "Mend the cause first, then replay. What was restored is not restored again, and what is back at work leaves this list by itself.")
    String mendFirst();

    @Message("Nothing has failed.")
    String nothingFailed();

    @Message("The last {shown} of {all}")
    String failedOf(int shown, long all);

    @Message("Stage")
    String stage();

    @Message("Cause")
    String cause();

    @Message("Attempts")
    String attempts();

    @Message("Replay")
    String replay();

    @Message("Replay study {uid}")
    String replayStudy(String uid);

    @Message("Replay all that failed at {stage} ({revisions})")
    String replayStage(String stage, long revisions);

    @Message("Events of other producers that could not be used")
    String refusedEvents();

    @Message(
            "They lie in the Kafka topic rigatino.studies.external.dead and cannot be replayed here: let the producer send what the cause asks for.")
    String deadLetters();

    @Message("None.")
    String noRefusedEvents();

    @Message("Place")
    String place();
}
