package org.rigatino.study;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.rigatino.finding.StudyJudge;
import org.rigatino.persistence.Finding;
import org.rigatino.persistence.Study;
import org.rigatino.study.Restored.InstanceResult;

/**
 * A release with normal studies never falls back to the highest image (ADR 54), be it not at the worker that takes a study on
 * again: what it found stands beside what is new, and nobody here can judge the two. Within the caller's transaction.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
class AbsentJudges {
    @Inject
    Session entities;

    @Inject
    StandingFindings standing;

    @Inject
    StudyJudge judge;

    /** Why a revision cannot be judged here, and what to do; empty where it can. */
    Optional<String> of(Study study, Restored result) {
        Set<Long> anew =
                result.instances().stream().map(InstanceResult::instance).collect(Collectors.toSet());
        List<Finding> kept = standing.of(study).stream()
                .filter(row -> !anew.contains(row.instance.id))
                .filter(row -> judge.model(row.modelDigest).isEmpty())
                .toList();
        Set<String> judges = kept.isEmpty() ? Set.of() : withNormalStudies();
        return kept.stream()
                .filter(row -> judges.contains(row.modelDigest))
                .findFirst()
                .map(AbsentJudges::told);
    }

    /** Images of others are judged again by what serves, and keep nothing. */
    private Set<String> withNormalStudies() {
        return Set.copyOf(entities.createNativeQuery(
                        "select model_digest from release_standing where standing = 'SERVING' and normal_studies > 0",
                        String.class)
                .getResultList());
    }

    private static String told(Finding row) {
        return "model release " + row.modelName + "/" + row.modelVersion + ", sha256 " + row.modelDigest
                + ", serves, has judged images of this study against normal studies, and is not under"
                + " rigatino.restore.models of this worker, which cannot judge the study with what is new of it: put it there"
                + " and restart the worker, or promote another release, and replay the study";
    }
}
