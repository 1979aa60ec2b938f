package org.rigatino.ingest;

import io.smallrye.common.net.Inet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.net.InetAddress;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.rigatino.access.Actor;
import org.rigatino.access.PersonsAct;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.dicom.AeTitle;

/**
 * Who may send to the listener: by the configuration, and what an administrator adds to its lists, each act with its audit
 * row in one transaction. A list that the configuration has not is open to all and is not begun here; a network is for the
 * configuration alone: so nothing that is done here opens the listener to more than the one who is named.
 */
@ApplicationScoped
@PersonsAct
public class Senders {
    @Inject
    IngestConfiguration configuration;

    @Inject
    SendersOnRecord record;

    @Inject
    AuditTrail audit;

    /**
     * How it stands.
     *
     * @param aeTitle ours
     * @param host where the listener is, by the configuration of this process
     * @param port by the same; 0 for any free one
     * @param tls whether it speaks TLS
     * @param certificates whether senders must have one
     * @param callingAeTitles of the configuration; null where all are served
     * @param remoteAddresses of the configuration; null where all are served
     */
    @Schema(name = "Senders")
    public record View(
            String aeTitle,
            String host,
            int port,
            boolean tls,
            boolean certificates,
            Set<String> callingAeTitles,
            Set<String> remoteAddresses,
            List<AddedSender> added) {}

    public View view() {
        boolean tls = configuration.tls().name().isPresent();
        return new View(
                configuration.aeTitle(),
                configuration.host(),
                tls ? configuration.tls().port() : configuration.port(),
                tls,
                tls && configuration.tls().clientCertificate() == IngestConfiguration.ClientCertificate.REQUIRED,
                configured(AddedSender.Kind.AE_TITLE),
                configured(AddedSender.Kind.ADDRESS),
                record.all());
    }

    private Set<String> configured(AddedSender.Kind kind) {
        Set<String> list = (kind == AddedSender.Kind.AE_TITLE
                        ? configuration.callingAeTitles()
                        : configuration.remoteAddresses())
                .orElse(Set.of());
        return list.isEmpty() ? null : new TreeSet<>(list);
    }

    /**
     * @throws IllegalArgumentException where it is no AE title, or not the address of one machine
     * @throws IllegalStateException where it may send already, or the configuration has no such list
     */
    @Transactional
    public AddedSender add(AddedSender.Kind kind, String typed, Actor by) {
        String value = checked(kind, typed);
        Set<String> list = configured(kind);
        if (list == null) {
            throw SenderReason.NO_LIST.conflict(property(kind));
        }
        record.lock();
        List<AddedSender> before = record.all();
        if (list.contains(value) || has(before, kind, value)) {
            throw SenderReason.THERE_ALREADY.conflict(value);
        }
        record.add(kind, value, by.name());
        List<AddedSender> after = record.all();
        told(EventKind.SENDER_ADDED, kind, value, before, after, by);
        return after.stream()
                .filter(sender -> sender.kind() == kind && sender.value().equals(value))
                .findFirst()
                .orElseThrow();
    }

    /** @throws NoSuchElementException where nobody added it */
    @Transactional
    public void remove(AddedSender.Kind kind, String value, Actor by) {
        record.lock();
        List<AddedSender> before = record.all();
        if (!has(before, kind, value)) {
            throw SenderReason.NOT_ADDED.unknown(value, property(kind));
        }
        record.remove(kind, value);
        told(EventKind.SENDER_REMOVED, kind, value, before, record.all(), by);
    }

    private static boolean has(List<AddedSender> all, AddedSender.Kind kind, String value) {
        return all.stream()
                .anyMatch(sender -> sender.kind() == kind && sender.value().equals(value));
    }

    private static String property(AddedSender.Kind kind) {
        return kind == AddedSender.Kind.AE_TITLE ? "calling-ae-titles" : "remote-addresses";
    }

    /** As the listener compares it. */
    private static String checked(AddedSender.Kind kind, String typed) {
        String value = typed == null ? "" : typed.strip();
        if (kind == AddedSender.Kind.AE_TITLE) {
            if (!AeTitle.isValid(value)) {
                throw SenderReason.NO_AE_TITLE.wrong(value);
            }
            return value;
        }
        InetAddress address = Inet.parseInetAddress(value);
        if (address == null || address.isAnyLocalAddress() || address.isMulticastAddress()) {
            throw SenderReason.NO_ADDRESS.wrong(value);
        }
        return SendersOnRecord.written(address);
    }

    private void told(
            EventKind kind,
            AddedSender.Kind list,
            String value,
            List<AddedSender> before,
            List<AddedSender> after,
            Actor by) {
        audit.append(by.did(new AuditTrail.Event(
                kind,
                null,
                value,
                "added to " + property(list) + " before: " + values(before, list) + "; after: "
                        + values(after, list))));
    }

    private static String values(List<AddedSender> all, AddedSender.Kind kind) {
        List<String> values = all.stream()
                .filter(sender -> sender.kind() == kind)
                .map(AddedSender::value)
                .toList();
        return values.isEmpty() ? "none" : String.join(", ", values);
    }
}
