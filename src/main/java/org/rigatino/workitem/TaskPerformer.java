package org.rigatino.workitem;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.rigatino.deliver.BackOff;
import org.rigatino.deliver.DeliverConfiguration;
import org.rigatino.deliver.DeliverConfiguration.Destination;
import org.rigatino.deliver.dicomweb.DicomwebException;
import org.rigatino.deliver.dicomweb.JsonDataset;
import org.rigatino.deliver.dicomweb.UpsAnswer;
import org.rigatino.deliver.dicomweb.UpsAnswer.Outcome;
import org.rigatino.deliver.dicomweb.UpsRs;
import org.rigatino.dicom.DicomException;
import org.rigatino.workitem.NextStep.Kind;

/**
 * Claims workitems of one service and sees each through. Every pass asks the record and goes on from there, so that one that
 * was cut short is repeated; the service refuses what was done before, and its state of the workitem then tells what that was.
 */
final class TaskPerformer {
    private static final Logger LOG = Logger.getLogger(TaskPerformer.class);

    /** Within which a workitem that is ours is not given up, whatever the service says of it. */
    private static final Duration HELD = Duration.ofDays(1);

    private final String name;
    private final ServiceSettings settings;
    private final UpsRs service;
    private final WorkitemRecord record;
    private final InputStudy studies;
    private final InputSource sources;
    private final DeliverConfiguration deliver;
    private final Optional<CancelRequests> cancelRequests;
    private final Supplier<Map<String, Destination>> destinations;
    private final WorkitemSearch search;
    private final BackOff backOff;
    private Instant searchAt = Instant.MIN;

    TaskPerformer(
            String name,
            ServiceSettings settings,
            UpsRs service,
            WorkitemRecord record,
            InputStudy studies,
            InputSource sources,
            DeliverConfiguration deliver,
            Optional<CancelRequests> cancelRequests,
            Supplier<Map<String, Destination>> destinations) {
        this.name = name;
        this.settings = settings;
        this.service = service;
        this.record = record;
        this.studies = studies;
        this.sources = sources;
        this.deliver = deliver;
        this.cancelRequests = cancelRequests;
        this.destinations = destinations;
        this.search = new WorkitemSearch(name, settings, service, record);
        this.backOff = new BackOff(deliver.retry().first(), deliver.retry().longest());
    }

    /** @throws DicomException where the service is out of reach, busy, or does not say what there is */
    void pass() throws DicomException {
        for (ClaimedWorkitem workitem : record.due(name)) {
            work(workitem);
        }
        if (!Instant.now().isBefore(searchAt)) {
            searchAt = Instant.now().plus(settings.service().every());
            claimNew();
        }
    }

    private void claimNew() throws DicomException {
        int room = settings.service().atOnce() - record.open(name);
        for (Workitem workitem : search.find(Math.max(room, 0))) {
            record.claiming(
                    name, workitem, sources.of(workitem, settings.service().source()));
        }
        for (ClaimedWorkitem workitem : record.due(name)) {
            if (workitem.state() == WorkitemState.CLAIMING) {
                work(workitem);
            }
        }
        record.asked(name, null);
    }

