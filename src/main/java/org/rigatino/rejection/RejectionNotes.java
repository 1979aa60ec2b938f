package org.rigatino.rejection;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import org.jboss.logging.Logger;
import org.rigatino.deliver.DeliveryOfRerun;
import org.rigatino.rejection.RejectionNoteRows.Row;

/** Notes on their way to the outbox: each is on record with the proof that it waits for, so that none is lost where a process ends. */
@ApplicationScoped
public class RejectionNotes {
    private static final Logger LOG = Logger.getLogger(RejectionNotes.class);
    private static final int AT_ONCE = 100;

    @Inject
    RejectionNoteRows rows;

    @Inject
    RejectionNoteWriter writer;

    /** Within the transaction of the proof. */
    void confirmed(@Observes DeliveryOfRerun delivery) {
        rows.confirmed(new Row(delivery.studyId(), delivery.destination()));
    }

    /** Of all processes one at a time takes a note; what fails is tried again, later each time and without end. */
    public void work() {
        for (Row row : rows.due(AT_ONCE)) {
            try {
                writer.write(row);
            } catch (IOException | RuntimeException e) {
                LOG.warnf(
                        "no rejection note is made yet for %s of study row %d: %s",
                        row.destination(), row.studyId(), e.getMessage());
                rows.failed(row, e.getMessage());
            }
        }
    }
}
