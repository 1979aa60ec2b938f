package org.rigatino.result;

import java.util.Arrays;
import java.util.List;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.FunctionalGroups;
import org.rigatino.dicom.SopClass;
import org.rigatino.dicom.Tag;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.Frame;
import org.rigatino.image.Luminance;
import org.rigatino.image.StoredValues;
import org.rigatino.image.VoiAttributes;

/**
 * The healthy image that a model drew of one frame, on the frame's own grid, with its stored format, rescale and window:
 * a viewer shows both alike; of a colour source its luminance, in 8 bits. An MR, CT or CR Image where the source is one and has what its IOD asks for, else a gray
 * Secondary Capture Image in the source's modality. Padding is not carried over: it is as dark as the darkest pixel. What it
 * is, is written into the pixels ({@link RestoredMark}): viewers draw no overlay planes.
 */
public final class RestoredImage {
    /** IODs that a single gray frame may be written in (PS3.3 A.2, A.3, A.4, A.8.1). */
    private enum Iod {
        MR(SopClass.MR_IMAGE_STORAGE, true, new int[] {Tag.ScanningSequence, Tag.SequenceVariant}, new int[] {
            Tag.ScanOptions,
            Tag.MRAcquisitionType,
            Tag.RepetitionTime,
            Tag.EchoTime,
            Tag.EchoTrainLength,
            Tag.PatientPosition
        }),
        CT(SopClass.CT_IMAGE_STORAGE, true, new int[] {Tag.RescaleIntercept, Tag.RescaleSlope}, new int[] {
            Tag.KVP, Tag.AcquisitionNumber, Tag.PatientPosition
        }),
        CR(SopClass.COMPUTED_RADIOGRAPHY_IMAGE_STORAGE, false, new int[0], new int[] {
            Tag.BodyPartExamined, Tag.ViewPosition
        }),
        SECONDARY_CAPTURE(SopClass.SECONDARY_CAPTURE_IMAGE_STORAGE, false, new int[0], new int[0]);

        /** PS3.3 C.8.2.1. */
        private static final int LEAST_CT_BITS = 12;

        private final String sopClassUid;
        private final boolean inFrameOfReference;
        /** Type 1. */
        private final int[] required;
        /** Type 2. */
        private final int[] orEmpty;

        Iod(String sopClassUid, boolean inFrameOfReference, int[] required, int[] orEmpty) {
            this.sopClassUid = sopClassUid;
            this.inFrameOfReference = inFrameOfReference;
            this.required = required;
            this.orEmpty = orEmpty;
        }

        static Iod of(Dataset source, Frame frame, StoredValues stored) {
            return Arrays.stream(values())
                    .filter(iod -> iod.fits(source, frame, stored))
                    .findFirst()
                    .orElse(SECONDARY_CAPTURE);
        }

        private boolean fits(Dataset source, Frame frame, StoredValues stored) {
            boolean placed = frame.spacing().isPresent()
                    && frame.place()
                            .filter(plane -> !plane.frameOfReferenceUid().isEmpty())
                            .isPresent();
            return frame.reference().sopClassUid().equals(sopClassUid)
                    && stored.asSource()
                    && (this != CT || stored.bitsStored() >= LEAST_CT_BITS)
                    && (placed || !inFrameOfReference)
                    && Arrays.stream(required)
                            .allMatch(
                                    tag -> new Dataset().copyValid(source, tag).contains(tag));
        }

        /** Image Type (0008,0008), value 3. */
        private String[] imageType(Dataset source) {
            List<String> own = new Dataset().copyValid(source, Tag.ImageType).strings(Tag.ImageType);
            return switch (this) {
                case MR -> new String[] {"DERIVED", "SECONDARY", "OTHER"};
                case CT -> new String[] {"DERIVED", "SECONDARY", own.size() > 2 ? own.get(2) : "AXIAL"};
                default -> new String[] {"DERIVED", "SECONDARY"};
            };
        }
    }

    private RestoredImage() {}

    /**
     * @param source header of the instance that the frame is from
     * @param restored rows*columns, as in {@link Frame#values()}
     * @param finding of the frame: it says what was drawn a second time
     */
    public static EncodedObject encode(
            Dataset source,
            Frame frame,
            float[] restored,
            ImageFinding finding,
            AlgorithmIdentification algorithm,
            ResultConfiguration configuration)
            throws DicomException {
        int number = frame.reference().frameNumber();
        StoredValues stored = StoredValues.of(source, number, restored);
        Iod iod = Iod.of(source, frame, stored);
        ObjectKind kind = ObjectKind.RESTORED_IMAGE;
        Dataset object = kind.begin(
                source, List.of(new NamedFrame(frame.reference(), finding.joinedWith())), algorithm, configuration);
        SourceAttributes.image(source, frame, object);
        Derivation.put(
                object,
                source,
                frame.reference(),
                finding.joinedWith(),
                "Source image without what departs from the machine-made healthy image; model " + algorithm.title()
                        + "; " + Equipment.WARNING);
        object.put(Tag.SOPClassUID, iod.sopClassUid)
                .put(Tag.Modality, SourceAttributes.modality(source))
                .put(Tag.ImageType, iod.imageType(source))
                .put(Tag.InstanceNumber, Derivation.instanceNumber(source, number))
                .put(Tag.ImageComments, "Machine-made healthy image. " + Equipment.WARNING);
        if (iod == Iod.SECONDARY_CAPTURE) {
            object.put(Tag.ConversionType, "WSD");
        }
        object.copyValid(source, iod.required).putEmpty(iod.orEmpty).copyValid(source, iod.orEmpty);
        // Type 2C, and not allowed otherwise.
        if (iod == Iod.MR && object.strings(Tag.ScanningSequence).contains("IR")) {
            object.putEmpty(Tag.InversionTime).copyValid(source, Tag.InversionTime);
        }
        grayScale(object, source, frame, stored, iod);
        pixels(object, source, frame, stored, iod);
        return kind.encode(object);
    }

