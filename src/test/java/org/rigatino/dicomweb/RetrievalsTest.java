package org.rigatino.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;

import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.inject.Instance;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rigatino.Settings;
import org.rigatino.Slow;
import org.rigatino.audit.AuditTrail;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.LimitPassedException;
import org.rigatino.dicom.LimitPassedException.Limit;
import org.rigatino.dicom.TlsProfiles;
import org.rigatino.ingest.IngestConfiguration;
import org.rigatino.ingest.IngestService;
import org.rigatino.ingest.Sources;

/** Two studies of one source that wait to be fetched, on a real PostgreSQL. */
@Slow
class RetrievalsTest {
    private DeliveryDatabase database;
    private Retrievals retrievals;
    private volatile boolean listening = true;
    private volatile Fetch fetch;

    private interface Fetch {
        Retriever.Retrieved of(String study) throws DicomException;
    }

    private final class Listening extends IngestService {
        @Override
        public boolean isListening() {
            return listening;
        }
    }

    private final Retriever retriever = new Retriever() {
        @Override
        public Set<String> sources() {
            return Set.of("kept");
        }

        @Override
        public Retrieved retrieve(Wanted study) throws DicomException {
            return fetch.of(study.studyInstanceUid());
        }
    };

    private Object proxy(Class<?> type, Object answer) {
        return Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (proxy, method, values) -> answer);
    }

    @BeforeEach
    void start() throws Exception {
        database = new DeliveryDatabase();
        database.with(
                new Listening(),
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {Instance.class},
                        (proxy, method, values) -> List.of(retriever).iterator()),
                proxy(TlsConfigurationRegistry.class, Optional.empty()),
                Settings.of(
                        IngestConfiguration.class,
                        Map.of("rigatino.ingest.sources.kept.url", "http://127.0.0.1:1/dicom-web")),
                Settings.of(DicomwebConfiguration.class, Map.of("rigatino.dicomweb.retrieval.first", "PT0.01S")));
        database.bean(AuditTrail.class);
        database.bean(TlsProfiles.class);
        database.bean(Sources.class);
        database.bean(RetrievalRecord.class);
        retrievals = database.bean(Retrievals.class);
        database.execute(
                """
                insert into retrieval (event_source, event_id, study_instance_uid, source, state, next_attempt_at,
                    requested_at)
                  values ('fetch', '1', '1.2.1', 'kept', 'PENDING', now() - interval '2 s', now()),
                    ('fetch', '2', '1.2.2', 'kept', 'PENDING', now() - interval '1 s', now())""");
    }

    @AfterEach
    void stop() throws Exception {
        retrievals.stop(null);
        database.close();
    }

    private List<String> rows() throws Exception {
        return database.query("select concat_ws(' ', study_instance_uid, state, attempts) from retrieval order by id");
    }

    @Test
    void whatWaitsWhenTheProcessStopsIsLeftToTheNext() throws Exception {
        fetch = study -> {
            listening = false;
            return new Retriever.Retrieved(1, 0, "by a test");
        };
        retrievals.retrieve();
        await().until(() -> rows().get(0).startsWith("1.2.1 RETRIEVED"));
        await().during(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(rows()).containsExactly("1.2.1 RETRIEVED 1", "1.2.2 PENDING 0"));
    }

    /** More instances than are let are more the next time too; what took too long is tried once more. */
    @Test
    void aLimitThatIsPassedIsNotPassedOverAndOver() throws Exception {
        fetch = study -> {
            throw new LimitPassedException(study.equals("1.2.1") ? Limit.INSTANCES : Limit.TIME, "passed", null);
        };
        await().untilAsserted(() -> {
            retrievals.retrieve();
            assertThat(rows()).containsExactly("1.2.1 FAILED 1", "1.2.2 FAILED 2");
        });
        assertThat(database.query("select last_error from retrieval order by id"))
                .satisfiesExactly(
                        first -> assertThat(first).contains("rigatino.dicomweb.max-instances"),
                        second -> assertThat(second).contains("rigatino.dicomweb.retrieval.time-limit"));
    }
}
