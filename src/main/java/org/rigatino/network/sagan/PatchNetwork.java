package org.rigatino.network.sagan;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.NormalInitializer;
import java.util.ArrayList;
import java.util.List;
import org.rigatino.network.Arithmetic;
import org.rigatino.network.Convolution;
import org.rigatino.network.ImageBlock;
import org.rigatino.network.NormedConvolution;
import org.rigatino.network.ResidualBlock;

/**
 * A U-shaped network over patches that is told where it looks, with attention gates on its skips and a fusion of all
 * decoder levels. One channel comes out.
 */
abstract class PatchNetwork extends ImageBlock {
    private static final int RESIDUAL_BLOCKS = 6;
    /** Of the last kernel's first values: training starts close to leaving images as they are. */
    private static final float HEAD_DEVIATION = 0.01f;

    private final GeneratorShape shape;
    private final Arithmetic arithmetic;
    private final NormedConvolution stem;
    private final List<NormedConvolution> down = new ArrayList<>();
    private final List<ImageBlock> positions = new ArrayList<>();
    private final List<ResidualBlock> bottleneck = new ArrayList<>();
    private final List<AttentionGate> gates = new ArrayList<>();
    private final List<FuseBlock> fuses = new ArrayList<>();
    private final List<NormedConvolution> up = new ArrayList<>();
    private final NormedConvolution firstLevelUp;
    private final NormedConvolution firstLevelUpAgain;
    private final NormedConvolution secondLevelUp;
    private final FuseBlock levels;
    private final Convolution head;

    /**
     * @param arithmetic of training; otherwise what is computed is in the type of the image
     * @param channels of the images that go in
     */
    PatchNetwork(GeneratorShape shape, Arithmetic arithmetic, int channels) {
        this.shape = shape;
        this.arithmetic = arithmetic;
        int w = shape.width();
        stem = addChildBlock("stem", NormedConvolution.stem(channels, w));
        for (int stage = 0; stage < 3; stage++) {
            int inner = w << stage;
            down.add(addChildBlock("down" + stage, NormedConvolution.down(inner)));
            if (shape.position() != Position.NONE) {
                positions.add(addChildBlock("position" + stage, position(2 * inner)));
            }
        }
        for (int i = 0; i < RESIDUAL_BLOCKS; i++) {
            bottleneck.add(addChildBlock("residual" + i, new ResidualBlock(8 * w)));
        }
        for (int stage = 0; stage < 3; stage++) {
            int inner = 8 * w >> stage;
            if (shape.gate()) {
                gates.add(addChildBlock("gate" + stage, new AttentionGate(inner)));
            }
            fuses.add(addChildBlock("fuse" + stage, new FuseBlock(2 * inner, inner)));
            up.add(addChildBlock("up" + stage, NormedConvolution.up(inner)));
        }
        firstLevelUp = addChildBlock("firstLevelUp", NormedConvolution.up(4 * w));
        firstLevelUpAgain = addChildBlock("firstLevelUpAgain", NormedConvolution.up(2 * w));
        secondLevelUp = addChildBlock("secondLevelUp", NormedConvolution.up(2 * w));
        levels = addChildBlock("levels", new FuseBlock(3 * w, w));
        head = addChildBlock("head", new Convolution(w, 1, 7, 1, 3, false));
        head.setInitializer(new NormalInitializer(HEAD_DEVIATION), Parameter.Type.WEIGHT);
    }

    private ImageBlock position(int channels) {
        return shape.position() == Position.SPOKEN
                ? new CoordinateBlock(channels, shape.patchesPerSide())
                : new PositionBlock(channels, shape.positionBits(), shape.patchesPerImage());
    }

    /** @param images (N, channels, side, side); @return (N, 1, side, side), without bound */
    final NDArray plain(ParameterStore parameters, NDArray images, boolean training) {
        NDArray patches = Patches.cut(training ? arithmetic.reduced(images) : images, shape.patch());
        NDArray x = stem.apply(parameters, patches, training);
        List<NDArray> encoded = new ArrayList<>();
        for (int stage = 0; stage < 3; stage++) {
            x = down.get(stage).apply(parameters, x, training);
            x = positions.isEmpty() ? x : positions.get(stage).apply(parameters, x, training);
            encoded.add(x);
        }
        for (ResidualBlock block : bottleneck) {
            x = block.apply(parameters, x, training);
        }
        NDArray r = head.apply(parameters, decode(parameters, x, encoded, training), training);
        return Patches.tile(Arithmetic.like(r, images), shape.side());
    }

    private NDArray decode(ParameterStore parameters, NDArray bottom, List<NDArray> encoded, boolean training) {
        NDArray x = bottom;
        List<NDArray> decoded = new ArrayList<>();
        for (int stage = 0; stage < 3; stage++) {
            NDArray skip = stage == 0 ? bottom : encoded.get(2 - stage);
            NDArray gated = shape.gate() ? gates.get(stage).apply(parameters, x, skip, training) : skip;
            NDArray fused = fuses.get(stage).apply(parameters, x.concat(gated, 1), training);
            x = up.get(stage).apply(parameters, fused, training);
            decoded.add(x);
        }
        NDArray first = firstLevelUp.apply(parameters, decoded.get(0), training);
        first = firstLevelUpAgain.apply(parameters, first, training);
        NDArray second = secondLevelUp.apply(parameters, decoded.get(1), training);
        return levels.apply(parameters, first.concat(second, 1).concat(decoded.get(2), 1), training);
    }
}
