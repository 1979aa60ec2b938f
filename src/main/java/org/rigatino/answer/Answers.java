package org.rigatino.answer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.rigatino.access.Actor;
import org.rigatino.access.PersonsAct;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.dicom.UnavailableFileException;
import org.rigatino.identity.IdentityLevel;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.persistence.Answer;
import org.rigatino.persistence.Finding;
import org.rigatino.persistence.Instance;

/**
 * What people say of findings. An answer names the finding and the answer that its author saw: where that finding does
 * not stand any more, or another answer is in force by now, it is refused, so that nobody takes a colleague's back unknowingly. Each is a row, and an event in its transaction.
 */
@ApplicationScoped
@PersonsAct
public class Answers {
    private static final Logger LOG = Logger.getLogger(Answers.class);

    /** Of a finding {@code f}. */
    static final String JUDGED_AGAIN = "exists (select 1 from Finding l where l.instance = f.instance"
            + " and l.frameNumber = f.frameNumber and l.modelDigest = f.modelDigest"
            + " and (l.createdAt > f.createdAt or l.createdAt = f.createdAt and l.id > f.id))";

    private static final String IN_FORCE = " not exists (select 1 from Answer later where later.revises = a.id)";

    private static final String OF_STUDY = " i.study.studyInstanceUid = :uid and i.outcome <>"
            + " org.rigatino.persistence.Instance.Outcome.SET_ASIDE";

    @Inject
    EntityManager entities;

    @Inject
    AnswerComments comments;

    @Inject
    IngestConfiguration ingest;

    @Inject
    AuditTrail audit;

    @Inject
    Event<AnswerGiven> given;

    /**
     * @return empty where no release judged the frame, or the study has no such image
     * @throws IllegalArgumentException where the request makes no sense by itself
     * @throws AnswerConflictException where it makes none with what is recorded
     */
    @Transactional
    public Optional<AnswerView> give(String studyInstanceUid, AnswerRequest request, Actor actor) {
        request.check();
        Optional<String> comment = CommentText.of(request.comment());
        Finding finding = locked(studyInstanceUid, request);
        if (finding == null) {
            return Optional.empty();
        }
        Answer before = inForce(finding);
        checkSeen(finding, before, request);
        Answer answer = row(studyInstanceUid, finding, request, actor);
        place(answer, request, before);
        entities.persist(answer);
        entities.flush();
        String digest = comment.map(text -> comments.write(answer.id, text)).orElse(null);
        audit.append(actor.did(new AuditTrail.Event(
                EventKind.FINDING_ANSWERED,
                studyInstanceUid,
                finding.instance.sopInstanceUid,
                detail(answer, before, digest))));
        given.fire(new AnswerGiven(answer.id));
        return Optional.of(AnswerView.of(answer, comment.orElse(null), true, true, false));
    }

    /**
     * Of all findings of a study, the earliest first.
     *
     * @param level of who reads it: comments, which may name a patient, are shown where all of whose the study is would be
     */
    @Transactional
    public List<AnswerView> of(String studyInstanceUid, IdentityLevel level) {
        List<Answer> rows = entities.createQuery(
                        "from Answer a join fetch a.finding f join fetch f.instance where a.studyInstanceUid = :uid"
                                + " order by a.id",
                        Answer.class)
                .setParameter("uid", studyInstanceUid)
                .getResultList();
        Set<Long> revised = new HashSet<>();
        rows.forEach(row -> revised.add(row.revises));
        Map<Long, String> texts = rows.isEmpty() ? Map.of() : comments.of(studyInstanceUid);
        Set<Long> again = judgedAgain(rows);
        return rows.stream()
                .map(row -> AnswerView.of(
                        row,
                        texts.get(row.id),
                        level == IdentityLevel.FULL,
                        !revised.contains(row.id),
                        again.contains(row.finding.id)))
                .toList();
    }

    /** Findings that are not the last of their release on their frame, which alone {@link #give} takes answers to. */
    private Set<Long> judgedAgain(List<Answer> rows) {
        return rows.isEmpty()
                ? Set.of()
                : new HashSet<>(entities.createQuery(
                                "select f.id from Finding f where f.id in :ids and " + JUDGED_AGAIN, Long.class)
                        .setParameter(
                                "ids", rows.stream().map(row -> row.finding.id).toList())
                        .getResultList());
    }

    /** Of studies, those of which a finding has an answer in force. */
    @Transactional
    public Set<String> answered(Collection<String> studies) {
        return new HashSet<>(entities.createQuery(
                        "select distinct a.studyInstanceUid from Answer a where a.studyInstanceUid in :studies"
                                + " and a.verdict <> org.rigatino.persistence.Answer.Verdict.WITHDRAWN and" + IN_FORCE,
                        String.class)
                .setParameter("studies", studies)
                .getResultList());
    }

    /** One at a time answers a finding. */
    private Finding locked(String studyInstanceUid, AnswerRequest request) {
        List<Finding> found = entities.createQuery(
                        "from Finding f join fetch f.instance i where" + OF_STUDY
                                + " and i.sopInstanceUid = :sop and f.frameNumber = :frame"
                                + " and (:digest is null or f.modelDigest = :digest) order by f.createdAt desc, f.id desc",
                        Finding.class)
                .setParameter("uid", studyInstanceUid)
                .setParameter("sop", request.sopInstanceUid())
                .setParameter("frame", request.frameNumber())
                .setParameter("digest", request.modelDigest())
                .setMaxResults(1)
                .getResultList();
        if (found.isEmpty()) {
            return null;
        }
        entities.lock(found.get(0), LockModeType.PESSIMISTIC_WRITE);
        return found.get(0);
    }

