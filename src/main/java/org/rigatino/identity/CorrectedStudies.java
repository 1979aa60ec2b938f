package org.rigatino.identity;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.identity.PatientCorrections.Sender;

/** Shows anew the studies that a message is of, behind {@link IdentityLocks#ofMessages}. */
final class CorrectedStudies {
    private CorrectedStudies() {}

    /**
     * @param kept what came in one message and counts, with what the trail calls each
     * @return for the trail, what became of each
     */
    static List<AuditTrail.Event> show(
            Connection connection, Sender sender, Map<PatientMessage, String> kept, Instant at) throws SQLException {
        List<AuditTrail.Event> events = new ArrayList<>();
        String[] ids = kept.keySet().stream()
                .flatMap(message -> Stream.of(PatientCorrections.ids(message)))
                .distinct()
                .toArray(String[]::new);
        JoinedStudies joined = JoinedStudies.of(connection, ids);
        IdentityLocks.ofStudies(connection, joined.studies());
        Map<PatientMessage, String> changing = new LinkedHashMap<>(kept);
        for (String study : joined.studies()) {
            ShownRows.Change change = ShownRows.show(connection, study, at);
            Set<PatientMessage> applied = change.correction().applied();
            boolean anApplied = kept.keySet().stream().anyMatch(applied::contains);
            for (Map.Entry<PatientMessage, String> one : kept.entrySet()) {
                if (change.changed() && (!anApplied || applied.contains(one.getKey()))) {
                    events.add(sender.event(study, EventKind.PATIENT_CORRECTED, one.getValue()));
                    changing.remove(one.getKey());
                }
                Correction.Doubt doubt = change.correction().of(one.getKey());
                if (doubt != null) {
                    String why = one.getValue() + ", " + doubt;
                    events.add(sender.event(study, EventKind.PATIENT_NOT_CORRECTED, why));
                    changing.remove(one.getKey());
                }
            }
        }
        changing.values()
                .forEach(detail -> events.add(
                        sender.event(null, EventKind.PATIENT_CORRECTED, detail + ", which changes no study now")));
        if (!joined.all()) {
            kept.values()
                    .forEach(detail -> events.add(sender.event(
                            null, EventKind.PATIENT_NOT_CORRECTED, detail + ", " + JoinedStudies.TOO_MANY)));
        }
        return events;
    }
}
