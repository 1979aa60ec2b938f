package org.rigatino.worker;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.rigatino.finding.AgainstNormals;
import org.rigatino.finding.StudyFinding;
import org.rigatino.finding.StudyJudge;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.persistence.Instance;
import org.rigatino.persistence.StudyStage;
import org.rigatino.pipeline.SilentJudgement;
import org.rigatino.pipeline.SilentJudgement.Judged;
import org.rigatino.pipeline.SourceFile;
import org.rigatino.pipeline.StageException;
import org.rigatino.release.ReleaseRuns.Claimed;
import org.rigatino.release.ReleaseRuns.Outcome;
import org.rigatino.release.ReleaseRuns.Said;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.ModelReleases;
import org.rigatino.restore.WarmModels;
import org.rigatino.result.SiteResultConfiguration;
import org.rigatino.rule.RulesInForce;

/** What a release in shadow makes of a study, from its files as received. Writes nothing. */
@ApplicationScoped
class ShadowJudge {
    private static final double NANOS = 1e9;

    @Inject
    Models models;

    @Inject
    HeldReleases held;

    @Inject
    StudyJudge judge;

    @Inject
    IngestConfiguration ingest;

    @Inject
    SiteResultConfiguration results;

    @Inject
    RulesInForce rules;

    /** On the thread that calls; the release is opened where it is not warm. */
    Outcome judge(Claimed study, ModelRelease release, BehindStudies pace) throws StageException {
        WarmModels shadow = models.over(ModelReleases.serving(List.of(release), List.of()));
        held.open(shadow, release);
        Path store = ingest.store();
        Judged judged = new SilentJudgement(shadow, rules.latest(), results, pace)
                .judge(study.files().stream()
                        .map(file -> new SourceFile(
                                file.instance(),
                                file.sopInstanceUid(),
                                store.resolve(file.location()),
                                Optional.of(file.sha256()),
                                sender(file.callingAeTitle())))
                        .toList());
        if (judged.frames().isEmpty() && judged.failed() > 0) {
            throw new StageException(
                    StudyStage.IMAGE,
                    "none of " + judged.failed() + " files could be read; the first: " + judged.firstFailure(),
                    null);
        }
        return outcome(judged, pace);
    }

    /** Empty where it is not known. */
    static Optional<String> sender(String callingAeTitle) {
        return Optional.of(callingAeTitle).filter(title -> !title.equals(Instance.ADOPTED));
    }

    private Outcome outcome(Judged judged, BehindStudies pace) {
        Optional<StudyFinding> finding = judge.judge(
                judged.frames().stream().map(SilentJudgement.JudgedFrame::slice).toList(), List.of());
        return new Outcome(
                judged.frames().stream().map(ShadowJudge::said).toList(),
                judged.refused(),
                judged.failed(),
                judged.drawingSeconds(),
                pace.worked() / NANOS,
                finding.map(StudyFinding::percentile).orElse(null),
                finding.map(found -> found.priority().name()).orElse(null),
                finding.flatMap(StudyFinding::againstNormals)
                        .map(AgainstNormals::pValue)
                        .orElse(null));
    }

    private static Said said(SilentJudgement.JudgedFrame frame) {
        return new Said(
                frame.instance(),
                frame.slice().finding().reference().frameNumber(),
                frame.slice().finding().score(),
                frame.slice().finding().percentile(),
                frame.slice().finding().flagged());
    }
}
