package org.rigatino.dicom;

import com.pixelmed.dicom.Attribute;
import com.pixelmed.dicom.AttributeFactory;
import com.pixelmed.dicom.AttributeList;
import com.pixelmed.dicom.AttributeTagAttribute;
import com.pixelmed.dicom.FloatDoubleAttribute;
import com.pixelmed.dicom.FloatSingleAttribute;
import com.pixelmed.dicom.OtherByteAttribute;
import com.pixelmed.dicom.OtherFloatAttribute;
import com.pixelmed.dicom.OtherWordAttribute;
import com.pixelmed.dicom.SequenceAttribute;
import com.pixelmed.dicom.TagFromName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * An ordered set of DICOM attributes (PS3.5 chapter 7). Lenient in reading, strict in writing. Attributes taken from
 * another dataset keep the bytes that they were read with. Not safe for use by several threads.
 */
public final class Dataset extends AttributeValues {
    private long memory;

    public Dataset() {
        this(new AttributeList());
    }

    Dataset(AttributeList attributes) {
        super(attributes);
    }

    /** Bytes of memory that the header of a file takes, about; 0 where it is none. */
    public long memory() {
        return memory;
    }

    void memory(long bytes) {
        memory = bytes;
    }

    /** File Meta Information and every attribute before Pixel Data; of values longer than are read it says so where they are asked for. */
    public static Dataset readHeader(Path file) throws DicomException {
        return readUntil(file, Tag.PixelData);
    }

    /** File Meta Information and every attribute before the given one. */
    public static Dataset readUntil(Path file, int tag) throws DicomException {
        return read(file, tag, Set.of());
    }

    /**
     * File Meta Information and these attributes, whatever else the file holds: as absent as it is here, it is not to be asked
     * for. Takes memory for them alone.
     *
     * @param tags of attributes at the top of the dataset
     */
    public static Dataset readOnly(Path file, Set<Integer> tags) throws DicomException {
        int last = tags.stream().max(Integer::compareUnsigned).orElseThrow();
        return read(file, last + 1, tags);
    }

    private static Dataset read(Path file, int tag, Set<Integer> wanted) throws DicomException {
        try (DatasetFile dataset = DatasetFile.open(file, tag, ReadLimits.inForce(), wanted)) {
            return dataset.header();
        } catch (DicomException e) {
            throw e;
        } catch (IOException e) {
            throw new DicomException("cannot close " + file.getFileName() + ": " + e.getMessage(), e);
        }
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
        return DatasetEncoding.file(this, transferSyntaxUid, sourceAeTitle);
    }

    /**
     * As {@link #encode(String, String)} in Explicit VR Little Endian, with room for Pixel Data (OB): large pixels are in
     * memory once.
     *
     * @param length of Pixel Data, even
     * @return a file whose last {@code length} bytes are those of Pixel Data, zero, for the caller to fill
     */
    public byte[] encodeWithRoom(String sourceAeTitle, int length) throws DicomException {
        return DatasetEncoding.fileWithRoom(this, sourceAeTitle, length);
    }

    /** Without File Meta Information, as messages carry it. */
    byte[] encodeWithoutFileMeta(String transferSyntaxUid) throws DicomException {
        return DatasetEncoding.withoutFileMeta(this, transferSyntaxUid);
    }
}
