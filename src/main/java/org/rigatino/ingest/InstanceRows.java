package org.rigatino.ingest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.dicom.StoreStatus;
import org.rigatino.ingest.InstanceRecord.Result;
import org.rigatino.ingest.InstanceStatements.NewRow;
import org.rigatino.ingest.InstanceStatements.Revision;
import org.rigatino.persistence.Instance.Outcome;
import org.rigatino.persistence.StudyState;

/**
 * Rows of instances, several in one transaction and few statements. The row of a study's first revision is the lock
 * under which all its rows are added; several are taken in the order of their UIDs, so that processes cannot deadlock.
 */
@ApplicationScoped
public class InstanceRows {
    @Inject
    DataSource dataSource;

    @Inject
    AuditTrail audit;

    /** Commits before it returns, all or nothing. Results are in the arrivals' order. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public List<Result> add(List<Arrival> arrivals) {
        List<AuditTrail.Event> events = new ArrayList<>();
        List<Result> results;
        try (Connection connection = dataSource.getConnection()) {
            results = add(new InstanceStatements(connection), arrivals, events);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot record received instances: " + e.getMessage(), e);
        }
        audit.append(events);
        return results;
    }

    private static List<Result> add(
            InstanceStatements statements, List<Arrival> arrivals, List<AuditTrail.Event> events) throws SQLException {
        List<String> studies =
                arrivals.stream().map(Arrival::studyUid).distinct().sorted().toList();
        List<String> instances =
                arrivals.stream().map(Arrival::sopUid).distinct().toList();
        statements.lock(studies, arrivals.get(arrivals.size() - 1).at());
        Map<String, String> digests = statements.digests(instances);
        Set<String> outputs = statements.outputs(instances);
        Map<String, Revision> revisions = statements.latest(studies);
        List<Result> results = new ArrayList<>();
        List<NewRow> fresh = new ArrayList<>();
        Map<Long, Arrival> received = new TreeMap<>();
        for (Arrival arrival : arrivals) {
            String known = digests.putIfAbsent(arrival.sopUid(), arrival.sha256());
            if (known != null) {
                results.add(compare(known, arrival, events));
                continue;
            }
            boolean own = arrival.header().ownOutput() || outputs.contains(arrival.sopUid());
            Revision revision = revisions.get(arrival.studyUid());
            if (revision.state() != StudyState.RECEIVING && !own) {
                revision = statements.next(arrival.studyUid(), revision, arrival.at());
                revisions.put(arrival.studyUid(), revision);
            }
            fresh.add(new NewRow(revision.id(), arrival, own ? Outcome.OWN_OUTPUT : Outcome.PENDING));
            if (own) {
                events.add(new AuditTrail.Event(
                        EventKind.OWN_OUTPUT_RECEIVED,
                        arrival.studyUid(),
                        arrival.sopUid(),
                        "from " + arrival.request().callingAeTitle() + ": recorded, not restored"));
            } else {
                received.put(revision.id(), arrival);
            }
            results.add(Result.ADDED);
        }
        statements.returned(studies);
        statements.insert(fresh);
        statements.received(received);
        return results;
    }

    private static Result compare(String known, Arrival arrival, List<AuditTrail.Event> events) {
        if (known.equals(arrival.sha256())) {
            return Result.KNOWN;
        }
        String detail = StoreStatus.DUPLICATE_SOP_INSTANCE + " to "
                + arrival.request().callingAeTitle()
                + ": an instance of this UID is stored with other bytes; received sha256 " + arrival.sha256();
        events.add(new AuditTrail.Event(EventKind.INSTANCE_REFUSED, arrival.studyUid(), arrival.sopUid(), detail));
        return Result.CONFLICT;
    }
}
