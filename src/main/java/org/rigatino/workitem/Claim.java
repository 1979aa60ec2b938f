package org.rigatino.workitem;

import java.util.Optional;
import org.rigatino.deliver.dicomweb.UpsAnswer;
import org.rigatino.deliver.dicomweb.UpsAnswer.Outcome;
import org.rigatino.deliver.dicomweb.UpsRs;
import org.rigatino.dicom.DicomException;
import org.rigatino.workitem.NextStep.Kind;

/** Claims workitems that are on record, each under its Transaction UID, however often until it is known whose they are. */
final class Claim {
    private final UpsRs service;
    private final WorkitemRecord record;
    private final Hold hold;

    Claim(UpsRs service, WorkitemRecord record, Hold hold) {
        this.service = service;
        this.record = record;
        this.hold = hold;
    }

    void send(ClaimedWorkitem workitem) throws DicomException {
        UpsAnswer answer = service.changeState(workitem.uid(), workitem.transactionUid(), Workitem.IN_PROGRESS);
        if (answer.outcome() == Outcome.DONE) {
            record.claimed(workitem);
        } else {
            byState(workitem, answer);
        }
    }

    /** A claim of ours whose answer was lost is refused too (PS3.4 C302H): only who holds the Transaction UID may update. */
    private void byState(ClaimedWorkitem workitem, UpsAnswer claim) throws DicomException {
        Optional<String> state = hold.state(workitem);
        if (state.isEmpty()) {
            hold.absent(workitem, claim.text());
        } else if (state.get().equals(Workitem.SCHEDULED)) {
            hold.notClaimed(workitem, claim.text() + ", and it is SCHEDULED");
        } else if (state.get().equals(Workitem.IN_PROGRESS)) {
            probe(workitem);
        } else {
            lost(workitem, state.get());
        }
    }

    private void probe(ClaimedWorkitem workitem) throws DicomException {
        NextStep begun = new NextStep(Kind.GO_ON, 0, "Claimed.");
        UpsAnswer probe = service.update(workitem.uid(), workitem.transactionUid(), Report.progress(begun));
        switch (probe.outcome()) {
            case DONE -> record.claimed(workitem);
            case CONTRADICTS -> lost(workitem, Workitem.IN_PROGRESS);
            case ABSENT -> hold.absent(workitem, probe.text());
            case REFUSED -> hold.refused(workitem, probe.text());
        }
    }

    private void lost(ClaimedWorkitem workitem, String state) {
        record.ended(workitem, WorkitemState.LOST, "another has it, or ended it: it is " + state);
    }
}
