package org.rigatino.result;

import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.TransferSyntax;
import org.rigatino.dicom.Uids;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.Frame;

/**
 * The overlay as an RGB Secondary Capture Image (PS3.3 A.8.1) in the source's study. Same source, model and
 * configuration: same UIDs and same bytes.
 */
public final class SecondaryCapture {
    public static final String SOP_CLASS_UID = "1.2.840.10008.5.1.4.1.1.7";

    private static final String KIND = "secondary capture";

    private SecondaryCapture() {}

    /** @param source header of the instance that the frame is from: patient and study attributes are copied from it */
    public static EncodedObject encode(
            Dataset source,
            Frame frame,
            ImageFinding finding,
            AlgorithmIdentification algorithm,
            ResultConfiguration configuration)
            throws DicomException {
        String configurationDigest = ConfigurationDigest.of(configuration);
        String sopInstanceUid = Uids.nameBased(
                KIND,
                frame.reference().sopInstanceUid(),
                frame.reference().frameNumber() + NamedFrame.of(finding).joined(),
                algorithm.digest(),
                ObjectKind.SECONDARY_CAPTURE.configurationDigest(configuration));
        String seriesInstanceUid = Uids.nameBased(
                KIND + " series",
                frame.reference().studyInstanceUid(),
                frame.reference().seriesInstanceUid(),
                algorithm.digest(),
                configurationDigest);
        Dataset capture = new Dataset();
        SourceAttributes.patientAndStudy(source, capture);
        SourceAttributes.image(source, frame, capture);
        identify(capture, source, frame, configuration);
        capture.put(Tag.SOPClassUID, SOP_CLASS_UID)
                .put(Tag.SOPInstanceUID, sopInstanceUid)
                .put(Tag.SeriesInstanceUID, seriesInstanceUid)
                .put(
                        Tag.SeriesDescription,
                        Equipment.seriesDescription(algorithm, ObjectKind.SECONDARY_CAPTURE.heading()));
        Equipment.put(capture, algorithm);
        Derivation.put(
                capture,
                source,
                frame.reference(),
                finding.joinedWith(),
                "Source image with its difference to a machine-made healthy image in colour; model " + algorithm.title()
                        + "; " + Equipment.WARNING);
        Derivation.subtraction(capture);
        RgbImage picture = Overlay.draw(source, frame, finding, algorithm, configuration);
        pixels(capture, picture.rows(), picture.columns()).putPixels(picture.evenBytes());
        byte[] bytes = capture.encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, Equipment.AE_TITLE);
        return new EncodedObject(ObjectKind.SECONDARY_CAPTURE, sopInstanceUid, SOP_CLASS_UID, seriesInstanceUid, bytes);
    }

    private static void identify(Dataset capture, Dataset source, Frame frame, ResultConfiguration configuration)
            throws DicomException {
        capture.put(Tag.Modality, modality(source, configuration))
                .put(Tag.ConversionType, "WSD")
                .put(
                        Tag.SeriesNumber,
                        configuration.seriesNumberBase()
                                + Math.floorMod(SourceAttributes.number(source, Tag.SeriesNumber), 10_000))
                .put(
                        Tag.InstanceNumber,
                        Derivation.instanceNumber(source, frame.reference().frameNumber()));
    }

    /** Of what is drawn, as {@code rigatino.result.modality} says. */
    static String modality(Dataset source, ResultConfiguration configuration) {
        String modality = configuration.modality();
        return modality.equals("SOURCE") ? SourceAttributes.modality(source) : modality;
    }

    /** Image Pixel Module (PS3.3 C.7.6.3) of a picture in RGB, colour by pixel, without the pixels. */
    static Dataset pixels(Dataset capture, int rows, int columns) {
        return capture.put(Tag.SamplesPerPixel, 3)
                .put(Tag.PhotometricInterpretation, "RGB")
                .put(Tag.PlanarConfiguration, 0)
                .put(Tag.Rows, rows)
                .put(Tag.Columns, columns)
                .put(Tag.BitsAllocated, 8)
                .put(Tag.BitsStored, 8)
                .put(Tag.HighBit, 7)
                .put(Tag.PixelRepresentation, 0);
    }
}
