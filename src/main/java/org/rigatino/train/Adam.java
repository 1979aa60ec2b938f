package org.rigatino.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import java.util.List;

/**
 * Adam (Kingma and Ba, 2015) with bias correction and epsilon 1e-8, whose moments can be kept: training that was
 * interrupted goes on exactly.
 */
final class Adam implements AutoCloseable {
    private static final double EPSILON = 1e-8;

    private final double beta1;
    private final double beta2;
    private final List<Parameter> parameters;
    private final NDList first = new NDList();
    private final NDList second = new NDList();
    private int steps;

    Adam(NDManager manager, List<Parameter> parameters, double beta1, double beta2) {
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.parameters = parameters;
        for (Parameter parameter : parameters) {
            first.add(manager.zeros(parameter.getShape()));
            second.add(manager.zeros(parameter.getShape()));
        }
    }

    /** Moves every parameter along its gradient and clears the gradient. */
    void step(double learningRate) {
        steps++;
        double correction = Math.sqrt(1 - Math.pow(beta2, steps)) / (1 - Math.pow(beta1, steps));
        double epsilon = EPSILON * Math.sqrt(1 - Math.pow(beta2, steps));
        for (int i = 0; i < parameters.size(); i++) {
            NDArray array = parameters.get(i).getArray();
            try (NDManager scratch = array.getManager().newSubManager();
                    NDArray gradient = array.getGradient()) {
                NDArray g = gradient.reshape(gradient.getShape());
                g.attach(scratch);
                NDArray m = first.get(i);
                NDArray v = second.get(i);
                m.muli(beta1).addi(g.mul(1 - beta1));
                v.muli(beta2).addi(g.square().mul(1 - beta2));
                NDArray root = v.reshape(v.getShape());
                root.attach(scratch);
                NDArray momentum = m.reshape(m.getShape());
                momentum.attach(scratch);
                array.subi(
                        momentum.mul(learningRate * correction).div(root.sqrt().add(epsilon)));
                gradient.subi(g);
            }
        }
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
            moments.get(i).copyTo(first.get(i));
            moments.get(n + i).copyTo(second.get(i));
        }
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
