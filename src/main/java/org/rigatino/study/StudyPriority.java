package org.rigatino.study;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rigatino.finding.AgainstNormals;
import org.rigatino.finding.ImageFinding;
import org.rigatino.finding.JudgedSlice;
import org.rigatino.finding.Priority;
import org.rigatino.finding.SlicePlace;
import org.rigatino.finding.StudyFinding;
import org.rigatino.finding.StudyJudge;
import org.rigatino.image.FrameReference;
import org.rigatino.persistence.AgainstNormalStudies;
import org.rigatino.persistence.Finding;
import org.rigatino.persistence.Study;

/** What the findings of a study make of its priority. */
@ApplicationScoped
class StudyPriority {
    @Inject
    StudyJudge judge;

    /**
     * Sets percentile and priority of a revision. Slices of its other revisions are neighbours too where a release with
     * normal studies judged them; no volume is known where those were marked by other settings, whose level may be another.
     * Where no release that judged it is in service any more, a judgement that there is stays.
     *
     * @param own findings of the revision, one at least
     * @param others of the study's other revisions
     */
    void write(Study study, List<Finding> own, List<Finding> others) {
        if (study.priority != null
                && own.stream().noneMatch(row -> judge.model(row.modelDigest).isPresent())) {
            return;
        }
        StudyFinding finding = judged(study, own, others);
        study.percentile = finding.percentile();
        study.priority = finding.priority().name();
        study.againstNormalStudies =
                finding.againstNormals().map(this::recorded).orElse(null);
    }

    /**
     * Whether these alone would make the revision less urgent than the record says.
     *
     * @param own findings of the revision, one at least
     * @param others of the study's other revisions
     */
    boolean wouldFall(Study study, List<Finding> own, List<Finding> others) {
        return study.priority != null
                && judged(study, own, others).priority().compareTo(Priority.valueOf(study.priority)) > 0;
    }

    private StudyFinding judged(Study study, List<Finding> own, List<Finding> others) {
        List<JudgedSlice> slices = own.stream().map(row -> slice(study, row)).toList();
        List<String> digests = own.stream().map(row -> row.modelDigest).toList();
        Set<String> settings = own.stream().map(row -> row.configurationDigest).collect(Collectors.toSet());
        List<JudgedSlice> neighbours = others.stream()
                .filter(row -> digests.contains(row.modelDigest))
                .map(row -> settings.contains(row.configurationDigest)
                        ? slice(study, row)
                        : slice(study, row).withoutArea())
                .toList();
        return judge.judge(slices, neighbours).orElseThrow();
    }

    private AgainstNormalStudies recorded(AgainstNormals study) {
        OptionalDouble millilitres = study.series().millilitres();
        return new AgainstNormalStudies(
                study.pValue(),
                study.normalStudies(),
                study.beyond(),
                study.falseAlarms(),
                study.series().score(),
                millilitres.isPresent() ? millilitres.getAsDouble() : null,
                study.series().seriesInstanceUid(),
                judge.model(study.series().modelDigest()).orElseThrow(),
                study.series().modelDigest());
    }

    private static JudgedSlice slice(Study study, Finding row) {
        FrameReference reference = new FrameReference(
                study.studyInstanceUid,
                row.instance.seriesInstanceUid,
                row.instance.sopInstanceUid,
                row.instance.sopClassUid,
                row.frameNumber);
        boolean placed = Stream.of(row.normalX, row.normalY, row.normalZ, row.slicePosition)
                .allMatch(Objects::nonNull);
        return new JudgedSlice(
                new ImageFinding(reference, row.modelDigest, row.score, row.percentile, row.flagged, new float[0]),
                placed
                        ? Optional.of(new SlicePlace(row.normalX, row.normalY, row.normalZ, row.slicePosition))
                        : Optional.empty(),
                row.markedArea == null ? OptionalDouble.empty() : OptionalDouble.of(row.markedArea));
    }

    static void place(JudgedSlice slice, Finding row) {
        slice.place().ifPresent(place -> {
            row.normalX = place.x();
            row.normalY = place.y();
            row.normalZ = place.z();
            row.slicePosition = place.position();
        });
        slice.markedArea().ifPresent(area -> row.markedArea = area);
    }
}
