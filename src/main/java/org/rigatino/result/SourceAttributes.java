package org.rigatino.result;

import java.util.Arrays;
import java.util.Set;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.FunctionalGroups;
import org.rigatino.dicom.Tag;
import org.rigatino.image.Frame;

/** What a result takes over from its source, byte for byte where the attribute is the same. */
final class SourceAttributes {
    /** Type 2: present and empty where the source has none. */
    private static final int[] PATIENT_AND_STUDY = {
        Tag.PatientName,
        Tag.PatientID,
        Tag.PatientBirthDate,
        Tag.PatientSex,
        Tag.StudyInstanceUID,
        Tag.StudyDate,
        Tag.StudyTime,
        Tag.StudyID,
        Tag.AccessionNumber,
        Tag.ReferringPhysicianName,
    };

    /** Type 1C or 3: absent where the source has none. An Issuer of Patient ID that is not there is not invented. */
    private static final int[] WHERE_PRESENT = {
        Tag.SpecificCharacterSet,
        Tag.TimezoneOffsetFromUTC,
        Tag.IssuerOfPatientID,
        Tag.IssuerOfPatientIDQualifiersSequence,
        Tag.TypeOfPatientID,
        Tag.IssuerOfAccessionNumberSequence,
        Tag.StudyDescription,
        Tag.PatientAge,
    };

    /** Of the image; absent where the source has none. */
    private static final int[] IMAGE = {
        Tag.BodyPartExamined,
        Tag.PatientPosition,
        Tag.ViewPosition,
        Tag.ImageLaterality,
        Tag.BurnedInAnnotation,
        Tag.PixelAspectRatio,
        Tag.ImagerPixelSpacing,
        Tag.NominalScannedPixelSpacing,
        Tag.PixelSpacingCalibrationType,
        Tag.PixelSpacingCalibrationDescription,
        Tag.LossyImageCompression,
        Tag.LossyImageCompressionRatio,
        Tag.LossyImageCompressionMethod,
    };

    /** Transfer syntaxes that lose, for sources that do not say so themselves (PS3.5 A.4). */
    private static final Set<String> LOSSY = Set.of(
            "1.2.840.10008.1.2.4.50",
            "1.2.840.10008.1.2.4.51",
            "1.2.840.10008.1.2.4.81",
            "1.2.840.10008.1.2.4.91",
            "1.2.840.10008.1.2.4.203");

    /** Body Part Examined of which there are two (PS3.16 table L-1). */
    private static final Set<String> PAIRED = Set.of(
            "ANKLE",
            "ARM",
            "BREAST",
            "CALF",
            "CLAVICLE",
            "EAR",
            "ELBOW",
            "EXTREMITY",
            "EYE",
            "FEMUR",
            "FOOT",
            "FOREARM",
            "HAND",
            "HIP",
            "HUMERUS",
            "KNEE",
            "LEG",
            "SCAPULA",
            "SHOULDER",
            "THIGH",
            "THUMB",
            "TOE",
            "WRIST");

    private SourceAttributes() {}

    /** Patient, study, and the time of the content: what every object of the study has. */
    static void patientAndStudy(Dataset source, Dataset target) throws DicomException {
        source.require(Tag.StudyInstanceUID);
        target.putEmpty(PATIENT_AND_STUDY).copy(source, PATIENT_AND_STUDY).copy(source, WHERE_PRESENT);
        content(source, target);
    }

    /** Of an image on the source's own grid, besides {@link #patientAndStudy}. */
    static void image(Dataset source, Frame frame, Dataset target) throws DicomException {
        inPlane(source, frame, target);
        plane(source, frame, target);
    }

    /**
     * Of an image that shows the source's grid with its scale and its directions but not at its place, besides
     * {@link #patientAndStudy}: no Image Plane and no Frame of Reference.
     */
    static void inPlane(Dataset source, Frame frame, Dataset target) throws DicomException {
        target.copy(source, IMAGE);
        directions(source, frame, target);
        if (lossy(source) && !source.contains(Tag.LossyImageCompression)) {
            target.put(Tag.LossyImageCompression, "01");
        }
    }