    /** The source's rescale and window, or what shows the source as a viewer does by default. */
    private static void grayScale(Dataset object, Dataset source, Frame frame, StoredValues stored, Iod iod)
            throws DicomException {
        int number = frame.reference().frameNumber();
        FunctionalGroups groups = FunctionalGroups.of(source, number);
        Dataset transformation =
                Luminance.isOf(source) ? new Dataset() : groups.macro(Tag.PixelValueTransformationSequence);
        boolean rescaled = transformation.contains(Tag.RescaleSlope) || transformation.contains(Tag.RescaleIntercept);
        if (rescaled || !stored.asSource()) {
            object.put(Tag.RescaleIntercept, SegmentationFrames.decimals(stored.intercept()))
                    .put(Tag.RescaleSlope, SegmentationFrames.decimals(stored.slope()));
        }
        if (rescaled && stored.asSource()) {
            object.copyValid(transformation, Tag.RescaleIntercept, Tag.RescaleSlope, Tag.RescaleType);
        }
        if (iod == Iod.SECONDARY_CAPTURE && object.contains(Tag.RescaleSlope) && !object.contains(Tag.RescaleType)) {
            object.put(Tag.RescaleType, "US");
        }
        Dataset voi = VoiAttributes.of(groups.macro(Tag.FrameVOILUTSequence), source, number, frame.values());
        object.copy(
                voi,
                Tag.VOILUTSequence,
                Tag.WindowCenter,
                Tag.WindowWidth,
                Tag.WindowCenterWidthExplanation,
                Tag.VOILUTFunction);
    }

    private static void pixels(Dataset object, Dataset source, Frame frame, StoredValues stored, Iod iod)
            throws DicomException {
        boolean bytes = stored.bitsStored() <= 8 && (iod == Iod.CR || iod == Iod.SECONDARY_CAPTURE);
        object.put(Tag.SamplesPerPixel, 1)
                .put(
                        Tag.PhotometricInterpretation,
                        Luminance.isOf(source) ? "MONOCHROME2" : source.require(Tag.PhotometricInterpretation))
                .put(Tag.Rows, frame.rows())
                .put(Tag.Columns, frame.columns())
                .put(Tag.BitsAllocated, bytes ? 8 : 16)
                .put(Tag.BitsStored, stored.bitsStored())
                .put(Tag.HighBit, stored.bitsStored() - 1)
                .put(Tag.PixelRepresentation, stored.signed() ? 1 : 0);
        short[] samples = marked(object, frame, stored);
        if (!bytes) {
            object.putPixels(samples);
            return;
        }
        byte[] packed = new byte[(samples.length + 1) / 2 * 2];
        for (int i = 0; i < samples.length; i++) {
            packed[i] = (byte) samples[i];
        }
        object.putPixels(packed);
    }

    /**
     * The samples under the mark: letters as bright and the box as dark as the picture and its window reach, so that no window
     * shows more of the picture than of the mark; not brighter, or what stretches the values that occur would show no picture.
     */
    private static short[] marked(Dataset object, Frame frame, StoredValues stored) throws DicomException {
        int format = stored.signed() ? -1 << stored.bitsStored() - 1 : 0;
        double smallest = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        for (short sample : stored.samples()) {
            int value = stored.signed() ? sample : sample & 0xFFFF;
            smallest = Math.min(smallest, value);
            largest = Math.max(largest, value);
        }
        double[] center = object.doubles(Tag.WindowCenter);
        double[] width = object.doubles(Tag.WindowWidth);
        for (int side = -1; side <= 1 && center.length > 0 && width.length > 0; side += 2) {
            double bound = (center[0] + side * (width[0] / 2 + 1) - stored.intercept()) / stored.slope();
            smallest = Math.min(smallest, Math.floor(bound));
            largest = Math.max(largest, Math.ceil(bound));
        }
        short least = (short) Math.max(format, smallest);
        short most = (short) (int) Math.min(format + (1L << stored.bitsStored()) - 1, largest);
        boolean inverse = object.require(Tag.PhotometricInterpretation).equals("MONOCHROME1") ^ stored.slope() < 0;
        short[] samples = stored.samples().clone();
        RestoredMark.of(frame.rows(), frame.columns()).burn(samples, inverse ? most : least, inverse ? least : most);
        return samples;
    }
}
