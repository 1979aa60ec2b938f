package org.rigatino.dicom;

import com.pixelmed.dicom.Attribute;
import com.pixelmed.dicom.FloatDoubleAttribute;
import com.pixelmed.dicom.FloatSingleAttribute;
import com.pixelmed.dicom.SequenceAttribute;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What an attribute holds, as text, numbers or words. What is there and cannot be read is never taken for absent.
 *
 * @param attribute null where it is absent
 */
record AttributeValue(int tag, Attribute attribute) {
    /** PS3.5 6.2 of DS; IS is one without point and exponent. */
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

    /** Neither absence nor emptiness is refused. */
    void requireReadable() throws UnreadableAttributeException {
        if (attribute instanceof UnreadableAttribute unreadable) {
            throw unreadable(unreadable.reason());
        }
    }

    private UnreadableAttributeException unreadable(String reason) {
        return new UnreadableAttributeException(tag, attribute.getVRAsString(), reason);
    }

    /** All values without padding; empty where absent or of zero length. */
    List<String> texts() throws UnreadableAttributeException {
        requireReadable();
        if (hasNoValue()) {
            return List.of();
        }
        String[] values = toolkitTexts();
        if (values == null || attribute instanceof SequenceAttribute) {
            throw unreadable("it is neither text nor a number");
        }
        return Arrays.stream(values)
                .map(value -> value == null ? "" : value.strip())
                .toList();
    }

    private boolean hasNoValue() {
        return attribute == null || attribute.getVL() == 0 && !(attribute instanceof SequenceAttribute);
    }

    private String[] toolkitTexts() {
        try {
            return attribute.getStringValues();
        } catch (com.pixelmed.dicom.DicomException e) {
            return null;
        }
    }

    /** Whether it is there with no value, or with nothing but padding, or with no item. */
    boolean isEmpty() {
        if (attribute == null || attribute instanceof UnreadableAttribute) {
            return false;
        }
        if (attribute instanceof SequenceAttribute sequence) {
            return sequence.getNumberOfItems() == 0;
        }
        return attribute.getVL() == 0 || attribute instanceof VerbatimText && isPadding(toolkitTexts());
    }

    private static boolean isPadding(String[] texts) {
        return texts == null || Arrays.stream(texts).allMatch(text -> text == null || text.isBlank());
    }

    /** All values; none where absent or of zero length. */
    double[] numbers() throws UnreadableAttributeException {
        List<String> texts = texts();
        if (texts.size() == 1 && texts.get(0).isEmpty()) {
            return new double[0];
        }
        double[] numbers = new double[texts.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(i, texts.get(i));
            if (!Double.isFinite(numbers[i])) {
                throw unreadable("it holds a value that is not a number");
            }
        }
        return numbers;
    }

    /** The toolkit rounds what it shows as text: of binary fractions it is not asked for that. NaN where it is none. */
    private double number(int index, String text) {
        try {
            if (attribute instanceof FloatSingleAttribute || attribute instanceof FloatDoubleAttribute) {
                return attribute.getDoubleValues()[index];
            }
        } catch (com.pixelmed.dicom.DicomException e) {
            return Double.NaN;
        }
        return NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
    }

    /** @param otherwise where absent or empty */
    int integer(int otherwise) throws UnreadableAttributeException {
        double[] values = numbers();
        for (double value : values) {
            if (value != values[0] || value != (int) value) {
                throw unreadable("it does not hold one integer");
            }
        }
        return values.length == 0 ? otherwise : (int) values[0];
    }

    /** All 16-bit values, 0 to 65535; empty where absent or of zero length. */
    int[] words() throws UnreadableAttributeException {
        requireReadable();
        if (hasNoValue()) {
            return new int[0];
        }
        try {
            short[] values = attribute.getShortValues();
            int[] words = new int[values.length];
            for (int i = 0; i < words.length; i++) {
                words[i] = values[i] & 0xFFFF;
            }
            return words;
        } catch (com.pixelmed.dicom.DicomException | RuntimeException e) {
            throw unreadable("it does not hold 16-bit values");
        }
    }
}
