package org.rigatino.identity;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;
import org.rigatino.audit.ProcessRole;

/**
 * Patients whom merges by HL7, or the IDs of an update, join: what images or messages say of the one decides over what is shown of the other's studies. What
 * changes what images say leaves a mark in its own transaction, which has the locks of its studies alone ({@link IdentityMarks}); the others are shown anew in
 * those of {@link DueStudies}, behind the lock of the messages (ADR 64, 92).
 */
@ApplicationScoped
public class JoinedPatients {
    private static final Logger LOG = Logger.getLogger(JoinedPatients.class);

    @Inject
    DataSource dataSource;

    @Inject
    IdentityMarks marks;

    @Inject
    DueStudies due;

    private final RowsInTurn inTurn = new RowsInTurn();

    /** Where it fails the rows stay, and it is tried again. */
    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void look() {
        if (PatientMessages.areTaken()) {
            inTurn.round(dataSource, marks, due);
        } else if (isListener()) {
            forget();
        }
    }

    /** Whose setting it is. */
    private static boolean isListener() {
        return ConfigProvider.getConfig()
                .getOptionalValues(ProcessRole.PROPERTY, ProcessRole.class)
                .map(roles -> roles.contains(ProcessRole.LISTENER))
                .orElse(true);
    }

    /** Where no messages are taken none joins anybody, and what was corrected is at its end. */
    private void forget() {
        try {
            marks.forget();
            due.forget();
        } catch (SQLException e) {
            LOG.warnf("marks of images are not deleted yet, which is tried again: %s", e.getSQLState());
        }
    }
}
