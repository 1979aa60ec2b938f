package org.rigatino.dicom;

import com.pixelmed.dicom.Attribute;
import com.pixelmed.dicom.AttributeList;
import com.pixelmed.dicom.DicomOutputStream;
import com.pixelmed.dicom.SequenceAttribute;
import com.pixelmed.dicom.StringAttribute;
import java.io.IOException;
import java.text.NumberFormat;
import java.util.Arrays;

/**
 * A text attribute that is written with the bytes that it was read with. The toolkit's own are decoded when read and
 * encoded anew when written, which loses escape sequences (PS3.5 6.1.2.5) and every byte that its decoder does not know.
 */
final class VerbatimText extends Attribute {
    private final Attribute source;
    private final byte[] bytes;

    private VerbatimText(Attribute source, byte[] bytes) {
        super(source.getTag());
        this.source = source;
        this.bytes = bytes;
        this.valueLength = bytes.length;
        this.valueMultiplicity = source.getVM();
    }

    /** The attribute with its text, and that of its items, verbatim; what is no text is taken as it is. */
    static Attribute of(Attribute attribute) {
        try {
            if (attribute instanceof SequenceAttribute sequence) {
                return ofItems(sequence);
            }
            return attribute instanceof StringAttribute text && text.getVL() > 0
                    ? new VerbatimText(text, padded(text))
                    : attribute;
        } catch (com.pixelmed.dicom.DicomException e) {
            throw new IllegalStateException("text that was read has its bytes", e);
        }
    }

    private static Attribute ofItems(SequenceAttribute sequence) {
        SequenceAttribute copy = new SequenceAttribute(sequence.getTag());
        sequence.iterator().forEachRemaining(item -> {
            AttributeList list = new AttributeList();
            item.getAttributeList().values().forEach(attribute -> list.put(of(attribute)));
            copy.addItem(list);
        });
        return copy;
    }

    /** Of even length (PS3.5 7.1.1), also where the source's was not. */
    private static byte[] padded(StringAttribute text) throws com.pixelmed.dicom.DicomException {
        byte[] bytes = text.getByteValues();
        if (bytes.length % 2 == 0) {
            return bytes;
        }
        byte[] padded = Arrays.copyOf(bytes, bytes.length + 1);
        padded[bytes.length] = (byte) (text.getVRAsString().equals("UI") ? 0 : ' ');
        return padded;
    }

    @Override
    public byte[] getVR() {
        return source.getVR();
    }

    @Override
    public byte[] getByteValues() {
        return bytes.clone();
    }

    @Override
    public String[] getStringValues(NumberFormat format) throws com.pixelmed.dicom.DicomException {
        return source.getStringValues(format);
    }

    @Override
    public String[] getOriginalStringValues() throws com.pixelmed.dicom.DicomException {
        return source.getOriginalStringValues();
    }

    @Override
    public void removeValues() {
        throw new UnsupportedOperationException("a copied attribute is replaced, not changed");
    }

    @Override
    public void write(DicomOutputStream out) throws com.pixelmed.dicom.DicomException, IOException {
        writeBase(out);
        out.write(bytes);
    }
}
