package org.rigatino.dicom;

import com.pixelmed.dicom.Attribute;
import com.pixelmed.dicom.AttributeList;
import com.pixelmed.dicom.AttributeTag;
import com.pixelmed.dicom.SequenceAttribute;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether two files are one instance in two transfer syntaxes: every attribute of the standard says the same, and every
 * pixel has the same value once decoded. What an archive may change on the way and nobody works with is passed over:
 * private attributes, and those named here. Whose they are is not compared: of the patient there is the age alone.
 */
public final class SameInstance {
    private static final int PATIENT = 0x0010;

    /** Groups of what concerns the file, digital signatures and encryption, storage media, trailing padding. */
    private static final Set<Integer> PASSED_GROUPS = Set.of(0x0002, 0x0004, 0x0088, 0x0400, 0xFFFA, 0xFFFC);

    private static final Set<Integer> PASSED = Set.of(
            0x00080001, // Length to End
            Tag.SpecificCharacterSet, // characters are compared
            0x00080015, // Instance Coercion DateTime
            0x00080054, // Retrieve AE Title
            0x00080056, // Instance Availability
            Tag.DerivationDescription, // of the compression itself
            Tag.ContributingEquipmentSequence,
            Tag.PlanarConfiguration, // of the encoding; pixels are compared
            0x00280106, // Smallest Image Pixel Value: US or SS
            0x00280107, // Largest Image Pixel Value
            0x00280108, // Smallest Pixel Value in Series
            0x00280109); // Largest Pixel Value in Series

    /** US or SS as Pixel Representation says, which Implicit VR does not. */
    private static final Set<Integer> OF_EITHER_SIGN = Set.of(Tag.PixelPaddingValue, Tag.PixelPaddingRangeLimit);

    private static final Set<String> NUMBER_TEXT = Set.of("DS", "IS", "TM");

    /** Characters; one of text has 16 at most (PS3.5 6.2), and what is longer takes long to be read as a number. */
    private static final int LONGEST_NUMBER = 64;

    /** Beyond the enhanced objects of thousands of frames: two headers at once are in memory, beside those that are received. */
    private static final long MOST_BYTES = 32 << 20;

    private static final int MOST_ELEMENTS = 500_000;

    private SameInstance() {}

    private static ReadLimits limits() {
        ReadLimits all = ReadLimits.inForce();
        return new ReadLimits(
                all.depth(),
                all.elementLength(),
                Math.min(MOST_BYTES, all.headerLength()),
                Math.min(MOST_ELEMENTS, all.elements()),
                all.frameSamples(),
                all.instanceSamples(),
                all.inflatedLength(),
                all.decodeTime(),
                all.decodeMemory());
    }

    /**
     * What the first difference is, without a value; empty where there is none. Stops with a difference when interrupted. Headers of
     * more than 32 MiB, or 500,000 attributes and items, are not compared, and so are not known to be the same.
     * Compressed frames are decoded in processes of their own, one frame at a time.
     *
     * @throws UnavailableFileException where the file system does not give one of them: nobody knows yet whether there is any
     */
    public static Optional<String> difference(Path one, Path other) throws UnavailableFileException {
        try {
            Optional<String> header = difference(header(one), header(other));
            return header.isPresent() ? header : pixels(one, other);
        } catch (UnavailableFileException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            return Optional.of(
                    e.getCause() instanceof HeaderLimitException limit
                            ? "it is too large to be compared: " + limit.getMessage()
                            : "it cannot be compared: " + e.getMessage());
        }
    }

    private static Dataset header(Path file) throws DicomException {
        try (DatasetFile dataset = DatasetFile.open(file, Tag.PixelData, limits())) {
            return dataset.header();
        } catch (DicomException e) {
            throw e;
        } catch (IOException e) {
            throw new DicomException("cannot close " + file.getFileName() + ": " + e.getMessage(), e);
        }
    }

    private static Optional<String> pixels(Path one, Path other) throws IOException {
        if (!hasPixels(one) && !hasPixels(other)) {
            return Optional.empty();
        }
        try (PixelData left = PixelData.open(one);
                PixelData right = PixelData.open(other)) {
            if (!sameFormat(left.format(), right.format())) {
                return Optional.of("its pixels are stored in another format");
            }
            for (int number = 1; number <= left.format().frames(); number++) {
                if (Thread.interrupted()) {
                    return Optional.of("its pixels were not compared in time");
                }
                if (!Arrays.equals(left.frame(number), right.frame(number))) {
                    return Optional.of("pixels of frame " + number + " have other values");
                }
            }
            return Optional.empty();
        }
    }

