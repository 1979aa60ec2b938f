package org.rigatino.dicom;

import com.pixelmed.dicom.Attribute;
import com.pixelmed.dicom.AttributeList;
import com.pixelmed.dicom.AttributeTag;
import com.pixelmed.dicom.DicomDictionary;
import com.pixelmed.dicom.SequenceAttribute;
import com.pixelmed.dicom.SequenceItem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Takes over what others wrote where it is valid, or where it is clear what is meant ({@link ValueRules}), by the VR of the
 * dictionary (PS3.6); else leaves it out. Not for what identifies patient, study or instance, which is copied as it is.
 */
final class ValidCopy {
    private static final Set<String> CHARACTERS = Set.of("LO", "LT", "PN", "SH", "ST", "UC", "UT");

    /** Of attributes that have not one value (PS3.6): how many, 0 for one or more. */
    private static final Map<Integer, Integer> VALUES = Map.ofEntries(
            Map.entry(Tag.SpecificCharacterSet, 0),
            Map.entry(Tag.ScanningSequence, 0),
            Map.entry(Tag.SequenceVariant, 0),
            Map.entry(Tag.ScanOptions, 0),
            Map.entry(Tag.ImageType, 0),
            Map.entry(Tag.ImagerPixelSpacing, 2),
            Map.entry(Tag.NominalScannedPixelSpacing, 2),
            Map.entry(Tag.PixelSpacing, 2),
            Map.entry(Tag.PixelAspectRatio, 2),
            Map.entry(Tag.PatientOrientation, 2),
            Map.entry(Tag.ShutterShape, 0),
            Map.entry(Tag.CenterOfCircularShutter, 2),
            Map.entry(Tag.VerticesOfThePolygonalShutter, 0),
            Map.entry(Tag.ShutterPresentationColorCIELabValue, 3),
            Map.entry(Tag.ImagePositionPatient, 3),
            Map.entry(Tag.ImageOrientationPatient, 6),
            Map.entry(Tag.WindowCenter, 0),
            Map.entry(Tag.WindowWidth, 0),
            Map.entry(Tag.WindowCenterWidthExplanation, 0),
            Map.entry(Tag.LossyImageCompressionRatio, 0),
            Map.entry(Tag.LossyImageCompressionMethod, 0),
            Map.entry(Tag.LUTDescriptor, 3),
            Map.entry(Tag.LUTData, 0));

    /** Enumerated Values (PS3.3). */
    private static final Map<Integer, Set<String>> ENUMERATED = Map.ofEntries(
            Map.entry(Tag.ScanningSequence, Set.of("SE", "IR", "GR", "EP", "RM")),
            Map.entry(Tag.MRAcquisitionType, Set.of("2D", "3D")),
            Map.entry(Tag.ImageLaterality, Set.of("R", "L", "U", "B")),
            Map.entry(Tag.Laterality, Set.of("R", "L")),
            Map.entry(Tag.ShutterShape, Set.of("RECTANGULAR", "CIRCULAR", "POLYGONAL")),
            Map.entry(Tag.BurnedInAnnotation, Set.of("YES", "NO")),
            Map.entry(Tag.LossyImageCompression, Set.of("00", "01")),
            Map.entry(Tag.PixelSpacingCalibrationType, Set.of("GEOMETRY", "FIDUCIAL")),
            Map.entry(Tag.VOILUTFunction, Set.of("LINEAR", "LINEAR_EXACT", "SIGMOID")));

    /** &ZZXX from -1200 to +1400, without -0000 (PS3.3 C.12.1.1.8, PS3.5 6.2). */
    private static final Pattern OFFSET_FROM_UTC =
            Pattern.compile("\\+(0\\d|1[0-3])[0-5]\\d|\\+1400|-(?!0000)(0\\d|1[01])[0-5]\\d|-1200");

    /** Lengths, times and ratios that are more than 0. */
    private static final Set<Integer> POSITIVE = Set.of(
            Tag.ImagerPixelSpacing,
            Tag.NominalScannedPixelSpacing,
            Tag.PixelSpacing,
            Tag.PixelAspectRatio,
            Tag.SpacingBetweenSlices,
            Tag.LossyImageCompressionRatio);

    /** Those that may be 0. */
    private static final Set<Integer> NOT_NEGATIVE = Set.of(
            Tag.SliceThickness, Tag.RepetitionTime, Tag.EchoTime, Tag.InversionTime, Tag.EchoTrainLength, Tag.KVP);

    private ValidCopy() {}

    static void copy(AttributeList source, AttributeList target, int tag) {
        Attribute attribute = source.get(new AttributeTag(tag >>> 16, tag & 0xFFFF));
        Attribute valid = attribute == null ? null : valid(source, attribute, tag);
        if (valid != null) {
            target.put(valid);
        }
    }

