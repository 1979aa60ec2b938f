package org.rigatino.rejection;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.deliver.LaterObjects;
import org.rigatino.deliver.Outbox;
import org.rigatino.deliver.OutputStore;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.UnavailableFileException;
import org.rigatino.persistence.Delivery;
import org.rigatino.persistence.Finding;
import org.rigatino.persistence.Output;
import org.rigatino.persistence.Study;
import org.rigatino.persistence.StudyState;
import org.rigatino.rejection.RejectionNoteRows.Row;
import org.rigatino.rejection.Replacement.AllSuperseded;
import org.rigatino.rejection.Replacement.Superseded;
import org.rigatino.result.AlgorithmIdentification;
import org.rigatino.result.EncodedObject;
import org.rigatino.result.ObjectKind;
import org.rigatino.result.RejectionNote;
import org.rigatino.result.SupersededObjects;
import org.rigatino.rule.RuledKinds;

/**
 * Makes a note once all of what takes the place is proved to be at the destination: the file first, then its rows, its delivery
 * and its audit event in one transaction, under the locks that whoever adds to a study takes. A repetition makes the same object.
 */
@ApplicationScoped
class RejectionNoteWriter {
    private static final Logger LOG = Logger.getLogger(RejectionNoteWriter.class);

    private static final Set<StudyState> AT_WORK = Set.of(StudyState.READY, StudyState.RESTORING, StudyState.RESTORED);

    private static final Set<Delivery.State> OPEN = Set.of(Delivery.State.PENDING, Delivery.State.SENT);

    @Inject
    RejectionNoteRows rows;

    @Inject
    Replacement replacement;

    @Inject
    Outbox outbox;

    @Inject
    LaterObjects later;

    @Inject
    OutputStore outputs;

    @Inject
    AuditTrail audit;

    /**
     * Nothing where another process is at it, it has come to its end, or the revision is at work again.
     *
     * @throws IOException where the object cannot be stored, or the file that it is about is not given
     */
    @Transactional(rollbackOn = Exception.class)
    void write(Row row) throws IOException {
        outbox.hold();
        replacement.holdDeliveries(row.studyId());
        if (!rows.lock(row)) {
            return;
        }
        Study study = replacement.lock(row.studyId());
        List<Delivery> there = replacement.deliveries(row);
        if (AT_WORK.contains(study.state()) || there.stream().anyMatch(delivery -> OPEN.contains(delivery.state))) {
            return;
        }
        String place = outbox.place(row.destination()).orElse(null);
        AllSuperseded superseded = replacement.superseded(study, row.destination(), place);
        Optional<NotSent> obstacle = obstacle(study, row, there, superseded);
        if (obstacle.isEmpty() && (superseded.there().isEmpty() || isElsewhere(there, place))) {
            obstacle = Optional.of(NotSent.MOVED);
        }
        Optional<NotSent> not = obstacle.isPresent() ? obstacle : make(study, row, there, superseded);
        not.ifPresent(reason -> end(study, row, reason, there));
    }

    private static boolean isElsewhere(List<Delivery> deliveries, String place) {
        return deliveries.stream().anyMatch(delivery -> !Objects.equals(delivery.place, place));
    }

    private Optional<NotSent> obstacle(Study study, Row row, List<Delivery> there, AllSuperseded superseded)
            throws IOException {
        if (!outbox.taking(ObjectKind.REJECTION_NOTE).contains(row.destination())) {
            return Optional.of(NotSent.NOT_ASKED);
        }
        if (study.state() == StudyState.REFUSED) {
            return Optional.of(NotSent.WITHDRAWN);
        }
        if (study.supersededAt != null) {
            return Optional.of(NotSent.SUPERSEDED);
        }
        if (superseded.there().isEmpty() && superseded.elsewhere() == 0) {
            return Optional.of(NotSent.NOTHING_TO_NAME);
        }
        if (!RuledKinds.let(study.ruledDestinations, row.destination(), ObjectKind.REJECTION_NOTE)) {
            return Optional.of(NotSent.HOUSE_RULES);
        }
        if (there.isEmpty() || there.stream().anyMatch(delivery -> delivery.state != Delivery.State.CONFIRMED)) {
            return Optional.of(NotSent.NOT_ALL_CONFIRMED);
        }
        return outputs.isKept(there.get(0).output) ? Optional.empty() : Optional.of(NotSent.NOT_KEPT);
    }

    private void end(Study study, Row row, NotSent reason, List<Delivery> there) {
        rows.notSent(row, reason);
        if (reason.isEvent()) {
            long confirmed = there.stream()
                    .filter(delivery -> delivery.state == Delivery.State.CONFIRMED)
                    .count();
            audit.append(
                    EventKind.REJECTION_NOTE_NOT_SENT,
                    study.studyInstanceUid,
                    subject(study, row),
                    reason.why + "; confirmed of its objects: " + confirmed + " of " + there.size()
                            + "; what it superseded is not rejected there");
        }
    }

    private Optional<NotSent> make(Study study, Row row, List<Delivery> there, AllSuperseded all) throws IOException {
        List<Superseded> superseded = all.there();
        Output by = there.get(0).output;
        EncodedObject object;
        try {
            object = RejectionNote.encode(objects(row, there, superseded));
        } catch (UnavailableFileException e) {
            throw e;
        } catch (DicomException | IllegalArgumentException e) {
            LOG.warnf("%s is made no rejection note: %s", subject(study, row), e.getMessage());
            return Optional.of(NotSent.UNREADABLE);
        }
        Output note = later.addFor(study, by.anyFinding(), object, row.destination(), there.get(0).place);
        rows.written(row, note, superseded.stream().map(Superseded::id).toList());
        audit.append(
                EventKind.OUTPUT_WRITTEN,
                study.studyInstanceUid,
                note.sopInstanceUid,
                "rejection note for " + row.destination() + " of " + superseded.size() + " objects that revision "
                        + study.revision + " superseded, to sha256 " + note.sha256
                        + (all.elsewhere() == 0
                                ? ""
                                : "; " + all.elsewhere()
                                        + " more were proved to be where the destination was before, or"
                                        + " where is not on record, and are not named"));
        return Optional.empty();
    }

    private SupersededObjects objects(Row row, List<Delivery> there, List<Superseded> superseded)
            throws DicomException {
        Output by = there.get(0).output;
        Finding finding = by.anyFinding();
        return new SupersededObjects(
                Dataset.readHeader(outputs.file(by.location)),
                by.kind,
                new AlgorithmIdentification(finding.modelName, finding.modelVersion, finding.modelDigest),
                superseded.stream().map(Superseded::reference).toList(),
                List.copyOf(new TreeSet<>(
                        superseded.stream().map(Superseded::release).toList())),
                row.destination(),
                proved(there));
    }

    /** When the last of them was. */
    private static OffsetDateTime proved(List<Delivery> there) {
        return there.stream()
                .map(delivery -> delivery.confirmedAt)
                .max(Instant::compareTo)
                .orElseThrow()
                .truncatedTo(ChronoUnit.SECONDS)
                .atZone(ZoneId.systemDefault())
                .toOffsetDateTime();
    }

    private static String subject(Study study, Row row) {
        return "revision " + study.revision + " at " + row.destination();
    }
}
