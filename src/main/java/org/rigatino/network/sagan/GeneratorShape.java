package org.rigatino.network.sagan;

/**
 * What fixes the generator's parameters.
 *
 * @param width channels after the stem
 * @param side of the image in pixels, a multiple of {@code patch}
 * @param patch side of a patch in pixels, a multiple of 8
 * @param position how the network is told where it draws
 * @param gate whether attention gates its skips; without, an ablation: skips pass whole
 */
public record GeneratorShape(int width, int side, int patch, Position position, boolean gate) {
    /** The paper's patch side. */
    public static final int PATCH = 32;

    private static final int PAPER_POSITION_BITS = 3;

    public GeneratorShape {
        if (width < 1 || patch < 16 || patch % 8 != 0 || side < patch || side % patch != 0) {
            throw new IllegalArgumentException("no generator of width " + width + " cuts images of side " + side
                    + " into patches of side " + patch
                    + ": the patch is a multiple of 8 and at least 16, the side a multiple of the patch");
        }
    }

    /** The published network. */
    public GeneratorShape(int width, int side, int patch) {
        this(width, side, patch, Position.PUBLISHED, true);
    }

    int patchesPerSide() {
        return side / patch;
    }

    int patchesPerImage() {
        return patchesPerSide() * patchesPerSide();
    }

    /** Enough for the index of the last patch, three at least as in the paper. */
    int positionBits() {
        return Math.max(PAPER_POSITION_BITS, 32 - Integer.numberOfLeadingZeros(patchesPerImage() - 1));
    }
}
