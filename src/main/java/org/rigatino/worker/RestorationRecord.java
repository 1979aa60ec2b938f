package org.rigatino.worker;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.deliver.Outbox;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.FrameReference;
import org.rigatino.persistence.Finding;
import org.rigatino.persistence.Instance;
import org.rigatino.persistence.Output;
import org.rigatino.persistence.Study;
import org.rigatino.pipeline.FrameRefusals;
import org.rigatino.result.ConfigurationDigest;
import org.rigatino.result.ResultConfiguration;
import org.rigatino.study.StudyLife;
import org.rigatino.worker.RestoredStudy.KeptFrame;
import org.rigatino.worker.RestoredStudy.SeriesObject;
import org.rigatino.worker.RestoredStudy.StoredObject;

/** Writes what a study came to. Rows that are there from an earlier run stay, and their files are the ones sent. */
@ApplicationScoped
public class RestorationRecord {
    @Inject
    EntityManager entities;

    @Inject
    Outbox outbox;

    /** A study that is run again may find that everything is delivered already. */
    @Inject
    StudyLife life;

    @Inject
    StudyOutcome outcome;

    @Inject
    ResultConfiguration configuration;

    @Inject
    AuditTrail audit;

    /** Within the caller's transaction, on a study that it has locked. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void write(Study study, RestoredStudy result) {
        Map<Long, Instance> instances = instances(study);
        result.refused().forEach((instance, frames) -> refuse(instances.get(instance.id()), frames));
        result.failed()
                .forEach((instance, cause) -> settle(instances.get(instance.id()), Instance.Outcome.FAILED, cause));
        List<Output> fresh = writeRestored(study, instances, result);
        List<Output> outputs = outputs(study);
        outbox.add(study, outputs);
        outcome.settle(study, instances.values(), findings(study));
        audit.append(fresh.stream()
                .map(output -> new AuditTrail.Event(
                        EventKind.OUTPUT_WRITTEN,
                        study.studyInstanceUid,
                        output.sopInstanceUid,
                        origin(output) + " to sha256 " + output.sha256))
                .toList());
        outcome.audit(study, result.refusedBesides());
        life.delivered(List.of(study.id));
    }

    private static String origin(Output output) {
        if (output.finding != null) {
            Finding finding = output.finding;
            return "from " + finding.instance.sopInstanceUid + " sha256 " + finding.instance.sha256 + " by model "
                    + finding.modelDigest;
        }
        Finding first = output.findings.iterator().next();
        return "from " + output.findings.size() + " findings in series " + first.instance.seriesInstanceUid
                + " by model " + first.modelDigest;
    }

    /** Where some of its frames are restored, they say so afterwards. */
    private static void refuse(Instance instance, FrameRefusals frames) {
        settle(instance, Instance.Outcome.REFUSED, frames.rules());
        instance.outcomeDetail = frames.detail(true).orElse(null);
    }

    private static void settle(Instance instance, Instance.Outcome outcome, String reason) {
        instance.outcome = outcome;
        instance.outcomeReason = reason;
    }

    private List<Output> writeRestored(Study study, Map<Long, Instance> instances, RestoredStudy result) {
        Map<String, Finding> findings = new HashMap<>();
        findings(study)
                .forEach(row -> findings.put(
                        key(row.instance, row.frameNumber, row.modelDigest, row.configurationDigest), row));
        Map<String, Output> outputs =
                outputs(study).stream().collect(Collectors.toMap(row -> row.sopInstanceUid, Function.identity()));
        List<Output> fresh = new ArrayList<>();
        Instant now = Instant.now();
        Map<FrameReference, Finding> byFrame = new HashMap<>();
        for (KeptFrame restoration : result.restored()) {
            Instance instance = instances.get(restoration.instance().id());
            settle(instance, Instance.Outcome.RESTORED, null);
            instance.outcomeDetail = Optional.ofNullable(result.refused().get(restoration.instance()))
                    .flatMap(frames -> frames.detail(false))
                    .orElse(null);
            Finding finding = finding(instance, restoration, now);
            finding = Objects.requireNonNullElse(
                    findings.get(key(instance, finding.frameNumber, finding.modelDigest, finding.configurationDigest)),
                    finding);
            byFrame.put(restoration.finding().reference(), finding);
            for (StoredObject object : restoration.objects()) {
                if (!outputs.containsKey(object.sopInstanceUid())) {
                    if (finding.id == null) {
                        entities.persist(finding);
                    }
                    Output output = output(study, object, now);
                    output.finding = finding;
                    fresh.add(output);
                }
            }
        }
        for (SeriesObject series : result.series()) {
            if (!outputs.containsKey(series.object().sopInstanceUid())) {
                Output output = output(study, series.object(), now);
                series.frames().forEach(frame -> output.findings.add(byFrame.get(frame)));
                fresh.add(output);
            }
        }
        // After all findings: rows of one kind in succession go to the database together.
        fresh.forEach(entities::persist);
        return fresh;
    }

    private static String key(Instance instance, int frameNumber, String modelDigest, String configurationDigest) {
        return instance.id + " " + frameNumber + " " + modelDigest + " " + configurationDigest;
    }

    private Finding finding(Instance instance, KeptFrame restoration, Instant now) {
        ImageFinding found = restoration.finding();
        Finding finding = new Finding();
        finding.instance = instance;
        finding.frameNumber = found.reference().frameNumber();
        finding.modelName = restoration.modelName();
        finding.modelVersion = restoration.modelVersion();
        finding.modelDigest = found.modelDigest();
        finding.configurationDigest = ConfigurationDigest.of(configuration);
        finding.score = found.score();
        finding.percentile = found.percentile();
        finding.flagged = found.flagged();
        finding.createdAt = now;
        return finding;
    }

    private static Output output(Study study, StoredObject object, Instant now) {
        Output output = new Output();
        output.study = study;
        output.kind = object.kind();
        output.sopInstanceUid = object.sopInstanceUid();
        output.sopClassUid = object.sopClassUid();
        output.seriesInstanceUid = object.seriesInstanceUid();
        output.location = object.file().location();
        output.sha256 = object.file().sha256();
        output.bytes = object.file().bytes();
        output.createdAt = now;
        return output;
    }

    private Map<Long, Instance> instances(Study study) {
        return entities.createQuery("from Instance where study = :study order by id", Instance.class)
                .setParameter("study", study)
                .getResultStream()
                .collect(Collectors.toMap(row -> row.id, Function.identity()));
    }

    private List<Finding> findings(Study study) {
        return entities.createQuery("from Finding f where f.instance.study = :study", Finding.class)
                .setParameter("study", study)
                .getResultList();
    }

    private List<Output> outputs(Study study) {
        return entities.createQuery("from Output o left join fetch o.finding where o.study = :study", Output.class)
                .setParameter("study", study)
                .getResultList();
    }
}
