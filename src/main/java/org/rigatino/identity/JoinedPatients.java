package org.rigatino.identity;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.audit.OnceAnHour;
import org.rigatino.audit.ProcessRole;

/**
 * Patients whom merges by HL7, or the IDs of an update, join: what images or messages say of the one decides over what is shown of the other's studies. What
 * changes what images say leaves a mark in its own transaction, which has the locks of its studies alone ({@link IdentityMarks}); the others are shown anew in
 * one of their own, behind the lock of the messages (ADR 64, 92).
 */
@ApplicationScoped
public class JoinedPatients {
    private static final Logger LOG = Logger.getLogger(JoinedPatients.class);
    private static final String NOT_YET =
            "studies of patients whom HL7 messages join are not shown anew yet, which is tried again";

    private final OnceAnHour tooMany = new OnceAnHour();

    @Inject
    DataSource dataSource;

    @Inject
    TransactionSynchronizationRegistry transaction;

    @Inject
    AuditTrail audit;

    @Inject
    DueStudies due;

    /** Where it fails the marks stay, and it is tried again. */
    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void look() {
        try {
            if (PatientMessages.areTaken()) {
                while (areAny() || due.areAny()) {
                    showAnew();
                    due.show(now());
                }
            } else if (isListener() && (areAny() || due.areAny())) {
                forget();
            }
        } catch (SQLException e) {
            LOG.warnf("%s: the database says %s", NOT_YET, e.getSQLState());
        } catch (RuntimeException e) {
            LOG.warnf("%s: %s", NOT_YET, e.getClass().getName());
        }
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    private boolean areAny() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return IdentityMarks.areAny(connection);
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
    private void forget() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            IdentityMarks.deleteAll(connection);
            DueStudies.deleteAll(connection);
        }
    }

    /** Takes marks until their studies are as many as one transaction may lock. */
    @Transactional(rollbackOn = Exception.class)
    void showAnew() throws SQLException {
        Instant now = now();
        List<AuditTrail.Event> events = new ArrayList<>();
        try (Connection connection = dataSource.getConnection()) {
            IdentityLocks.ofMessages(connection);
            Set<String> studies = new LinkedHashSet<>();
            for (IdentityMarks.Mark mark : IdentityMarks.read(connection)) {
                if (studies.size() >= JoinedStudies.MOST) {
                    break;
                }
                IdentityMarks.delete(connection, mark);
                if (mark.ids().length > 0) {
                    JoinedStudies joined = JoinedStudies.ofImages(connection, mark.ids());
                    studies.addAll(joined.studies());
                    if (!joined.all()) {
                        tellOfTooMany(mark.study(), events);
                    }
                }
            }
            IdentityLocks.ofStudies(connection, List.copyOf(studies));
            for (String study : studies) {
                show(connection, study, now, events);
            }
        }
        audit.append(events);
    }

    private static void show(Connection connection, String study, Instant now, List<AuditTrail.Event> events)
            throws SQLException {
        ShownRows.Change change = ShownRows.show(connection, study, now);
        if (change.lapsed()) {
            events.add(IdentityRows.lapsed(study));
        } else if (change.changed()) {
            events.add(new AuditTrail.Event(
                    EventKind.PATIENT_CORRECTED,
                    study,
                    null,
                    "images came of its patient, or of one whom messages join with its patient, or a person said whose"
                            + " images are, or what they said was deleted"));
        }
    }

    /** Each series may say something new, and the trail is not to be full of it. */
    private void tellOfTooMany(String study, List<AuditTrail.Event> events) {
        if (tooMany.isNew(study, transaction)) {
            String detail = JoinedStudies.TOO_MANY
                    + ": of its patient, or of those whom messages join with it, are more than " + JoinedStudies.MOST
                    + " IDs or studies, of which not all are shown anew; told once an hour";
            events.add(new AuditTrail.Event(EventKind.PATIENT_NOT_CORRECTED, study, null, detail));
            tooMany.recorded(study, transaction);
        }
    }
}
