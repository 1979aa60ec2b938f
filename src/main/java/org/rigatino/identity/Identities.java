package org.rigatino.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.rigatino.access.Actor;
import org.rigatino.audit.AuditTrail;
import org.rigatino.audit.EventKind;
import org.rigatino.audit.OnceAnHour;
import org.rigatino.patient.IdentityAttribute;

/** Shows whose studies are. Who is shown any is in the trail, once an hour for each of them, each address and each study. */
@ApplicationScoped
public class Identities {
    private static final String SELECT =
            "select study_instance_uid, state, " + String.join(", ", IdentityAttribute.columns())
                    + ", corrected_at from study_identity where study_instance_uid = any (?)";

    @Inject
    DataSource dataSource;

    @Inject
    AuditTrail audit;

    @Inject
    TransactionSynchronizationRegistry transaction;

    private final OnceAnHour seen = new OnceAnHour();

    /** By Study Instance UID, one for each that is asked for; empty for whom nothing is to be shown. */
    @Transactional
    public Map<String, Identity> show(Collection<String> studies, Reader reader) {
        IdentityLevel level = reader.level();
        if (level == IdentityLevel.NONE || studies.isEmpty()) {
            return Map.of();
        }
        Map<String, Identity> found = new HashMap<>();
        studies.forEach(study -> found.put(study, Identity.NOT_RECORDED));
        LocalDate today = LocalDate.now();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setArray(1, connection.createArrayOf("text", studies.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    IdentityState state = IdentityState.valueOf(rows.getString(2));
                    Identity identity = Identity.of(state, ShownRows.values(rows, 3), level, today);
                    OffsetDateTime corrected = rows.getObject("corrected_at", OffsetDateTime.class);
                    found.put(
                            rows.getString(1),
                            corrected == null ? identity : identity.corrected(corrected.toInstant()));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("whose studies are cannot be read: " + e.getMessage(), e);
        }
        record(found, level, reader.actor());
        return found;
    }

    /** What images say of whose a corrected study is, as the reader is shown it; empty where nothing is corrected. */
    @Transactional
    public Optional<Identity> ofImages(String studyInstanceUid, Reader reader) {
        if (reader.level() == IdentityLevel.NONE) {
            return Optional.empty();
        }
        try (Connection connection = dataSource.getConnection()) {
            return ShownRows.isCorrected(connection, studyInstanceUid)
                    ? Optional.of(Identity.of(
                            IdentityState.RECORDED,
                            ShownRows.said(connection, studyInstanceUid).values(),
                            reader.level(),
                            LocalDate.now()))
                    : Optional.empty();
        } catch (SQLException e) {
            throw IdentityRows.withoutValues("read", e);
        }
    }

    private void record(Map<String, Identity> shown, IdentityLevel level, Actor to) {
        List<AuditTrail.Event> events = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        shown.forEach((study, identity) -> {
            String key = String.join(" ", study, level.name(), to.name(), String.valueOf(to.address()));
            if (identity.state() == IdentityState.RECORDED && seen.isNew(key, transaction)) {
                keys.add(key);
                events.add(to.did(new AuditTrail.Event(EventKind.IDENTITY_VIEWED, study, null, detail(level))));
            }
        });
        audit.append(events);
        keys.forEach(key -> seen.recorded(key, transaction));
    }

    private static String detail(IdentityLevel level) {
        return level == IdentityLevel.FULL
                ? "who the patient is, and what the study"
                : "accession number, age and sex of the patient";
    }
}
