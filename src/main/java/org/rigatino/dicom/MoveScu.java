package org.rigatino.dicom;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/**
 * Study Root Query/Retrieve Information Model MOVE user (PS3.4 annex C): an archive sends a study to the move destination by
 * an association of its own. Not safe for use by several threads.
 */
public final class MoveScu implements AutoCloseable {
    private static final Duration TURN = Duration.ofSeconds(1);

    /** For the archive to end what is cancelled. */
    private static final Duration CANCEL = Duration.ofSeconds(5);

    /** Sub-operations are counted in 16 bits (PS3.7 9.3.4.2); an archive sends one pending response for each at most. */
    private static final int MOST_PENDING = 2 * 65536;

    private final Association association;
    private final PresentationContext context;

    private MoveScu(Association association) throws NotNegotiatedException {
        this.association = association;
        this.context = association.require(SopClass.STUDY_ROOT_MOVE);
    }

    /** @throws NotNegotiatedException where the archive offers no C-MOVE */
    public static MoveScu open(RemoteNode node) throws DicomException {
        List<PresentationContext> proposals = List.of(PresentationContext.plain(1, SopClass.STUDY_ROOT_MOVE));
        Association association = AssociationRequestor.request(node, proposals, List.of());
        try {
            return new MoveScu(association);
        } catch (NotNegotiatedException e) {
            association.releaseAtEnd();
            throw e;
        }
    }

    /**
     * How long a study may take.
     *
     * @param limit for all of it
     * @param silence for which neither a response nor an instance comes
     * @param arrived C-STOREs so far, of what was here before too; asked once a second, and behind the last response
     * @param most of them
     */
    public record Patience(Duration limit, Duration silence, LongSupplier arrived, long most) {}

    /**
     * Returns with the archive's last response, whatever that says.
     *
     * @param destination AE title that the archive knows the receiving listener by
     * @throws LimitPassedException where more came than that, or it took longer
     * @throws DicomException where none came within the patience; what is under way is cancelled then, and the association
     *     ended
     */
    public MoveResult move(String studyInstanceUid, String destination, Patience patience) throws DicomException {
        Deadline deadline = Deadline.of(association::cut, patience.limit().plus(CANCEL.multipliedBy(2)));
        try (deadline) {
            CommandSet request = association
                    .request(CommandSet.C_MOVE_RQ, true)
                    .put(CommandSet.AFFECTED_SOP_CLASS_UID, SopClass.STUDY_ROOT_MOVE)
                    .put(CommandSet.PRIORITY, QueryScu.PRIORITY_MEDIUM)
                    .putTitle(CommandSet.MOVE_DESTINATION, destination);
            Dataset identifier =
                    new Dataset().put(Tag.QueryRetrieveLevel, "STUDY").put(Tag.StudyInstanceUID, studyInstanceUid);
            association.send(
                    context,
                    request,
                    new ByteArrayInputStream(identifier.encodeWithoutFileMeta(context.transferSyntax())));
            return new Responses(request, patience).last();
        } catch (IOException e) {
            if (deadline.hasPassed()) {
                throw new LimitPassedException(
                        LimitPassedException.Limit.TIME,
                        "C-MOVE from " + association.peer() + " has not ended within " + patience.limit(),
                        e);
            }
            throw DicomException.of("C-MOVE from " + association.peer(), e);
        }
    }

    /** To one request, until the last. */
    private final class Responses {
        private final CommandSet request;
        private final Patience patience;
        private final long end;
        private long progress = System.nanoTime();
        private long looked = System.nanoTime();
        private long arrived;
        private OptionalInt completed = OptionalInt.empty();
        private OptionalInt warning = OptionalInt.empty();
        private OptionalInt failed = OptionalInt.empty();
        private List<String> failedInstances = List.of();

        Responses(CommandSet request, Patience patience) {
            this.request = request;
            this.patience = patience;
            this.end = System.nanoTime() + patience.limit().toNanos();
            this.arrived = patience.arrived().getAsLong();
        }

