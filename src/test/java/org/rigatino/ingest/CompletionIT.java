package org.rigatino.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rigatino.Patience.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Patience;
import org.rigatino.dicom.AvailabilityScu;
import org.rigatino.dicom.PerformedStepScu;
import org.rigatino.dicom.RemoteNode;
import org.rigatino.dicom.SopReference;
import org.rigatino.dicom.StorageScu;
import org.rigatino.dicom.StoreStatus;
import org.rigatino.dicom.Tool;
import org.rigatino.dicom.Uids;
import org.rigatino.dicomweb.DicomwebOrthanc;
import org.rigatino.proof.demo.Orthanc;

/** What ends the wait for more instances sooner than the quiet period, which is a minute here for those who are asked. */
@QuarkusTest
@WithTestResource(RunningParts.class)
class CompletionIT {
    private static final String MR = "1.2.840.10008.5.1.4.1.1.4";
    private static final Duration SOON = Patience.STEP;

    @Inject
    IngestProbe ingest;

    @ConfigProperty(name = "rigatino.ingest.expected-counts.COUNTED.port", defaultValue = "0")
    int archivePort;

    @ConfigProperty(name = "rigatino.ingest.sources.orthanc.url", defaultValue = "http://127.0.0.1")
    URI orthancUrl;

    @TempDir
    Path folder;

    @Test
    void aStudyWhoseAnnouncedInstancesAreAllHereIsReadyAtOnce() throws Exception {
        InstanceFile first = InstanceFile.write(folder, "announced", "1", "a");
        InstanceFile second = InstanceFile.write(folder, "announced", "2", "a");
        ingest.send("ANNOUNCED", first);
        assertThat(announce(first, second)).isEqualTo(StoreStatus.SUCCESS);
        assertThat(staysReceiving(first)).isTrue();
        ingest.send("ANNOUNCED", second);
        ready(first, 1, "ANNOUNCEMENT");
        InstanceFile late = InstanceFile.write(folder, "announced", "3", "a");
        ingest.send("ANY", late);
        ready(first, 2, "QUIET_PERIOD");
    }

    @Test
    void aNotificationMayComeBeforeTheInstances() throws Exception {
        InstanceFile file = InstanceFile.write(folder, "early", "1", "a");
        assertThat(announce(file)).isEqualTo(StoreStatus.SUCCESS);
        ingest.send("ANNOUNCED", file);
        ready(file, 1, "ANNOUNCEMENT");
    }

    @Test
    void aNotificationWithoutAStudyIsRefused() throws Exception {
        assertThat(AvailabilityScu.notify(ingest.node("ANNOUNCED"), "", "1.2.3", List.of()))
                .isEqualTo(new StoreStatus(0x0106));
    }

    @Test
    void aStudyIsReadyWhenTheImagesOfItsPerformedStepAreHere() throws Exception {
        InstanceFile first = InstanceFile.write(folder, "performed", "1", "a");
        InstanceFile second = InstanceFile.write(folder, "performed", "2", "a");
        RemoteNode node = ingest.node("ANNOUNCED");
        String step = Uids.nameBased("step", first.studyUid());
        assertThat(PerformedStepScu.create(node, step, first.studyUid(), "").status())
                .isZero();
        assertThat(PerformedStepScu.create(node, step, first.studyUid(), "").status())
                .isEqualTo(0x0111);
        ingest.send("ANNOUNCED", first);
        assertThat(announce(first)).isEqualTo(StoreStatus.SUCCESS);
        assertThat(PerformedStepScu.set(node, step, "COMPLETED", first.sopUid(), second.sopUid())
                        .status())
                .isZero();
        assertThat(PerformedStepScu.set(node, step, "DISCONTINUED").errorId()).isEqualTo(0xA710);
        ingest.send("ANNOUNCED", second);
        ready(first, 1, "PERFORMED_STEP");
    }

