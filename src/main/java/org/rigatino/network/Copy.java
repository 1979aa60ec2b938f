package org.rigatino.network;

import ai.djl.ndarray.NDArray;

/** Copies within the engine. DJL's own way through Java is one that PyTorch warns of on the console. */
public final class Copy {
    private static final ScriptedFunction COPY =
            ScriptedFunction.of("to: Tensor, values: Tensor", "    return torch.copy_(to, values)\n");

    private Copy() {}

    /** @param to of the same shape, without a gradient of its own; what it holds is overwritten */
    public static void into(NDArray to, NDArray values) {
        COPY.apply(to, values).close();
    }
}
