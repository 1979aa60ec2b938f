package org.rigatino.assessment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.rigatino.answer.AnswerComments;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.deliver.LaterObjects;
import org.rigatino.deliver.Outbox;
import org.rigatino.deliver.OutputStore;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.UnavailableFileException;
import org.rigatino.image.FrameReference;
import org.rigatino.persistence.Answer;
import org.rigatino.persistence.Finding;
import org.rigatino.persistence.Instance;
import org.rigatino.persistence.Output;
import org.rigatino.persistence.Study;
import org.rigatino.result.AlgorithmIdentification;
import org.rigatino.result.AssessedResult;
import org.rigatino.result.AssessmentReport;
import org.rigatino.result.EncodedObject;
import org.rigatino.result.ObjectKind;
import org.rigatino.result.PersonsAssessment;
import org.rigatino.result.ResultReference;
import org.rigatino.rule.RuledKinds;

/**
 * Makes an assessment of an answer: the file first, then its rows, its deliveries and its audit event in one transaction, under the
 * locks that whoever adds to a study takes. A repetition makes the same object.
 */
@ApplicationScoped
class AssessmentWriter {
    private static final Logger LOG = Logger.getLogger(AssessmentWriter.class);

    @Inject
    AssessmentConfiguration configuration;

    @Inject
    AssessmentRows rows;

    @Inject
    AssessedObjects assessed;

    @Inject
    AnswerComments comments;

    @Inject
    Outbox outbox;

    @Inject
    LaterObjects later;

    @Inject
    OutputStore outputs;

    @Inject
    AuditTrail audit;

    /**
     * Nothing where another process is at it or it has come to its end.
     *
     * @throws IOException where the object cannot be stored, or the file that it is about is not given
     */
    @Transactional(rollbackOn = Exception.class)
    void write(long answerId) throws IOException {
        Set<String> taking = outbox.taking(ObjectKind.ASSESSMENT);
        assessed.holdDeliveries(answerId);
        if (!rows.lock(answerId)) {
            return;
        }
        Answer answer = assessed.answer(answerId);
        Optional<NotSent> not = taking.isEmpty() ? Optional.of(NotSent.NOT_ASKED) : make(answer, taking);
        not.ifPresent(reason -> end(answer, reason));
    }

    /** What nobody asked for is no event. */
    private void end(Answer answer, NotSent reason) {
        rows.notSent(answer.id, reason);
        if (reason != NotSent.NOT_ASKED) {
            audit.append(
                    EventKind.ASSESSMENT_NOT_SENT,
                    answer.studyInstanceUid,
                    answer.finding.instance.sopInstanceUid,
                    "answer " + answer.id + " of frame " + answer.finding.frameNumber + ": " + reason.why);
        }
    }

    /** @return why nothing is made of it */
    private Optional<NotSent> make(Answer answer, Set<String> taking) throws IOException {
        assessed.lock(answer.finding.instance.study);
        Set<String> let = let(answer.finding.instance.study, taking);
        if (let.isEmpty()) {
            return Optional.of(NotSent.HOUSE_RULES);
        }
        Optional<Output> predecessor = rows.predecessor(answer.id);
        List<Output> objects = assessed.of(answer.finding);
        Optional<NotSent> obstacle = obstacle(answer, predecessor.isPresent(), objects);
        if (obstacle.isEmpty()) {
            return make(answer, predecessor, objects, objects.get(0), let);
        }
        // An archive that has the answer before is told of this one, whatever became of the result since.
        List<Output> ever = assessed.everMade(answer.finding);
        return predecessor.isEmpty() || ever.isEmpty() || !outputs.isKept(predecessor.get())
                ? obstacle
                : make(answer, predecessor, ever, predecessor.get(), let);
    }

    /** @param of whose file says whose the study is */
    private Optional<NotSent> make(
            Answer answer, Optional<Output> predecessor, List<Output> objects, Output of, Set<String> let)
            throws IOException {
        EncodedObject object;
        try {
            object = AssessmentReport.encode(result(answer.finding, objects, of), said(answer, predecessor));
        } catch (UnavailableFileException e) {
            throw e;
        } catch (DicomException | IllegalArgumentException e) {
            LOG.warnf("answer %d is made no assessment: %s", answer.id, e.getMessage());
            return Optional.of(NotSent.UNREADABLE);
        }
        send(answer, object, objects.get(0), let);
        return Optional.empty();
    }

    /** Of destinations those that the rules of the house let have it. */
    private static Set<String> let(Study study, Set<String> taking) {
        return taking.stream()
                .filter(name -> RuledKinds.let(study.ruledDestinations, name, ObjectKind.ASSESSMENT))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Optional<NotSent> obstacle(Answer answer, boolean revises, List<Output> objects) throws IOException {
        if (!assessed.stands(answer.finding)) {
            return Optional.of(NotSent.DOES_NOT_STAND);
        }
        if (answer.verdict == Answer.Verdict.WITHDRAWN && !revises) {
            return Optional.of(NotSent.NOTHING_TO_TAKE_BACK);
        }
        if (objects.isEmpty()) {
            return Optional.of(NotSent.NOTHING_TO_NAME);
        }
        return outputs.isKept(objects.get(0)) ? Optional.empty() : Optional.of(NotSent.NOT_KEPT);
    }

    private void send(Answer answer, EncodedObject object, Output about, Set<String> taking) throws IOException {
        Output output = later.add(answer.finding.instance.study, answer.finding, object, taking);
        rows.written(answer.id, output);
        audit.append(
                EventKind.OUTPUT_WRITTEN,
                answer.studyInstanceUid,
                output.sopInstanceUid,
                "from answer " + answer.id + " about " + about.sopInstanceUid + " sha256 " + about.sha256
                        + " to sha256 " + output.sha256);
    }

    private AssessedResult result(Finding finding, List<Output> objects, Output of) throws DicomException {
        Instance instance = finding.instance;
        return new AssessedResult(
                Dataset.readHeader(outputs.file(of.location)),
                of.kind,
                objects.stream().map(AssessmentWriter::reference).toList(),
                new FrameReference(
                        instance.study.studyInstanceUid,
                        instance.seriesInstanceUid,
                        instance.sopInstanceUid,
                        instance.sopClassUid,
                        finding.frameNumber),
                finding.flagged,
                new AlgorithmIdentification(finding.modelName, finding.modelVersion, finding.modelDigest),
                finding.configurationDigest);
    }

    private PersonsAssessment said(Answer answer, Optional<Output> predecessor) {
        return new PersonsAssessment(
                answer.id,
                AnswerCodes.of(answer.verdict),
                Optional.ofNullable(answer.reason).map(AnswerCodes::of),
                configuration.comment()
                        ? Optional.ofNullable(
                                comments.of(answer.studyInstanceUid).get(answer.id))
                        : Optional.empty(),
                answer.column == null
                        ? Optional.empty()
                        : Optional.of(new PersonsAssessment.Pixel(answer.column, answer.row)),
                configuration.observer() == AssessmentConfiguration.Observer.NAME
                        ? answer.answeredBy
                        : "Reader " + rows.number(answer.answeredBy),
                answer.answeredAt
                        .truncatedTo(ChronoUnit.SECONDS)
                        .atZone(ZoneId.systemDefault())
                        .toOffsetDateTime(),
                predecessor.map(AssessmentWriter::reference));
    }

    private static ResultReference reference(Output output) {
        return new ResultReference(output.kind, output.sopClassUid, output.sopInstanceUid, output.seriesInstanceUid);
    }
}
