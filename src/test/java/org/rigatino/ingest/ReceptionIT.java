package org.rigatino.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.InputStream;
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
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.StorageScu;
import org.rigatino.dicom.StoreRequest;
import org.rigatino.dicom.StoreStatus;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.TransferSyntax;
import org.rigatino.dicom.Uids;
import org.rigatino.persistence.Instance;

/** What a C-STORE is answered and what is kept of it, with the real database and file system. */
@QuarkusTest
@WithTestResource(RunningParts.class)
class ReceptionIT {
    private static final String SET_ASIDE =
            "select outcome_reason from instance where outcome = 'SET_ASIDE' and sop_instance_uid = ?";

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
    void otherBytesUnderAKnownUidAreSetAsideAndAuditedAndTheAssociationLivesOn() throws Exception {
        InstanceFile first = InstanceFile.write(folder, "conflict", "1", "a");
        InstanceFile other = InstanceFile.write(folder, "conflict", "1", "b");
        InstanceFile next = InstanceFile.write(folder, "conflict", "2", "a");
        assertThat(ingest.send("ANY", first, other, other, next, first))
                .containsExactly(
                        StoreStatus.SUCCESS,
                        StoreStatus.COERCION,
                        StoreStatus.COERCION,
                        StoreStatus.SUCCESS,
                        StoreStatus.SUCCESS);
        assertThat(ingest.count("audit_event where kind = 'INSTANCE_SET_ASIDE' and subject = ?", first.sopUid()))
                .isEqualTo(1);
        assertThat(ingest.storedFiles(first)).hasSize(3);
        assertThat(ingest.text(SET_ASIDE, first.sopUid())).isEqualTo("other-content");
        ingest.awaitState(first.studyUid(), 1, "READY");
        assertThat(ingest.count("study where study_instance_uid = ?", first.studyUid()))
                .isEqualTo(1);
    }

    /** The usual life of an archive: kept as it came, forwarded in what the receiver offers. */
    @Test
    void theSameInstanceInAnotherTransferSyntaxIsKnownAndNotKeptAgain() throws Exception {
        UnaryOperator<Dataset> image = dataset -> image(dataset, (short) 7);
        UnaryOperator<Dataset> brighter = dataset -> image(dataset, (short) 8);
        String explicit = TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;
        String implicit = TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN;
        InstanceFile first = InstanceFile.write(folder, "syntaxes", "1", image, explicit);
        InstanceFile same = InstanceFile.write(folder, "syntaxes", "1", image, implicit);
        InstanceFile other = InstanceFile.write(folder, "syntaxes", "1", brighter, implicit);
        assertThat(ingest.send("ANY", first)).containsExactly(StoreStatus.SUCCESS);
        assertThat(ingest.send("PACS", same)).containsExactly(StoreStatus.SUCCESS);
        assertThat(ingest.count("audit_event where kind = 'INSTANCE_RECOGNISED' and subject = ?", first.sopUid()))
                .isEqualTo(1);
        assertThat(ingest.storedFiles(first)).hasSize(1);
        assertThat(ingest.send("PACS", other)).containsExactly(StoreStatus.COERCION);
        assertThat(ingest.storedFiles(first)).hasSize(2);
        assertThat(ingest.count("instance where outcome <> 'SET_ASIDE' and sop_instance_uid = ?", first.sopUid()))
                .isEqualTo(1);
    }

    private static Dataset image(Dataset dataset, short value) {
        short[] pixels = new short[16];
        pixels[5] = value;
        return dataset.put(Tag.SamplesPerPixel, 1)
                .put(Tag.PhotometricInterpretation, "MONOCHROME2")
                .put(Tag.Rows, 4)
                .put(Tag.Columns, 4)
                .put(Tag.BitsAllocated, 16)
                .put(Tag.BitsStored, 12)
                .put(Tag.HighBit, 11)
                .put(Tag.PixelRepresentation, 0)
                .putPixels(pixels);
    }

