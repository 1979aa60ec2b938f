package org.rigatino.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.tls.TlsConfigurationRegistry;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.Settings;
import org.rigatino.Slow;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.LimitPassedException;
import org.rigatino.dicom.ScriptedArchive;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.TlsProfiles;
import org.rigatino.dicom.TransferSyntax;
import org.rigatino.dicomweb.DicomwebConfiguration;
import org.rigatino.dicomweb.HopelessRetrievalException;
import org.rigatino.dicomweb.Retriever;
import org.rigatino.identity.EarlierPatients;
import org.rigatino.identity.StillOfPatient;
import org.rigatino.ingest.InstanceFile;
import org.rigatino.ingest.ReceptionOnRecord;
import org.rigatino.ingest.Sources;
import org.rigatino.ingest.StudyPatients;
import org.rigatino.study.LifeOnRecord;

/** What is moved is received into a real PostgreSQL, by an archive that lists and counts as it is told. */
@Slow
class MoveRetrieverTest {
    private static final String KNOWN = "2.25.51";
    private static final String NEW = "2.25.52";

    @TempDir
    Path folder;

    private DeliveryDatabase database;
    private ReceptionOnRecord reception;
    private ScriptedArchive archive;
    private MoveRetriever retriever;
    private final List<String> moved = new ArrayList<>();
    /** In the place of a file of the study, and opened as one; null where there is none. */
    private List<Path> kept = List.of();

    /** Whose the instances say that the study is, which needs a process to be read. Not static: it would be a bean of every such. */
    private final class NobodyNamed extends StudyPatients {
        @Override
        public List<Path> filesInForce(String studyInstanceUid) {
            return kept;
        }
    }

