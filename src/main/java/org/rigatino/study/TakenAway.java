package org.rigatino.study;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rigatino.persistence.Finding;
import org.rigatino.persistence.Instance;
import org.rigatino.persistence.Instance.Outcome;
import org.rigatino.persistence.Study;
import org.rigatino.study.Restored.InstanceResult;

/**
 * What a study came to stands though an instance cannot be read any more, or a rule of today, or the release that serves instead,
 * refuses what makes the study urgent: a refusal says nothing of what was found. Within the caller's transaction.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
class TakenAway {
    private static final Comparator<Finding> RANK =
            Comparator.<Finding, Boolean>comparing(row -> row.flagged).thenComparing(row -> row.percentile);

    @Inject
    EntityManager entities;

    @Inject
    StandingFindings standing;

    @Inject
    StudyPriority priority;

    /**
     * Why the results of a restored study may not be replaced by these.
     *
     * @return empty where they may; what is refused then was not flagged, the study is as urgent without, and something of it
     *     was judged besides
     */
    Optional<String> away(Study study, Restored result) {
        Map<Long, InstanceResult> came =
                result.instances().stream().collect(Collectors.toMap(InstanceResult::instance, Function.identity()));
        return came.values().stream()
                .filter(one -> one.outcome() == Outcome.FAILED)
                .map(one -> entities.find(Instance.class, one.instance()))
                .filter(row -> row.outcome == Outcome.RESTORED)
                .findFirst()
                .map(row -> unreadable(row, came.get(row.id)))
                .or(() -> notJudged(study, came.keySet(), result)
                        .map(found -> notJudged(found, came.get(found.instance.id))));
    }

    /** The most abnormal of what was found in frames that are not judged now, where it may not go. */
    private Optional<Finding> notJudged(Study study, Set<Long> claimed, Restored result) {
        if (study.restoredAt == null) {
            return Optional.empty();
        }
        Set<String> judged = result.frames().stream()
                .map(frame ->
                        frame.instance() + " " + frame.finding().reference().frameNumber())
                .collect(Collectors.toSet());
        List<Finding> kept = new ArrayList<>(standing.of(study));
        List<Finding> lost = kept.stream()
                .filter(row -> claimed.contains(row.instance.id))
                .filter(row -> !judged.contains(row.instance.id + " " + row.frameNumber))
                .toList();
        kept.removeAll(lost);
        return lost.stream().max(RANK).filter(row -> row.flagged || kept.isEmpty() || lessUrgent(study, kept));
    }

    private boolean lessUrgent(Study study, List<Finding> kept) {
        return priority.wouldFall(study, kept, standing.ofOthers(study));
    }

    private static String unreadable(Instance row, InstanceResult came) {
        return notOnceMore(row, came)
                + "; what the study came to stands: bring back its file as received, or the encoded ones under"
                + " rigatino.deliver.outputs, then replay the study";
    }

    private static String notJudged(Finding found, InstanceResult came) {
        return notOnceMore(found.instance, came) + "; what " + found.modelName + "/" + found.modelVersion
                + " found of it stands, and is not sent: promote a release that judges it, or take back what has it refused"
                + " since, as a rule of the house, or, where that release serves still, bring back the encoded files under"
                + " rigatino.deliver.outputs, then replay the study";
    }

    private static String notOnceMore(Instance row, InstanceResult came) {
        return "instance " + row.sopInstanceUid + ", which was restored before, cannot be restored once more: "
                + Stream.of(came.reason(), came.detail())
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining(", "));
    }
}
