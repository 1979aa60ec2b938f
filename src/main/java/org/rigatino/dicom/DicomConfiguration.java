package org.rigatino.dicom;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/**
 * Limits on what is read, in commands too: a longer value is passed over, anything else beyond them is refused. Objects that
 * were made here are read whatever the size of their frames.
 */
@ConfigMapping(prefix = "rigatino.dicom")
public interface DicomConfiguration {
    Limits limits();

    /** Sizes are bytes, or numbers with K, M or G. */
    interface Limits {
        /** Sequences within sequences. */
        @WithDefault("64")
        @Min(1) @Max(1000) int depth();

        /** Bytes of one value in a header; longer ones are passed over. */
        @WithDefault("16M")
        MemorySize elementLength();

        /** Bytes of a header. */
        @WithDefault("256M")
        MemorySize headerLength();

        /** Attributes of a header, with those in its sequences; two values of one count as one. */
        @WithDefault("2000000")
        @Min(100) int elements();

        /** Rows x columns x samples per pixel of one frame. */
        @WithDefault("32M")
        MemorySize frameSamples();

        /** Rows x columns x samples per pixel x frames of one instance. */
        @WithDefault("8G")
        MemorySize instanceSamples();

        /** Bytes of a deflated dataset once inflated. */
        @WithDefault("4G")
        MemorySize inflatedLength();

        /** Longest time of the process that decodes one compressed frame. */
        @WithDefault("PT60S")
        Duration decodeTime();

        /** Memory of the process that decodes one compressed frame. */
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
