package org.rigatino.image;

import java.util.Arrays;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;

/** One item of a Modality or VOI LUT Sequence (PS3.3 C.11.1.1, C.11.2.1.1). */
final class LookupTable {
    private static final int BYTE = 8;

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
        int[] entries = entries(item, descriptor);
        int largest = (1 << descriptor[2]) - 1;
        if (Arrays.stream(entries).anyMatch(entry -> entry > largest)) {
            throw new DicomException("LUT Data " + Tag.text(Tag.LUTData) + " holds entries above " + largest
                    + ", the most that the " + descriptor[2] + " bits of its descriptor are");
        }
        return new LookupTable(signed || negative ? (short) descriptor[1] : descriptor[1], entries, descriptor[2]);
    }

    /** One in a word, or two where an entry has at most 8 bits: as many as the descriptor says, no more and no fewer. */
    private static int[] entries(Dataset item, int... descriptor) throws DicomException {
        int count = descriptor[0] == 0 ? 1 << 16 : descriptor[0];
        int[] words = item.words(Tag.LUTData);
        if (words.length == count) {
            return words;
        }
        if (descriptor[2] <= BYTE && words.length == (count + 1) / 2) {
            return Arrays.copyOf(unpacked(words), count);
        }
        throw new DicomException("LUT Data " + Tag.text(Tag.LUTData) + " holds " + words.length
                + " words, which are not the " + count + " entries of " + descriptor[2]
                + " bits that its descriptor says");
    }

    /** Entries of at most 8 bits that lie one in a word are put two in a word; others stay as they are. */
    static void pack(Dataset item) throws DicomException {
        int[] descriptor = item.words(Tag.LUTDescriptor);
        int[] words = item.words(Tag.LUTData);
        if (descriptor.length == 3 && descriptor[2] <= BYTE && words.length == descriptor[0] && words.length > 1) {
            short[] packed = new short[(words.length + 1) / 2];
            for (int i = 0; i < words.length; i++) {
                packed[i / 2] |= (short) (words[i] << BYTE * (i & 1));
            }
            item.putWords(Tag.LUTData, packed);
        }
    }

    /** 8-bit entries, two in a word, the first in the low byte. */
    private static int[] unpacked(int... words) {
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