    /** Two seconds of quiet end the wait of those who are not told of sooner. */
    @Test
    void aStepThatIsDiscontinuedOrNeverEndsHoldsNoStudy() throws Exception {
        InstanceFile discontinued = InstanceFile.write(folder, "discontinued", "1", "a");
        InstanceFile forgotten = InstanceFile.write(folder, "forgotten", "1", "a");
        RemoteNode node = ingest.node("ANY");
        for (InstanceFile file : List.of(discontinued, forgotten)) {
            String step = Uids.nameBased("step", file.studyUid());
            assertThat(PerformedStepScu.create(node, step, file.studyUid(), "").status())
                    .isZero();
        }
        String step = Uids.nameBased("step", discontinued.studyUid());
        assertThat(PerformedStepScu.set(node, step, "DISCONTINUED", "2.25.1").status())
                .isZero();
        ingest.send("ANY", discontinued, forgotten);
        ready(discontinued, 1, "QUIET_PERIOD");
        ready(forgotten, 1, "QUIET_PERIOD");
    }

    @Test
    void aStudyOfWhichTheSendersArchiveHoldsNoMoreIsReadyByCFind() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/sbin/Orthanc")), "orthanc is not installed");
        List<InstanceFile> files = List.of(
                InstanceFile.write(folder, "counted", "1", "a"), InstanceFile.write(folder, "counted", "2", "a"));
        try (Orthanc archive = Orthanc.start(
                folder.resolve("archive"),
                archivePort,
                Tool.freePort(),
                Map.of("RIGATINO", ingest.port(), "COUNTED", ingest.port()))) {
            RemoteNode node =
                    new RemoteNode("127.0.0.1", archivePort, Orthanc.AE_TITLE, "COUNTED", Patience.STEP, Patience.STEP);
            try (StorageScu scu =
                    StorageScu.open(node, files.stream().map(InstanceFile::path).toList())) {
                for (InstanceFile file : files) {
                    assertThat(scu.store(file.path())).isEqualTo(StoreStatus.SUCCESS);
                }
            }
            ingest.send("COUNTED", files.get(0));
            assertThat(staysReceiving(files.get(0))).isTrue();
            ingest.send("COUNTED", files.get(1));
            ready(files.get(0), 1, "EXPECTED_COUNT");
        }
    }

    @Test
    void aStudyOfWhichTheSourceHoldsNoMoreIsReadyByQido() throws Exception {
        List<InstanceFile> files = List.of(
                InstanceFile.write(folder, "webcounted", "1", "a"), InstanceFile.write(folder, "webcounted", "2", "a"));
        try (DicomwebOrthanc orthanc =
                DicomwebOrthanc.start(folder.resolve("orthanc"), "http://127.0.0.1:1", orthancUrl.getPort())) {
            for (InstanceFile file : files) {
                orthanc.add(file.path());
            }
            ingest.send("WEBCOUNTED", files.get(0));
            assertThat(staysReceiving(files.get(0))).isTrue();
            ingest.send("WEBCOUNTED", files.get(1));
            ready(files.get(0), 1, "EXPECTED_COUNT");
        }
    }

    @Test
    void anArchiveThatCannotBeAskedLeavesTheQuietPeriod() throws Exception {
        InstanceFile file = InstanceFile.write(folder, "dead", "1", "a");
        ingest.send("DEADCOUNTED", file);
        ready(file, 1, "QUIET_PERIOD");
    }

    /** Three turns of the assembler and of the questions have seen it. */
    private boolean staysReceiving(InstanceFile file) throws Exception {
        String study = file.studyUid();
        await().pollDelay(Duration.ofSeconds(4)).atMost(SOON).until(() -> true);
        return "RECEIVING".equals(ingest.state(study, 1));
    }

    private void ready(InstanceFile file, int revision, String by) {
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(ingest.state(file.studyUid(), revision)).isEqualTo("READY");
            assertThat(ingest.text(
                            "select completed_by from study where study_instance_uid = ? and revision = " + revision,
                            file.studyUid()))
                    .isEqualTo(by);
        });
    }

    private StoreStatus announce(InstanceFile... files) throws Exception {
        return AvailabilityScu.notify(
                ingest.node("ANNOUNCED"),
                files[0].studyUid(),
                files[0].seriesUid(),
                List.of(files).stream()
                        .map(file -> new SopReference(MR, file.sopUid()))
                        .toList());
    }
}
