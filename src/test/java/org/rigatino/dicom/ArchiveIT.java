package org.rigatino.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Patience;
import org.rigatino.proof.demo.Orthanc;

/** Every service that we use, against a real Orthanc; its storage commitment reports come to our listener. */
class ArchiveIT {
    private static final SopReference NEVER_SENT =
            new SopReference(SopClass.SECONDARY_CAPTURE_IMAGE_STORAGE, "1.2.826.0.1.999.1");

    @TempDir
    Path folder;

    private Listening listening;
    private Orthanc orthanc;
    private RemoteNode archive;

    @BeforeEach
    void start() throws Exception {
        Assumptions.assumeTrue(Path.of("/usr/sbin/Orthanc").toFile().canExecute(), "orthanc is not installed");
        listening = new Listening(folder);
        orthanc = Orthanc.start(
                folder.resolve("orthanc"),
                Tool.freePort(),
                Tool.freePort(),
                Map.of(Listening.AE_TITLE, listening.port()));
        archive = node(orthanc.dicomPort(), Orthanc.AE_TITLE);
    }

    @AfterEach
    void stop() throws Exception {
        if (orthanc != null) {
            orthanc.close();
            listening.close();
        }
    }

    private static RemoteNode node(int port, String called) {
        return new RemoteNode("127.0.0.1", port, called, Listening.AE_TITLE, Patience.STEP, Patience.STEP);
    }

    @Test
    void what_is_stored_is_committed_to_and_found_and_nothing_else_is() throws Exception {
        Path file = Samples.file("single/MR_small.dcm");
        VerificationScu.echo(archive);
        try (StorageScu scu = StorageScu.open(archive, List.of(file))) {
            assertThat(scu.store(file)).isEqualTo(StoreStatus.SUCCESS);
        }
        FileMeta meta = FileMeta.read(file);
        SopReference stored = new SopReference(meta.sopClassUid(), meta.sopInstanceUid());

        StorageCommitmentResult report = commit("1.2.826.0.1.999.2", List.of(stored, NEVER_SENT));
        assertThat(report.transactionUid()).isEqualTo("1.2.826.0.1.999.2");
        assertThat(report.committed()).containsExactly(stored);
        assertThat(report.failed()).containsExactly(Map.entry(NEVER_SENT, 0x0112));

        Dataset header = Dataset.readHeader(file);
        try (QueryScu query = QueryScu.open(archive)) {
            String study = header.require(Tag.StudyInstanceUID);
            String series = header.require(Tag.SeriesInstanceUID);
            assertThat(query.imageExists(study, series, meta.sopInstanceUid())).isTrue();
            assertThat(query.imageExists(study, series, NEVER_SENT.sopInstanceUid()))
                    .isFalse();
            assertThat(query.imageExists("2.25.999", series, meta.sopInstanceUid()))
                    .isFalse();
        }
    }

    @Test
    void an_old_archive_names_the_study_of_what_it_lists() throws Exception {
        Path file = Samples.file("single/MR_small.dcm");
        int port = Tool.freePort();
        try (QueryRetrieveScp old = QueryRetrieveScp.start(folder, port, Map.of())) {
            old.add(List.of(file));
            Dataset header = Dataset.readHeader(file);
            String series = header.require(Tag.SeriesInstanceUID);
            String object = header.require(Tag.SOPInstanceUID);
            try (QueryScu query = QueryScu.open(node(port, QueryRetrieveScp.AE_TITLE))) {
                assertThat(query.imageExists(header.require(Tag.StudyInstanceUID), series, object))
                        .isTrue();
                assertThat(query.imageExists("2.25.999", series, object)).isFalse();
            }
        }
    }

    /** On the association of the request, or on one that Orthanc opens to us. */
    private StorageCommitmentResult commit(String transactionUid, List<SopReference> instances) throws Exception {
        Optional<StorageCommitmentResult> here = StorageCommitmentScu.request(
                archive, transactionUid, instances, Duration.ofSeconds(1), () -> !listening.reports.isEmpty());
        return here.isPresent() ? here.get() : listening.reports.poll(Patience.SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void an_archive_that_does_not_know_us_says_so() throws Exception {
        RemoteNode stranger = new RemoteNode(
                "127.0.0.1", orthanc.dicomPort(), Orthanc.AE_TITLE, "STRANGER", Patience.STEP, Patience.STEP);
        assertThatThrownBy(() -> VerificationScu.echo(stranger)).isInstanceOf(DicomException.class);
        assertThatThrownBy(() -> VerificationScu.echo(node(orthanc.dicomPort(), "NOBODY")))
                .isInstanceOf(AssociationRejectedException.class)
                .hasMessageContaining("called AE title not recognized");
    }

    @Test
    void a_pacs_that_is_down_is_an_association_exception() throws Exception {
        orthanc.close();
        assertThatThrownBy(() -> VerificationScu.echo(archive)).isInstanceOf(AssociationException.class);
    }
}
