package org.rigatino.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.audit.OnceAnHour;
import org.rigatino.identity.CorrectedStudies.Kept;
import org.rigatino.identity.PatientMessage.Id;
import org.rigatino.identity.PatientMessage.Kind;
import org.rigatino.patient.NobodysValues;

/**
 * Takes what HL7 messages say of patients: what is shown of their studies is made anew, and nothing that was recorded changes. One
 * message after the other, by a lock of its own; then the studies, then the chain (ADR 64).
 */
@ApplicationScoped
public class PatientCorrections {
    private static final SecureRandom RANDOM = new SecureRandom();

    @Inject
    DataSource dataSource;

    @Inject
    AuditTrail audit;

    @Inject
    TransactionSynchronizationRegistry transaction;

    private final OnceAnHour nobodys = new OnceAnHour();

    /**
     * Who sent it.
     *
     * @param application MSH-3
     * @param facility MSH-4; empty where there is none
     * @param controlId MSH-10
     * @param address of the machine
     */
    public record Sender(String application, String facility, String controlId, String address) {
        AuditTrail.Event event(String study, EventKind kind, String detail) {
            String name = facility.isEmpty() ? application : application + "|" + facility;
            return new AuditTrail.Event(kind, study, name, detail).from(address);
        }
    }

    /** What became of a message. */
    public enum Taken {
        /** It is on record, and what it says is shown, but of studies that are in doubt. */
        KEPT,
        REPEATED,
        /** It was taken back before: it is on record, and counts for nothing until an administrator lets it in. */
        HELD,
        /** An update of a patient of whom there is no study, nor would be one if merges that are held were let in. */
        NO_STUDY,
        /** Not kept: the ID is one of {@code rigatino.nobody}, or of more studies than a patient has. */
        NOBODYS_ID,
        /** Not kept: too many messages of the ID came within a day, or there are too many merges that no study is of. */
        TOO_MANY
    }

    /**
     * What one message says of one patient's IDs, all of it or nothing.
     *
     * @param most merges of patients of whom there is no study
     */
    @Transactional(rollbackOn = Exception.class)
    public Set<Taken> take(Sender sender, List<PatientMessage> messages, int most, Instant at) {
        try (Connection connection = dataSource.getConnection()) {
            IdentityLocks.ofMessages(connection);
            Set<Taken> taken = EnumSet.noneOf(Taken.class);
            List<PatientMessage> known = new ArrayList<>();
            boolean ofStudies = false;
            for (PatientMessage message : messages) {
                String[] ids = ids(message);
                int studies = JoinedStudies.own(connection, EarlierOfPatient.MOST_OF_ONE_ID + 1, ids)
                        .size();
                if (studies > EarlierOfPatient.MOST_OF_ONE_ID || areNobodys(ids)) {
                    tellOfNobodys(sender, message.kind());
                    taken.add(Taken.NOBODYS_ID);
                } else {
                    known.add(message);
                    ofStudies |= studies > 0 || JoinedStudies.areOf(connection, ids);
                }
            }
            taken.addAll(takeKnown(connection, sender, known, ofStudies ? Integer.MAX_VALUE : most, at));
            return taken;
        } catch (SQLException e) {
            throw IdentityRows.withoutValues("corrected", e);
        }
    }

    /** Of an update that is of one study, what it says of its other IDs too: whose studies those are may come to light later. */
    private Set<Taken> takeKnown(
            Connection connection, Sender sender, List<PatientMessage> messages, int most, Instant at)
            throws SQLException {
        if (messages.isEmpty()) {
            return Set.of();
        }
        if (messages.get(0).kind() == Kind.UPDATE && most != Integer.MAX_VALUE) {
            return Set.of(Taken.NO_STUDY);
        }
        for (PatientMessage message : messages) {
            if (!PatientMessageRows.hasRoom(connection, ids(message), most)) {
                return Set.of(Taken.TOO_MANY);
            }
        }
        Set<Taken> taken = EnumSet.noneOf(Taken.class);
        List<Kept> kept = new ArrayList<>();
        for (PatientMessage message : messages) {
            taken.add(keep(connection, sender, message, kept, at));
        }
        audit.append(CorrectedStudies.show(connection, sender, kept, at));
        return taken;
    }

    static String[] ids(PatientMessage message) {
        return Stream.of(message.patient(), message.prior())
                .filter(id -> id != null)
                .map(Id::id)
                .toArray(String[]::new);
    }

    /** Who sends it again and again shall not fill the trail, which has nothing of whose it is. */
    private void tellOfNobodys(Sender sender, Kind kind) {
        String key = String.join(" ", sender.application(), sender.facility(), sender.address(), kind.name());
        if (nobodys.isNew(key, transaction)) {
            String detail = kind + ", NOBODYS_ID, told once an hour";
            audit.append(sender.event(null, EventKind.PATIENT_NOT_CORRECTED, detail));
            nobodys.recorded(key, transaction);
        }
    }

    /** @param kept gets it, where it counts */
    private Taken keep(Connection connection, Sender sender, PatientMessage message, List<Kept> kept, Instant at)
            throws SQLException {
        byte[] salt = new byte[16];
        RANDOM.nextBytes(salt);
        MessagesAgain.Found before = MessagesAgain.find(connection, sender, message);
        if (before.known()) {
            return Taken.REPEATED;
        }
        Long id = PatientMessageRows.insert(connection, sender, message, salt, before.takenBack(), at);
        if (id == null) {
            return Taken.REPEATED;
        }
        String detail = RecordedMessage.detail(message, id, salt);
        if (before.takenBack() != null) {
            String why = ", TAKEN_BACK_BEFORE: as message " + before.takenBack();
            audit.append(sender.event(null, EventKind.PATIENT_NOT_CORRECTED, detail + why));
            return Taken.HELD;
        }
        kept.add(new Kept(id, message, detail));
        return Taken.KEPT;
    }

    private static boolean areNobodys(String[] ids) {
        NobodysValues nobodys = NobodysValues.of(ConfigProvider.getConfig());
        return Stream.of(ids).anyMatch(id -> nobodys.has(id, "", ""));
    }

    /**
     * Deletes those that came before, and that no study can be shown by: of whose IDs, and of those that merges lead from to them, there is
     * none any more, or none of which images came before the event.
     *
     * @return how many
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public int deleteBefore(Instant before) {
        try (Connection connection = dataSource.getConnection()) {
            IdentityLocks.ofMessages(connection);
            int deleted = PatientMessageRows.deleteBefore(connection, before);
            DoubtRows.deleteOfNoMessage(connection);
            return deleted;
        } catch (SQLException e) {
            throw IdentityRows.withoutValues("deleted", e);
        }
    }
}
