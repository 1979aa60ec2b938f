package org.rigatino.network;

import ai.djl.ndarray.NDArray;

/** Copies within the engine. DJL's own way through Java is one that PyTorch warns of on the console. */
public final class Copy {
    private static final ScriptedFunction COPY =
            ScriptedFunction.of("to: Tensor, values: Tensor", "    return torch.copy_(to.detach(), values)\n");

    private Copy() {}

    /** @param to of the same shape, also one that a gradient is asked for, which sees nothing of it; what it holds is overwritten */
    public static void into(NDArray to, NDArray values) {
        COPY.apply(to, values).close();
    }
}
