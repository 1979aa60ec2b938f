package org.rigatino.workitem;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.rigatino.deliver.DeliverConfiguration.Destination;
import org.rigatino.deliver.dicomweb.UpsAnswer;
import org.rigatino.deliver.dicomweb.UpsAnswer.Outcome;
import org.rigatino.deliver.dicomweb.UpsRs;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.JsonDataset;

/** Sees a workitem that is ours through: tells its service what the record says of its input, until it is ended there. */
final class Performance {
    private final ServiceSettings settings;
    private final UpsRs service;
    private final WorkitemRecord record;
    private final InputStudy studies;
    private final InputSource sources;
    private final Supplier<Map<String, Destination>> destinations;
    private final Hold hold;

    Performance(
            ServiceSettings settings,
            UpsRs service,
            WorkitemRecord record,
            InputStudy studies,
            InputSource sources,
            Supplier<Map<String, Destination>> destinations,
            Hold hold) {
        this.settings = settings;
        this.service = service;
        this.record = record;
        this.studies = studies;
        this.sources = sources;
        this.destinations = destinations;
        this.hold = hold;
    }

    void goOn(ClaimedWorkitem workitem) throws DicomException {
        InputStudy.Sight sight = studies.look(workitem);
        boolean fetchFailed = sight.missing() > 0 && workitem.cancelReason() == null && sources.fetch(workitem);
        NextStep step =
                NextStep.of(workitem, sight, fetchFailed, settings.service().inputWithin(), Instant.now());
        switch (step.kind()) {
            case GO_ON -> report(workitem, step);
            case COMPLETE -> complete(workitem, sight);
            case CANCEL -> cancel(workitem, step.text());
        }
    }

    private void report(ClaimedWorkitem workitem, NextStep step) throws DicomException {
        if (step.progress() <= workitem.progress()) {
            return;
        }
        UpsAnswer answer = service.update(workitem.uid(), workitem.transactionUid(), Report.progress(step));
        if (answer.outcome() == Outcome.DONE) {
            record.reported(workitem, step.progress());
        } else {
            unlessEnded(workitem, answer, "");
        }
    }

    private void complete(ClaimedWorkitem workitem, InputStudy.Sight sight) throws DicomException {
        Optional<JsonDataset> whole = service.retrieve(workitem.uid());
        if (whole.isEmpty()) {
            hold.absent(workitem, "the service does not have it any more");
            return;
        }
        Workitem there = Workitem.of(workitem.uid(), whole.get());
        if (!there.input().studies().equals(Set.of(workitem.study()))
                || !there.input().instances().equals(workitem.instances())) {
            cancel(workitem, "Its input was changed after it had been read: schedule it anew.");
            return;
        }
        if (studies.isOfAnother(workitem.study(), there.patient())) {
            cancel(
                    workitem,
                    "The workitem and the instances of its input name different patients, by Patient ID and its issuer, or"
                            + " theirs is not on record.");
            return;
        }
        Map<String, Destination> now = destinations.get();
        Map<Boolean, List<InputStudy.Delivered>> outputs = studies.delivered(workitem, sight.revisions()).stream()
                .collect(Collectors.partitioningBy(output -> output.isAtOneOf(now)));
        JsonDataset performed = Report.performed(
                settings.performedStation(),
                there.procedureItems(),
                workitem.claimedAt(),
                Instant.now(),
                workitem.study(),
                outputs.get(true),
                now);
        end(workitem, performed, WorkitemState.COMPLETED, told(outputs));
    }

    private static String told(Map<Boolean, List<InputStudy.Delivered>> outputs) {
        String elsewhere = outputs.get(false).stream()
                .map(output -> output.place() == null
                        ? output.destination() + ", where that was not recorded"
                        : output.destination() + " at " + output.place())
                .distinct()
                .collect(Collectors.joining("; "));
        return outputs.get(true).size() + " outputs at destinations referenced"
                + (elsewhere.isEmpty()
                        ? ""
                        : "; " + outputs.get(false).size()
                                + " left out, taken where no destination of the name is now: " + elsewhere);
    }

    private void cancel(ClaimedWorkitem workitem, String reason) throws DicomException {
        if (workitem.cancelReason() == null) {
            record.canceling(workitem, reason);
        }
        end(workitem, Report.cancellation(reason, Instant.now()), WorkitemState.CANCELED, reason);
    }

    /** @param state COMPLETED or CANCELED, which the service has words for alike */
    private void end(ClaimedWorkitem workitem, JsonDataset report, WorkitemState state, String detail)
            throws DicomException {
        UpsAnswer answer = service.update(workitem.uid(), workitem.transactionUid(), report);
        if (answer.outcome() == Outcome.DONE) {
            answer = service.changeState(workitem.uid(), workitem.transactionUid(), state.name());
        }
        if (answer.outcome() == Outcome.DONE) {
            record.ended(workitem, state, detail);
        } else {
            unlessEnded(workitem, answer, detail);
        }
    }

    /** Whose answer to the last change was lost finds it made. */
    private void unlessEnded(ClaimedWorkitem workitem, UpsAnswer answer, String detail) throws DicomException {
        if (answer.outcome() == Outcome.REFUSED) {
            hold.refused(workitem, answer.text());
            return;
        }
        Optional<String> state = answer.outcome() == Outcome.ABSENT ? Optional.empty() : hold.state(workitem);
        if (state.isEmpty()) {
            hold.absent(workitem, answer.text());
        } else if (state.get().equals(Workitem.IN_PROGRESS)) {
            hold.refused(workitem, answer.text());
        } else if (!detail.isEmpty() && state.get().equals(meant(workitem).name())) {
            record.ended(workitem, meant(workitem), detail);
        } else {
            record.ended(workitem, WorkitemState.LOST, "another ended it: it is " + state.get());
        }
    }

    private static WorkitemState meant(ClaimedWorkitem workitem) {
        return workitem.cancelReason() == null ? WorkitemState.COMPLETED : WorkitemState.CANCELED;
    }
}
