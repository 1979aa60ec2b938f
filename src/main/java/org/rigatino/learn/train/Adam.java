package org.rigatino.learn.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import java.util.List;
import org.rigatino.network.Copy;
import org.rigatino.network.ScriptedFunction;

/**
 * Adam (Kingma and Ba, 2015) with bias correction and epsilon 1e-8, whose moments can be kept: training that was
 * interrupted goes on exactly.
 */
final class Adam implements AutoCloseable {
    private static final double EPSILON = 1e-8;

    private final double beta1;
    private final double beta2;
    private final ScriptedFunction step;
    private final List<Parameter> parameters;
    private final NDList first = new NDList();
    private final NDList second = new NDList();
    private int steps;

    Adam(NDManager manager, List<Parameter> parameters, double beta1, double beta2) {
        this.beta1 = beta1;
        this.beta2 = beta2;
        step = step(beta1, beta2);
        this.parameters = parameters;
        for (Parameter parameter : parameters) {
            first.add(manager.zeros(parameter.getShape()));
            second.add(manager.zeros(parameter.getShape()));
        }
    }

    /** Moves every parameter along its gradient and clears the gradient. */
    void step(double learningRate) {
        steps++;
        double correction = Math.sqrt(1 - Math.pow(beta2, steps));
        double rate = learningRate * correction / (1 - Math.pow(beta1, steps));
        for (int i = 0; i < parameters.size(); i++) {
            NDArray array = parameters.get(i).getArray();
            try (NDManager scratch = array.getManager().newSubManager();
                    NDArray gradient = array.getGradient()) {
                NDArray scalars = scratch.create(new double[] {-rate, EPSILON * correction});
                step.apply(scalars, array, gradient, first.get(i), second.get(i));
            }
        }
    }

    /** In place, with one array made on the way. What the function returns is of no use. */
    private static ScriptedFunction step(double beta1, double beta2) {
        return ScriptedFunction.of(
                "scalars: Tensor, x: Tensor, gradient: Tensor, first: Tensor, second: Tensor",
                """
                    torch.lerp_(first, gradient, %s)
                    torch.addcmul_(torch.mul_(second, %s), gradient, gradient, value=%s)
                    root = torch.add_(torch.sqrt(second), float(scalars[1]))
                    torch.addcdiv_(x, first, root, value=float(scalars[0]))
                    torch.zero_(gradient)
                    return scalars
                """
                        .formatted(1 - beta1, beta2, 1 - beta2));
    }

    static void clear(List<Parameter> parameters) {
        for (Parameter parameter : parameters) {
            try (NDArray gradient = parameter.getArray().getGradient()) {
                gradient.subi(gradient);
            }
        }
    }

    /** Whether all parameters and moments are finite. */
    boolean finite() {
        NDList all = new NDList(moments());
        parameters.forEach(parameter -> all.add(parameter.getArray()));
        return all.stream().allMatch(Adam::finite);
    }

    private static boolean finite(NDArray array) {
        try (NDManager scratch = array.getManager().newSubManager()) {
            NDArray view = array.reshape(array.getShape());
            view.attach(scratch);
            return Float.isFinite(view.sub(view).sum().getFloat());
        }
    }

    int steps() {
        return steps;
    }

    /** First moments, then second moments, in the parameters' order. */
    NDList moments() {
        return new NDList(first).addAll(second);
    }

    void restore(int steps, NDList moments) {
        this.steps = steps;
        int n = first.size();
        for (int i = 0; i < n; i++) {
            Copy.into(first.get(i), moments.get(i));
            Copy.into(second.get(i), moments.get(n + i));
        }
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
