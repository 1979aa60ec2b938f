package org.rigatino.network.sagan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import org.rigatino.network.Arithmetic;
import org.rigatino.network.Convolution;
import org.rigatino.network.ImageBlock;
import org.rigatino.network.InstanceNorm;
import org.rigatino.network.ScriptedFunction;

/**
 * Tells the features of each cell where in the whole image the cell lies: ReLU(IN(1x1(x)) + 1x1(y, x)), where y and x are
 * the centre of the cell from -1 at the top and left to 1 at the bottom and right (coordinates for each cell: Liu et al.,
 * CoordConv, NeurIPS 2018). Added behind the norm, which takes back what is constant over a patch, and before the ReLU,
 * behind which a constant is one no more. Cells know their patch by it, and their place where there is one patch alone.
 */
final class CoordinateBlock extends ImageBlock {
    private static final int AXES = 2;

    private static final ScriptedFunction ADD_AND_RECTIFY = ScriptedFunction.of(
            "x: Tensor, places: Tensor",
            """
                images = torch.unflatten(x, 0, [-1, torch.size(places, 0)])
                return torch.flatten(torch.relu_(torch.add(images, places)), 0, 1)
            """);

    private final int patchesPerSide;
    private final Convolution mix;
    private final InstanceNorm norm;
    private final Convolution place;

    /** @param patchesPerSide of one image; the batch holds its patches image by image, in row-major order */
    CoordinateBlock(int channels, int patchesPerSide) {
        this.patchesPerSide = patchesPerSide;
        mix = addChildBlock("mix", new Convolution(channels, channels, 1, 1, 0, false));
        norm = addChildBlock("norm", new InstanceNorm(channels, false));
        place = addChildBlock("place", new Convolution(AXES, channels, 1, 1, 0, true));
    }

    /** @param x (N, C, h, w), N a multiple of the patches of one image; @return of the same shape */
    @Override
    public NDArray apply(ParameterStore parameters, NDArray x, boolean training) {
        NDArray features = norm.apply(parameters, mix.apply(parameters, x, training), training);
        return ADD_AND_RECTIFY.apply(features, place.apply(parameters, coordinates(x), training));
    }

    /** (k*k, 2, h, w), of the patches of one image: y, then x. */
    NDArray coordinates(NDArray x) {
        int k = patchesPerSide;
        int h = Math.toIntExact(x.getShape().get(2));
        int w = Math.toIntExact(x.getShape().get(3));
        float[] values = new float[k * k * AXES * h * w];
        for (int i = 0; i < values.length; i++) {
            int patch = i / (AXES * h * w);
            boolean vertical = i / (h * w) % AXES == 0;
            values[i] = vertical ? centre(patch / k * h + i / w % h, k * h) : centre(patch % k * w + i % w, k * w);
        }
        NDArray places = x.getManager().create(values, new Shape(k * k, AXES, h, w));
        return Arithmetic.like(places, x);
    }

    private static float centre(int cell, int cells) {
        return (2 * cell + 1f) / cells - 1;
    }

    @Override
    protected Shape outputShape(Shape input) {
        return input;
    }
}
