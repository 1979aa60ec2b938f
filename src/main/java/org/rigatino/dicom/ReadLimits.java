package org.rigatino.dicom;

import java.time.Duration;

/**
 * What a file or a message may make this process do before it is refused. Whoever sends the bytes chooses them, so
 * every length, count and depth in them is held against these before anything is allocated.
 *
 * @param depth deepest nesting of sequences (PS3.5 7.5)
 * @param elementLength bytes of one value; a longer one is passed over and counts as unreadable
 * @param headerLength bytes of all values before Pixel Data together
 * @param elements attributes and items of one dataset together, those in items included; two values of an attribute count as
 *     one
 * @param frameSamples rows x columns x samples per pixel of one frame
 * @param instanceSamples rows x columns x samples per pixel x frames
 * @param inflatedLength bytes that a deflated dataset (PS3.5 A.5) may become
 * @param decodeTime wall clock and processor time for decoding one compressed frame
 * @param decodeMemory address space in bytes of the process that decodes it
 */
public record ReadLimits(
        int depth,
        long elementLength,
        long headerLength,
        int elements,
        long frameSamples,
        long instanceSamples,
        long inflatedLength,
        Duration decodeTime,
        long decodeMemory) {
    private static final long MIB = 1L << 20;

    /** Beyond the largest radiographs, cine loops and enhanced objects, and within a worker's heap. */
    public static final ReadLimits DEFAULT = new ReadLimits(
            64, 16 * MIB, 256 * MIB, 2_000_000, 32 * MIB, 8192 * MIB, 4096 * MIB, Duration.ofSeconds(60), 2048 * MIB);

    private static volatile ReadLimits inForce = DEFAULT;

    public ReadLimits {
        if (depth < 1
                || elementLength < 1024
                || headerLength < 1024
                || elements < 100
                || frameSamples < 1
                || frameSamples > 1L << 29
                || instanceSamples < frameSamples
                || inflatedLength < 1024
                || decodeTime.toSeconds() < 1
                || decodeMemory < 64 * MIB) {
            throw new IllegalArgumentException("a limit on what is read is too small to read anything, or a frame of"
                    + " more than 2^29 samples is asked for");
        }
    }

    /** Those of this process. */
    public static ReadLimits inForce() {
        return inForce;
    }

    /** From now on, in the whole process: once, when it starts. */
    public static void enforce(ReadLimits limits) {
        inForce = limits;
    }

    /** Longest compressed form of one frame that is read: twice what the largest frame takes when not compressed. */
    long compressedFrame() {
        return Math.min(frameSamples * 4, Integer.MAX_VALUE - 64L);
    }
}
