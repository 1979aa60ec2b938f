package org.rigatino.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rigatino.Patience.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.Patience;
import org.rigatino.Slow;

/** A decoder that crashes, hangs, or takes all memory costs its frame and nothing else. */
@Timeout(Patience.SECONDS)
@Slow
class DecoderProcessTest {
    private static final long MIB = 1L << 20;

    @TempDir
    Path folder;

    @BeforeEach
    void assumeTools() {
        Tool.assumeInstalled("gdcmconv", "prlimit", "dcmdjpls");
    }

    @Test
    void a_decoder_that_crashes_is_a_refused_frame_with_the_reason_and_the_next_decodes() throws Exception {
        Path large = jpeg2000(2048);
        CompletableFuture<int[]> decoding = decode(large, ReadLimits.DEFAULT);
        signal("SEGV", decoder());
        assertThatThrownBy(decoding::join)
                .cause()
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("gdcmconv was ended by SIGSEGV: it crashed");
        assertThat(decode(large, ReadLimits.DEFAULT).join()).hasSize(2048 * 2048);
    }

    @Test
    void a_decoder_that_hangs_is_ended_and_the_next_decodes() throws Exception {
        Path large = jpeg2000(2048);
        CompletableFuture<int[]> decoding = decode(large, limits(Duration.ofSeconds(2), 2048));
        ProcessHandle hanging = decoder();
        signal("STOP", hanging);
        assertThatThrownBy(decoding::join)
                .cause()
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("did not decode within 2 s and was ended (rigatino.dicom.limits.decode-time)");
        await().until(() -> !hanging.isAlive());
        assertThat(decode(large, ReadLimits.DEFAULT).join()).hasSize(2048 * 2048);
    }

    @Test
    void a_decoder_that_asks_for_more_memory_than_its_limit_is_a_refused_frame() throws Exception {
        Path large = jpeg2000(2048);
        assertThatThrownBy(() -> decode(large, limits(Patience.STEP, 64)).join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(DicomException.class)
                .hasMessageContaining("is not decoded");
    }

    /** Bit flips, cuts and lengths that lie, in each compressed syntax that DCMTK and GDCM write: decoded or refused. */
    @Test
    void damaged_bitstreams_are_decoded_or_refused_and_leave_nothing_behind() throws Exception {
        Random random = new Random(7);
        ReadLimits limits = limits(Duration.ofSeconds(10), 512);
        int refused = 0;
        for (Path good : new Path[] {jpeg2000(32), gdcm("--jpeg", 32), gdcm("--rle", 32), jpegLs(32)}) {
            byte[] bytes = Files.readAllBytes(good);
            int pixels = indexOf(bytes, new byte[] {(byte) 0xE0, 0x7F, 0x10, 0x00});
            for (int round = 0; round < 8; round++) {
                refused += decodes(Files.write(folder.resolve("damaged.dcm"), damaged(bytes, pixels, random)), limits)
                        ? 0
                        : 1;
            }
        }
        assertThat(refused).isPositive();
        assertThat(ProcessHandle.current().descendants().filter(DecoderProcessTest::isDecoder))
                .isEmpty();
    }

    private static byte[] damaged(byte[] good, int pixels, Random random) {
        byte[] bytes = good.clone();
        for (int flips = random.nextInt(1, 9); flips > 0; flips--) {
            bytes[random.nextInt(pixels + 20, bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(pixels + 20, bytes.length)) : bytes;
    }

    private static boolean decodes(Path file, ReadLimits limits) {
        try (PixelData pixels = PixelData.open(file, limits)) {
            return pixels.frame(1).length == 32 * 32;
        } catch (DicomException e) {
            assertThat(e).hasMessageMatching("(?s).+");
            return false;
        }
    }

    private static ReadLimits limits(Duration time, long mebibytes) {
        ReadLimits d = ReadLimits.DEFAULT;
        return new ReadLimits(
                d.depth(),
                d.elementLength(),
                d.headerLength(),
                d.elements(),
                d.frameSamples(),
                d.instanceSamples(),
                d.inflatedLength(),
                time,
                mebibytes * MIB);
    }

    private static CompletableFuture<int[]> decode(Path file, ReadLimits limits) {
        return CompletableFuture.supplyAsync(() -> {
            try (PixelData pixels = PixelData.open(file, limits)) {
                return pixels.frame(1);
            } catch (DicomException e) {
                throw new CompletionException(e);
            }
        });
    }

    private static ProcessHandle decoder() {
        return await().pollInterval(Duration.ofMillis(1))
                .until(
                        () -> ProcessHandle.current()
                                .descendants()
                                .filter(DecoderProcessTest::isDecoder)
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }

    private static boolean isDecoder(ProcessHandle process) {
        return process.info().command().filter(c -> c.endsWith("gdcmconv")).isPresent();
    }

    private static void signal(String name, ProcessHandle process) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertThat(kill.waitFor(Patience.SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(kill.exitValue()).isZero();
    }

    private Path jpeg2000(int size) throws Exception {
        return gdcm("--j2k", size);
    }

    private Path gdcm(String kind, int size) throws Exception {
        Path compressed = folder.resolve("compressed" + kind + ".dcm");
        Tool.runSuccessfully("gdcmconv", kind, noise(size).toString(), compressed.toString());
        return compressed;
    }

    private Path jpegLs(int size) throws Exception {
        Path compressed = folder.resolve("compressed-ls.dcm");
        Tool.runSuccessfully("dcmcjpls", noise(size).toString(), compressed.toString());
        return compressed;
    }

    /** What compresses worst takes longest to decode. */
    private Path noise(int size) throws IOException {
        short[] pixels = new short[size * size];
        Random random = new Random(1);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (short) random.nextInt(1 << 16);
        }
        return PixelFiles.write(folder, PixelFiles.header(size, size).putPixels(pixels));
    }

    private static int indexOf(byte[] bytes, byte[] sought) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.indexOf(new String(sought, StandardCharsets.ISO_8859_1));
    }
}
