package org.rigatino.identity;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.identity.PatientCorrections.Sender;

/** Shows anew the studies that a message is of, behind {@link IdentityLocks#ofMessages}. */
final class CorrectedStudies {
    private CorrectedStudies() {}

    /** A message that counts, with its number and what the trail calls it. */
    record Kept(long id, PatientMessage message, String detail) {}

    /**
     * So many as one transaction may; others are due.
     *
     * @param kept what came in one message
     * @return for the trail, what became of each
     */
    static List<AuditTrail.Event> show(Connection connection, Sender sender, List<Kept> kept, Instant at)
            throws SQLException {
        String[] ids = kept.stream()
                .flatMap(one -> Stream.of(PatientCorrections.ids(one.message())))
                .distinct()
                .toArray(String[]::new);
        JoinedStudies joined = JoinedStudies.of(connection, ids);
        IdentityLocks.ofStudies(connection, joined.now());
        List<AuditTrail.Event> events = new ArrayList<>();
        Set<Kept> told = new HashSet<>();
        for (String study : joined.now()) {
            told.addAll(tell(study, ShownRows.show(connection, study, at), sender, kept, events));
        }
        DueStudies.add(connection, joined.later(), kept.stream().map(Kept::id).toList());
        for (Kept one : kept) {
            if (!joined.later().isEmpty()) {
                events.add(sender.event(null, EventKind.PATIENT_CORRECTED, one.detail() + joined.behind()));
            } else if (!told.contains(one)) {
                String detail = one.detail() + ", which changes no study now";
                events.add(sender.event(null, EventKind.PATIENT_CORRECTED, detail));
            }
            if (!joined.all()) {
                String detail = one.detail() + ", " + JoinedStudies.TOO_MANY;
                events.add(sender.event(null, EventKind.PATIENT_NOT_CORRECTED, detail));
            }
        }
        return events;
    }

    /**
     * What became of one study.
     *
     * @param events gets it
     * @return those that changed it, or are in doubt
     */
    static List<Kept> tell(
            String study, ShownRows.Change change, Sender sender, List<Kept> kept, List<AuditTrail.Event> events) {
        Set<PatientMessage> applied = change.correction().applied();
        boolean anApplied = kept.stream().map(Kept::message).anyMatch(applied::contains);
        List<Kept> told = new ArrayList<>();
        for (Kept one : kept) {
            boolean changes = change.changed()
                    && change.correction().ofAll() == null
                    && (!anApplied || applied.contains(one.message()));
            if (changes) {
                events.add(sender.event(study, EventKind.PATIENT_CORRECTED, one.detail()));
            }
            Correction.Doubt doubt = change.correction().of(one.message());
            if (doubt != null) {
                String lapsed = change.lapsed() ? ", and nothing that corrected the study before counts any more" : "";
                events.add(sender.event(study, EventKind.PATIENT_NOT_CORRECTED, one.detail() + ", " + doubt + lapsed));
            }
            if (changes || doubt != null) {
                told.add(one);
            }
        }
        return told;
    }
}
