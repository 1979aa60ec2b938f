package org.rigatino.result;

import java.util.List;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.Frame;

/**
 * {@link Triptych} as an RGB Secondary Capture Image (PS3.3 A.8.1) in the source's study. Scale and directions hold within
 * each pane and are told; no pane is where the source is, so Image Plane and Frame of Reference are absent and Spatial
 * Locations Preserved is NO.
 */
public final class TriptychCapture {
    private TriptychCapture() {}

    /**
     * @param source header of the instance that the frame is from: patient and study attributes are copied from it
     * @param restored rows*columns, as in {@link Frame#values()}
     */
    public static EncodedObject encode(
            Dataset source,
            Frame frame,
            float[] restored,
            ImageFinding finding,
            AlgorithmIdentification algorithm,
            ResultConfiguration configuration)
            throws DicomException {
        ObjectKind kind = ObjectKind.TRIPTYCH;
        Dataset object = kind.begin(
                source, List.of(new NamedFrame(frame.reference(), finding.joinedWith())), algorithm, configuration);
        SourceAttributes.inPlane(source, frame, object);
        List<Dataset> sources = Derivation.sourceImages(source, frame.reference(), finding.joinedWith());
        sources.forEach(image -> image.put(Tag.SpatialLocationsPreserved, "NO"));
        Derivation.put(
                object,
                "Source image, machine-made healthy image and their difference in colour, side by side; model "
                        + algorithm.title() + "; " + Equipment.WARNING,
                sources);
        Derivation.subtraction(object);
        object.put(Tag.Modality, SecondaryCapture.modality(source, configuration))
                .put(Tag.ConversionType, "WSD")
                .put(
                        Tag.InstanceNumber,
                        Derivation.instanceNumber(source, frame.reference().frameNumber()));
        RgbImage picture = Triptych.draw(source, frame, restored, finding, algorithm, configuration);
        SecondaryCapture.pixels(object, picture.rows(), picture.columns());
        int length = picture.rgb().length;
        byte[] file = object.encodeWithRoom(Equipment.AE_TITLE, length + (length & 1));
        System.arraycopy(picture.rgb(), 0, file, file.length - length - (length & 1), length);
        return kind.encoded(object, file);
    }
}
