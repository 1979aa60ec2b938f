package org.rigatino.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.StorageScu;
import org.rigatino.dicom.StoreStatus;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.TransferSyntax;

/** What a C-STORE is answered and what is kept of it, with the real database and file system. */
@QuarkusTest
@WithTestResource(RunningParts.class)
class ReceptionIT {
    @Inject
    IngestProbe ingest;

    @Inject
    IngestService service;

    @TempDir
    Path folder;

    @Test
    void whatTheRecordNamesIsOnDiskWithItsDigest() throws Exception {
        InstanceFile file = InstanceFile.write(folder, "durable", "1", "a");
        assertThat(ingest.send("ANY", file)).containsExactly(StoreStatus.SUCCESS);
        String location = ingest.text("select location from instance where sop_instance_uid = ?", file.sopUid());
        String sha256 = ingest.text("select sha256 from instance where sop_instance_uid = ?", file.sopUid());
        assertThat(IngestProbe.sha256(ingest.store().resolve(location))).isEqualTo(sha256);
    }

    @Test
    void anInstanceSentAgainIsSuccessAndNothingNew() throws Exception {
        InstanceFile file = InstanceFile.write(folder, "again", "1", "a");
        assertThat(ingest.send("ANY", file)).containsExactly(StoreStatus.SUCCESS);
        ingest.awaitState(file.studyUid(), 1, "READY");
        assertThat(ingest.send("OTHER", file)).containsExactly(StoreStatus.SUCCESS);
        assertThat(ingest.count("study where study_instance_uid = ?", file.studyUid()))
                .isEqualTo(1);
        assertThat(ingest.count("instance where sop_instance_uid = ?", file.sopUid()))
                .isEqualTo(1);
    }

    @Test
    void otherBytesUnderAKnownUidAreRefusedAndAuditedAndTheAssociationLivesOn() throws Exception {
        InstanceFile first = InstanceFile.write(folder, "conflict", "1", "a");
        InstanceFile other = InstanceFile.write(folder, "conflict", "1", "b");
        InstanceFile next = InstanceFile.write(folder, "conflict", "2", "a");
        assertThat(ingest.send("ANY", first, other, next))
                .containsExactly(StoreStatus.SUCCESS, StoreStatus.DUPLICATE_SOP_INSTANCE, StoreStatus.SUCCESS);
        assertThat(ingest.count("audit_event where kind = 'INSTANCE_REFUSED' and subject = ?", first.sopUid()))
                .isEqualTo(1);
        assertThat(ingest.storedFiles(first)).hasSize(2);
    }

