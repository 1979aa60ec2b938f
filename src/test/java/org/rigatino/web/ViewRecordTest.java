package org.rigatino.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.rigatino.access.Actor;
import org.rigatino.audit.AuditTrail;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.identity.Identities;
import org.rigatino.identity.IdentityLevel;
import org.rigatino.identity.Reader;

/** Who saw what, on a real PostgreSQL. */
class ViewRecordTest {
    @Test
    void aViewThatIsRolledBackIsRecordedWhenItIsTriedAgainAndThenOnceAnHour() throws Exception {
        try (DeliveryDatabase database = new DeliveryDatabase()) {
            database.with(new ObjectMapper());
            database.bean(AuditTrail.class);
            ViewRecord views = database.bean(ViewRecord.class);
            Identities identities = database.bean(Identities.class);
            Reader reader = new Reader(IdentityLevel.FULL, new Actor("rosa", "192.0.2.1"));
            database.execute("insert into study_identity (study_instance_uid, state, changed_at, words) values"
                    + " ('2.25.1', 'RECORDED', now(), '')");
            Callable<Void> viewed = () -> {
                views.compared("2.25.1", reader.actor());
                identities.show(List.of("2.25.1"), reader);
                return null;
            };
            assertThatThrownBy(() -> database.inTransaction(() -> {
                        viewed.call();
                        throw new IllegalStateException("what comes after fails");
                    }))
                    .hasMessageContaining("what comes after fails");
            assertThat(rows(database)).isEmpty();
            database.inTransaction(() -> {
                viewed.call();
                return viewed.call();
            });
            viewed.call();
            assertThat(rows(database)).containsExactly("IDENTITY_VIEWED rosa", "STUDY_VIEWED rosa");
        }
    }

    private static List<String> rows(DeliveryDatabase database) throws Exception {
        return database.query(
                "select kind || ' ' || actor from audit_event where study_instance_uid = '2.25.1' order by 1");
    }
}
