package org.rigatino.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Slow;
import org.rigatino.TestJvm;

/** Libraries of PyTorch that are damaged: each time in a JVM of its own. */
@Slow
class NativeLibrariesTest {
    private static final Path SOUND = Path.of(System.getProperty("java.home"), "lib", "libnet.so");

    @TempDir
    Path folder;

    /** Asks for the engine twice: the second time some of it is there. */
    static final class Asks {
        public static void main(String[] args) {
            for (int i = 0; i < 2; i++) {
                try {
                    PyTorch.engine();
                    System.out.println("loaded");
                } catch (IllegalStateException e) {
                    System.out.println(e.getMessage());
                }
            }
        }
    }

    private List<String> told(String setting) throws Exception {
        Process asks = new ProcessBuilder(TestJvm.of(Asks.class, "-D" + setting + "=" + folder))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String told = new String(asks.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(asks.waitFor()).as(told).isZero();
        return told.lines().filter(line -> line.contains("PyTorch")).toList();
    }

    @Test
    void whatIsNoLibraryIsToldInOneSentenceWithItsPlaceAndWhatToDo() throws Exception {
        for (String name : List.of("libc10.so", "libtorch_cpu.so", "libtorch.so", "libdjl_torch.so")) {
            Files.write(folder.resolve(name), new byte[1000]);
        }
        assertThat(told("PYTORCH_LIBRARY_PATH")).hasSize(2).allSatisfy(line -> assertThat(line)
                .startsWith("PyTorch does not load: ")
                .contains(folder.toString(), "unset PYTORCH_LIBRARY_PATH")
                .doesNotContain("delete"));
    }

    /** The loader would end the process with a bus error. */
    @Test
    void whatEndsTooSoonEndsNoProcess() throws Exception {
        Path unpacked = Files.createDirectories(folder.resolve("pytorch/2.7.1-cpu-linux-x86_64"));
        byte[] sound = Files.readAllBytes(SOUND);
        Path torch = unpacked.resolve("libtorch_cpu.so");
        Files.write(torch, Arrays.copyOf(sound, sound.length / 2));
        assertThat(told("ENGINE_CACHE_DIR")).hasSize(2).allSatisfy(line -> assertThat(line)
                .startsWith("PyTorch does not load: ")
                .contains(
                        torch + " ends too soon",
                        "delete that folder",
                        unpacked.getParent().toString()));
    }

    /** What a process was killed over while it unpacked it is not what DJL loads, nor is what another unpacks just now. */
    @Test
    void whatIsBeingUnpackedIsNotLookedAt() throws Exception {
        byte[] sound = Files.readAllBytes(SOUND);
        Path left = Files.createDirectories(folder.resolve("pytorch/tmp4711"));
        Files.write(left.resolve("libtorch_cpu.so"), Arrays.copyOf(sound, sound.length / 2));
        assertThat(told("ENGINE_CACHE_DIR")).noneMatch(line -> line.contains("ends too soon"));
        assertThat(NativeLibraries.endsTooSoon(left.resolve("libgone.so"))).isFalse();
    }

    @Test
    void aSoundOneDoesNotEndTooSoon() throws IOException {
        assertThat(NativeLibraries.endsTooSoon(SOUND)).isFalse();
        Path text = Files.writeString(folder.resolve("libtext.so"), "no library");
        assertThat(NativeLibraries.endsTooSoon(text)).isFalse();
    }
}
