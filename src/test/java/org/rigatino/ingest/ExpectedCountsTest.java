package org.rigatino.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rigatino.Patience.await;

import io.quarkus.tls.TlsConfigurationRegistry;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rigatino.Settings;
import org.rigatino.Slow;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.ScriptedArchive;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.TlsProfiles;
import org.rigatino.study.LifeOnRecord;

/** Studies of one sender that are counted at its archive, on a real PostgreSQL. */
@Slow
class ExpectedCountsTest {
    private static final String OLDER = "1.2.1";
    private static final String NEWER = "1.2.2";

    private DeliveryDatabase database;
    private ScriptedArchive archive;
    private ExpectedCounts counts;

    /** Not static: a nested class would be a bean of every test that runs a process. */
    private final class Listening extends IngestService {
        @Override
        public boolean isListening() {
            return true;
        }
    }

    @BeforeEach
    void start() throws Exception {
        archive = new ScriptedArchive();
        database = new DeliveryDatabase();
        LifeOnRecord.of(database);
        String counter = "rigatino.ingest.expected-counts.SCANNER.";
        database.with(
                new Listening(),
                Settings.of(
                        IngestConfiguration.class,
                        Map.of(
                                counter + "host", "127.0.0.1",
                                counter + "port", "" + archive.node().port(),
                                counter + "ae-title", "ARCHIVE",
                                counter + "every", "PT0.01S")),
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {TlsConfigurationRegistry.class},
                        (proxy, method, values) -> Optional.empty()));
        database.bean(TlsProfiles.class);
        database.bean(Sources.class);
        database.bean(PerformedSteps.class);
        database.bean(Completion.class);
        counts = database.bean(ExpectedCounts.class);
        counts.start(null);
        receiving(1, OLDER, 20);
        receiving(2, NEWER, 10);
    }

    @AfterEach
    void stop() throws Exception {
        counts.stop(null);
        database.close();
        archive.close();
    }

    private void receiving(int id, String study, int seconds) throws Exception {
        database.execute(String.format(
                """
                insert into study (id, study_instance_uid, revision, state, first_received_at, last_received_at)
                  overriding system value
                  values (%1$d, '%2$s', 1, 'RECEIVING', now(), now() - interval '%3$d s');
                insert into instance (id, study_id, sop_instance_uid, sop_class_uid, series_instance_uid,
                    transfer_syntax_uid, calling_ae_title, location, sha256, bytes, received_at, outcome)
                  overriding system value
                  values (%1$d, %1$d, '%2$s.1', '1.2', '1.3', '1.2', 'SCANNER', '%2$s', '%2$s', 0, now(), 'PENDING')""",
                id, study, seconds));
    }

    private List<String> counted() throws Exception {
        return database.query("select study_instance_uid || ' ' || instances from expected_count order by 1");
    }

    /** It is asked about first, each time. */
    @Test
    void aStudyThatCannotBeCountedKeepsNoOtherFromIt() throws Exception {
        archive.answers = asked -> asked.string(Tag.StudyInstanceUID).orElse("").equals(OLDER)
                ? List.of(new Dataset().put(Tag.StudyInstanceUID, OLDER))
                : List.of(new Dataset().put(Tag.StudyInstanceUID, NEWER).put(Tag.NumberOfStudyRelatedInstances, 7));
        await().untilAsserted(() -> {
            counts.ask();
            assertThat(counted()).containsExactly(NEWER + " 7");
        });
    }

    /** That is no fault of the study which it was to be asked about first. */
    @Test
    void anArchiveThatIsAwayPutsNoStudyOff() throws Exception {
        int port = archive.node().port();
        archive.close();
        try (ServerSocket away = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
            counts.rest(Duration.ofSeconds(2));
            counts.ask();
            away.accept().close();
            away.setSoTimeout(1500);
            assertThatThrownBy(() -> {
                        counts.ask();
                        away.accept();
                    })
                    .as("it rests")
                    .isInstanceOf(SocketTimeoutException.class);
        }
        archive = new ScriptedArchive(port);
        archive.answers = asked -> List.of(new Dataset()
                .put(Tag.StudyInstanceUID, asked.string(Tag.StudyInstanceUID).orElseThrow())
                .put(Tag.NumberOfStudyRelatedInstances, 7));
        await().until(() -> {
            counts.ask();
            return !counted().isEmpty();
        });
        assertThat(counted()).contains(OLDER + " 7");
    }

    /** Over the connection, which may be the archive's end: the others are asked about the next time. */
    @Test
    void aStudyOverWhichTheArchiveHangsUpKeepsNoOtherFromIt() throws Exception {
        archive.answers = asked -> {
            if (asked.string(Tag.StudyInstanceUID).orElse("").equals(OLDER)) {
                throw new IllegalStateException("hangs up");
            }
            return List.of(new Dataset().put(Tag.StudyInstanceUID, NEWER).put(Tag.NumberOfStudyRelatedInstances, 7));
        };
        await().untilAsserted(() -> {
            counts.ask();
            assertThat(counted()).containsExactly(NEWER + " 7");
        });
    }
}