    private Answer inForce(Finding finding) {
        return entities
                .createQuery("from Answer a where a.finding = :finding and" + IN_FORCE, Answer.class)
                .setParameter("finding", finding)
                .getResultList()
                .stream()
                .findFirst()
                .orElse(null);
    }

    private void checkSeen(Finding finding, Answer before, AnswerRequest request) {
        boolean seen = request.finding() == null
                ? finding.instance.outcome == Instance.Outcome.RESTORED || request.verdict() == Answer.Verdict.WITHDRAWN
                : request.finding().equals(finding.id) && stands(finding);
        if (!seen) {
            throw new AnswerConflictException(
                    AnswerReason.JUDGED_AGAIN.refusal(finding.frameNumber, finding.instance.sopInstanceUid), null);
        }
        Long id = before == null ? null : before.id;
        if (Objects.equals(id, request.revises())) {
            return;
        }
        if (before == null) {
            throw new AnswerConflictException(
                    AnswerReason.NONE_IN_FORCE.refusal(finding.frameNumber, finding.instance.sopInstanceUid), null);
        }
        throw new AnswerConflictException(
                AnswerReason.QUICKER.refusal(
                        before.answeredBy,
                        finding.frameNumber,
                        finding.instance.sopInstanceUid,
                        before.verdict,
                        before.answeredAt,
                        before.id),
                current(before));
    }

    /** Without its comment: what is refused leaves no trace of who read it. */
    private AnswerView current(Answer inForce) {
        String comment = comments.of(inForce.studyInstanceUid).get(inForce.id);
        return AnswerView.of(inForce, comment, false, true, false);
    }

    private static Answer row(String studyInstanceUid, Finding finding, AnswerRequest request, Actor actor) {
        Answer answer = new Answer();
        answer.finding = finding;
        answer.studyInstanceUid = studyInstanceUid;
        answer.verdict = request.verdict();
        answer.reason = request.reason();
        answer.column = request.column();
        answer.row = request.row();
        answer.answeredBy = actor.name();
        answer.answeredAt = Instant.now().truncatedTo(ChronoUnit.MICROS);
        answer.revises = request.revises();
        return answer;
    }

    /** With what the header says, where the file is kept. */
    private void place(Answer answer, AnswerRequest request, Answer before) {
        Optional<AnsweredImage> image = image(answer);
        image.ifPresent(header -> {
            answer.manufacturer = header.manufacturer();
            answer.manufacturerModelName = header.manufacturerModelName();
        });
        if (answer.verdict != Answer.Verdict.MISSED) {
            return;
        }
        if (isFlagged(answer.studyInstanceUid)) {
            throw new AnswerConflictException(
                    AnswerReason.FLAGGED.refusal(answer.studyInstanceUid), before == null ? null : current(before));
        }
        AnsweredImage header = image.orElseThrow(() -> new AnswerConflictException(
                AnswerReason.NOT_KEPT.refusal(answer.finding.instance.sopInstanceUid), null));
        if (!header.has(request.column(), request.row())) {
            throw AnswerReason.OUTSIDE.wrong(request.column(), request.row(), header.columns(), header.rows());
        }
    }

    /** What is withdrawn needs nobody to have looked. */
    private Optional<AnsweredImage> image(Answer answer) {
        try {
            return AnsweredImage.of(ingest.store().resolve(answer.finding.instance.location));
        } catch (UnavailableFileException e) {
            if (answer.verdict == Answer.Verdict.WITHDRAWN) {
                return Optional.empty();
            }
            LOG.warnf("an answer is refused: %s", e.getMessage());
            throw new AnswerConflictException(
                    AnswerReason.NOT_GIVEN.refusal(answer.finding.instance.sopInstanceUid), null);
        }
    }

    private boolean isFlagged(String studyInstanceUid) {
        return entities.createQuery(
                                "select count(f) from Finding f join f.instance i where f.flagged = true and" + OF_STUDY
                                        + " and " + Finding.STANDS,
                                Long.class)
                        .setParameter("uid", studyInstanceUid)
                        .getSingleResult()
                > 0;
    }

    private boolean stands(Finding finding) {
        return entities.createQuery(
                                "select count(f) from Finding f where f = :finding and " + Finding.STANDS, Long.class)
                        .setParameter("finding", finding)
                        .getSingleResult()
                == 1;
    }

    private static String detail(Answer answer, Answer before, String digest) {
        Finding finding = answer.finding;
        String detail = "frame " + finding.frameNumber + ", " + finding.modelName + "/" + finding.modelVersion + " "
                + finding.modelDigest + (finding.flagged ? ", flagged: " : ", not flagged: ") + answer.verdict;
        if (answer.reason != null) {
            detail += ", " + answer.reason;
        }
        if (answer.column != null) {
            detail += ", column " + answer.column + ", row " + answer.row;
        }
        if (digest != null) {
            detail += ", with a comment, salted sha256 " + digest;
        }
        return before == null ? detail : detail + "; before " + before.verdict + " by " + before.answeredBy;
    }
}