    /** Floating point pixels too: those are not decoded, and so are not known to be the same. */
    private static boolean hasPixels(Path file) throws IOException {
        try (DatasetFile dataset = DatasetFile.open(file, 0x7FE00008, ReadLimits.inForce())) {
            return dataset.stoppedAt() >>> 16 == 0x7FE0;
        }
    }

    private static boolean sameFormat(PixelFormat left, PixelFormat right) {
        return left.rows() == right.rows()
                && left.columns() == right.columns()
                && left.samplesPerPixel() == right.samplesPerPixel()
                && left.photometricInterpretation().equals(right.photometricInterpretation())
                && (left.samplesPerPixel() == 1 || left.planarConfiguration() == right.planarConfiguration())
                && left.bitsStored() == right.bitsStored()
                && left.signed() == right.signed()
                && left.frames() == right.frames();
    }

    private static Optional<String> difference(Dataset one, Dataset other) throws DicomException {
        AttributeList left = one.attributes();
        AttributeList right = other.attributes();
        Set<AttributeTag> tags = new TreeSet<>(left.keySet());
        tags.addAll(right.keySet());
        for (AttributeTag tag : tags) {
            int number = tag.getGroup() << 16 | tag.getElement();
            if (isCompared(number) && !same(one, other, number, left.get(tag), right.get(tag))) {
                return Optional.of("it differs in attribute " + Tag.text(number));
            }
        }
        return Optional.empty();
    }

    private static boolean isCompared(int tag) {
        int group = tag >>> 16;
        boolean isPrivate = group % 2 == 1;
        boolean isGroupLength = (tag & 0xFFFF) == 0;
        boolean isPatients = group == PATIENT && tag != Tag.PatientAge;
        return !isPrivate && !isGroupLength && !isPatients && !PASSED_GROUPS.contains(group) && !PASSED.contains(tag);
    }

    private static boolean same(Dataset one, Dataset other, int tag, Attribute left, Attribute right)
            throws DicomException {
        if (left instanceof SequenceAttribute || right instanceof SequenceAttribute) {
            return sameItems(one.items(tag), other.items(tag));
        }
        one.requireReadable(tag);
        other.requireReadable(tag);
        if (isEmpty(left) || isEmpty(right)) {
            return isEmpty(left) && isEmpty(right);
        }
        List<String> texts = one.strings(tag);
        List<String> others = other.strings(tag);
        return texts.isEmpty() || others.isEmpty()
                ? Arrays.equals(bytes(left), bytes(right))
                : sameTexts(tag, isNumber(left) && isNumber(right), texts, others);
    }

    private static boolean sameItems(List<Dataset> left, List<Dataset> right) throws DicomException {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (difference(left.get(i), right.get(i)).isPresent()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isEmpty(Attribute attribute) {
        return attribute == null || attribute.getVL() == 0;
    }

    /** What is written in several ways: numbers, binary ones among them, and times, whose fraction may end with zeros. */
    private static boolean isNumber(Attribute attribute) {
        String vr = attribute.getVRAsString();
        return !ValueRepresentation.isText(vr) || NUMBER_TEXT.contains(vr);
    }

    private static boolean sameTexts(int tag, boolean numbers, List<String> left, List<String> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!left.get(i).equals(right.get(i)) && !(numbers && sameNumber(tag, left.get(i), right.get(i)))) {
                return false;
            }
        }
        return true;
    }

    /** Exponents are compared, and never written out: 1E400000000 is a number of text too. */
    private static boolean sameNumber(int tag, String left, String right) {
        if (Math.max(left.length(), right.length()) > LONGEST_NUMBER) {
            return false;
        }
        try {
            BigDecimal one = new BigDecimal(left);
            BigDecimal other = new BigDecimal(right);
            return one.compareTo(other) == 0
                    || OF_EITHER_SIGN.contains(tag) && Math.abs(one.intValueExact() - other.intValueExact()) == 0x10000;
        } catch (ArithmeticException | NumberFormatException e) {
            return false;
        }
    }

    /** Of values that are neither text nor numbers, in one byte order; words where the toolkit has no bytes. */
    private static byte[] bytes(Attribute attribute) {
        try {
            byte[] bytes = attribute.getByteValues();
            if (bytes != null) {
                return bytes;
            }
        } catch (com.pixelmed.dicom.DicomException e) {
            // Not kept as bytes.
        }
        try {
            short[] words = attribute.getShortValues();
            byte[] bytes = new byte[words.length * 2];
            for (int i = 0; i < words.length; i++) {
                bytes[2 * i] = (byte) words[i];
                bytes[2 * i + 1] = (byte) (words[i] >> 8);
            }
            return bytes;
        } catch (com.pixelmed.dicom.DicomException | NullPointerException e) {
            throw new IllegalArgumentException("attribute " + attribute.getTag() + " has neither text nor bytes");
        }
    }
}
