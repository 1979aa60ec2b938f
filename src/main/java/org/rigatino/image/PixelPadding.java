package org.rigatino.image;

import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.PixelFormat;
import org.rigatino.dicom.Tag;

/** Stored values that fill a frame to its rectangle: Pixel Padding Value and Range Limit (PS3.3 C.7.5.1.1.2). */
final class PixelPadding {
    private final boolean present;
    private final long lowest;
    private final long highest;

    private PixelPadding(boolean present, long lowest, long highest) {
        this.present = present;
        this.lowest = lowest;
        this.highest = highest;
    }

    static PixelPadding of(Dataset header, PixelFormat format) throws DicomException {
        int[] value = header.words(Tag.PixelPaddingValue);
        if (value.length == 0) {
            return new PixelPadding(false, 0, 0);
        }
        int[] limit = header.words(Tag.PixelPaddingRangeLimit);
        if (value.length > 1 || limit.length > 1) {
            throw new DicomException("Pixel Padding Value " + Tag.text(Tag.PixelPaddingValue) + " or Range Limit holds "
                    + Math.max(value.length, limit.length) + " values, not one");
        }
        long one = stored(value[0], format);
        long other = stored(limit.length == 0 ? value[0] : limit[0], format);
        return new PixelPadding(true, Math.min(one, other), Math.max(one, other));
    }

    /** The attribute's VR follows Pixel Representation, whatever VR it was read with. */
    private static long stored(int word, PixelFormat format) {
        return format.signed() ? (short) word : word;
    }

    boolean contains(long stored) {
        return present && stored >= lowest && stored <= highest;
    }
}
