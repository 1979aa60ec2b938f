package org.rigatino.network;

import ai.djl.ndarray.NDArray;

/** What a network computes in; its weights are float32 (or float64, in a network of that type) whichever it is. */
public enum Arithmetic {
    /** In the type of the image. */
    FULL,
    /**
     * In bfloat16, eight bits of mantissa: half the memory, and several times the products a second on processors with
     * matrix units for it. Gradients of the weights come out in the weights' own type.
     */
    BFLOAT16;

    private static final ScriptedFunction TO_BFLOAT16 =
            ScriptedFunction.of("x: Tensor", "    return torch.to(x, 15)\n");
    private static final ScriptedFunction LIKE =
            ScriptedFunction.of("x: Tensor, other: Tensor", "    return torch.type_as(x, other)\n");

    /** @param name {@code float32} or {@code bfloat16} */
    public static Arithmetic named(String name) {
        return switch (name) {
            case "float32" -> FULL;
            case "bfloat16" -> BFLOAT16;
            default -> throw new IllegalArgumentException("--arithmetic is " + name + ": it is float32 or bfloat16");
        };
    }

    /** {@code x} in the type that the network computes in. */
    public NDArray reduced(NDArray x) {
        return this == FULL ? x : TO_BFLOAT16.apply(x);
    }

    /** {@code x} in the type of {@code other}. DJL knows arrays of bfloat16, but not what their type is. */
    public static NDArray like(NDArray x, NDArray other) {
        return LIKE.apply(x, other);
    }
}
