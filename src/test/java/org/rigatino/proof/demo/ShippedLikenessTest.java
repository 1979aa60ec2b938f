package org.rigatino.proof.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rigatino.Slow;
import org.rigatino.image.Frame;
import org.rigatino.image.FrameReference;
import org.rigatino.image.GrayFrames;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.Refusal;
import org.rigatino.restore.Releases;

/** The shipped releases by pixels alone, of frames that are made here. */
@Slow
class ShippedLikenessTest {
    private static final int SIDE = FlairLikeHead.MATRIX;
    private static final Path VOLUME = Path.of("/usr/share/mricron/templates/ch2.nii.gz");

    private static List<Frame> head() throws IOException {
        TestStudies.assumeVolume();
        FlairLikeHead volume = new FlairLikeHead(NiftiVolume.read(VOLUME), FlairLikeHead.NONE);
        return IntStream.range(0, FlairLikeHead.SLICES)
                .mapToObj(slice -> frame(volume.slice(slice)))
                .toList();
    }

    private static Frame frame(short[] pixels) {
        return GrayFrames.of16Bit(new FrameReference("", "", "", "", 1), SIDE, SIDE, pixels);
    }

    private static Optional<String> rule(ModelRelease release, Frame frame) {
        return release.refusal(release.input(frame)).map(Refusal::rule);
    }

    private static Frame inverted(Frame frame) {
        short[] pixels = new short[SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (short) (FlairLikeHead.BRIGHTEST - frame.values()[i]);
        }
        return frame(pixels);
    }

    private static Frame noise() {
        Random random = new Random(7);
        short[] pixels = new short[SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (short) random.nextInt(FlairLikeHead.BRIGHTEST);
        }
        return frame(pixels);
    }

    private static Frame gradient() {
        short[] pixels = new short[SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (short) (i % SIDE + 4 * (i / SIDE));
        }
        return frame(pixels);
    }

    @Test
    void theDemosHeadIsTakenByTheBrainAndRefusedByTheChest() throws IOException {
        ModelRelease brain = Releases.shipped("brain-flair");
        ModelRelease chest = Releases.shipped("chest-xray-paediatric");
        List<Frame> head = head();
        assertThat(head).allMatch(slice -> rule(brain, slice).isEmpty());
        assertThat(head).allMatch(slice -> rule(chest, slice).isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"brain-flair", "chest-xray-paediatric"})
    void whatIsNoPictureOfABodyIsRefused(String name) throws IOException {
        ModelRelease release = Releases.shipped(name);
        assertThat(rule(release, noise())).as("noise").isPresent();
        assertThat(rule(release, gradient())).as("gradient").isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"brain-flair", "chest-xray-paediatric"})
    void aNegativeOfTheHeadIsRefused(String name) throws IOException {
        ModelRelease release = Releases.shipped(name);
        assertThat(head().stream().map(ShippedLikenessTest::inverted))
                .allMatch(slice -> rule(release, slice).isPresent());
    }
}
