package org.rigatino.restore;

import ai.djl.Device;
import ai.djl.engine.Engine;
import org.rigatino.network.EngineSwitch;
import org.rigatino.network.OneDnn;

/** The native engine, started once, from the class path alone: it never reaches for the network. */
public final class PyTorch {
    private static boolean loaded;

    private PyTorch() {}

    /**
     * Uses half the processors that this process may use: its threads wait for each other at every step, so that one
     * held up by a busy neighbour holds up all. {@code ai.djl.pytorch.num_threads} overrides.
     *
     * @throws IllegalStateException where its libraries do not load or compute wrongly, in one sentence: why, which, and what to do
     */
    public static synchronized Engine engine() {
        preset("ai.djl.offline", "true");
        preset("OPT_OUT_TRACKING", "true");
        preset("ai.djl.pytorch.graph_optimizer", "false");
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        preset("ai.djl.pytorch.num_threads", Integer.toString(threads));
        preset("ai.djl.pytorch.num_interop_threads", "1");
        try {
            if (!loaded) {
                NativeLibraries.requireWhole();
            }
            Engine.getEngine("PyTorch");
        } catch (RuntimeException | LinkageError e) {
            throw NativeLibraries.notLoaded(e);
        }
        if (!loaded) {
            leaveOutNnpack();
            OneDnn.requireRightForOwnNetworks();
            loaded = true;
        }
        return Engine.getEngine("PyTorch");
    }

    /**
     * PyTorch asks NNPACK whether it would compute a small convolution, and NNPACK writes a line to the console each time on
     * a processor that it does not know. It is never chosen here: it takes batches of 16 and more, which oneDNN takes first.
     */
    private static void leaveOutNnpack() {
        try {
            EngineSwitch.NNPACK.off();
        } catch (LinkageError e) {
            // Its lines on the console change no result.
            return;
        }
    }

    private static void preset(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }

    /**
     * @param device {@code auto}, {@code cpu} or {@code gpu:N}
     * @throws IllegalArgumentException where it is none of these, or names a GPU that is not there
     */
    public static Device device(String device) {
        int gpus = engine().getGpuCount();
        if (device.equals("cpu") || device.equals("auto") && gpus == 0) {
            return Device.cpu();
        }
        if (device.equals("auto")) {
            return Device.gpu(0);
        }
        if (!device.matches("gpu:\\d{1,3}")) {
            throw new IllegalArgumentException("device " + device
                    + ": it is auto, cpu or gpu:N, as in gpu:0 (--device, or rigatino.restore.device)");
        }
        int number = Integer.parseInt(device.substring("gpu:".length()));
        if (number >= gpus) {
            throw new IllegalArgumentException(
                    "device " + device + " (--device, or rigatino.restore.device): PyTorch sees " + gpus
                            + " GPUs: set cpu or auto, or install the GPU libraries and set PYTORCH_LIBRARY_PATH");
        }
        return Device.gpu(number);
    }
}
