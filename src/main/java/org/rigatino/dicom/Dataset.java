package org.rigatino.dicom;

import com.pixelmed.dicom.Attribute;
import com.pixelmed.dicom.AttributeFactory;
import com.pixelmed.dicom.AttributeList;
import com.pixelmed.dicom.AttributeTag;
import com.pixelmed.dicom.AttributeTagAttribute;
import com.pixelmed.dicom.FloatDoubleAttribute;
import com.pixelmed.dicom.FloatSingleAttribute;
import com.pixelmed.dicom.OtherByteAttribute;
import com.pixelmed.dicom.OtherFloatAttribute;
import com.pixelmed.dicom.OtherWordAttribute;
import com.pixelmed.dicom.SequenceAttribute;
import com.pixelmed.dicom.SequenceItem;
import com.pixelmed.dicom.TagFromName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * An ordered set of DICOM attributes (PS3.5 chapter 7). Lenient in reading, strict in writing. Attributes taken from
 * another dataset keep the bytes that they were read with. Not safe for use by several threads.
 */
public final class Dataset {
    /** Tag, VR, reserved bytes and 32-bit length (PS3.5 7.1.2). */
    private static final int PIXEL_DATA_HEAD = 12;

    private final AttributeList attributes;

    public Dataset() {
        this(new AttributeList());
    }

    Dataset(AttributeList attributes) {
        this.attributes = attributes;
    }

    /** File Meta Information and every attribute before Pixel Data; of values longer than are read it says so where they are asked for. */
    public static Dataset readHeader(Path file) throws DicomException {
        return readUntil(file, Tag.PixelData);
    }

    /** File Meta Information and every attribute before the given one. */
    public static Dataset readUntil(Path file, int tag) throws DicomException {
        try (DatasetFile dataset = DatasetFile.open(file, tag, ReadLimits.inForce())) {
            return dataset.header();
        } catch (DicomException e) {
            throw e;
        } catch (IOException e) {
            throw new DicomException("cannot close " + file.getFileName() + ": " + e.getMessage(), e);
        }
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

    private AttributeValue value(int tag) {
        return new AttributeValue(tag, attributes.get(toolkitTag(tag)));
    }

    /**
     * Items of a sequence; empty where absent or without items. Changes to an item change this dataset.
     *
     * @throws DicomException where the attribute is there and is no sequence that can be read
     */
    public List<Dataset> items(int tag) throws DicomException {
        List<Dataset> items = new ArrayList<>();
        value(tag).requireReadable();
        Attribute attribute = attributes.get(toolkitTag(tag));
        if (attribute instanceof SequenceAttribute sequence) {
            sequence.iterator().forEachRemaining(item -> items.add(new Dataset(item.getAttributeList())));
        } else if (attribute != null && attribute.getVL() > 0) {
            throw new UnreadableAttributeException(tag, attribute.getVRAsString(), "it is no sequence");
        }
        return items;
    }

    /** An attribute of the toolkit with its value. */
    @FunctionalInterface
    private interface Filled {
        Attribute get() throws com.pixelmed.dicom.DicomException;
    }

    private Dataset replace(int tag, Filled attribute) {
        try {
            attributes.put(attribute.get());
            return this;
        } catch (com.pixelmed.dicom.DicomException e) {
            throw new IllegalArgumentException("attribute " + Tag.text(tag) + " does not take its value", e);
        }
    }

    /** Replaces the attribute. Its VR is the dictionary's (PS3.6); no value at all makes it zero-length (Type 2). */
    public Dataset put(int tag, String... values) {
        return replace(tag, () -> {
            Attribute attribute = AttributeFactory.newAttribute(toolkitTag(tag));
            for (String value : values) {
                attribute.addValue(value);
            }
            return attribute;
        });
    }

    /**
     * Replaces an attribute of text of one value. Where it is more than ASCII, Specific Character Set (0008,0005) has to say
     * ISO_IR 192, and be there before.
     */
    public Dataset putUtf8(int tag, String value) {
        attributes.put(new VerbatimText(
                toolkitTag(tag),
                ValueRepresentation.ofDictionary(tag, false),
                value.getBytes(StandardCharsets.UTF_8),
                TextDecoder.of(attributes.get(toolkitTag(Tag.SpecificCharacterSet)))));
        return this;
    }

    public Dataset put(int tag, int... values) {
        String[] texts = new String[values.length];
        for (int i = 0; i < values.length; i++) {
            texts[i] = Integer.toString(values[i]);
        }
        return put(tag, texts);
    }

    /** Replaces an attribute of single-precision numbers (VR FL). */
    public Dataset putFloats(int tag, float... values) {
        return replace(tag, () -> {
            Attribute attribute = new FloatSingleAttribute(toolkitTag(tag));
            for (float value : values) {
                attribute.addValue(value);
            }
            return attribute;
        });
    }

    /** Replaces an attribute of VR FD. */
    public Dataset putDoubles(int tag, double... values) {
        return replace(tag, () -> {
            Attribute attribute = new FloatDoubleAttribute(toolkitTag(tag));
            for (double value : values) {
                attribute.addValue(value);
            }
            return attribute;
        });
    }

    /** Replaces an attribute whose value is a tag (VR AT). */
    public Dataset putTag(int tag, int value) {
        return replace(tag, () -> {
            AttributeTagAttribute attribute = new AttributeTagAttribute(toolkitTag(tag));
            attribute.addValue(value >>> 16, value & 0xFFFF);
            return attribute;
        });
    }

    /** Replaces the attributes by ones without a value (Type 2, PS3.5 7.4.3). */
    public Dataset putEmpty(int... tags) {
        for (int tag : tags) {
            put(tag, new String[0]);
        }
        return this;
    }

    /** Replaces the sequence. */
    public Dataset putItems(int tag, List<Dataset> items) {
        SequenceAttribute sequence = new SequenceAttribute(toolkitTag(tag));
        items.forEach(item -> sequence.addItem(item.attributes));
        attributes.put(sequence);
        return this;
    }

    /** Pixel Data as OB, for 8 bits allocated. */
    public Dataset putPixels(byte[] values) {
        return replace(Tag.PixelData, () -> {
            Attribute pixels = new OtherByteAttribute(TagFromName.PixelData);
            pixels.setValues(values);
            return pixels;
        });
    }

    /** Pixel Data as OW, for 16 bits allocated. */
    public Dataset putPixels(short[] values) {
        return putWords(Tag.PixelData, values);
    }

    /** Float Pixel Data (PS3.3 C.7.6.24), in place of Pixel Data. */
    public Dataset putFloatPixels(float[] values) {
        return replace(Tag.FloatPixelData, () -> {
            Attribute pixels = new OtherFloatAttribute(toolkitTag(Tag.FloatPixelData));
            pixels.setValues(values);
            return pixels;
        });
    }

    /** Replaces an attribute of 16-bit words (VR OW). */
    public Dataset putWords(int tag, short[] values) {
        return replace(tag, () -> {
            Attribute words = new OtherWordAttribute(toolkitTag(tag));
            words.setValues(values);
            return words;
        });
    }

    /**
     * Takes the attribute as it was read in {@code source}, byte for byte; stays absent where it is absent there or
     * cannot be read. Text
     * keeps its meaning only where Specific Character Set (0008,0005) is copied too.
     */
    public Dataset copy(Dataset source, int... tags) {
        for (int tag : tags) {
            Attribute attribute = source.attributes.get(toolkitTag(tag));
            if (attribute != null && !(attribute instanceof UnreadableAttribute)) {
                attributes.put(attribute);
            }
        }
        return this;
    }

    /**
     * Takes the attributes over where they are valid (PS3.5 6.2, and the Enumerated Values of PS3.3) or plainly mean
     * something valid; stays as it is where they are absent, empty or neither. Bytes are kept where nothing has to change.
     */
    public Dataset copyValid(Dataset source, int... tags) {
        for (int tag : tags) {
            ValidCopy.copy(source.attributes, attributes, tag);
        }
        return this;
    }

    /**
     * The PS3.10 file in the given transfer syntax (one of the uncompressed Little Endian ones), File Meta Information
     * with Rigatino's own Implementation Class UID included. Same dataset, same bytes.
     */
    public byte[] encode(String transferSyntaxUid, String sourceAeTitle) throws DicomException {
        FileMeta meta = new FileMeta(require(Tag.SOPClassUID), require(Tag.SOPInstanceUID), transferSyntaxUid);
        byte[] head = meta.encode(sourceAeTitle);
        byte[] body = encodeWithoutFileMeta(transferSyntaxUid);
        byte[] file = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, file, head.length, body.length);
        return file;
    }

