package org.rigatino.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A function of arrays that the engine has and DJL does not offer, written in TorchScript. Gradients pass through it.
 * Safe for use by several threads; compiled once, and kept while the process lives.
 */
public final class ScriptedFunction {
    private static final Map<String, ScriptedFunction> KNOWN = new ConcurrentHashMap<>();

    private final String source;
    private PtSymbolBlock module;

    private ScriptedFunction(String source) {
        this.source = source;
    }

    /**
     * @param arguments as in {@code x: Tensor, weight: Tensor}
     * @param body statements of TorchScript, four spaces before each; the last returns a Tensor
     */
    public static ScriptedFunction of(String arguments, String body) {
        String source = "  def forward(self: " + ScriptArchive.TYPE + ", " + arguments + ") -> Tensor:\n" + body;
        return KNOWN.computeIfAbsent(source, ScriptedFunction::new);
    }

    /** What the function returns, in the manager of the first argument. */
    public NDArray apply(NDArray... arguments) {
        return IValueUtils.forward(module(), new NDList(arguments), true).singletonOrThrow();
    }

    private synchronized PtSymbolBlock module() {
        if (module == null) {
            PtNDManager manager = (PtNDManager) NDManager.newBaseManager(Device.cpu(), "PyTorch");
            try {
                module = JniUtils.loadModule(manager, new ByteArrayInputStream(ScriptArchive.of(source)), false, false);
            } catch (IOException e) {
                throw new UncheckedIOException("the engine does not read a script made in memory", e);
            }
        }
        return module;
    }
}