    @Test
    void anotherPatientUnderAKnownUidPutsTheStudyInDoubt() throws Exception {
        String syntax = TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;
        InstanceFile wrong =
                InstanceFile.write(folder, "doubt", "1", dataset -> dataset.put(Tag.PatientID, "WRONG"), syntax);
        InstanceFile right =
                InstanceFile.write(folder, "doubt", "1", dataset -> dataset.put(Tag.PatientID, "RIGHT"), syntax);
        assertThat(ingest.send("ANY", wrong)).containsExactly(StoreStatus.SUCCESS);
        ingest.awaitState(wrong.studyUid(), 1, "READY");
        assertThat(ingest.send("ANY", right, right)).containsExactly(StoreStatus.COERCION, StoreStatus.COERCION);
        ingest.awaitState(wrong.studyUid(), 2, "READY");
        assertThat(ingest.text(SET_ASIDE, wrong.sopUid())).isEqualTo("patient-identity");
        assertThat(ingest.text(
                        "select detail from audit_event where kind = 'INSTANCE_SET_ASIDE' and subject = ?",
                        wrong.sopUid()))
                .contains("(0010,0020)")
                .doesNotContain("WRONG", "RIGHT");
    }

    /** A split or a merge in the archive that keeps the UID. */
    @Test
    void aKnownUidUnderAnotherStudyMakesNoStudy() throws Exception {
        String elsewhere = Uids.nameBased("study", "refiled elsewhere");
        InstanceFile here = InstanceFile.write(folder, "refiled", "1", "a");
        InstanceFile there = InstanceFile.write(
                folder,
                "refiled",
                "1",
                dataset -> dataset.put(Tag.StudyInstanceUID, elsewhere),
                TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
        assertThat(ingest.send("ANY", here, there)).containsExactly(StoreStatus.SUCCESS, StoreStatus.COERCION);
        assertThat(ingest.count("study where study_instance_uid = ?", elsewhere))
                .isZero();
        assertThat(ingest.text(SET_ASIDE, here.sopUid())).isEqualTo("other-content");
        assertThat(ingest.text(
                        "select study_instance_uid from audit_event where kind = 'INSTANCE_SET_ASIDE' and subject = ?",
                        here.sopUid()))
                .isEqualTo(here.studyUid());
        ingest.awaitState(here.studyUid(), 1, "READY");
        assertThat(ingest.count("study where study_instance_uid = ?", here.studyUid()))
                .isEqualTo(1);
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
    void anOwnOutputIsRecordedAndOpensNothing() throws Exception {
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
                .isEqualTo(Instance.ADOPTED);
        assertThat(ingest.storedFiles(never)).hasSize(2);
        assertThat(ingest.count("audit_event where kind = 'INSTANCE_ADOPTED' and subject = ?", never.sopUid()))
                .isEqualTo(1);
        assertThat(ingest.count("audit_event where kind = 'INSTANCE_ADOPTED' and subject = ?", again.sopUid()))
                .isZero();
        ingest.awaitState(never.studyUid(), 1, "READY");

        assertThat(ingest.send("ANY", never)).containsExactly(StoreStatus.SUCCESS);
        assertThat(ingest.text("select calling_ae_title from instance where sop_instance_uid = ?", never.sopUid()))
                .as("who sends the same is taken for its sender")
                .isEqualTo("ANY");
    }

    /** As where a process died before it could put it on record. */
    @Test
    void aFileOfOtherBytesUnderAKnownUidIsSetAsideByTheSweep() throws Exception {
        InstanceFile file = InstanceFile.write(folder, "leftover", "1", "a");
        assertThat(ingest.send("ANY", file)).containsExactly(StoreStatus.SUCCESS);
        Path other = InstanceFile.write(folder, "leftover", "1", "b").path();
        Path left = ingest.storedFiles(file)
                .get(0)
                .resolveSibling(file.sopUid() + "." + IngestProbe.sha256(other) + ".dcm");
        Files.copy(other, left);
        service.adopt(Instant.now().plus(Duration.ofHours(2)));
        assertThat(left).exists();
        assertThat(ingest.text(SET_ASIDE, file.sopUid())).isEqualTo("other-content");
        assertThat(ingest.count("instance where sop_instance_uid = ?", file.sopUid()))
                .isEqualTo(2);
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

    /** As where a sender has negotiated another class. */
    @Test
    void anObjectOfAPrivateClassIsRefusedAndAudited() throws Exception {
        StoreRequest request =
                new StoreRequest("ANY", "1.3.6.1.4.1.9999.1", "1.2.826.0.1.79", "1.2.840.10008.1.2.1", false);
        assertThat(service.store(request, InputStream.nullInputStream(), null))
                .isEqualTo(StoreStatus.SOP_CLASS_NOT_SUPPORTED);
        assertThat(ingest.count("audit_event where kind = 'INSTANCE_REFUSED' and subject = ?", "1.2.826.0.1.79"))
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