    /** What is wrong with one workitem holds up no other; what is wrong with the service is everybody's. */
    private void work(ClaimedWorkitem workitem) throws DicomException {
        try {
            if (workitem.state() == WorkitemState.CLAIMING) {
                claim(workitem);
            } else {
                cancelRequests.ifPresent(requests -> requests.listenFor(workitem));
                perform(workitem);
            }
        } catch (DicomwebException e) {
            throw e;
        } catch (DicomException e) {
            refused(workitem, e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(e, "workitem %s at %s is tried again", workitem.uid(), name);
            record.postponed(workitem, "an error that nobody foresaw of ours, see the log", backOff.longest());
        }
    }

    private void claim(ClaimedWorkitem workitem) throws DicomException {
        UpsAnswer answer = service.changeState(workitem.uid(), workitem.transactionUid(), Workitem.IN_PROGRESS);
        switch (answer.outcome()) {
            case DONE -> record.claimed(workitem);
            case CONTRADICTS -> contradicted(workitem, answer);
            case ABSENT -> record.ended(workitem, WorkitemState.LOST, answer.text());
            case REFUSED -> refused(workitem, answer.text());
        }
    }

    /** A claim of ours whose answer was lost is refused too (PS3.4 C302H): only who holds the Transaction UID may update. */
    private void contradicted(ClaimedWorkitem workitem, UpsAnswer claim) throws DicomException {
        String state = state(workitem);
        if (state.equals(Workitem.SCHEDULED)) {
            refused(workitem, claim.text() + ", and it is SCHEDULED");
            return;
        }
        if (state.equals(Workitem.IN_PROGRESS)) {
            NextStep begun = new NextStep(Kind.GO_ON, 0, "Claimed.");
            UpsAnswer probe = service.update(workitem.uid(), workitem.transactionUid(), Report.progress(begun));
            if (probe.outcome() == Outcome.DONE) {
                record.claimed(workitem);
                return;
            }
            if (probe.outcome() == Outcome.REFUSED) {
                refused(workitem, probe.text());
                return;
            }
        }
        record.ended(workitem, WorkitemState.LOST, "another has it, or ended it: it is " + state);
    }

    private void perform(ClaimedWorkitem workitem) throws DicomException {
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
            absent(workitem);
            return;
        }
        Workitem now = Workitem.of(workitem.uid(), whole.get());
        if (!now.input().studies().equals(Set.of(workitem.study()))
                || !now.input().instances().equals(workitem.instances())) {
            cancel(workitem, "Its input was changed after it had been read: schedule it anew.");
            return;
        }
        if (studies.isOfAnother(workitem.study(), now.patientId())) {
            cancel(
                    workitem,
                    "The workitem and the instances of its input name different patients, by Patient ID, or theirs is not on"
                            + " record.");
            return;
        }
        List<InputStudy.Delivered> outputs = studies.delivered(workitem, sight.revisions());
        JsonDataset performed = Report.performed(
                settings.performedStation(),
                now.procedureItems(),
                workitem.claimedAt(),
                Instant.now(),
                workitem.study(),
                outputs,
                destinations.get());
        end(workitem, performed, WorkitemState.COMPLETED, outputs.size() + " outputs at destinations referenced");
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
        if (answer.outcome() == Outcome.REFUSED || answer.outcome() == Outcome.ABSENT && isYoung(workitem)) {
            refused(workitem, answer.text());
            return;
        }
        String state = answer.outcome() == Outcome.ABSENT ? "" : state(workitem);
        if (state.equals(Workitem.IN_PROGRESS)) {
            refused(workitem, answer.text());
        } else if (!detail.isEmpty() && state.equals(Workitem.COMPLETED) && workitem.cancelReason() == null) {
            record.ended(workitem, WorkitemState.COMPLETED, detail);
        } else if (!detail.isEmpty() && state.equals(Workitem.CANCELED) && workitem.cancelReason() != null) {
            record.ended(workitem, WorkitemState.CANCELED, detail);
        } else {
            record.ended(
                    workitem,
                    WorkitemState.LOST,
                    "another ended it: it is " + (state.isEmpty() ? "not there any more" : state));
        }
    }

    /** @return empty where it is not there any more; never one that could not be read */
    private String state(ClaimedWorkitem workitem) throws DicomException {
        Optional<JsonDataset> whole = service.retrieve(workitem.uid());
        if (whole.isEmpty()) {
            return "";
        }
        return whole.get()
                .text(Workitem.PROCEDURE_STEP_STATE)
                .filter(
                        List.of(Workitem.SCHEDULED, Workitem.IN_PROGRESS, Workitem.COMPLETED, Workitem.CANCELED)
                                ::contains)
                .orElseThrow(() -> new DicomException("its Procedure Step State (0074,1000) is none"));
    }

    /** A service that restarts may say so of what it has. */
    private void absent(ClaimedWorkitem workitem) {
        String text = "the service does not have it any more";
        if (isYoung(workitem)) {
            refused(workitem, text);
        } else {
            record.ended(workitem, WorkitemState.LOST, text);
        }
    }

    /** Whether it is held, and not for long enough to be given up: nobody else can end it there. */
    private static boolean isYoung(ClaimedWorkitem workitem) {
        return workitem.claimedAt() != null
                && Instant.now().isBefore(workitem.claimedAt().plus(HELD));
    }

    private void refused(ClaimedWorkitem workitem, String cause) {
        int attempts = workitem.attempts() + 1;
        if (attempts >= deliver.retry().rejections() && !isYoung(workitem)) {
            record.ended(
                    workitem,
                    WorkitemState.GIVEN_UP,
                    cause + " (" + attempts
                            + " times); if it is still IN PROGRESS there, somebody has to end it there");
        } else {
            record.refused(workitem, cause, backOff.after(attempts));
        }
    }

    /** How long to wait after so many failures of the service. */
    Duration pause(int failures, Exception problem) {
        return backOff.after(failures, problem);
    }
}
