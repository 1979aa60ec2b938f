package org.rigatino.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.TransferSyntax;
import org.rigatino.image.Frame;
import org.rigatino.image.FrameReference;
import org.rigatino.image.GrayFrames;
import org.rigatino.pipeline.FrameBatches.WaitingFrame;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.NetworkInput;

/** Who sends chooses how much stands in a header: it counts as pixels do. */
class FrameBatchesTest {
    private static final int WORDS = 1_500_000;

    @TempDir
    Path folder;

    private static WaitingFrame waiting(Dataset header) {
        return waiting(header, 200);
    }

    static WaitingFrame waiting(Dataset header, int pixels) {
        FrameReference reference = new FrameReference("2.25.1", "2.25.2", "2.25.3", "1.2.3", 1);
        Frame frame = GrayFrames.of8Bit(reference, pixels, 1, new byte[pixels]);
        return new WaitingFrame(null, header, new NetworkInput(frame, null, null, null));
    }

    private Dataset header(int words) throws IOException {
        return header(folder, words, 0x00281201);
    }

    /** With so many words in each of the attributes. */
    static Dataset header(Path folder, int words, int... tags) throws IOException {
        Path file = Files.createTempFile(folder, "large", ".dcm");
        Dataset dataset =
                new Dataset().put(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.4").put(Tag.SOPInstanceUID, "2.25.3");
        for (int tag : tags) {
            dataset.putWords(tag, new short[words]);
        }
        Files.write(file, dataset.encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "TEST"));
        return Dataset.readHeader(file);
    }

    @Test
    void aLargeHeaderTakesTheRoomOfItsBytesHoweverManyOfItsFramesWait() throws Exception {
        Dataset small = header(8);
        Dataset large = header(WORDS);
        long of15Bytes = 2 * WORDS / 15;
        assertThat(FrameBatches.weight(List.of(waiting(small)))).isBetween(200L, 400L);
        assertThat(FrameBatches.weight(List.of(waiting(large)))).isBetween(of15Bytes + 200, of15Bytes + 400);
        assertThat(FrameBatches.weight(List.of(waiting(large), waiting(large))))
                .isBetween(of15Bytes + 400, of15Bytes + 600);
        assertThat(FrameBatches.weight(List.of(waiting(large), waiting(header(WORDS)))))
                .isGreaterThan(2 * of15Bytes);
    }

    @Test
    void aHeaderWaitsForNothingThatIsNotThereWithoutIt() throws Exception {
        Dataset small = header(8);
        Dataset large = header(WORDS);
        assertThat(FrameBatches.severalHeaders(List.of())).isZero();
        assertThat(FrameBatches.severalHeaders(List.of(waiting(large), waiting(large))))
                .isZero();
        assertThat(FrameBatches.severalHeaders(List.of(waiting(large), waiting(small), waiting(large))))
                .isEqualTo(FrameBatches.weight(large) + FrameBatches.weight(small))
                .isGreaterThan(2 * WORDS / 15);
    }

    @Test
    void largeHeadersWaitForNoFullBatch() throws Exception {
        ModelRelease release = ModelRelease.load(Path.of("models/brain-flair/4"));
        List<Integer> taken = new ArrayList<>();
        FrameBatches batches = new FrameBatches(8, 2 * WORDS / 15, (of, frames) -> taken.add(frames.size()));
        batches.add(release, waiting(header(8)));
        batches.fileRead();
        assertThat(taken).isEmpty();
        batches.add(release, waiting(header(WORDS)));
        batches.fileRead();
        assertThat(taken).as("before another is read").containsExactly(2);
        batches.add(release, waiting(header(8)));
        batches.fileRead();
        assertThat(taken).containsExactly(2);
        batches.finish();
        assertThat(taken).containsExactly(2, 1);
    }

    @Test
    void framesOfOneLargeHeaderWaitForAFullBatch() throws Exception {
        ModelRelease release = ModelRelease.load(Path.of("models/brain-flair/4"));
        List<Integer> taken = new ArrayList<>();
        FrameBatches batches = new FrameBatches(4, 2 * 1024 * 1024, (of, frames) -> taken.add(frames.size()));
        Dataset header = header(folder, 7_000_000, 0x00281201, 0x00281202, 0x00281203);
        assertThat(header.memory()).isGreaterThan(40_000_000);
        for (int frame = 0; frame < 9; frame++) {
            batches.add(release, waiting(header));
        }
        assertThat(taken).containsExactly(4, 4);
        batches.fileRead();
        assertThat(taken).containsExactly(4, 4, 1);
    }
}
