package org.rigatino.dicom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Decodes one compressed frame in a process of its own ({@link DecoderProcess}), which is handed the bitstream in a file
 * with no attribute but those of the pixel format.
 */
final class FrameDecoder {
    private static final String SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7";

    /**
     * @param tools in the order in which they are tried: of JPEG-LS, GDCM 3.0.21 refuses some valid streams of 16 bits
     *     and DCMTK 3.6.7 some of 7
     */
    private record Codec(List<DecoderProcess> tools, String presentedAs) {}

    private static final List<DecoderProcess> JPEG_LS = List.of(DecoderProcess.DCMTK_JPEG_LS, DecoderProcess.GDCM);
    private static final List<DecoderProcess> OTHERS = List.of(DecoderProcess.GDCM);

    private static final String JPEG_2000_LOSSLESS = "1.2.840.10008.1.2.4.90";
    private static final String JPEG_2000 = "1.2.840.10008.1.2.4.91";

    /** PS3.6 table A-1. High-Throughput JPEG 2000 goes to GDCM as JPEG 2000: the codestream says itself which it is. */
    private static final Map<String, Codec> CODECS = Map.ofEntries(
            codec("1.2.840.10008.1.2.4.50", OTHERS),
            codec("1.2.840.10008.1.2.4.51", OTHERS),
            codec("1.2.840.10008.1.2.4.57", OTHERS),
            codec("1.2.840.10008.1.2.4.70", OTHERS),
            codec("1.2.840.10008.1.2.4.80", JPEG_LS),
            codec("1.2.840.10008.1.2.4.81", JPEG_LS),
            codec(JPEG_2000_LOSSLESS, OTHERS),
            codec(JPEG_2000, OTHERS),
            Map.entry("1.2.840.10008.1.2.4.201", new Codec(OTHERS, JPEG_2000_LOSSLESS)),
            Map.entry("1.2.840.10008.1.2.4.202", new Codec(OTHERS, JPEG_2000_LOSSLESS)),
            Map.entry("1.2.840.10008.1.2.4.203", new Codec(OTHERS, JPEG_2000)),
            codec("1.2.840.10008.1.2.5", OTHERS));

    private final String transferSyntaxUid;
    private final Codec codec;
    private final PixelFormat format;
    private final ReadLimits limits;

    private FrameDecoder(String transferSyntaxUid, Codec codec, PixelFormat format, ReadLimits limits) {
        this.limits = limits;
        this.transferSyntaxUid = transferSyntaxUid;
        this.codec = codec;
        this.format = format;
    }

    private static Map.Entry<String, Codec> codec(String transferSyntaxUid, List<DecoderProcess> tools) {
        return Map.entry(transferSyntaxUid, new Codec(tools, transferSyntaxUid));
    }

    static FrameDecoder of(String transferSyntaxUid, PixelFormat format, ReadLimits limits) throws DicomException {
        Codec codec = CODECS.get(transferSyntaxUid);
        if (codec == null) {
            throw new DicomException("transfer syntax " + transferSyntaxUid
                    + " is not decoded; have the sender propose Explicit VR Little Endian");
        }
        if (format.bitsAllocated() == 1) {
            throw new DicomException("1-bit pixels are decoded only where they are not compressed");
        }
        return new FrameDecoder(transferSyntaxUid, codec, format, limits);
    }

    /** @throws UnavailableFileException where there is no room to decode it in */
    DecodedFrame decode(byte[] bitstream) throws IOException {
        try (FrameFolder folder = FrameFolder.create()) {
            folder.write(singleFrame(bitstream));
            List<String> reasons = new ArrayList<>();
            for (DecoderProcess decoder : codec.tools) {
                String reason = decoder.run(folder.compressed(), folder.decoded(), limits);
                if (reason.isEmpty() && Files.exists(folder.decoded())) {
                    return read(folder.decoded());
                }
                reasons.add(reason.isEmpty() ? "no frame was written" : reason);
                Files.deleteIfExists(folder.decoded());
            }
            folder.requireRoom(format.frameBits() / 8 + bitstream.length);
            throw new DicomException("transfer syntax " + transferSyntaxUid + " is not decoded: "
                    + String.join(", ", reasons)
                    + "; the bitstream is damaged or of a kind not supported: send it uncompressed");
        }
    }