    @Test
    void theSameInstanceFromManyAssociationsAtOnceIsKeptOnce() throws Exception {
        InstanceFile file = InstanceFile.write(folder, "race", "1", "a");
        ExecutorService senders = Executors.newFixedThreadPool(12);
        try {
            List<Callable<List<StoreStatus>>> tasks = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                tasks.add(() -> ingest.send("ANY", file));
            }
            for (Future<List<StoreStatus>> statuses : senders.invokeAll(tasks)) {
                assertThat(statuses.get()).containsExactly(StoreStatus.SUCCESS);
            }
        } finally {
            senders.shutdownNow();
        }
        assertThat(ingest.count("instance where sop_instance_uid = ?", file.sopUid()))
                .isEqualTo(1);
        assertThat(ingest.storedFiles(file)).hasSize(1);
        String location = ingest.text("select location from instance where sop_instance_uid = ?", file.sopUid());
        assertThat(IngestProbe.sha256(ingest.store().resolve(location)))
                .isEqualTo(ingest.text("select sha256 from instance where sop_instance_uid = ?", file.sopUid()));
    }

    @Test
    void anOutputOfOurOwnIsRecordedAndOpensNothing() throws Exception {
        InstanceFile source = InstanceFile.write(folder, "own", "1", "a");
        ingest.send("ANY", source);
        ingest.awaitState(source.studyUid(), 1, "READY");
        InstanceFile own = InstanceFile.write(folder, "own", "overlay", "a", "Rigatino");
        assertThat(ingest.send("ANY", own)).containsExactly(StoreStatus.SUCCESS);
        assertThat(ingest.count("study where study_instance_uid = ?", source.studyUid()))
                .isEqualTo(1);
        assertThat(ingest.text("select outcome from instance where sop_instance_uid = ?", own.sopUid()))
                .isEqualTo("OWN_OUTPUT");
        assertThat(ingest.count("audit_event where kind = 'OWN_OUTPUT_RECEIVED' and subject = ?", own.sopUid()))
                .isEqualTo(1);
    }

    @Test
    void aStoreInTroubleIsToldToTheSenderAndTheAssociationLivesOn() throws Exception {
        InstanceFile first = InstanceFile.write(folder, "trouble", "1", "a");
        InstanceFile second = InstanceFile.write(folder, "trouble", "2", "a");
        Path study = ingest.store().resolve(first.studyUid());
        Files.writeString(study, "in the way");
        try (StorageScu scu = StorageScu.open(ingest.node("ANY"), List.of(first.path()))) {
            assertThat(scu.store(first.path())).isEqualTo(StoreStatus.OUT_OF_RESOURCES);
            assertThat(ingest.count("instance where sop_instance_uid = ?", first.sopUid()))
                    .isZero();
            Files.delete(study);
            assertThat(scu.store(first.path())).isEqualTo(StoreStatus.SUCCESS);
            assertThat(scu.store(second.path())).isEqualTo(StoreStatus.SUCCESS);
        }
        try (Stream<Path> incoming = Files.walk(ingest.store().resolve("incoming"))) {
            assertThat(incoming.filter(file -> file.toString().endsWith(".part")))
                    .isEmpty();
        }
    }

    @Test
    void aDatabaseInTroubleIsToldToTheSenderAndTheAssociationLivesOn() throws Exception {
        InstanceFile file = InstanceFile.write(folder, "database", "1", "a");
        try (StorageScu scu = StorageScu.open(ingest.node("ANY"), List.of(file.path()))) {
            ingest.execute("alter table instance rename to instance_away");
            try {
                assertThat(scu.store(file.path())).isEqualTo(StoreStatus.OUT_OF_RESOURCES);
            } finally {
                ingest.execute("alter table instance_away rename to instance");
            }
            assertThat(scu.store(file.path())).isEqualTo(StoreStatus.SUCCESS);
        }
        assertThat(ingest.count("instance where sop_instance_uid = ?", file.sopUid()))
                .isEqualTo(1);
    }

    /** The database is away between the file's name and the row. */
    @Test
    void aFileWhoseRowWasNotCommittedIsTakenByTheNextSendOrByTheSweep() throws Exception {
        InstanceFile again = InstanceFile.write(folder, "unrecorded", "again", "a");
        InstanceFile never = InstanceFile.write(folder, "unrecorded", "never", "a");
        ingest.execute("alter table instance rename to instance_away");
        try {
            assertThat(ingest.send("ANY", again, never))
                    .containsExactly(StoreStatus.OUT_OF_RESOURCES, StoreStatus.OUT_OF_RESOURCES);
        } finally {
            ingest.execute("alter table instance_away rename to instance");
        }
        assertThat(ingest.storedFiles(never)).hasSize(2);
        assertThat(ingest.send("ANY", again)).containsExactly(StoreStatus.SUCCESS);

        service.adopt(Instant.now());
        assertThat(ingest.count("instance where sop_instance_uid = ?", never.sopUid()))
                .as("it is too young to be nobody's")
                .isZero();

        service.adopt(Instant.now().plus(Duration.ofHours(2)));
        service.adopt(Instant.now().plus(Duration.ofHours(3)));
        String location = ingest.text("select location from instance where sop_instance_uid = ?", never.sopUid());
        assertThat(IngestProbe.sha256(ingest.store().resolve(location)))
                .isEqualTo(ingest.text("select sha256 from instance where sop_instance_uid = ?", never.sopUid()));
        assertThat(ingest.text("select calling_ae_title from instance where sop_instance_uid = ?", never.sopUid()))
                .isEqualTo(UnrecordedFiles.SENDER);
        assertThat(ingest.storedFiles(never)).hasSize(2);
        assertThat(ingest.count("audit_event where kind = 'INSTANCE_ADOPTED' and subject = ?", never.sopUid()))
                .isEqualTo(1);
        assertThat(ingest.count("audit_event where kind = 'INSTANCE_ADOPTED' and subject = ?", again.sopUid()))
                .isZero();
        ingest.awaitState(never.studyUid(), 1, "READY");
    }

    /** As where a process died before it could take it away. */
    @Test
    void aFileOfOtherBytesUnderAKnownUidIsTakenAwayByTheSweep() throws Exception {
        InstanceFile file = InstanceFile.write(folder, "leftover", "1", "a");
        assertThat(ingest.send("ANY", file)).containsExactly(StoreStatus.SUCCESS);
        Path other = InstanceFile.write(folder, "leftover", "1", "b").path();
        Path left = ingest.storedFiles(file)
                .get(0)
                .resolveSibling(file.sopUid() + "." + IngestProbe.sha256(other) + ".dcm");
        Files.copy(other, left);
        service.adopt(Instant.now().plus(Duration.ofHours(2)));
        assertThat(left).doesNotExist();
        assertThat(ingest.storedFiles(file)).hasSize(1);
        assertThat(ingest.count("instance where sop_instance_uid = ?", file.sopUid()))
                .isEqualTo(1);
    }

    @Test
    void aDatasetWithoutAStudyIsRefusedAsNotUnderstoodAndAudited() throws Exception {
        Path file = folder.resolve("nostudy.dcm");
        Dataset dataset = new Dataset()
                .put(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.4")
                .put(Tag.SOPInstanceUID, "1.2.826.0.1.77")
                .put(Tag.SeriesInstanceUID, "1.2.826.0.1.78");
        Files.write(file, dataset.encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "TEST"));
        assertThat(ingest.send("ANY", new InstanceFile(file, "", "", "")))
                .containsExactly(StoreStatus.CANNOT_UNDERSTAND);
        assertThat(ingest.count("audit_event where kind = 'INSTANCE_REFUSED' and subject = ?", "1.2.826.0.1.77"))
                .isEqualTo(1);
    }

    @Test
    void aDatasetThatIsNotTheOneAnnouncedIsRefused() throws Exception {
        InstanceFile file = InstanceFile.write(folder, "mismatch", "1", "a");
        byte[] bytes = Files.readAllBytes(file.path());
        byte[] uid = file.sopUid().getBytes(StandardCharsets.US_ASCII);
        int inMeta = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(file.sopUid());
        bytes[inMeta + uid.length - 1] ^= 1;
        Files.write(file.path(), bytes);
        assertThat(ingest.send("ANY", file)).containsExactly(StoreStatus.DATASET_DOES_NOT_MATCH_SOP_CLASS);
        assertThat(ingest.count("instance where sop_instance_uid = ?", file.sopUid()))
                .isZero();
    }
}
