package org.rigatino.study;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.persistence.Delivery;
import org.rigatino.persistence.Finding;
import org.rigatino.persistence.Output;
import org.rigatino.persistence.Study;
import org.rigatino.result.ObjectKind;

/**
 * What of a study counts: of each image what the run that judged it last said, by {@link Finding#STANDS}. Between two runs another
 * release may have been promoted, or a setting changed. Within the caller's transaction.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
class StandingFindings {
    private static final String NOT_SENT = "withdrawn: another release, or other settings, judged its image since";

    private static final Set<Delivery.State> OPEN =
            EnumSet.of(Delivery.State.PENDING, Delivery.State.SENT, Delivery.State.FAILED);

    @Inject
    EntityManager entities;

    @Inject
    AuditTrail audit;

    List<Finding> of(Study study) {
        return entities.createQuery(
                        "from Finding f join fetch f.instance i where i.study = :study and " + Finding.STANDS,
                        Finding.class)
                .setParameter("study", study)
                .getResultList();
    }

    /** Of revisions that still stand. */
    List<Finding> ofOthers(Study study) {
        return entities.createQuery(
                        "from Finding f join fetch f.instance i where i.study.studyInstanceUid = :uid and i.study <> :study"
                                + " and i.study.supersededAt is null and " + Finding.STANDS,
                        Finding.class)
                .setParameter("uid", study.studyInstanceUid)
                .setParameter("study", study)
                .getResultList();
    }

    /** As {@link Output#STANDS}: an object of several frames only where each of them stands, since it tells of all. */
    static boolean stands(Output output, Set<Finding> standing) {
        return output.finding == null ? standing.containsAll(output.findings) : standing.contains(output.finding);
    }

    /**
     * What has not gone out is not sent; what an archive has, it keeps, and the trail says so.
     *
     * @param before what stood before this run
     * @param all that do not stand; a rejection note among them goes on: what it says stays true
     */
    void withdraw(Study study, Collection<Finding> before, List<Output> all) {
        List<Output> outputs = all.stream()
                .filter(output -> output.kind != ObjectKind.REJECTION_NOTE)
                .toList();
        if (outputs.isEmpty()) {
            return;
        }
        Set<Long> ids = outputs.stream().map(output -> output.id).collect(Collectors.toSet());
        List<Delivery> rows = entities.createQuery("from Delivery where study = :study order by id", Delivery.class)
                .setParameter("study", study)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .filter(row -> ids.contains(row.output.id))
                .toList();
        List<Delivery> open =
                rows.stream().filter(row -> OPEN.contains(row.state)).toList();
        open.forEach(StandingFindings::cancel);
        Set<Finding> stood = new HashSet<>(before);
        if (!open.isEmpty() || outputs.stream().anyMatch(output -> stands(output, stood))) {
            audit.append(withdrawn(study, outputs, rows, open.size()));
        }
    }

    private static void cancel(Delivery row) {
        row.state = Delivery.State.CANCELLED;
        row.transactionUid = null;
        row.lastError = NOT_SENT;
    }

    private static AuditTrail.Event withdrawn(Study study, List<Output> outputs, List<Delivery> rows, int open) {
        Set<String> models =
                outputs.stream().map(StandingFindings::model).collect(Collectors.toCollection(TreeSet::new));
        String sent = rows.stream()
                .filter(row -> row.sentAt != null)
                .collect(Collectors.groupingBy(row -> row.destination, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining(", "));
        return new AuditTrail.Event(
                EventKind.RESULTS_WITHDRAWN,
                study.studyInstanceUid,
                "revision " + study.revision,
                outputs.size() + " objects of " + String.join(", ", models)
                        + ": another release, or other settings, judged"
                        + " since; objects that archives have taken, which name their release and stay there: "
                        + (sent.isEmpty() ? "none" : sent) + "; deliveries ended: " + open);
    }

    private static String model(Output output) {
        Finding first = first(output);
        return "model " + first.modelName + "/" + first.modelVersion + " " + first.modelDigest + " with settings "
                + first.configurationDigest;
    }

    private static Finding first(Output output) {
        return output.finding == null ? output.findings.iterator().next() : output.finding;
    }
}
