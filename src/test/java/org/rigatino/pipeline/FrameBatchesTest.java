package org.rigatino.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.rigatino.pipeline.FrameBatches.WaitingFrame;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.NetworkInput;

/** Who sends chooses how much stands in a header: it counts as pixels do. */
class FrameBatchesTest {
    private static final int WORDS = 1_500_000;

    @TempDir
    Path folder;

    private static WaitingFrame waiting(Dataset header) {
        Frame frame = Frame.of8Bit(new FrameReference("2.25.1", "2.25.2", "2.25.3", "1.2.3", 1), 10, 20, new byte[200]);
        return new WaitingFrame(null, header, new NetworkInput(frame, null, null, null));
    }

    private Dataset header(int words) throws Exception {
        Path file = Files.createTempFile(folder, "large", ".dcm");
        Dataset dataset = new Dataset()
                .put(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.4")
                .put(Tag.SOPInstanceUID, "2.25.3")
                .putWords(0x00281201, new short[words]);
        Files.write(file, dataset.encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "TEST"));
        return Dataset.readHeader(file);
    }

    @Test
    void aLargeHeaderTakesTheRoomOfItsBytesHoweverManyOfItsFramesWait() throws Exception {
        Dataset small = header(8);
        Dataset large = header(WORDS);
        int of15Bytes = 2 * WORDS / 15;
        assertThat(FrameBatches.weight(List.of(waiting(small)))).isBetween(200, 400);
        assertThat(FrameBatches.weight(List.of(waiting(large)))).isBetween(of15Bytes + 200, of15Bytes + 400);
        assertThat(FrameBatches.weight(List.of(waiting(large), waiting(large))))
                .isBetween(of15Bytes + 400, of15Bytes + 600);
        assertThat(FrameBatches.weight(List.of(waiting(large), waiting(header(WORDS)))))
                .isGreaterThan(2 * of15Bytes);
    }

    @Test
    void whatFramesTakeTogetherIsTheSumOfEachHoweverTheyAreBatched() throws Exception {
        WaitingFrame small = waiting(header(8));
        WaitingFrame large = waiting(header(WORDS));
        assertThat(large.weight()).isEqualTo(FrameBatches.weight(List.of(large)));
        assertThat(FrameBatches.weightOfEach(List.of(small, large, large)))
                .isEqualTo(small.weight() + 2 * large.weight());
    }

    @Test
    void largeHeadersWaitForNoFullBatch() throws Exception {
        ModelRelease release = ModelRelease.load(Path.of("models/brain-flair/4"));
        List<Integer> taken = new ArrayList<>();
        FrameBatches batches = new FrameBatches(8, 2 * WORDS / 15, (of, frames) -> taken.add(frames.size()));
        batches.add(release, waiting(header(8)));
        batches.add(release, waiting(header(WORDS)));
        batches.add(release, waiting(header(8)));
        assertThat(taken).containsExactly(2);
        batches.finish();
        assertThat(taken).containsExactly(2, 1);
    }
}
