package org.rigatino.dicom;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Limits on what is read; {@link ReadLimits} says what each means. */
@ConfigMapping(prefix = "rigatino.dicom")
public interface DicomConfiguration {
    Limits limits();

    /** Sizes are bytes, or numbers with K, M or G. */
    interface Limits {
        @WithDefault("64")
        @Min(1) @Max(1000) int depth();

        @WithDefault("16M")
        MemorySize elementLength();

        @WithDefault("256M")
        MemorySize headerLength();

        @WithDefault("2000000")
        @Min(100) int elements();

        /** Rows x columns x samples per pixel. */
        @WithDefault("32M")
        MemorySize frameSamples();

        /** Rows x columns x samples per pixel x frames. */
        @WithDefault("8G")
        MemorySize instanceSamples();

        @WithDefault("4G")
        MemorySize inflatedLength();

        @WithDefault("PT60S")
        Duration decodeTime();

        @WithDefault("2G")
        MemorySize decodeMemory();
    }

    /** @throws IllegalArgumentException where nothing could be read within them */
    default ReadLimits readLimits() {
        Limits limits = limits();
        return new ReadLimits(
                limits.depth(),
                limits.elementLength().asLongValue(),
                limits.headerLength().asLongValue(),
                limits.elements(),
                limits.frameSamples().asLongValue(),
                limits.instanceSamples().asLongValue(),
                limits.inflatedLength().asLongValue(),
                limits.decodeTime(),
                limits.decodeMemory().asLongValue());
    }
}