    /**
     * As {@link #encode(String, String)} in Explicit VR Little Endian, with room for Pixel Data (OB): large pixels are in
     * memory once.
     *
     * @param length of Pixel Data, even
     * @return a file whose last {@code length} bytes are those of Pixel Data, zero, for the caller to fill
     */
    public byte[] encodeWithRoom(String sourceAeTitle, int length) throws DicomException {
        if (contains(Tag.PixelData) || length % 2 != 0) {
            throw new IllegalArgumentException("no room for " + length + " bytes of Pixel Data");
        }
        byte[] head = encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, sourceAeTitle);
        ByteBuffer file = ByteBuffer.allocate(Math.addExact(head.length + PIXEL_DATA_HEAD, length))
                .order(ByteOrder.LITTLE_ENDIAN);
        file.put(head).putShort((short) 0x7FE0).putShort((short) 0x0010).put(new byte[] {'O', 'B', 0, 0});
        return file.putInt(length).array();
    }

    /** Without File Meta Information, as messages carry it. */
    byte[] encodeWithoutFileMeta(String transferSyntaxUid) throws DicomException {
        attributes.removeMetaInformationHeaderAttributes();
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            attributes.write(out, transferSyntaxUid, false, true);
            return out.toByteArray();
        } catch (com.pixelmed.dicom.DicomException | IOException e) {
            throw new DicomException("cannot encode dataset: " + e.getMessage(), e);
        }
    }

    /** Of {@link #encodeWithoutFileMeta}. */
    static Dataset decodeWithoutFileMeta(byte[] bytes, String transferSyntaxUid) throws DicomException {
        try {
            return new Dataset(new DatasetReader(new ByteArrayInputStream(bytes), transferSyntaxUid, -1).read());
        } catch (IOException | RuntimeException e) {
            throw new DicomException("cannot decode the dataset of a message: " + e.getMessage(), e);
        }
    }

    /** As whoever receives it reads it: values that were put are held against nothing, and text is not decoded. */
    Dataset asRead() throws DicomException {
        return decodeWithoutFileMeta(
                encodeWithoutFileMeta(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN),
                TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
    }

    private static AttributeTag toolkitTag(int tag) {
        return new AttributeTag(tag >>> 16, tag & 0xFFFF);
    }
}
