package org.rigatino.dicom;

import com.pixelmed.dicom.Attribute;
import com.pixelmed.dicom.AttributeList;
import com.pixelmed.dicom.AttributeTag;
import com.pixelmed.dicom.SequenceAttribute;
import com.pixelmed.dicom.SequenceItem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/** What the attributes of a dataset say (PS3.5 chapter 7): read leniently, each by the VR that it was read or put with. */
abstract sealed class AttributeValues permits Dataset {
    final AttributeList attributes;

    /** Immutable, so that threads which only read see it whole. */
    private record Several(SequenceAttribute sequence, List<Dataset> items) {}

    /** The sequence of several items that was asked for last: functional groups are, frame by frame, by every rule and release. */
    private Several several;

    AttributeValues(AttributeList attributes) {
        this.attributes = attributes;
    }

    AttributeList attributes() {
        return attributes;
    }

    public boolean contains(int tag) {
        return attributes.get(toolkitTag(tag)) != null;
    }

    /** First value without padding, in the dataset's own character set; empty where absent or of zero length. */
    public Optional<String> string(int tag) {
        List<String> values = strings(tag);
        return values.isEmpty() || values.get(0).isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }

    /** The value of a Type 1 attribute. */
    public String require(int tag) throws DicomException {
        requireReadable(tag);
        return string(tag).orElseThrow(() -> new DicomException("attribute " + Tag.text(tag) + " is absent or empty"));
    }

    /**
     * All values without padding; empty where absent or of zero length, and where it cannot be read: where that makes a
     * difference, {@link #requireReadable} is asked first.
     */
    public List<String> strings(int tag) {
        try {
            return value(tag).texts();
        } catch (UnreadableAttributeException e) {
            return List.of();
        }
    }

    /**
     * Whether {@link #strings} gives what the bytes mean: they are text of Specific Character Set (0008,0005). Two values
     * that decode are the same where their characters are, whatever they were written in.
     */
    public boolean decodes(int tag) {
        return !(attributes.get(toolkitTag(tag)) instanceof VerbatimText text) || text.isDecoded();
    }

    /**
     * The component groups of the first value of a person name (PS3.5 6.2.1.1): alphabetic, ideographic, phonetic. A group
     * is empty where its bytes are no text of Specific Character Set.
     */
    public List<Optional<String>> componentGroups(int tag) {
        return attributes.get(toolkitTag(tag)) instanceof VerbatimText name
                ? name.componentGroups()
                : string(tag).stream()
                        .flatMap(name -> Arrays.stream(name.split("=")))
                        .map(Optional::of)
                        .toList();
    }

    /**
     * Neither absence nor emptiness is refused.
     *
     * @throws UnreadableAttributeException where one of the attributes is there and cannot be read: its value is none of
     *     its VR (PS3.6), it is there twice, or it is longer than is read
     */
    public void requireReadable(int... tags) throws UnreadableAttributeException {
        for (int tag : tags) {
            value(tag).requireReadable();
        }
    }

    /** As {@link #requireReadable(int...)}, of those that are meant and of all that is in their items. */
    void requireReadable(IntPredicate meant) throws UnreadableAttributeException {
        for (Object key : attributes.keySet()) {
            AttributeTag each = (AttributeTag) key;
            int tag = each.getGroup() << 16 | each.getElement();
            if (!meant.test(tag)) {
                continue;
            }
            value(tag).requireReadable();
            if (attributes.get(each) instanceof SequenceAttribute sequence) {
                for (Iterator<SequenceItem> items = sequence.iterator(); items.hasNext(); ) {
                    new Dataset(items.next().getAttributeList()).requireReadable(inside -> true);
                }
            }
        }
    }

    /** Whether the attribute is there with no value, or with nothing but padding, or with no item. */
    public boolean isEmpty(int tag) {
        return value(tag).isEmpty();
    }

    /**
     * All values as numbers; none where absent or of zero length.
     *
     * @throws DicomException where a value is no finite decimal number (PS3.5 6.2, DS and IS), or where the attribute
     *     cannot be read at all. Padding and a length beyond the 16 characters of DS change no number
     */
    public double[] doubles(int tag) throws DicomException {
        return value(tag).numbers();
    }

    /**
     * The value as an integer, or {@code otherwise} where absent or empty.
     *
     * @throws DicomException where there are several that differ, or a fraction, or more than 32 bits
     */
    public int integer(int tag, int otherwise) throws DicomException {
        return value(tag).integer(otherwise);
    }

    /** All 16-bit values of an OW, US or SS attribute, 0 to 65535; empty where absent or of zero length. */
    public int[] words(int tag) throws DicomException {
        return value(tag).words();
    }

    /** Whether a reference in any of its sequences, however deep, is to frames of the instance and not to all of it (PS3.3 10.3). */
    public boolean namesFrames(String sopInstanceUid) {
        for (Object key : attributes.keySet()) {
            if (!(attributes.get(key) instanceof SequenceAttribute sequence)) {
                continue;
            }
            for (Iterator<SequenceItem> items = sequence.iterator(); items.hasNext(); ) {
                Dataset item = new Dataset(items.next().getAttributeList());
                boolean named = item.contains(Tag.ReferencedFrameNumber)
                        && item.string(Tag.ReferencedSOPInstanceUID).equals(Optional.of(sopInstanceUid));
                if (named || item.namesFrames(sopInstanceUid)) {
                    return true;
                }
            }
        }
        return false;
    }

    private AttributeValue value(int tag) {
        return new AttributeValue(tag, attributes.get(toolkitTag(tag)));
    }

    /**
     * Items of a sequence; empty where absent or without items. Changes to an item change this dataset.
     *
     * @throws DicomException where the attribute is there and is no sequence that can be read
     */
    public List<Dataset> items(int tag) throws DicomException {
        value(tag).requireReadable();
        Attribute attribute = attributes.get(toolkitTag(tag));
        if (attribute instanceof SequenceAttribute sequence) {
            return items(sequence);
        } else if (attribute != null && attribute.getVL() > 0) {
            throw new UnreadableAttributeException(tag, attribute.getVRAsString(), "it is no sequence");
        }
        return List.of();
    }

    private List<Dataset> items(SequenceAttribute sequence) {
        Several last = several;
        if (last != null && last.sequence == sequence && last.items.size() == sequence.getNumberOfItems()) {
            return last.items;
        }
        List<Dataset> items = new ArrayList<>();
        sequence.iterator().forEachRemaining(item -> items.add(new Dataset(item.getAttributeList())));
        List<Dataset> kept = List.copyOf(items);
        if (kept.size() > 1) {
            several = new Several(sequence, kept);
        }
        return kept;
    }

    static AttributeTag toolkitTag(int tag) {
        return new AttributeTag(tag >>> 16, tag & 0xFFFF);
    }
}