    private static Attribute valid(AttributeList source, Attribute attribute, int tag) {
        if (attribute instanceof UnreadableAttribute) {
            return null;
        }
        String vr = dictionaryVr(attribute.getTag());
        if (attribute instanceof SequenceAttribute sequence) {
            return vr.equals("SQ") ? items(sequence) : null;
        }
        if (attribute.getVL() == 0) {
            return null;
        }
        if (ValueRepresentation.isText(vr)) {
            return attribute instanceof VerbatimText || ValueRepresentation.isText(attribute.getVRAsString())
                    ? text(source, attribute, tag, vr)
                    : null;
        }
        boolean same = vr.equals(attribute.getVRAsString()) || vr.startsWith("X") || vr.startsWith("OX");
        int values = VALUES.getOrDefault(tag, 1);
        return same && (values == 0 || attribute.getVM() == values) ? attribute : null;
    }

    private static String dictionaryVr(AttributeTag tag) {
        byte[] vr = DicomDictionary.StandardDictionary.getValueRepresentationFromTag(tag);
        return vr == null ? "UN" : new String(vr, 0, 2, StandardCharsets.US_ASCII);
    }

    /** None where an item would lose everything. */
    private static SequenceAttribute items(SequenceAttribute sequence) {
        SequenceAttribute valid = new SequenceAttribute(sequence.getTag());
        for (Iterator<SequenceItem> items = sequence.iterator(); items.hasNext(); ) {
            AttributeList item = items.next().getAttributeList();
            AttributeList copied = new AttributeList();
            for (Object key : item.keySet()) {
                AttributeTag tag = (AttributeTag) key;
                copy(item, copied, tag.getGroup() << 16 | tag.getElement());
            }
            if (copied.isEmpty()) {
                return null;
            }
            valid.addItem(copied);
        }
        return valid.getNumberOfItems() == 0 ? null : valid;
    }

    private static Attribute text(AttributeList source, Attribute attribute, int tag, String vr) {
        List<String> read = values(attribute);
        List<String> values = new ArrayList<>();
        for (String value : read) {
            String valid = value.isEmpty()
                    ? null
                    : ValueRules.valid(vr, withoutControls(vr, value)).orElse(null);
            if (valid == null || valid.isEmpty()) {
                return null;
            }
            values.add(valid);
        }
        values = alike(tag, values);
        if (!allowed(tag, values)) {
            return null;
        }
        boolean asRead = values.equals(read) && vr.equals(attribute.getVRAsString());
        if (CHARACTERS.contains(vr)) {
            boolean plain = values.stream().allMatch(value -> value.chars().allMatch(c -> c < 0x7f));
            boolean readable = plain || source.get(new AttributeTag(0x0008, 0x0005)) != null;
            return asRead && readable ? attribute : plain ? put(tag, values) : null;
        }
        return asRead ? attribute : put(tag, values);
    }

    private static Attribute put(int tag, List<String> values) {
        Dataset made = new Dataset().put(tag, values.toArray(String[]::new));
        return made.attributes().get(new AttributeTag(tag >>> 16, tag & 0xFFFF));
    }

    private static List<String> values(Attribute attribute) {
        try {
            String[] values = attribute.getStringValues();
            return values == null
                    ? List.of()
                    : Arrays.stream(values)
                            .map(value -> value == null ? "" : value.strip())
                            .toList();
        } catch (com.pixelmed.dicom.DicomException e) {
            return List.of();
        }
    }

    /** PS3.5 6.1.3: lines and tabs are for ST, LT and UT. */
    private static String withoutControls(String vr, String value) {
        if (!CHARACTERS.contains(vr) || value.indexOf(0x1b) >= 0) {
            return value;
        }
        boolean lines = vr.equals("ST") || vr.equals("LT") || vr.equals("UT");
        String controls = lines ? "[\\x00-\\x08\\x0b\\x0e-\\x1f\\x7f]" : "[\\x00-\\x1f\\x7f]";
        return value.replaceAll(controls, " ").strip();
    }

    /** One value of an attribute that has one but was written with the same several times. */
    private static List<String> alike(int tag, List<String> values) {
        boolean one = VALUES.getOrDefault(tag, 1) == 1;
        return one && values.stream().distinct().count() == 1 ? values.subList(0, 1) : values;
    }

    private static boolean allowed(int tag, List<String> values) {
        int count = VALUES.getOrDefault(tag, 1);
        return (count == 0 ? !values.isEmpty() : values.size() == count)
                && (!ENUMERATED.containsKey(tag) || ENUMERATED.get(tag).containsAll(values))
                && (tag != Tag.TimezoneOffsetFromUTC
                        || OFFSET_FROM_UTC.matcher(values.get(0)).matches())
                && (!POSITIVE.contains(tag) || values.stream().allMatch(value -> Double.parseDouble(value) > 0))
                && (!NOT_NEGATIVE.contains(tag) || values.stream().allMatch(value -> Double.parseDouble(value) >= 0));
    }
}
