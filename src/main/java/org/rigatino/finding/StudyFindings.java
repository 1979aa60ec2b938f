package org.rigatino.finding;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rigatino.restore.NormalStudies;

/** What releases say of a whole study. */
public final class StudyFindings {
    private static final Comparator<AgainstNormals> RANK = Comparator.comparingDouble(AgainstNormals::pValue)
            .thenComparing(Comparator.comparingDouble(AgainstNormals::beyond).reversed());

    private StudyFindings() {}

    /**
     * Each release judges its slices: by series against its normal studies, or by the highest image where it has none.
     *
     * @param slices of one study
     * @param more that confirm or deny those where they are judged against normal studies, and say nothing elsewhere
     * @param normals of a release, by its digest
     * @return empty where there are no slices
     */
    public static Optional<StudyFinding> of(
            List<JudgedSlice> slices, List<JudgedSlice> more, Function<String, Optional<NormalStudies>> normals) {
        Map<String, List<JudgedSlice>> moreOf =
                by(more, slice -> slice.finding().modelDigest());
        List<AgainstNormals> against = new ArrayList<>();
        List<Priority> priorities = new ArrayList<>();
        by(slices, slice -> slice.finding().modelDigest()).forEach((digest, judged) -> {
            Optional<NormalStudies> ofRelease = normals.apply(digest);
            if (ofRelease.isPresent()) {
                List<JudgedSlice> all = new ArrayList<>(judged);
                all.addAll(moreOf.getOrDefault(digest, List.of()));
                AgainstNormals study = against(all, ofRelease.get());
                against.add(study);
                priorities.add(study.priority());
            } else {
                Findings.ofStudy(findings(judged)).ifPresent(highest -> priorities.add(highest.priority()));
            }
        });
        return Findings.ofStudy(findings(slices))
                .map(highest -> new StudyFinding(
                        highest.percentile(),
                        priorities.stream().min(Comparator.naturalOrder()).orElseThrow(),
                        highest.highest(),
                        against.stream().min(RANK)));
    }

    private static AgainstNormals against(List<JudgedSlice> slices, NormalStudies normals) {
        return by(slices, slice -> slice.finding().reference().seriesInstanceUid()).values().stream()
                .map(series -> SeriesFinding.of(series, normals.neighbours()))
                .reduce((first, second) -> second.score() > first.score() ? second : first)
                .map(highest -> AgainstNormals.of(highest, normals))
                .orElseThrow();
    }

    private static Map<String, List<JudgedSlice>> by(
            Collection<JudgedSlice> slices, Function<JudgedSlice, String> key) {
        return slices.stream().collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
    }

    private static List<ImageFinding> findings(List<JudgedSlice> slices) {
        return slices.stream().map(JudgedSlice::finding).toList();
    }
}
