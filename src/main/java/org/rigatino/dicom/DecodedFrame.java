package org.rigatino.dicom;

/**
 * A frame as it came out of the file or its decoder, which is not always as the header says it lies in the file.
 *
 * @param samples as {@link PixelData#frame}
 * @param photometricInterpretation of {@code samples}: decoders undo the transforms of JPEG 2000, and chrominance of
 *     YBR_FULL_422 is repeated for each pixel, which makes it YBR_FULL
 * @param planarConfiguration of {@code samples}: 0 where those of a pixel lie together, 1 where those of a colour do
 */
public record DecodedFrame(int[] samples, String photometricInterpretation, int planarConfiguration) {}
