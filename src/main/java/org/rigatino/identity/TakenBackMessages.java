package org.rigatino.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.rigatino.access.Actor;
import org.rigatino.access.PersonsAct;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;

/**
 * Lets an administrator take back an update or a merge of a patient that was wrong or forged: its studies are shown without it; and let in
 * what comes again.
 */
@ApplicationScoped
@PersonsAct
public class TakenBackMessages {
    private static final String OF_ONE = " from patient_message one where one.id = ? and m.patient_id = one.patient_id";

    private static final String RETURNING = " returning m.kind, m.patient_id, m.prior_id, m.id";

    private static final String LET_IN = "update patient_message m set voided_at = null, voided_by = null,"
            + " let_in_at = ?, let_in_by = ?" + OF_ONE
            + " and " + MessagesAgain.areHeldTogether("one", "m") + RETURNING;

    private static final String VOID = "update patient_message m set voided_at = ?, voided_by = ?" + OF_ONE + " and "
            + MessagesAgain.areSame("one", "m") + " and one.voided_at is null and m.voided_at is null" + RETURNING;

    @Inject
    DataSource dataSource;

    @Inject
    AuditTrail audit;

    /**
     * What was done.
     *
     * @param copies that say the same and came too, under another MSH-10, from another sender or with another time
     * @param studies that are shown otherwise now
     * @param later that are shown anew behind it, since they are more than one transaction shows
     */
    public record Settled(int copies, int studies, int later) {}

    /**
     * With all that count and say the same of the same IDs, whenever that was, a merge whatever it calls them; empty where there is no such message, or it was taken back before.
     *
     * @param seen digest of the effect that {@code by} has seen; null where they say nothing of it
     * @throws EffectChangedException where it is another one now
     */
    @Transactional(rollbackOn = Exception.class)
    public Optional<Settled> takeBack(long id, String seen, Actor by, Instant at) {
        try (Connection connection = dataSource.getConnection()) {
            IdentityLocks.ofMessages(connection);
            requireSeen(connection, id, seen, message -> message.takenBackAt() == null);
            return changed(connection, VOID, EventKind.PATIENT_MESSAGE_TAKEN_BACK, id, by, at);
        } catch (SQLException e) {
            throw IdentityRows.withoutValues("shown without a message", e);
        }
    }

    /**
     * With all that are held and say the same with the same values, whenever that was; empty where there is no such message, or it is
     * not held.
     *
     * @param seen as above
     * @throws EffectChangedException as above
     */
    @Transactional(rollbackOn = Exception.class)
    public Optional<Settled> letIn(long id, String seen, Actor by, Instant at) {
        try (Connection connection = dataSource.getConnection()) {
            IdentityLocks.ofMessages(connection);
            requireSeen(connection, id, seen, PatientMessageView::isHeld);
            return changed(connection, LET_IN, EventKind.PATIENT_MESSAGE_LET_IN, id, by, at);
        } catch (SQLException e) {
            throw IdentityRows.withoutValues("shown with a message", e);
        }
    }

    /** Images may come still, behind the locks of their studies, as they may right after it. */
    private static void requireSeen(Connection connection, long id, String seen, Predicate<PatientMessageView> waits)
            throws SQLException {
        Optional<MessageEffect> effect = seen == null ? Optional.empty() : MessageEffect.of(connection, id);
        if (effect.isPresent()
                && waits.test(effect.get().message())
                && !effect.get().digest().equals(seen)) {
            throw new EffectChangedException(effect.get());
        }
    }

    private Optional<Settled> changed(
            Connection connection, String change, EventKind kind, long id, Actor by, Instant at) throws SQLException {
        List<Changed> messages = change(connection, change, id, by, at);
        if (messages.isEmpty()) {
            return Optional.empty();
        }
        int copies = messages.size() - 1;
        String detail = messages.get(0).kind() + ", message " + id
                + (copies == 0 ? "" : ", with " + copies + " more of the same: " + others(messages, id));
        Changed first = messages.get(0);
        JoinedStudies joined = JoinedStudies.of(connection, first.patient(), first.prior());
        DueStudies.add(connection, joined.later(), List.of(id));
        int studies = show(connection, detail, joined, kind, by, at);
        return Optional.of(new Settled(copies, studies, joined.later().size()));
    }

    private static String others(List<Changed> messages, long id) {
        return messages.stream()
                .map(Changed::number)
                .filter(number -> number != id)
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(" "));
    }

    /**
     * Where the site takes no messages any more, shows studies as their images say.
     *
     * @param most of them
     * @return how many were corrected until now
     */
    @Transactional(rollbackOn = Exception.class)
    public int endCorrections(int most, Instant at) {
        if (PatientMessages.areTaken()) {
            return 0;
        }
        try (Connection connection = dataSource.getConnection()) {
            IdentityLocks.ofMessages(connection);
            List<String> studies = corrected(connection, most);
            IdentityLocks.ofStudies(connection, studies);
            for (String study : studies) {
                ShownRows.show(connection, study, at);
            }
            audit.append(studies.stream().map(IdentityRows::lapsed).toList());
            return studies.size();
        } catch (SQLException e) {
            throw IdentityRows.withoutValues("shown without messages", e);
        }
    }

    private static List<String> corrected(Connection connection, int most) throws SQLException {
        return Sql.texts(
                connection,
                "select study_instance_uid from study_identity where corrected_at is not null limit ?",
                most);
    }

    private record Changed(String kind, String patient, String prior, long number) {}

    /** One for each row. */
    private static List<Changed> change(Connection connection, String change, long id, Actor by, Instant at)
            throws SQLException {
        return Sql.list(
                connection,
                change,
                row -> new Changed(row.getString(1), row.getString(2), row.getString(3), row.getLong(4)),
                at,
                by.name(),
                id);
    }

    private int show(Connection connection, String detail, JoinedStudies joined, EventKind kind, Actor by, Instant at)
            throws SQLException {
        IdentityLocks.ofStudies(connection, joined.now());
        List<AuditTrail.Event> events = new ArrayList<>();
        for (String study : joined.now()) {
            if (ShownRows.show(connection, study, at).changed()) {
                events.add(event(kind, study, by, detail));
            }
        }
        int changed = events.size();
        if (!joined.later().isEmpty()) {
            events.add(event(kind, null, by, detail + joined.behind()));
        } else if (changed == 0) {
            events.add(event(kind, null, by, detail + ", which changes no study now"));
        }
        if (!joined.all()) {
            events.add(event(EventKind.PATIENT_NOT_CORRECTED, null, by, detail + ", " + JoinedStudies.TOO_MANY));
        }
        audit.append(events);
        return changed;
    }

    private static AuditTrail.Event event(EventKind kind, String study, Actor by, String detail) {
        return by.did(new AuditTrail.Event(kind, study, null, detail));
    }
}
