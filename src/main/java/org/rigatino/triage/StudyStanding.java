package org.rigatino.triage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.rigatino.finding.Priority;
import org.rigatino.persistence.Finding;
import org.rigatino.persistence.Instance;
import org.rigatino.persistence.Reopening;
import org.rigatino.persistence.Reopening.Cause;
import org.rigatino.persistence.Reopening.News;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyState;
import org.rigatino.persistence.WorklistEntry;

/** What the revisions of a study come to together. */
@ApplicationScoped
class StudyStanding {
    @Inject
    EntityManager entities;

    /**
     * Of all revisions with an outcome that still stands.
     *
     * @param judged null where none was judged
     * @param highest null where none was judged
     * @param deciding the revision that is furthest beyond the normal studies; null where none was set against any
     * @param troubled the latest that failed, or was refused for its patient's identity or as unlike, or null
     * @param unjudged whether anything of it that may be urgent was not judged: a delivery that failed, or is not proved, leaves
     *     the judgement, so it takes no study out of its place
     * @param revisions in their order
     * @param unlike ids of the revisions with an image that is too unlike its release's normal ones to be judged
     * @param unread ids of the revisions with an image that should have been restored and could not be
     */
    record Standing(
            int revision,
            Priority judged,
            Finding highest,
            Study deciding,
            Study troubled,
            boolean unjudged,
            List<Study> revisions,
            Set<Long> unlike,
            Set<Long> unread,
            int seen,
            int restored,
            int failed) {
        private Priority priority() {
            return judged == null || unjudged && judged != Priority.HIGH ? Priority.UNJUDGED : judged;
        }

        /**
         * What is new and must be looked at; null where nothing is.
         *
         * @param came the revision that has come to an outcome
         * @param before codes of what {@link #told} was of it when it was taken in last
         */
        News raisedFrom(WorklistEntry entry, Study came, List<String> before) {
            if (judged != null && (entry.judged == null || judged.compareTo(entry.judged) < 0)) {
                return News.raised((entry.judged == null ? Priority.UNJUDGED : entry.judged).name(), judged.name());
            }
            return told(came).stream()
                    .filter(what -> !before.contains(what.code()))
                    .findFirst()
                    .orElse(null);
        }

        /** What of a revision is to be looked at whatever others came to; nothing where it is superseded. */
        List<News> told(Study came) {
            if (!revisions.contains(came)) {
                return List.of();
            }
            // What is judged again was there to be looked at before.
            boolean late = came.rerunId == null;
            boolean isUnlike = unlike.contains(came.id);
            return Stream.of(
                            isTroubled(came) || isRefused(came) && isUnlike ? trouble(came) : null,
                            late && isUnlike ? News.of(Cause.UNLIKE) : null,
                            late && unread.contains(came.id) ? News.of(Cause.UNREAD) : null,
                            late && Priority.HIGH.name().equals(came.priority) ? News.of(Cause.HIGH) : null)
                    .filter(Objects::nonNull)
                    .toList();
        }

        /** The same as far as it holds now; empty where it does not any more. */
        Optional<Reopening> holding(Reopening told) {
            if (told.cause() == Cause.RAISED) {
                return judged != null && told.detail().endsWith(" " + judged)
                        ? Optional.of(Reopening.of(judging(told.revision()), told.news(), told.after()))
                        : Optional.empty();
            }
            return revisions.stream()
                    .filter(study -> told.revision().equals(study.revision))
                    .findFirst()
                    .flatMap(study -> Optional.ofNullable(holding(study, told.news())))
                    .map(what -> Reopening.of(told.revision(), what, told.after()));
        }

        /** A revision that the priority is of: this one where it is, as another may have taken its place. */
        private int judging(int revision) {
            List<Integer> all = revisions.stream()
                    .filter(study -> judged.name().equals(study.priority))
                    .map(study -> study.revision)
                    .toList();
            return all.contains(revision) ? revision : all.get(0);
        }

        private News holding(Study study, News what) {
            boolean holds = what.cause() == Cause.UNLIKE && unlike.contains(study.id)
                    || what.cause() == Cause.UNREAD && unread.contains(study.id)
                    || what.cause() == Cause.HIGH && Priority.HIGH.name().equals(study.priority);
            return holds ? what : isTroubled(study) || unlike.contains(study.id) ? trouble(study) : null;
        }

        /** Null where there is none. */
        private static News trouble(Study study) {
            return switch (study.state()) {
                case REFUSED -> new News(Cause.REFUSED, study.refusalRule());
                case FAILED -> new News(Cause.FAILED, study.failedStage());
                default -> null;
            };
        }

        void write(WorklistEntry entry) {
            entry.revision = revision;
            entry.priority = priority();
            entry.judged = judged;
            entry.finding = highest;
            entry.deciding = deciding;
            entry.beyond = deciding == null ? 0 : deciding.againstNormalStudies.beyond();
            entry.troubled = troubled;
            entry.imagesSeen = seen;
            entry.imagesRestored = restored;
            entry.imagesFailed = failed;
        }
    }

