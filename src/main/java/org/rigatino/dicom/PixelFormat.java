package org.rigatino.dicom;

import java.util.Set;

/**
 * How the samples of a frame are stored (Image Pixel Module, PS3.3 C.7.6.3), checked: a format that exists can be read.
 *
 * @param samplesPerPixel 1 or 3
 * @param bitsAllocated 1, 8, 16 or 32
 * @param signed whether samples are two's complement
 * @param frames number of frames, at least 1
 */
public record PixelFormat(
        int rows,
        int columns,
        int samplesPerPixel,
        String photometricInterpretation,
        int planarConfiguration,
        int bitsAllocated,
        int bitsStored,
        int highBit,
        boolean signed,
        int frames) {

    private static final Set<String> COLOURS = Set.of("RGB", "YBR_FULL", "YBR_FULL_422", "YBR_ICT", "YBR_RCT");

    public static PixelFormat of(Dataset header) throws DicomException {
        return of(header, ReadLimits.inForce());
    }

    static PixelFormat of(Dataset header, ReadLimits limits) throws DicomException {
        PixelFormat format = ofAnySize(header);
        format.check(limits);
        return format;
    }

    /** Held against no limit: of an object whose size nobody chose who sent it. */
    static PixelFormat ofAnySize(Dataset header) throws DicomException {
        int allocated = required(header, Tag.BitsAllocated);
        int stored = header.integer(Tag.BitsStored, allocated);
        int representation = header.integer(Tag.PixelRepresentation, 0);
        if (representation != 0 && representation != 1) {
            throw new DicomException("Pixel Representation " + Tag.text(Tag.PixelRepresentation) + " is "
                    + representation + ", neither 0 nor 1: the sign of the samples is not known");
        }
        PixelFormat format = new PixelFormat(
                required(header, Tag.Rows),
                required(header, Tag.Columns),
                header.integer(Tag.SamplesPerPixel, 1),
                header.require(Tag.PhotometricInterpretation),
                header.integer(Tag.PlanarConfiguration, 0),
                allocated,
                stored,
                header.integer(Tag.HighBit, stored - 1),
                representation == 1,
                Math.max(1, header.integer(Tag.NumberOfFrames, 1)));
        format.check();
        return format;
    }

    private static int required(Dataset header, int tag) throws DicomException {
        header.require(tag);
        return header.integer(tag, 0);
    }

    private void check() throws DicomException {
        demand(rows > 0 && columns > 0 && rows <= 0xFFFF && columns <= 0xFFFF, "rows x columns");
        demand(samplesPerPixel == 1 || samplesPerPixel == 3, "Samples per Pixel");
        demand(
                bitsAllocated == 1 || bitsAllocated == 8 || bitsAllocated == 16 || bitsAllocated == 32,
                "Bits Allocated");
        demand(bitsStored > 0 && bitsStored <= bitsAllocated, "Bits Stored");
        demand(highBit >= bitsStored - 1 && highBit < bitsAllocated, "High Bit");
        demand(!subsampled() || samplesPerPixel == 3 && bitsAllocated == 8, "chrominance subsampling");
    }

    private void check(ReadLimits limits) throws DicomException {
        long samples = (long) rows * columns * samplesPerPixel;
        if (samples > limits.frameSamples()) {
            throw new DicomException("a frame of " + rows + " rows x " + columns + " columns x " + samplesPerPixel
                    + " samples is larger than the " + limits.frameSamples()
                    + " samples that are decoded (rigatino.dicom.limits.frame-samples)");
        }
        if (samples * frames > limits.instanceSamples()) {
            throw new DicomException(frames + " frames of " + rows + " rows x " + columns + " columns x "
                    + samplesPerPixel + " samples are more than the " + limits.instanceSamples()
                    + " samples that are decoded (rigatino.dicom.limits.instance-samples)");
        }
    }

    private void demand(boolean holds, String what) throws DicomException {
        if (!holds) {
            throw new DicomException("Image Pixel Module is not valid in its " + what + ": " + this);
        }
    }

    /** Two luminance samples share one pair of chrominance samples (PS3.3 C.7.6.3.1.2). */
    private boolean subsampled() {
        return photometricInterpretation.equals("YBR_FULL_422");
    }

    /** Of samples as {@link #samples} gives them. */
    String unpackedPhotometric() {
        return subsampled() ? "YBR_FULL" : photometricInterpretation;
    }

    /** Colours that JPEG 2000 alone has, and subsampled ones in planes, are in no native frame (PS3.3 C.7.6.3.1.2). */
    void requireNativeColours() throws DicomException {
        boolean transformed =
                photometricInterpretation.equals("YBR_ICT") || photometricInterpretation.equals("YBR_RCT");
        if (transformed || subsampled() && planarConfiguration != 0) {
            throw new DicomException("photometric-interpretation: " + photometricInterpretation
                    + " with Planar Configuration " + planarConfiguration
                    + " is no way in which uncompressed colours lie: which these are is not known");
        }
    }

    /** Pairs of pixels need an even number of columns where they lie in the file as they are; JPEG fills up its own. */
    void requireNative() throws DicomException {
        demand(!subsampled() || columns % 2 == 0, "chrominance subsampling");
    }

    /** Samples of one frame as stored when not compressed. */
    private int storedSamples() {
        return subsampled() ? rows * columns * 2 : rows * columns * samplesPerPixel;
    }

    /** Bits of one frame as stored when not compressed; frames of 1-bit samples do not begin on bytes. */
    long frameBits() {
        return (long) storedSamples() * bitsAllocated;
    }

    /** The number that a stored sample stands for; an {@code int} alone cannot hold an unsigned one of 32 bits. */
    public long value(int sample) {
        return signed ? sample : Integer.toUnsignedLong(sample);
    }

    public long smallest() {
        return signed ? -(1L << (bitsStored - 1)) : 0;
    }

    public long largest() {
        return (1L << (signed ? bitsStored - 1 : bitsStored)) - 1;
    }

    public boolean monochrome() {
        return photometricInterpretation.equals("MONOCHROME1") || photometricInterpretation.equals("MONOCHROME2");
    }

    /** Three unsigned samples of 8 bits, in colours of which luminance is known: the palette's are not among them. */
    public boolean colour() {
        return COLOURS.contains(photometricInterpretation)
                && samplesPerPixel == 3
                && bitsAllocated == 8
                && bitsStored == 8
                && !signed;
    }

    /**
     * Samples out of the bytes of a frame; bits outside Bits Stored are dropped, the sign is extended.
     *
     * @param firstBit of the frame within {@code bytes}, for 1-bit samples; least significant bit first (PS3.5 8.1.1)
     */
    int[] samples(byte[] bytes, boolean bigEndian, int firstBit) {
        int[] samples = unpacked(bytes, bigEndian, firstBit);
        return subsampled() ? upsampled(samples) : samples;
    }

    /** Y1 Y2 Cb Cr of two pixels becomes Y1 Cb Cr Y2 Cb Cr. */
    private static int[] upsampled(int[] pairs) {
        int[] samples = new int[pairs.length / 2 * 3];
        for (int pair = 0; pair < pairs.length / 4; pair++) {
            for (int pixel = 0; pixel < 2; pixel++) {
                samples[pair * 6 + pixel * 3] = pairs[pair * 4 + pixel];
                samples[pair * 6 + pixel * 3 + 1] = pairs[pair * 4 + 2];
                samples[pair * 6 + pixel * 3 + 2] = pairs[pair * 4 + 3];
            }
        }
        return samples;
    }

    private int[] unpacked(byte[] bytes, boolean bigEndian, int firstBit) {
        int[] samples = new int[storedSamples()];
        int width = bitsAllocated / 8;
        for (int i = 0; i < samples.length; i++) {
            int word = 0;
            if (bitsAllocated == 1) {
                int bit = firstBit + i;
                word = bytes[bit >>> 3] >> (bit & 7) & 1;
            }
            for (int b = 0; b < width; b++) {
                int at = i * width + (bigEndian ? b : width - 1 - b);
                word = word << 8 | bytes[at] & 0xFF;
            }
            int aligned = word << (31 - highBit);
            samples[i] = signed ? aligned >> (32 - bitsStored) : aligned >>> (32 - bitsStored);
        }
        return samples;
    }
}