    @BeforeEach
    void start() throws Exception {
        archive = new ScriptedArchive();
        database = new DeliveryDatabase();
        LifeOnRecord.of(database);
        String source = "rigatino.ingest.sources.old.";
        reception = new ReceptionOnRecord(
                database,
                Files.createDirectory(folder.resolve("instances")),
                Map.of(
                        source + "host", "127.0.0.1",
                        source + "port", "" + archive.node().port(),
                        source + "ae-title", "ARCHIVE"));
        database.with(
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {TlsConfigurationRegistry.class},
                        (proxy, method, values) -> Optional.empty()),
                Settings.of(DicomwebConfiguration.class, Map.of("rigatino.dicomweb.max-instances", "3")));
        database.with(new NobodyNamed());
        for (Class<?> bean : List.of(
                TlsProfiles.class,
                Sources.class,
                StudySearch.class,
                EarlierPatients.class,
                StillOfPatient.class,
                ListedPatient.class)) {
            database.bean(bean);
        }
        retriever = database.bean(MoveRetriever.class);
    }

    @AfterEach
    void stop() throws Exception {
        reception.close();
        database.close();
        archive.close();
    }

    private InstanceFile file(String study, String name) throws IOException {
        return InstanceFile.write(
                folder,
                "any",
                name,
                dataset -> dataset.put(Tag.StudyInstanceUID, study).put(Tag.PatientID, "P1"),
                TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
    }

    /** An archive that has just these of the new study. */
    private void has(String patientId, String... names) {
        archive.answers =
                asked -> List.of(new Dataset().put(Tag.StudyInstanceUID, NEW).put(Tag.PatientID, patientId));
        archive.move = asked -> {
            moved.add(asked.require(Tag.StudyInstanceUID));
            for (String name : names) {
                reception.store(file(NEW, name));
            }
            return new int[] {0, names.length};
        };
    }

    private Retriever.Retrieved fetch() throws DicomException {
        return retriever.retrieve(new Retriever.Wanted("old", NEW, true, Optional.empty()));
    }

    private List<String> studies() throws Exception {
        return database.query("select concat_ws(' ', s.study_instance_uid, i.outcome) from instance i"
                + " join study s on s.id = i.study_id order by i.id");
    }

    /** Split off by hand, as many archives do: with new Study and old SOP Instance UIDs. */
    @Test
    void aStudyOfWhichAllIsKnownUnderAnotherIsNotFetched() throws Exception {
        reception.store(file(KNOWN, "1"));
        reception.store(file(KNOWN, "2"));
        has("P1", "1", "2");
        assertThatThrownBy(this::fetch)
                .isInstanceOf(HopelessRetrievalException.class)
                .hasMessageContaining("known under study " + KNOWN)
                .hasMessageContaining("new SOP Instance UIDs");
        assertThat(studies())
                .containsExactly(KNOWN + " PENDING", KNOWN + " PENDING", KNOWN + " SET_ASIDE", KNOWN + " SET_ASIDE");
        assertThatThrownBy(this::fetch).as("again").hasMessageContaining("known under study " + KNOWN);
    }

    @Test
    void whatIsKnownUnderAnotherStudyIsNotCountedAsFetched() throws Exception {
        reception.store(file(KNOWN, "1"));
        has("P1", "1", "2", "3");
        Retriever.Retrieved retrieved = fetch();
        assertThat(retrieved.stored()).isEqualTo(2);
        assertThat(retrieved.failed()).isEqualTo(1);
        assertThat(retrieved.detail()).contains("3 came, 1 of them known under study " + KNOWN);
    }

    @Test
    void otherBytesOfWhatIsHereAreToldApart() throws Exception {
        reception.store(InstanceFile.write(
                folder,
                "any",
                "1",
                dataset -> dataset.put(Tag.StudyInstanceUID, NEW)
                        .put(Tag.PatientID, "P1")
                        .put(Tag.SeriesDescription, "corrected since"),
                TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN));
        has("P1", "1", "2");
        Retriever.Retrieved retrieved = fetch();
        assertThat(retrieved.stored()).isEqualTo(2);
        assertThat(retrieved.detail()).contains("2 came, 1 of them set aside, as another version than is here");
    }

    /** Images of another patient that a person has set aside: they stay so, and are of no other study. */
    @ParameterizedTest
    @ValueSource(strings = {"1 2", "2"})
    void whatWasSetAsideHereIsNotOfAnotherStudy(String listed) throws Exception {
        reception.store(file(NEW, "1"));
        reception.store(file(NEW, "2"));
        database.execute(
                "update instance set outcome = 'SET_ASIDE', outcome_reason = 'another-patient' where id = (select"
                        + " max(id) from instance)");
        has("P1", listed.split(" "));
        assertThat(fetch().detail()).contains("1 of them set aside").doesNotContain("known under");
        assertThat(studies()).contains(NEW + " PENDING", NEW + " SET_ASIDE");
    }

    /** It would be taken for another patient's once it is here, and held back. */
    @Test
    void aStudyThatIsListedWithoutAPatientIdIsNotMoved() throws Exception {
        has("", "1");
        assertThatThrownBy(this::fetch)
                .isInstanceOf(HopelessRetrievalException.class)
                .hasMessageContaining("tells no Patient ID (0010,0020)");
        assertThat(moved).isEmpty();
        assertThat(studies()).isEmpty();
    }

    /** The next attempt may see whose it is. */
    @Test
    void aStudyOfWhichAFileIsNotGivenIsNotTakenForTheListedPatients() throws Exception {
        has("P1", "1");
        kept = List.of(Files.createDirectory(folder.resolve("unread")));
        assertThatThrownBy(this::fetch)
                .isInstanceOf(DicomException.class)
                .isNotInstanceOf(HopelessRetrievalException.class)
                .hasMessageContaining("lists it under cannot be told: the file system does not give unread");
        kept = List.of();
        assertThat(fetch().stored()).isEqualTo(1);
    }

    /** Another that is given names another patient, whatever the one that is not says. */
    @Test
    void aFileThatIsNotGivenHidesNoOtherPatient() throws Exception {
        has("P2", "1");
        kept = List.of(
                Files.createDirectory(folder.resolve("unread")),
                file(NEW, "kept").path());
        assertThatThrownBy(this::fetch)
                .isInstanceOf(HopelessRetrievalException.class)
                .hasMessageContaining("lists the study under another patient than its instances name");
    }

    @Test
    void moreInstancesThanAreLetAreTooMany() throws Exception {
        has("P1", "1", "2", "3", "4");
        assertThatThrownBy(this::fetch)
                .isInstanceOfSatisfying(LimitPassedException.class, passed -> assertThat(passed.limit())
                        .isEqualTo(LimitPassedException.Limit.INSTANCES));
    }
}
