package org.rigatino.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Patience;
import org.rigatino.TestJvm;
import org.rigatino.dicom.FileMeta;
import org.rigatino.persistence.StoreFolder;

class InstanceStoreTest {
    private static final FileMeta META =
            new FileMeta("1.2.840.10008.5.1.4.1.1.4", "1.2.826.0.1.5", "1.2.840.10008.1.2.1");

    @TempDir
    Path root;

    @Test
    void whatAnotherLiveListenerIsReceivingStays() throws Exception {
        List<String> command = TestJvm.of(OtherListener.class);
        command.add(root.toString());
        Process other = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("receiving");
            InstanceStore.open(root);
            assertThat(parts()).hasSize(1);

            other.destroyForcibly();
            assertThat(other.waitFor(Patience.SECONDS, TimeUnit.SECONDS)).isTrue();
            InstanceStore.open(root);
            assertThat(parts()).isEmpty();
        } finally {
            other.destroyForcibly();
        }
    }

    /** Is in the middle of a dataset until it is killed. */
    static final class OtherListener {
        public static void main(String[] args) throws IOException {
            InstanceStore.open(Path.of(args[0])).receive(META, new InputStream() {
                @Override
                public int read() {
                    throw new UnsupportedOperationException();
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    System.out.println("receiving");
                    return System.in.read(bytes, offset, length);
                }
            });
        }
    }

    @Test
    void aDatasetThatBreaksOffLeavesNothing() throws IOException {
        InstanceStore store = InstanceStore.open(root);
        assertThatThrownBy(() -> store.receive(META, new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("the peer is gone");
                    }
                }))
                .isInstanceOf(InstanceStore.SenderLostException.class);
        assertThat(parts()).isEmpty();
    }

    /** Whatever the umask of the account: names, IDs and images of patients lie there. */
    @Test
    void noOtherAccountOfTheMachineLooksIntoAStoreThatIsMade() throws IOException {
        Path made = root.resolve("data/instances");
        InstanceStore.open(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rwx------");
        assertThat(StoreFolder.openToOthers(made)).isEmpty();

        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-x---"));
        InstanceStore.open(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .as("what the site chose stays")
                .isEqualTo("rwxr-x---");
        assertThat(StoreFolder.openToOthers(made)).isEmpty();
    }

    @Test
    void aStoreThatEveryAccountReadsIsToldOf() throws IOException {
        Path open = Files.createDirectories(root.resolve("instances"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(StoreFolder.openToOthers(open)).as("%s is closed", root).isEmpty();
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(StoreFolder.openToOthers(open))
                .hasValueSatisfying(
                        told -> assertThat(told).contains(open.toString()).contains("chmod o-rwx"));
        assertThat(StoreFolder.openToOthers(root.resolve("none"))).isEmpty();
    }

    private List<Path> parts() throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve("incoming"))) {
            return files.filter(file -> file.toString().endsWith(".part")).toList();
        }
    }
}