        MoveResult last() throws IOException {
            for (int pending = 0; pending <= MOST_PENDING; pending++) {
                awaitResponse();
                RetrieveStatus status = take();
                if (!status.isPending()) {
                    if (patience.arrived().getAsLong() > patience.most()) {
                        throw tooMany(null);
                    }
                    boolean warned = status.isWarning() && failed.isPresent() && warning.orElse(0) > 0;
                    boolean complete = (status.isSuccess() || warned) && failed.orElse(0) == 0;
                    return new MoveResult(complete, status.toString(), completed, warning, failed, failedInstances);
                }
            }
            throw cancelled("more than " + MOST_PENDING + " pending responses to one C-MOVE");
        }

        private void awaitResponse() throws IOException {
            while (!association.hearsWithin(TURN)) {
                look();
                if (System.nanoTime() - progress > patience.silence().toNanos()) {
                    throw cancelled("neither a response to C-MOVE nor an instance for " + patience.silence());
                }
                checkEnd();
            }
            if (System.nanoTime() - looked > TURN.toNanos()) {
                look();
            }
            checkEnd();
            progress = System.nanoTime();
            association.waitAtMost(patience.silence());
        }

        private void look() throws LimitPassedException {
            looked = System.nanoTime();
            long here = patience.arrived().getAsLong();
            if (here > patience.most()) {
                throw tooMany(cancelled("more than " + patience.most() + " instances"));
            }
            if (here != arrived) {
                arrived = here;
                progress = looked;
            }
        }

        private LimitPassedException tooMany(Throwable cause) {
            return new LimitPassedException(
                    LimitPassedException.Limit.INSTANCES,
                    "more than " + patience.most() + " instances of one study came from " + association.peer(),
                    cause);
        }

        private void checkEnd() throws DicomException {
            if (Thread.currentThread().isInterrupted()) {
                throw cancelled("C-MOVE was interrupted");
            }
            if (System.nanoTime() - end > 0) {
                AssociationException ended = cancelled("C-MOVE has not ended within " + patience.limit());
                throw new LimitPassedException(LimitPassedException.Limit.TIME, ended.getMessage(), ended);
            }
        }

        /** Sub-operations go on behind an association that is only aborted; some archives heed the one, some the other. */
        private AssociationException cancelled(String reason) {
            try {
                association.send(context, request.cancel());
                long until = System.nanoTime() + CANCEL.toNanos();
                boolean pending = true;
                while (pending && System.nanoTime() < until && association.hearsWithin(TURN)) {
                    pending = take().isPending();
                }
            } catch (IOException e) {
                DicomListener.LOG.debugf("cancelling C-MOVE from %s: %s", association.peer(), e.getMessage());
            }
            return association.abort(reason);
        }

        private RetrieveStatus take() throws IOException {
            Association.Message response = association.receiveResponse(request);
            CommandSet command = response.command();
            completed = count(command, CommandSet.NUMBER_OF_COMPLETED_SUB_OPERATIONS, completed);
            warning = count(command, CommandSet.NUMBER_OF_WARNING_SUB_OPERATIONS, warning);
            failed = count(command, CommandSet.NUMBER_OF_FAILED_SUB_OPERATIONS, failed);
            if (command.hasDataset()) {
                failedInstances = failedInstances(response);
            }
            return new RetrieveStatus(command.integer(CommandSet.STATUS));
        }

        private List<String> failedInstances(Association.Message response) throws IOException {
            byte[] identifier = QueryScu.identifier(association, response);
            return DatasetEncoding.decode(identifier, response.context().transferSyntax())
                    .strings(Tag.FailedSOPInstanceUIDList)
                    .stream()
                    .filter(Uids::isValid)
                    .toList();
        }

        private OptionalInt count(CommandSet command, int element, OptionalInt before) {
            return command.contains(element) ? OptionalInt.of(command.integer(element)) : before;
        }
    }

    @Override
    public void close() {
        association.releaseAtEnd();
    }
}