    /** Empty where nothing of the study was judged or went wrong: out of every model's scope, or own outputs alone. */
    Optional<Standing> of(String studyInstanceUid) {
        List<Study> revisions = entities
                .createQuery("from Study where studyInstanceUid = :uid order by revision", Study.class)
                .setParameter("uid", studyInstanceUid)
                .getResultList()
                .stream()
                .filter(study -> study.supersededAt == null && hasOutcome(study))
                .toList();
        Priority judged = revisions.stream()
                .filter(study -> study.priority != null)
                .map(study -> Priority.valueOf(study.priority))
                .min(Comparator.naturalOrder())
                .orElse(null);
        Set<Long> unlike = with(studyInstanceUid, Instance.UNLIKE);
        Set<Long> unread = with(studyInstanceUid, "i.outcome = 'FAILED'");
        List<Study> troubled = revisions.stream()
                .filter(study -> isTroubled(study) || isRefused(study) && unlike.contains(study.id))
                .toList();
        if (judged == null && troubled.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Standing(
                revisions.get(revisions.size() - 1).revision,
                judged,
                judged == null ? null : highest(studyInstanceUid),
                deciding(revisions),
                troubled.isEmpty() ? null : troubled.get(troubled.size() - 1),
                troubled.stream().anyMatch(study -> !study.isJudgedAndUndelivered())
                        || revisions.stream().anyMatch(study -> unlike.contains(study.id) || unread.contains(study.id)),
                revisions,
                unlike,
                unread,
                revisions.stream().mapToInt(study -> study.imagesSeen).sum(),
                revisions.stream().mapToInt(study -> study.imagesRestored).sum(),
                failed(studyInstanceUid)));
    }

    private static Study deciding(List<Study> revisions) {
        Comparator<Study> urgent = Comparator.comparing((Study study) -> study.againstNormalStudies.pValue())
                .thenComparing(study -> -study.againstNormalStudies.beyond());
        return revisions.stream()
                .filter(study -> study.priority != null && study.againstNormalStudies != null)
                .min(urgent)
                .orElse(null);
    }

    /** Whether anything of it is still to come to an outcome. */
    boolean isUnderWay(String studyInstanceUid) {
        return entities
                .createQuery("from Study where studyInstanceUid = :uid", Study.class)
                .setParameter("uid", studyInstanceUid)
                .getResultList()
                .stream()
                .anyMatch(study -> !hasOutcome(study));
    }

    private static boolean hasOutcome(Study study) {
        return study.state().isOutcome()
                || study.state() == StudyState.DELIVERING
                || study.state() == StudyState.DELIVERED;
    }

    private static boolean isTroubled(Study study) {
        return study.state() == StudyState.FAILED
                || isRefused(study) && Study.PATIENT_IDENTITY.equals(study.refusalRule());
    }

    private static boolean isRefused(Study study) {
        return study.state() == StudyState.REFUSED;
    }

    /** Ids of the study's revisions with an image that is so. */
    private Set<Long> with(String studyInstanceUid, String image) {
        return new HashSet<>(entities.createNativeQuery(
                        "select distinct s.id from instance i join study s on s.id = i.study_id"
                                + " where s.study_instance_uid = :uid and " + image,
                        Long.class)
                .setParameter("uid", studyInstanceUid)
                .getResultList());
    }

    private Finding highest(String studyInstanceUid) {
        return entities.createQuery(
                        "from Finding f join fetch f.instance i where i.study.studyInstanceUid = :uid" + " and "
                                + Finding.STANDS + Finding.RANKED,
                        Finding.class)
                .setParameter("uid", studyInstanceUid)
                .setMaxResults(1)
                .getSingleResultOrNull();
    }

    private int failed(String studyInstanceUid) {
        return entities.createQuery(
                        "select count(*) from Instance where study.studyInstanceUid = :uid and outcome = :failed",
                        Long.class)
                .setParameter("uid", studyInstanceUid)
                .setParameter("failed", Instance.Outcome.FAILED)
                .getSingleResult()
                .intValue();
    }
}
