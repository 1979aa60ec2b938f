package org.rigatino.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.TestJvm;
import org.rigatino.dicom.FileMeta;

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
            assertThat(other.waitFor(10, TimeUnit.SECONDS)).isTrue();
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

    private List<Path> parts() throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve("incoming"))) {
            return files.filter(file -> file.toString().endsWith(".part")).toList();
        }
    }
}