    private DecodedFrame read(Path decoded) throws DicomException {
        try (PixelData pixels = PixelData.open(decoded, limits)) {
            PixelFormat found = pixels.format();
            if (found.rows() != format.rows()
                    || found.columns() != format.columns()
                    || found.samplesPerPixel() != format.samplesPerPixel()
                    || found.signed() != format.signed()) {
                throw new DicomException("the bitstream holds " + found + " where the header declares " + format);
            }
            int[] samples = pixels.frame(1);
            if (found.bitsStored() > format.bitsStored()) {
                keepWithinHeader(samples);
            }
            return new DecodedFrame(samples, found.unpackedPhotometric(), found.planarConfiguration());
        }
    }

    /**
     * GDCM takes the precision of JPEG 2000 for Bits Stored. Without sign what lies above the header's is dropped, as in every
     * other transfer syntax: an overlay may be there. A sign it then does not extend.
     */
    private void keepWithinHeader(int[] samples) throws DicomException {
        int bits = format.bitsStored();
        for (int i = 0; i < samples.length; i++) {
            int sample = samples[i];
            if (!format.signed()) {
                samples[i] = sample & (1 << bits) - 1;
            } else if (sample != sample << 32 - bits >> 32 - bits) {
                throw new DicomException("the bitstream holds the value " + sample + ", which the header's Bits Stored "
                        + bits + " with sign does not: which is meant is not known; send it uncompressed");
            }
        }
    }

    /** A PS3.10 file of one frame in one fragment. */
    private byte[] singleFrame(byte[] bitstream) throws DicomException {
        byte[] head = new Dataset()
                .put(Tag.SOPClassUID, SECONDARY_CAPTURE)
                .put(Tag.SOPInstanceUID, Uids.nameBased("frame to decode"))
                .put(Tag.SamplesPerPixel, format.samplesPerPixel())
                .put(Tag.PhotometricInterpretation, presentedPhotometric())
                .put(Tag.Rows, format.rows())
                .put(Tag.Columns, format.columns())
                .put(Tag.BitsAllocated, format.bitsAllocated())
                .put(Tag.BitsStored, format.bitsStored())
                .put(Tag.HighBit, format.highBit())
                .put(Tag.PixelRepresentation, format.signed() ? 1 : 0)
                .put(Tag.PlanarConfiguration, format.planarConfiguration())
                .encode(codec.presentedAs, "RIGATINO");
        int padded = bitstream.length + (bitstream.length & 1);
        ByteBuffer element = ByteBuffer.allocate(12 + 8 + 8 + padded + 8).order(ByteOrder.LITTLE_ENDIAN);
        element.putInt(0x00107FE0)
                .put((byte) 'O')
                .put((byte) 'B')
                .putShort((short) 0)
                .putInt(-1);
        element.putInt(0xE000FFFE).putInt(0);
        element.putInt(0xE000FFFE).putInt(padded).put(bitstream);
        element.position(element.limit() - 8);
        element.putInt(0xE0DDFFFE).putInt(0);
        ByteArrayOutputStream file = new ByteArrayOutputStream(head.length + element.capacity());
        file.writeBytes(head);
        file.writeBytes(element.array());
        return file.toByteArray();
    }

    /** Palette indices are decoded as gray: the palette itself is not handed over. */
    private String presentedPhotometric() {
        String photometric = format.photometricInterpretation();
        return photometric.equals("PALETTE COLOR") ? "MONOCHROME2" : photometric;
    }
}
