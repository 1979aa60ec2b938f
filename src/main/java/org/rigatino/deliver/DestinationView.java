package org.rigatino.deliver;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.rigatino.result.ObjectKind;

/**
 * An archive and what is still on its way to it. Of one that is not configured any more only the name and the counts are
 * there.
 *
 * @param kind whether {@code aeTitle}, {@code host} and {@code port} say where it is, or {@code url}
 * @param place who is where, in one line, as what is sent again is asked for
 * @param tls whether it is reached over TLS
 * @param pending deliveries that were not tried yet
 * @param retried deliveries that were tried and are tried again
 * @param sent deliveries that were taken and not proved yet
 * @param essential of the objects, those whose refusal is a failure
 * @param declined deliveries that were refused and are not essential
 * @param notesForElsewhere rejection notes, declined or cancelled, for another place than where it is now, or for nobody knows where: they
 *     are not sent again
 * @param repeatable declined or cancelled deliveries that are sent again where somebody says so; 1001 where they are more than 1000, which is
 *     as many as go at once
 * @param againElsewhere declined or cancelled deliveries that are not sent again, since another place than where it is now declined them, or they were
 *     cancelled for it; where {@code repeatable} is more than 1000 there may be more
 * @param failed deliveries that are not tried any more until their study is replayed
 * @param byFile whether it is in the configuration of this process, which nobody changes here
 * @param added what an administrator added under the name; not in force where {@code byFile}; null where nobody did
 */
public record DestinationView(
        String name,
        boolean configured,
        DestinationKind kind,
        String aeTitle,
        String host,
        int port,
        String url,
        String place,
        boolean tls,
        List<ObjectKind> objects,
        List<ObjectKind> essential,
        DeliverConfiguration.Proof proof,
        long pending,
        long retried,
        long sent,
        long declined,
        long notesForElsewhere,
        long repeatable,
        long againElsewhere,
        long failed,
        boolean byFile,
        AddedDestination added) {
    /** One that was entered, and need not be there. */
    public static DestinationView entered(String name, DestinationSettings settings) {
        return new DestinationView(
                name,
                true,
                DestinationKind.DICOM,
                settings.aeTitle(),
                settings.host(),
                settings.port(),
                null,
                settings.place(),
                settings.tls() != null,
                settings.objects(),
                List.copyOf(settings.essential()),
                settings.commitment(),
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                false,
                null);
    }

    /** Deliveries that are not at their end, or failed: what a removal cancels. */
    @JsonIgnore
    public long open() {
        return pending + retried + sent + failed;
    }

    /** Whether what was added under the name gives way to the configuration. */
    public boolean overridden() {
        return byFile && added != null;
    }

    /** Whether nothing is sent there for now. */
    @JsonIgnore
    public boolean isPaused() {
        return !byFile && added != null && added.paused();
    }

    /** By which it is tested. */
    public String service() {
        return kind == DestinationKind.DICOMWEB ? "QIDO-RS" : "C-ECHO";
    }

    /** Whether {@code url} says where it is. */
    public boolean overHttp() {
        return kind == DestinationKind.DICOMWEB;
    }
}