    static boolean lossy(Dataset source) {
        return source.string(Tag.LossyImageCompression)
                .map("01"::equals)
                .orElse(LOSSY.contains(source.string(Tag.TransferSyntaxUID).orElse("")));
    }

    /**
     * Content Date and Time from the first pair that the source has: the clock would make every encoding differ. The
     * punctuation of ACR-NEMA dates and times is left out.
     */
    private static void content(Dataset source, Dataset target) {
        int[][] pairs = {
            {Tag.ContentDate, Tag.ContentTime},
            {Tag.AcquisitionDate, Tag.AcquisitionTime},
            {Tag.SeriesDate, Tag.SeriesTime},
            {Tag.StudyDate, Tag.StudyTime},
        };
        target.putEmpty(Tag.ContentDate, Tag.ContentTime);
        for (int[] pair : pairs) {
            String date = source.string(pair[0]).orElse("").replace(".", "");
            String time = source.string(pair[1]).orElse("").replace(":", "");
            if (date.matches("\\d{8}")) {
                target.put(Tag.ContentDate, date);
                if (time.matches("\\d{2,6}(\\.\\d{1,6})?")) {
                    target.put(Tag.ContentTime, time);
                }
                return;
            }
        }
    }

    /**
     * Laterality (0020,0060) where the source gives a side; empty where the body part is one of two, or not known, and
     * neither series nor image says which (Type 2C, PS3.3 C.7.3.1).
     */
    static void laterality(Dataset source, Dataset target) {
        if (source.string(Tag.ImageLaterality).isPresent()) {
            return;
        }
        boolean paired =
                source.string(Tag.BodyPartExamined).map(PAIRED::contains).orElse(true);
        if (paired || source.string(Tag.Laterality).isPresent()) {
            target.putEmpty(Tag.Laterality).copy(source, Tag.Laterality);
        }
    }

    private static void directions(Dataset source, Frame frame, Dataset target) throws DicomException {
        FunctionalGroups groups = FunctionalGroups.of(source, frame.reference().frameNumber());
        target.copy(groups.macro(Tag.PixelMeasuresSequence), Tag.PixelSpacing);
        laterality(source, target);
        Overlay.laterality(source, frame.reference().frameNumber())
                .filter(side -> groups.present())
                .ifPresent(side -> target.put(Tag.ImageLaterality, side));
        target.putEmpty(Tag.PatientOrientation);
        OrientationMarkers.of(source, frame)
                .ifPresent(markers -> target.put(Tag.PatientOrientation, markers.row(), markers.column()));
        OrientationMarkers.requireOf(source, frame, target);
    }

    private static void plane(Dataset source, Frame frame, Dataset target) throws DicomException {
        if (frame.place().isEmpty()) {
            return;
        }
        FunctionalGroups groups = FunctionalGroups.of(source, frame.reference().frameNumber());
        target.copy(groups.macro(Tag.PlanePositionSequence), Tag.ImagePositionPatient)
                .copy(groups.macro(Tag.PlaneOrientationSequence), Tag.ImageOrientationPatient)
                .copy(groups.macro(Tag.PixelMeasuresSequence), Tag.SliceThickness, Tag.SpacingBetweenSlices)
                .copy(source, Tag.SliceLocation);
        double[] orientation = frame.plane().get().orientation();
        if (!Arrays.equals(target.doubles(Tag.ImageOrientationPatient), orientation)) {
            target.put(Tag.ImageOrientationPatient, SegmentationFrames.decimals(orientation));
        }
        if (!frame.plane().get().frameOfReferenceUid().isEmpty()) {
            target.putEmpty(Tag.PositionReferenceIndicator)
                    .copy(source, Tag.FrameOfReferenceUID, Tag.PositionReferenceIndicator);
        }
    }
}
