package org.rigatino.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Slow;
import org.rigatino.deliver.DeliveryDatabase;
import org.rigatino.dicom.StoreStatus;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.TransferSyntax;
import org.rigatino.ingest.InstanceStatements.Version;
import org.rigatino.persistence.Instance;
import org.rigatino.study.LifeOnRecord;

/** What becomes of other bytes of an instance whose own the file system does not give, on a real PostgreSQL and on disk. */
@Slow
class OtherVersionsTest {
    @TempDir
    Path folder;

    private DeliveryDatabase database;
    private ReceptionOnRecord reception;
    private Path store;

    @BeforeEach
    void start() throws Exception {
        database = new DeliveryDatabase();
        LifeOnRecord.of(database);
        store = Files.createDirectory(folder.resolve("instances"));
        reception = new ReceptionOnRecord(database, store);
    }

    @AfterEach
    void stop() throws Exception {
        reception.close();
        database.close();
    }

    private InstanceFile file(String patient, String transferSyntaxUid) throws Exception {
        return InstanceFile.write(folder, "s", "1", dataset -> dataset.put(Tag.PatientID, patient), transferSyntaxUid);
    }

    /** Two routes of an archive: both are known to be other bytes before either is compared. */
    @Test
    void ofTwoThatComeAtOnceNoneTakesTheFileOfTheOther() throws Exception {
        assertThat(reception.store(file("P1", TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN)))
                .isEqualTo(StoreStatus.SUCCESS);
        InstanceFile same = file("P1", TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN);
        Arrival first = reception.arrive(same);
        Arrival second = reception.arrive(same);
        Version inForce = reception.record().add(first).inForce();
        assertThat(reception.record().add(second).kind()).isEqualTo(InstanceRecord.Result.Kind.OTHER_VERSION);

        assertThat(reception.otherVersions().settle(first, inForce)).isEqualTo(StoreStatus.SUCCESS);
        assertThatThrownBy(() -> reception.otherVersions().settle(second, inForce))
                .hasMessageContaining("came twice at once");
        assertThat(database.query("select outcome from instance")).containsExactly("PENDING");

        Arrival slow = reception.arrive(same);
        Arrival quick = reception.arrive(same);
        reception.record().setAside(slow, inForce, Instance.OTHER_CONTENT, "not compared in time");
        assertThat(reception.otherVersions().settle(quick, inForce)).isEqualTo(StoreStatus.SUCCESS);
        assertThat(slow.received().file()).isRegularFile();
        assertThat(database.query("select outcome from instance order by id")).containsExactly("PENDING", "SET_ASIDE");
    }

    /** A folder in its place is opened as a file is, and gives no byte. */
    @Test
    void whatIsNotKnownToBeOtherIsNotSetAside() throws Exception {
        assertThat(reception.store(file("P1", TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN)))
                .isEqualTo(StoreStatus.SUCCESS);
        Path there =
                store.resolve(database.query("select location from instance").get(0));
        Path away = Files.move(there, folder.resolve("away"));
        Files.createDirectory(there);
        InstanceFile same = file("P1", TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN);
        assertThat(reception.store(same)).isEqualTo(StoreStatus.OUT_OF_RESOURCES);
        assertThat(reception.store(file("P2", TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN)))
                .isEqualTo(StoreStatus.OUT_OF_RESOURCES);
        assertThat(database.query("select outcome from instance")).containsExactly("PENDING");

        Files.delete(there);
        Files.move(away, there);
        assertThat(reception.store(same)).isEqualTo(StoreStatus.SUCCESS);
        assertThat(reception.store(file("P2", TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN)))
                .isEqualTo(StoreStatus.COERCION);
        assertThat(database.query("select concat_ws(' ', outcome, outcome_reason) from instance order by id"))
                .containsExactly("PENDING", "SET_ASIDE patient-identity");
    }
}
