package org.rigatino.network;

import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.file.Path;

/** Libraries that PyTorch computes by and that it can leave out: its own switches ({@code at::Context}), which DJL does not offer. */
public enum EngineSwitch {
    NNPACK("_ZN2at7Context20setUserEnabledNNPACKEb"),
    ONEDNN("_ZN2at7Context20setUserEnabledMkldnnEb");

    private final String function;

    EngineSwitch(String function) {
        this.function = function;
    }

    /**
     * For the whole process, from here on. The engine has been started.
     *
     * @throws LinkageError where PyTorch is of another compiler, which names its functions otherwise, or JNA's own library cannot be
     *     loaded, as from a folder of temporary files that is mounted noexec
     */
    public void off() {
        Path library = Path.of(LibUtils.getLibtorchPath(), System.mapLibraryName("torch_cpu"));
        NativeLibrary torch = NativeLibrary.getInstance(library.toString());
        Pointer context = torch.getFunction("_ZN2at13globalContextEv").invokePointer(new Object[0]);
        torch.getFunction(function).invokeVoid(new Object[] {context, false});
    }
}
