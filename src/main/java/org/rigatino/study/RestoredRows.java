package org.rigatino.study;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.FrameReference;
import org.rigatino.persistence.Finding;
import org.rigatino.persistence.Instance;
import org.rigatino.persistence.Output;
import org.rigatino.persistence.Study;
import org.rigatino.result.ObjectKind;
import org.rigatino.study.Restored.InstanceResult;
import org.rigatino.study.Restored.JudgedFrame;
import org.rigatino.study.Restored.KeptObject;
import org.rigatino.study.Restored.SeriesObject;

/**
 * Writes what a study came to. Rows that are there from an earlier run stay, and their files are the ones sent where the same
 * release judged with the same settings; see {@link StandingFindings} where another did.
 */
@ApplicationScoped
class RestoredRows {
    @Inject
    EntityManager entities;

    @Inject
    Routing routing;

    /** A study that is run again may find that everything is delivered already. */
    @Inject
    DeliveryOutcome deliveries;

    @Inject
    StandingFindings standing;

    @Inject
    Judgement judgement;

    @Inject
    AuditTrail audit;

    /** Within the caller's transaction, on a study that it has locked. */
    @Transactional(Transactional.TxType.MANDATORY)
    void write(Study study, Restored result) {
        Map<Long, Instance> instances = instances(study);
        List<Finding> before = standing.of(study);
        result.instances().forEach(came -> settle(instances.get(came.instance()), came));
        List<Output> fresh = writeRestored(study, instances, result);
        List<Finding> now = standing.of(study);
        study.ruledDestinations = result.ruledDestinations().orElse(null);
        route(study, before, now, result.asked());
        judgement.settle(study, instances.values(), now, standing.ofOthers(study));
        OutputOrigin origin = new OutputOrigin(instances.values());
        audit.append(fresh.stream()
                .map(output -> new AuditTrail.Event(
                        EventKind.OUTPUT_WRITTEN,
                        study.studyInstanceUid,
                        output.sopInstanceUid,
                        origin.of(output) + " to sha256 " + output.sha256))
                .toList());
        judgement.audit(study, result);
        deliveries.settle(List.of(study.id));
    }

    private void route(Study study, List<Finding> before, List<Finding> now, Map<String, Set<ObjectKind>> asked) {
        Set<Finding> set = new HashSet<>(now);
        Map<Boolean, List<Output>> outputs = standing.outputs(study).stream()
                .collect(Collectors.partitioningBy(row -> StandingFindings.stands(row, set)));
        standing.withdraw(study, before, outputs.get(false));
        routing.add(study, outputs.get(true), asked);
    }

    private static void settle(Instance instance, InstanceResult came) {
        instance.outcome = came.outcome();
        instance.outcomeReason = came.reason();
        instance.outcomeDetail = came.detail();
    }

    private List<Output> writeRestored(Study study, Map<Long, Instance> instances, Restored result) {
        Map<String, Finding> findings = new HashMap<>();
        List<Finding> earlier = findings(study);
        earlier.forEach(row -> findings.put(key(row), row));
        Map<String, Output> outputs = standing.outputs(study).stream()
                .collect(Collectors.toMap(row -> row.sopInstanceUid, Function.identity()));
        List<Output> fresh = new ArrayList<>();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        Instant judged = behind(earlier, now);
        Map<FrameReference, Finding> byFrame = new HashMap<>();
        for (JudgedFrame frame : result.frames()) {
            Instance instance = instances.get(frame.instance());
            Finding finding = finding(instance, frame, result.configurationDigest(), judged);
            finding = Objects.requireNonNullElse(findings.get(key(finding)), finding);
            byFrame.put(frame.finding().reference(), finding);
            for (KeptObject object : frame.objects()) {
                if (!outputs.containsKey(object.sopInstanceUid())) {
                    if (finding.id == null) {
                        entities.persist(finding);
                    }
                    Output output = object.output(study, now);
                    output.finding = finding;
                    fresh.add(output);
                }
            }
        }
        for (SeriesObject series : result.series()) {
            if (!outputs.containsKey(series.object().sopInstanceUid())) {
                Output output = series.object().output(study, now);
                series.frames().forEach(frame -> output.findings.add(byFrame.get(frame)));
                fresh.add(output);
            }
        }
        renew(byFrame.values(), earlier, judged);
        // After all findings: rows of one kind in succession go to the database together.
        fresh.forEach(entities::persist);
        standing.replace(study, result, new HashSet<>(byFrame.values()), outputs.values(), now);
        return fresh;
    }

    /** What was judged last stands, by whichever worker's clock: one that is fast does not make its findings stand for good. */
    private static Instant behind(List<Finding> earlier, Instant now) {
        return earlier.stream()
                .map(row -> row.createdAt.plus(1, ChronoUnit.MICROS))
                .filter(now::isBefore)
                .max(Comparator.naturalOrder())
                .orElse(now);
    }

    /** Where others judged the same images before, it is these that did so last. */
    private static void renew(Collection<Finding> judged, List<Finding> earlier, Instant now) {
        Set<Finding> same = new HashSet<>(judged);
        Set<Long> others = earlier.stream()
                .filter(row -> !same.contains(row))
                .map(row -> row.instance.id)
                .collect(Collectors.toSet());
        judged.stream().filter(row -> others.contains(row.instance.id)).forEach(row -> row.createdAt = now);
    }

    private static String key(Finding row) {
        return row.instance.id + " " + row.frameNumber + " " + row.modelDigest + " " + row.configurationDigest + " "
                + row.joinedWith;
    }

    private static Finding finding(Instance instance, JudgedFrame frame, String configurationDigest, Instant now) {
        ImageFinding found = frame.finding();
        Finding finding = new Finding();
        finding.instance = instance;
        finding.frameNumber = found.reference().frameNumber();
        finding.modelName = frame.modelName();
        finding.modelVersion = frame.modelVersion();
        finding.modelDigest = found.modelDigest();
        finding.configurationDigest = configurationDigest;
        finding.joinedFrames(found.joinedWith().stream()
                .map(beside -> beside.sopInstanceUid() + " " + beside.frameNumber())
                .toList());
        finding.score = found.score();
        finding.percentile = found.percentile();
        finding.flagged = found.flagged();
        finding.createdAt = now;
        StudyPriority.place(frame.slice(), finding);
        return finding;
    }

    private Map<Long, Instance> instances(Study study) {
        return entities
                .createQuery("from Instance where study = :study order by id", Instance.class)
                .setParameter("study", study)
                .getResultList()
                .stream()
                .collect(Collectors.toMap(row -> row.id, Function.identity()));
    }

    private List<Finding> findings(Study study) {
        return entities.createQuery("from Finding f where f.instance.study = :study", Finding.class)
                .setParameter("study", study)
                .getResultList();
    }
}
