package org.rigatino.proof.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.TestJvm;

/** The short form of the soak: the packaged jar, every part a process of its own. */
class SoakIT {

    @TempDir
    Path folder;

    @Test
    void nothingIsLostDoubledMisfiledOrStuckWhileAWorkerIsKilledAndLinksAreCut() throws Exception {
        for (String needed :
                List.of("/usr/sbin/Orthanc", "/usr/bin/storescu", "/usr/share/mricron/templates/ch2.nii.gz")) {
            assumeTrue(Files.exists(Path.of(needed)), "skipped: " + needed + " is missing");
        }
        Path log = folder.resolve("soak.log");
        Process soak = new ProcessBuilder(command())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(soak.waitFor(12, TimeUnit.MINUTES)).as(text(log)).isTrue();
            assertThat(text(log))
                    .contains("lost 0, doubled 0, misfiled 0, stuck 0")
                    .contains("fault: kill-worker", "fault: roll-workers");
            assertThat(soak.exitValue()).as(text(log)).isZero();
        } finally {
            soak.descendants().forEach(ProcessHandle::destroy);
            soak.destroy();
        }
    }

    private static String text(Path log) throws IOException {
        return Files.readString(log);
    }

    private static List<String> command() {
        List<String> command =
                TestJvm.ofJar("-Drigatino.restore.models=" + Path.of("models").toAbsolutePath());
        command.addAll(List.of("soak", "--studies", "6", "--seed", "1", "--faults"));
        command.add("kill-worker,roll-workers,cut-sender,answer-a900,lose-commitment,late,parallel,duplicate");
        return command;
    }
}
