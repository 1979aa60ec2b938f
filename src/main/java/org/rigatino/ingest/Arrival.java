package org.rigatino.ingest;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.rigatino.dicom.StoreRequest;
import org.rigatino.persistence.Instance;
import org.rigatino.rule.Subject;

/**
 * An instance whose file is durable and whose row is not.
 *
 * @param received the file under its own name
 * @param location of the file, as the row names it
 * @param at to the microsecond, as PostgreSQL keeps it
 */
record Arrival(
        StoreRequest request, InstanceHeader header, InstanceStore.Received received, String location, Instant at) {
    static Arrival now(StoreRequest request, InstanceHeader header, InstanceStore.Received received, String location) {
        return new Arrival(request, header, received, location, Instant.now().truncatedTo(ChronoUnit.MICROS));
    }

    /** What rules of the house may ask. */
    Subject asked() {
        return isAdopted() ? header.asked() : header.asked().sentBy(request.callingAeTitle());
    }

    /** Whether nobody knows who sent it. */
    boolean isAdopted() {
        return request.callingAeTitle().equals(Instance.ADOPTED);
    }

    String studyUid() {
        return header.studyInstanceUid();
    }

    String sopUid() {
        return header.sopInstanceUid();
    }

    String sha256() {
        return received.sha256();
    }
}
