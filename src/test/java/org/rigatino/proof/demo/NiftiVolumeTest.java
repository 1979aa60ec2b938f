package org.rigatino.proof.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A volume of 4x3x2 voxels of 2 mm, in which only the voxel (3, 1, 0) is bright. */
class NiftiVolumeTest {
    private static final int BRIGHT = 200;

    @TempDir
    Path folder;

    @Test
    void sformWhoseFirstAxisRunsToTheRightPutsTheLastVoxelOnTheRight() throws IOException {
        NiftiVolume volume = read(sform(header(ByteOrder.LITTLE_ENDIAN), 2, -3));

        // RAS (2*3-3, 2*1-5, 2*0-7) = (3, -3, -7): 3 mm to the right is -3 in LPS
        assertThat(volume.at(-3, 3, -7)).isEqualTo(BRIGHT);
        assertThat(volume.at(3, 3, -7)).isZero();
    }

    @Test
    void sformWhoseFirstAxisRunsToTheLeftPutsTheLastVoxelOnTheLeft() throws IOException {
        NiftiVolume volume = read(sform(header(ByteOrder.LITTLE_ENDIAN), -2, 3));

        assertThat(volume.at(3, 3, -7)).isEqualTo(BRIGHT);
        assertThat(volume.at(-3, 3, -7)).isZero();
    }

    @Test
    void qformTurnsAndMirrorsAsItsQuaternionAndFactorSay() throws IOException {
        ByteBuffer header = header(ByteOrder.BIG_ENDIAN);
        header.putShort(252, (short) 1);
        header.putFloat(76, -1); // qfac: the third axis is mirrored
        header.putFloat(264, 1); // half a turn about the third axis: x and y change sign
        header.putFloat(268, 3).putFloat(272, 5).putFloat(276, -7);
        NiftiVolume volume = read(header);

        // RAS (-6+3, -2+5, -7) = (-3, 3, -7)
        assertThat(volume.at(3, -3, -7)).isEqualTo(BRIGHT);
        assertThat(volume.at(3, -3, -9)).as("the second slice lies below").isZero();
        assertThat(volume.at(3, -3, -8)).isCloseTo(BRIGHT / 2.0, within(1e-6));
    }

    @Test
    void valuesBetweenVoxelsAreTrilinearAndZeroOutside() throws IOException {
        NiftiVolume volume = read(sform(header(ByteOrder.LITTLE_ENDIAN), 2, -3));

        assertThat(volume.at(-2, 3, -7)).isCloseTo(BRIGHT / 2.0, within(1e-6));
        assertThat(volume.at(-2, 4, -6)).isCloseTo(BRIGHT / 8.0, within(1e-6));
        assertThat(volume.at(-30, 3, -7)).isZero();
    }

    @Test
    void slopeAndInterceptScaleTheStoredValues() throws IOException {
        ByteBuffer header = sform(header(ByteOrder.LITTLE_ENDIAN), 2, -3);
        header.putFloat(112, 2).putFloat(116, 5);

        assertThat(read(header).at(-3, 3, -7)).isEqualTo(2 * BRIGHT + 5);
    }

    @Test
    void aVolumeThatDoesNotSayHowItLiesIsRefused() {
        assertThatThrownBy(() -> read(header(ByteOrder.LITTLE_ENDIAN)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("left and right are unknown");
    }

    @Test
    void aTruncatedVolumeIsRefused() throws IOException {
        Path file = folder.resolve("short.nii");
        byte[] whole = sform(header(ByteOrder.LITTLE_ENDIAN), 2, -3).array();
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 1));

        assertThatThrownBy(() -> NiftiVolume.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("short");
    }

    private static ByteBuffer header(ByteOrder order) {
        ByteBuffer file = ByteBuffer.allocate(352 + 24).order(order);
        file.putInt(0, 348).put(344, (byte) 'n').put(345, (byte) '+').put(346, (byte) '1');
        file.putShort(40, (short) 3)
                .putShort(42, (short) 4)
                .putShort(44, (short) 3)
                .putShort(46, (short) 2);
        file.putShort(70, (short) 2).putFloat(108, 352);
        file.putFloat(76, 1).putFloat(80, 2).putFloat(84, 2).putFloat(88, 2);
        file.put(352 + 3 + 4, (byte) BRIGHT);
        return file;
    }

    private static ByteBuffer sform(ByteBuffer file, float stepX, float offsetX) {
        file.putShort(254, (short) 1);
        file.putFloat(280, stepX).putFloat(292, offsetX);
        file.putFloat(300, 2).putFloat(308, -5);
        file.putFloat(320, 2).putFloat(324, -7);
        return file;
    }

    private NiftiVolume read(ByteBuffer bytes) throws IOException {
        Path file = folder.resolve("volume.nii.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(bytes.array());
        }
        return NiftiVolume.read(file);
    }
}
