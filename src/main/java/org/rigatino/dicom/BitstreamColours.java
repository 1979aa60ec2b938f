package org.rigatino.dicom;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * What colours a compressed frame says it holds, held against Photometric Interpretation: decoders believe the header, and
 * red of a frame that is YCbCr would be luminance.
 */
final class BitstreamColours {
    /** JPEG with a discrete cosine transform; encoders write JFIF into lossless JPEG too, which then means nothing. */
    private static final Set<String> JPEG_LOSSY = Set.of("1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51");

    private static final Set<String> JPEG_LOSSLESS = Set.of("1.2.840.10008.1.2.4.57", "1.2.840.10008.1.2.4.70");
    private static final Set<String> JPEG_2000 = Set.of(
            "1.2.840.10008.1.2.4.90",
            "1.2.840.10008.1.2.4.91",
            "1.2.840.10008.1.2.4.201",
            "1.2.840.10008.1.2.4.202",
            "1.2.840.10008.1.2.4.203");
    private static final Set<String> TRANSFORMED = Set.of("YBR_ICT", "YBR_RCT");
    private static final String RGB = "RGB";
    private static final String YBR = "YCbCr";

    private final byte[] bytes;
    private final boolean lossless;
    private Optional<String> adobe = Optional.empty();
    private Optional<String> jfif = Optional.empty();
    private Optional<String> components = Optional.empty();

    private BitstreamColours(byte[] bytes, boolean lossless) {
        this.bytes = bytes;
        this.lossless = lossless;
    }

    /** @throws DicomException where bitstream and header contradict each other */
    static void require(byte[] bitstream, PixelFormat format, String transferSyntaxUid) throws DicomException {
        String header = format.photometricInterpretation();
        if (JPEG_2000.contains(transferSyntaxUid)) {
            requireTransform(bitstream, header);
            return;
        }
        if (TRANSFORMED.contains(header)) {
            throw contradiction(header, "the transfer syntax " + transferSyntaxUid + " has no such transform");
        }
        boolean lossless = JPEG_LOSSLESS.contains(transferSyntaxUid);
        if (!lossless && !JPEG_LOSSY.contains(transferSyntaxUid)) {
            return;
        }
        Optional<String> found = new BitstreamColours(bitstream, lossless).ofJpeg();
        if (found.isPresent() && found.get().equals(RGB) != header.equals(RGB)) {
            throw contradiction(header, "the JPEG bitstream says " + found.get());
        }
    }

    /** A multiple component transformation makes RGB of what is decoded (ISO/IEC 15444-1 A.6.1, PS3.5 8.2.4). */
    private static void requireTransform(byte[] bytes, String header) throws DicomException {
        for (int at = 2; at + 8 < bytes.length && marker(bytes, at) != 0xFF93; at += 2 + word(bytes, at + 2)) {
            if (marker(bytes, at) == 0xFF52) {
                boolean transformed = bytes[at + 8] != 0;
                if (transformed ? header.startsWith("YBR_FULL") : TRANSFORMED.contains(header)) {
                    throw contradiction(
                            header,
                            "the JPEG 2000 codestream has " + (transformed ? "a" : "no")
                                    + " multiple component transformation");
                }
                return;
            }
        }
    }

    private Optional<String> ofJpeg() {
        for (int at = 2; at + 4 < bytes.length && marker(bytes, at) != 0xFFDA; at += 2 + word(bytes, at + 2)) {
            int marker = marker(bytes, at);
            if (marker == 0xFFEE && named(at, "Adobe") && at + 15 < bytes.length) {
                adobe = Optional.of(bytes[at + 15] == 0 ? RGB : YBR);
            } else if (marker == 0xFFE0 && named(at, "JFIF")) {
                jfif = Optional.of(YBR);
            } else if (marker >= 0xFFC0 && marker <= 0xFFC3 && at + 18 < bytes.length) {
                components = ofComponents(at + 10);
            }
        }
        if (adobe.isPresent()) {
            return adobe;
        }
        return components.isPresent() || lossless ? components : jfif;
    }

    /** Identifiers R, G, B are colours; components that are subsampled are chrominance. @param at of the first of three */
    private Optional<String> ofComponents(int at) {
        if (bytes[at] == 'R' && bytes[at + 3] == 'G' && bytes[at + 6] == 'B') {
            return Optional.of(RGB);
        }
        return bytes[at + 1] == bytes[at + 4] ? Optional.empty() : Optional.of(YBR);
    }

    private boolean named(int at, String name) {
        byte[] expected = name.getBytes(StandardCharsets.US_ASCII);
        return Arrays.equals(Arrays.copyOfRange(bytes, at + 4, at + 4 + expected.length), expected);
    }

    private static int marker(byte[] bytes, int at) {
        return word(bytes, at);
    }

    private static int word(byte[] bytes, int at) {
        return at + 1 < bytes.length ? (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF : 0;
    }

    private static DicomException contradiction(String header, String other) {
        return new DicomException("photometric-interpretation: the header says " + header + " and " + other
                + ": which colours these are is not known; send it uncompressed, or with a header that is true");
    }
}
