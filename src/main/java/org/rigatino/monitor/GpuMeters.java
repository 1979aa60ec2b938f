package org.rigatino.monitor;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.management.MemoryUsage;
import java.util.function.ToLongFunction;

/** Memory of each GPU that CUDA shows to the engine, all processes on it together; without one there is no such gauge. */
@ApplicationScoped
public class GpuMeters {
    @Inject
    MeterRegistry meters;

    /** Once the models are loaded: asking a GPU takes memory on it. */
    public void start() {
        for (int gpu = 0; gpu < CudaUtils.getGpuCount(); gpu++) {
            bind("rigatino.gpu.memory.used", "Memory in use on the GPU", gpu, MemoryUsage::getUsed);
            bind("rigatino.gpu.memory.total", "Memory of the GPU", gpu, MemoryUsage::getMax);
        }
    }

    private void bind(String name, String description, int gpu, ToLongFunction<MemoryUsage> value) {
        Device device = Device.gpu(gpu);
        Gauge.builder(name, () -> value.applyAsLong(CudaUtils.getGpuMemory(device)))
                .description(description)
                .baseUnit("bytes")
                .tag("gpu", Integer.toString(gpu))
                .register(meters);
    }
}
