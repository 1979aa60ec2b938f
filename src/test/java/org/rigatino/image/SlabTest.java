package org.rigatino.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlabTest {
    private static final PixelSpacing MILLIMETRE = new PixelSpacing(1, 1);
    private static final double[] AXIAL = {1, 0, 0, 0, 1, 0};

    private static Slab at(double x, double y, double z, double extent) {
        return slab(new ImagePlane(AXIAL, new double[] {x, y, z}, "2.25.1"), MILLIMETRE, extent);
    }

    private static Slab slab(ImagePlane place, PixelSpacing spacing, double extent) {
        return new Slab("2.25.2", place, Optional.of(spacing), extent, Optional.of(new SeriesIdentity(List.of())));
    }

    @Test
    void besideIsWhatLeavesNoRoomForASliceBetween() {
        Slab slab = at(0, 0, 0, 4);
        assertThat(slab.isBeside(at(0, 0, 4, 4))).isTrue();
        assertThat(slab.isBeside(at(0, 0, -6, 4))).as("a gap of half of it").isTrue();
        assertThat(slab.isBeside(at(0, 0, 6.1, 4))).isFalse();
        assertThat(slab.isBeside(at(0, 0, 4, 2))).as("the thinner one counts").isFalse();
        assertThat(slab.isBeside(at(0, 0, 4, 0))).as("nothing is known of it").isFalse();
    }

    @Test
    void pixelsLieBehindPixels() {
        Slab slab = at(0, 0, 0, 4);
        assertThat(slab.isBeside(at(0.9, -0.9, 4, 4))).isTrue();
        assertThat(slab.isBeside(at(1, 0, 4, 4))).isFalse();
        assertThat(slab.isBeside(at(0, -1, 4, 4))).isFalse();
    }

    @Test
    void whatDoesNotCompareIsNotBeside() {
        Slab slab = at(0, 0, 0, 4);
        double[] above = {0, 0, 4};
        assertThat(slab.isBeside(slab(new ImagePlane(AXIAL, above, "2.25.2"), MILLIMETRE, 4)))
                .as("another Frame of Reference")
                .isFalse();
        assertThat(slab.isBeside(slab(new ImagePlane(AXIAL, above, "2.25.1"), new PixelSpacing(1, 2), 4)))
                .as("other pixels")
                .isFalse();
        double[] turned = {Math.cos(0.03), Math.sin(0.03), 0, -Math.sin(0.03), Math.cos(0.03), 0};
        assertThat(slab.isBeside(slab(new ImagePlane(turned, above, "2.25.1"), MILLIMETRE, 4)))
                .as("turned")
                .isFalse();
    }
}
