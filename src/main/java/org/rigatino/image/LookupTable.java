package org.rigatino.image;

import java.util.Arrays;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;

/** One item of a Modality or VOI LUT Sequence (PS3.3 C.11.1.1, C.11.2.1.1). */
final class LookupTable {
    private final int first;
    private final int[] entries;
    private final int bits;

    private LookupTable(int first, int[] entries, int bits) {
        this.first = first;
        this.entries = entries;
        this.bits = bits;
    }

    /**
     * The attributes alone decide how the first value mapped is read: as negative where its VR is SS, or where the values
     * that are looked up may be negative, whatever VR it was written with (PS3.3 C.11.1.1.1, C.11.2.1.1).
     *
     * @param signed whether any value of the format that is looked up is negative
     */
    static LookupTable of(Dataset item, boolean signed) throws DicomException {
        int[] descriptor = item.words(Tag.LUTDescriptor);
        if (descriptor.length != 3 || descriptor[2] < 1 || descriptor[2] > 16) {
            throw new DicomException("LUT Descriptor " + Tag.text(Tag.LUTDescriptor)
                    + " does not hold entries, first value and 1 to 16 bits");
        }
        double[] numbers = item.doubles(Tag.LUTDescriptor);
        boolean negative = numbers.length == 3 && numbers[1] < 0;
        int count = descriptor[0] == 0 ? 1 << 16 : descriptor[0];
        int[] words = item.words(Tag.LUTData);
        if (words.length < count) {
            words = unpacked(words);
        }
        if (words.length < count) {
            throw new DicomException("LUT Data " + Tag.text(Tag.LUTData) + " holds " + words.length
                    + " entries where its descriptor says " + count);
        }
        return new LookupTable(
                signed || negative ? (short) descriptor[1] : descriptor[1], Arrays.copyOf(words, count), descriptor[2]);
    }

    /** 8-bit entries, two in a word, the first in the low byte. */
    private static int[] unpacked(int[] words) {
        int[] bytes = new int[words.length * 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = words[i / 2] >> 8 * (i & 1) & 0xFF;
        }
        return bytes;
    }

    /** Values before the first entry map to it, values after the last to that. */
    int apply(double value) {
        long index = Math.round(value) - first;
        return entries[(int) Math.max(0, Math.min(entries.length - 1, index))];
    }

    int largest() {
        return (1 << bits) - 1;
    }
}
