package org.rigatino.ingest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.identity.IdentityRows;
import org.rigatino.identity.Statement;
import org.rigatino.ingest.InstanceRecord.Result;
import org.rigatino.ingest.InstanceStatements.Came;
import org.rigatino.ingest.InstanceStatements.NewRow;
import org.rigatino.ingest.InstanceStatements.Revision;
import org.rigatino.ingest.InstanceStatements.Version;
import org.rigatino.patient.PatientIdentity;
import org.rigatino.persistence.Instance;
import org.rigatino.persistence.Instance.Outcome;
import org.rigatino.persistence.StudyState;
import org.rigatino.rule.HouseRules;
import org.rigatino.rule.RulesInForce;

/**
 * Rows of instances, several in one transaction and few statements. The row of a study's first revision is the lock
 * under which all its rows are added; several are taken in the order of their ids, so that processes cannot deadlock.
 */
@ApplicationScoped
public class InstanceRows {
    @Inject
    DataSource dataSource;

    @Inject
    AuditTrail audit;

    @Inject
    IdentityRows identities;

    @Inject
    RulesInForce rules;

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
        events.addAll(identities.record(
                statements(arrivals, results), arrivals.get(arrivals.size() - 1).at()));
        audit.append(events);
        return results;
    }

    /** Of what is on record from now on and no work of Rigatino's. */
    private static List<Statement> statements(List<Arrival> arrivals, List<Result> results) {
        return IntStream.range(0, arrivals.size())
                .filter(i -> results.get(i) == Result.ADDED)
                .mapToObj(i -> arrivals.get(i).header())
                .filter(header -> !header.ownOutput() && header.identity() != null)
                .map(header -> new Statement(header.studyInstanceUid(), header.identity()))
                .toList();
    }

    private List<Result> add(InstanceStatements statements, List<Arrival> arrivals, List<AuditTrail.Event> events)
            throws SQLException {
        List<String> studies =
                arrivals.stream().map(Arrival::studyUid).distinct().sorted().toList();
        List<String> instances =
                arrivals.stream().map(Arrival::sopUid).distinct().toList();
        Set<String> empty =
                statements.lock(studies, arrivals.get(arrivals.size() - 1).at());
        Map<String, List<Version>> versions = statements.versions(instances);
        Set<String> outputs = statements.outputs(instances);
        Map<String, Revision> revisions = statements.latest(studies);
        List<Result> results = new ArrayList<>();
        List<NewRow> fresh = new ArrayList<>();
        Map<Long, Came> received = new TreeMap<>();
        Set<String> returned = new HashSet<>();
        Set<String> again = new TreeSet<>();
        for (Arrival arrival : arrivals) {
            List<Version> known = versions.computeIfAbsent(arrival.sopUid(), uid -> new ArrayList<>());
            if (!known.isEmpty()) {
                Result result = compare(known, arrival);
                results.add(result);
                if (result.isKnown()) {
                    returned.add(arrival.location());
                    again.add(arrival.studyUid());
                }
                if (result != Result.GONE) {
                    events.addAll(sentAgain(statements, known, arrival));
                }
                continue;
            }
            boolean own = arrival.header().ownOutput() || outputs.contains(arrival.sopUid());
            Revision revision = revisions.get(arrival.studyUid());
            if (revision.state() != StudyState.RECEIVING && !own) {
                revision = statements.next(arrival.studyUid(), revision, arrival.at());
                revisions.put(arrival.studyUid(), revision);
            }
            NewRow row = own
                    ? new NewRow(revision.id(), arrival, Outcome.OWN_OUTPUT, "made by Rigatino: recorded, not restored")
                    : new NewRow(revision.id(), arrival, Outcome.PENDING, null);
            fresh.add(row);
            known.add(row.version());
            empty.remove(arrival.studyUid());
            if (own) {
                again.add(arrival.studyUid());
                events.add(new AuditTrail.Event(
                        EventKind.OWN_OUTPUT_RECEIVED,
                        arrival.studyUid(),
                        arrival.sopUid(),
                        "from " + arrival.request().callingAeTitle() + ": recorded, not restored"));
            } else {
                received.merge(revision.id(), came(arrival), (before, now) -> before.and(now.last(), now.urgency()));
            }
            results.add(Result.ADDED);
        }
        if (!empty.isEmpty()) {
            statements.withdraw(empty);
        }
        statements.returned(again, returned);
        statements.cameAgain(again, arrivals.get(arrivals.size() - 1).at());
        statements.insert(fresh);
        statements.received(received);
        return results;
    }

    private Came came(Arrival arrival) {
        HouseRules latest = rules.latest();
        return new Came(
                arrival.at(),
                latest.isEmpty() ? null : latest.of(arrival.asked()).howSoon());
    }

    /** Who sends what was found in the instance store is taken for its sender: rules of the house may ask for that. */
    private static List<AuditTrail.Event> sentAgain(InstanceStatements statements, List<Version> known, Arrival arrival)
            throws SQLException {
        Optional<Version> same = known.stream()
                .filter(version -> version.adopted() && version.sha256().equals(arrival.sha256()))
                .findFirst();
        if (same.isEmpty() || arrival.isAdopted()) {
            return List.of();
        }
        statements.sentBy(same.get().location(), arrival.request().callingAeTitle());
        return List.of(new AuditTrail.Event(
                EventKind.INSTANCE_ADOPTED,
                same.get().studyUid(),
                arrival.sopUid(),
                "sent again by " + arrival.request().callingAeTitle() + ", which is taken for its sender"));
    }

    /**
     * Each SOP Instance UID on record has one version in force, or had when it was first received. Under the study's lock, which
     * retention takes too: it may have deleted the file after that had got its name.
     */
    private static Result compare(List<Version> known, Arrival arrival) {
        for (Version version : known) {
            if (version.sha256().equals(arrival.sha256())) {
                if (!Files.exists(arrival.received().file())) {
                    return Result.GONE;
                }
                return version.inForce() ? Result.KNOWN : Result.KNOWN_ASIDE;
            }
        }
        return new Result(
                Result.Kind.OTHER_VERSION,
                known.stream().filter(Version::inForce).findFirst().orElse(known.get(0)));
    }

    /**
     * Puts an instance on record beside the version that is in force. Where it names another patient, it goes into a
     * revision that is judged: whose the study is, is in doubt then. Commits before it returns.
     *
     * @param reason {@link Instance#OTHER_CONTENT}, or the rule of who is the patient
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void setAside(Arrival arrival, Version inForce, String reason, String detail) {
        try (Connection connection = dataSource.getConnection()) {
            if (!setAside(new InstanceStatements(connection), arrival, inForce, reason)) {
                return;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot record received instances: " + e.getMessage(), e);
        }
        List<AuditTrail.Event> events = new ArrayList<>();
        events.add(new AuditTrail.Event(EventKind.INSTANCE_SET_ASIDE, inForce.studyUid(), arrival.sopUid(), detail));
        InstanceHeader header = arrival.header();
        if (header.identity() != null && header.studyInstanceUid().equals(inForce.studyUid())) {
            events.addAll(
                    identities.record(List.of(new Statement(inForce.studyUid(), header.identity())), arrival.at()));
        }
        audit.append(events);
    }

    /**
     * Deletes the file of other bytes of what is there, which are not kept again: under the study's lock, and not where the same
     * bytes that came at once have been put on record, whose file it is.
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void recognised(Arrival arrival, Version inForce) throws IOException {
        try (Connection connection = dataSource.getConnection()) {
            InstanceStatements statements = new InstanceStatements(connection);
            statements.lock(List.of(inForce.studyUid()), arrival.at());
            if (isOnRecord(statements, arrival)) {
                return;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot record received instances: " + e.getMessage(), e);
        }
        Files.deleteIfExists(arrival.received().file());
        audit.append(
                EventKind.INSTANCE_RECOGNISED,
                inForce.studyUid(),
                arrival.sopUid(),
                "from " + arrival.request().callingAeTitle() + " in transfer syntax "
                        + arrival.request().transferSyntaxUid()
                        + ": the same patient, attributes and pixels as in the file that is there, so not kept again; sha256 "
                        + arrival.sha256());
    }

    private static boolean isOnRecord(InstanceStatements statements, Arrival arrival) throws SQLException {
        return statements.versions(List.of(arrival.sopUid())).getOrDefault(arrival.sopUid(), List.of()).stream()
                .anyMatch(version -> version.sha256().equals(arrival.sha256()));
    }

    /**
     * False where the same bytes came meanwhile.
     *
     * @throws IllegalStateException where the same bytes came at once, and were recognised and deleted meanwhile
     */
    private static boolean setAside(InstanceStatements statements, Arrival arrival, Version inForce, String reason)
            throws SQLException {
        List<String> study = List.of(inForce.studyUid());
        statements.lock(study, arrival.at());
        if (isOnRecord(statements, arrival)) {
            return false;
        }
        if (!Files.exists(arrival.received().file())) {
            throw new IllegalStateException("instance " + arrival.sopUid()
                    + " came twice at once, and one of them was recognised: it is compared when it is sent again");
        }
        long revision = inForce.study();
        if (reason.equals(PatientIdentity.RULE)) {
            Revision latest = statements.latest(study).get(inForce.studyUid());
            if (latest.state() != StudyState.RECEIVING) {
                latest = statements.next(inForce.studyUid(), latest, arrival.at());
            }
            revision = latest.id();
            statements.received(Map.of(revision, new Came(arrival.at(), null)));
        }
        statements.cameAgain(study, arrival.at());
        statements.insert(List.of(new NewRow(revision, arrival, Outcome.SET_ASIDE, reason)));
        return true;
    }
}
