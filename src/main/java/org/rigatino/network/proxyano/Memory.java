package org.rigatino.network.proxyano;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import org.rigatino.network.ImageBlock;
import org.rigatino.network.Scalar;

/**
 * Gives every place of a feature map a mixture of learnt slots, so that only what the slots can mix passes. Addressing is
 * soft, softmax over the slots of {@code sharpness} times their cosine with the feature, with hard shrinkage (Gong et al.,
 * Memorizing Normality, ICCV 2019, whose sharpness is 1): weights below {@code shrinkage} / slots fall to 0, the rest sums to 1 again. With a shrinkage of at most 1
 * some slot always stays, since the largest of weights that sum to 1 is at least 1 / slots.
 */
public final class Memory extends ImageBlock {
    private static final float TINY = 1e-12f;

    private final float threshold;
    private final float sharpness;
    private final Parameter memory;

    /**
     * @param shrinkage 0 to 1: the threshold as a multiple of the mean weight 1 / slots
     * @param sharpness of the addressing, above 0: at 1 the largest weight is at most e^2 times the smallest
     */
    Memory(int slots, int channels, double shrinkage, double sharpness) {
        if (slots < 2 || !(shrinkage >= 0 && shrinkage <= 1)) {
            throw new IllegalArgumentException("a memory of " + slots + " slots with shrinkage " + shrinkage
                    + ": at least 2 slots, shrinkage from 0 to 1");
        }
        if (!(sharpness > 0)) {
            throw new IllegalArgumentException("a memory of sharpness " + sharpness + ": it is above 0");
        }
        threshold = (float) (shrinkage / slots);
        this.sharpness = (float) sharpness;
        memory = weight("slots", new Shape(slots, channels));
    }

    /** @param x (N, C, h, w); @return of the same shape */
    @Override
    public NDArray apply(ParameterStore parameters, NDArray x, boolean training) {
        return read(parameters, address(parameters, x, training), x.getShape(), training);
    }

    /** @param x (N, C, h, w); @return (N*h*w, slots), rows that sum to 1 */
    NDArray address(ParameterStore parameters, NDArray x, boolean training) {
        long channels = x.getShape().get(1);
        NDArray features = unit(x.transpose(0, 2, 3, 1).reshape(-1, channels));
        NDArray units = unit(value(parameters, memory, x, training));
        NDArray cosines = features.matMul(units.transpose());
        NDArray soft = (sharpness == 1 ? cosines : Scalar.times(cosines, sharpness)).softmax(1);
        NDArray above = soft.sub(threshold);
        // ReLU(w - t) w / (|w - t| + tiny): w where it is above the threshold, 0 elsewhere, and a gradient where it is
        // not 0
        NDArray shrunk = Activation.relu(above).mul(soft).div(above.abs().add(TINY));
        return shrunk.div(shrunk.sum(new int[] {1}, true).add(TINY));
    }

    private static NDArray unit(NDArray rows) {
        return rows.div(rows.square().sum(new int[] {1}, true).add(TINY).sqrt());
    }

    /** @param addressing (N*h*w, slots); @return of the shape (N, C, h, w) */
    NDArray read(ParameterStore parameters, NDArray addressing, Shape shape, boolean training) {
        return addressing
                .matMul(value(parameters, memory, addressing, training))
                .reshape(shape.get(0), shape.get(2), shape.get(3), shape.get(1))
                .transpose(0, 3, 1, 2);
    }

    /** Mean over the rows of -sum w log w: small where few slots speak. */
    static NDArray entropy(NDArray addressing) {
        return addressing
                .mul(addressing.add(TINY).log())
                .sum(new int[] {1})
                .mean()
                .neg();
    }

    @Override
    protected Shape outputShape(Shape input) {
        return input;
    }
}
