package org.rigatino.study;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.persistence.Delivery;
import org.rigatino.persistence.Finding;
import org.rigatino.persistence.Output;
import org.rigatino.persistence.Study;
import org.rigatino.result.ObjectKind;
import org.rigatino.study.Restored.KeptObject;

/**
 * What of a study counts: of each image what the run that judged it last said, by {@link Finding#STANDS}. Between two runs another
 * release may have been promoted, or a setting changed. Within the caller's transaction.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
class StandingFindings {
    private static final String JUDGED_SINCE = "another release, or other settings, judged or refused its image since";

    private static final String MADE_ANEW =
            "a replay made other objects in its place, as another version of Rigatino does, or once a person has said whose a study is";

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
        return output.replacedAt == null && isOf(output, standing);
    }

    private static boolean isOf(Output output, Set<Finding> judged) {
        return output.finding == null ? judged.containsAll(output.findings) : judged.contains(output.finding);
    }

    /**
     * What was made of findings that a replay came to once more, and was not made again, does not stand beside what was. What is
     * of a kind that nobody asks for any more is not made, and stands.
     *
     * @param judged findings that this run came to
     * @param earlier what was made of the study before this run
     */
    void replace(Study study, Restored result, Set<Finding> judged, Collection<Output> earlier, Instant now) {
        Set<String> made = result.objects().map(KeptObject::sopInstanceUid).collect(Collectors.toSet());
        Set<ObjectKind> kinds = Stream.concat(
                        result.objects().map(KeptObject::kind),
                        result.asked().values().stream().flatMap(Set::stream))
                .filter(ObjectKind::isOfStudy)
                .collect(Collectors.toSet());
        earlier.stream()
                .filter(output -> made.contains(output.sopInstanceUid))
                .forEach(output -> output.replacedAt = null);
        List<Output> replaced = earlier.stream()
                .filter(output -> output.replacedAt == null && kinds.contains(output.kind))
                .filter(output -> !made.contains(output.sopInstanceUid) && isOf(output, judged))
                .toList();
        replaced.forEach(output -> output.replacedAt = now);
        if (!replaced.isEmpty()) {
            end(study, replaced, true, MADE_ANEW);
        }
    }

    /**
     * What has not gone out is not sent; what an archive has, it keeps, and the trail says so.
     *
     * @param before what stood before this run
     * @param all that do not stand; a rejection note among them goes on: what it says stays true. What was replaced is withdrawn
     *     already.
     */
    void withdraw(Study study, Collection<Finding> before, List<Output> all) {
        List<Output> outputs = all.stream()
                .filter(output -> output.kind != ObjectKind.REJECTION_NOTE && output.replacedAt == null)
                .toList();
        if (!outputs.isEmpty()) {
            Set<Finding> stood = new HashSet<>(before);
            end(study, outputs, outputs.stream().anyMatch(output -> stands(output, stood)), JUDGED_SINCE);
        }
    }

    /** @param stood whether any of them stood before this run */
    private void end(Study study, List<Output> outputs, boolean stood, String why) {
        Set<Long> ids = outputs.stream().map(output -> output.id).collect(Collectors.toSet());
        List<Delivery> rows = entities
                .createQuery("from Delivery where study = :study order by id", Delivery.class)
                .setParameter("study", study)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList()
                .stream()
                .filter(row -> ids.contains(row.output.id))
                .toList();
        List<Delivery> open =
                rows.stream().filter(row -> OPEN.contains(row.state)).toList();
        open.forEach(row -> cancel(row, why));
        if (stood || !open.isEmpty()) {
            audit.append(withdrawn(study, outputs, rows, open.size(), why));
        }
    }

    private static void cancel(Delivery row, String why) {
        row.state = Delivery.State.CANCELLED;
        row.transactionUid = null;
        row.lastError = "withdrawn: " + why;
    }

    private static AuditTrail.Event withdrawn(
            Study study, List<Output> outputs, List<Delivery> rows, int open, String why) {
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
                        + ": " + why + "; objects that archives have taken, which name their release and stay there: "
                        + (sent.isEmpty() ? "none" : sent) + "; deliveries ended: " + open);
    }

    private static String model(Output output) {
        Finding first = output.anyFinding();
        return "model " + first.modelName + "/" + first.modelVersion + " " + first.modelDigest + " with settings "
                + first.configurationDigest;
    }

    List<Output> outputs(Study study) {
        return entities.createQuery("from Output o left join fetch o.finding where o.study = :study", Output.class)
                .setParameter("study", study)
                .getResultList();
    }
}
