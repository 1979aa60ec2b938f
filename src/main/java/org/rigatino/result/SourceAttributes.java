package org.rigatino.result;

import java.util.Arrays;
import java.util.Set;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.FunctionalGroups;
import org.rigatino.dicom.Tag;
import org.rigatino.image.Frame;

/**
 * What a result takes over from its source: patient and study byte for byte, everything else where it is valid, so that
 * what is written is valid whatever the source was.
 */
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
        Tag.IssuerOfPatientID,
        Tag.IssuerOfPatientIDQualifiersSequence,
        Tag.IssuerOfAccessionNumberSequence,
    };

    /** Identifies nobody: absent where the source has none, or none that is valid. */
    private static final int[] WHERE_VALID = {
        Tag.TimezoneOffsetFromUTC, Tag.TypeOfPatientID, Tag.StudyDescription, Tag.PatientAge,
    };

    /** Of the image; absent where the source has none, or none that is valid. */
    private static final int[] IMAGE = {
        Tag.BodyPartExamined,
        Tag.PatientPosition,
        Tag.ViewPosition,
        Tag.BurnedInAnnotation,
        Tag.PixelAspectRatio,
        Tag.ImagerPixelSpacing,
        Tag.NominalScannedPixelSpacing,
        Tag.PixelSpacingCalibrationType,
    };

    /** Transfer syntaxes that lose whatever the source says: JPEG Baseline and Extended (PS3.5 A.4.1). */
    private static final Set<String> ALWAYS_LOSSY = Set.of("1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51");

    /** Those that may, for sources that do not say whether they did (PS3.5 A.4). */
    private static final Set<String> LOSSY =
            Set.of("1.2.840.10008.1.2.4.81", "1.2.840.10008.1.2.4.91", "1.2.840.10008.1.2.4.203");

    /** When the content is of: the first that is there. */
    private static final int[][] TIMES = {
        {Tag.ContentDate, Tag.ContentTime},
        {Tag.AcquisitionDate, Tag.AcquisitionTime},
        {Tag.SeriesDate, Tag.SeriesTime},
        {Tag.StudyDate, Tag.StudyTime},
    };

    private SourceAttributes() {}

    /** Of the header all that an object of a series takes from one of its instances, and nothing else of it. */
    static Dataset ofSeries(Dataset header) {
        Dataset kept = new Dataset()
                .copy(header, PATIENT_AND_STUDY)
                .copy(header, WHERE_PRESENT)
                .copy(header, WHERE_VALID)
                .copy(header, Tag.Modality, Tag.SeriesNumber, Tag.ProcedureCodeSequence);
        for (int[] pair : TIMES) {
            kept.copy(header, pair);
        }
        return kept;
    }

    /** Patient, study, and the time of the content: what every object of the study has. */
    static void patientAndStudy(Dataset source, Dataset target) throws DicomException {
        source.require(Tag.StudyInstanceUID);
        target.putEmpty(PATIENT_AND_STUDY).copy(source, PATIENT_AND_STUDY).copy(source, WHERE_PRESENT);
        target.copyValid(source, WHERE_VALID);
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
        target.copyValid(source, IMAGE);
        if (target.contains(Tag.PixelSpacingCalibrationType)) {
            // Type 1C beside it.
            target.put(Tag.PixelSpacingCalibrationDescription, "Not given by the source")
                    .copyValid(source, Tag.PixelSpacingCalibrationDescription);
        }
        directions(source, frame, target);
        compression(source, target);
    }

    /** Lossy Image Compression and what belongs to it (PS3.3 C.7.6.1.1.5); absent where nothing is known. */
    private static void compression(Dataset source, Dataset target) {
        target.copyValid(source, Tag.LossyImageCompression);
        if (lossy(source)) {
            target.put(Tag.LossyImageCompression, "01");
            ratios(source, target);
        }
    }

    /** As many ratios as methods. */
    static void ratios(Dataset source, Dataset target) {
        Dataset valid =
                new Dataset().copyValid(source, Tag.LossyImageCompressionRatio, Tag.LossyImageCompressionMethod);
        int ratios = valid.strings(Tag.LossyImageCompressionRatio).size();
        int methods = valid.strings(Tag.LossyImageCompressionMethod).size();
        if (ratios > 0 && (methods == 0 || methods == ratios)) {
            target.copy(valid, Tag.LossyImageCompressionRatio, Tag.LossyImageCompressionMethod);
        } else if (ratios == 0 && methods > 0) {
            target.copy(valid, Tag.LossyImageCompressionMethod);
        }
    }

    /** Series or Instance Number; 0 where there is none that is valid. */
    static int number(Dataset source, int tag) {
        return new Dataset()
                .copyValid(source, tag)
                .string(tag)
                .map(Integer::parseInt)
                .orElse(0);
    }

    /** Modality of the source, or OT where it gives none that is valid. */
    static String modality(Dataset source) {
        return new Dataset()
                .copyValid(source, Tag.Modality)
                .string(Tag.Modality)
                .orElse("OT");
    }

    static boolean lossy(Dataset source) {
        String syntax = source.string(Tag.TransferSyntaxUID).orElse("");
        return ALWAYS_LOSSY.contains(syntax)
                || new Dataset()
                        .copyValid(source, Tag.LossyImageCompression)
                        .string(Tag.LossyImageCompression)
                        .map("01"::equals)
                        .orElse(LOSSY.contains(syntax));
    }

    /**
     * Content Date and Time from the first pair that the source has: the clock would make every encoding differ. The
     * punctuation of ACR-NEMA dates and times is left out.
     */
    private static void content(Dataset source, Dataset target) throws DicomException {
        target.putEmpty(Tag.ContentDate, Tag.ContentTime);
        for (int[] pair : TIMES) {
            Dataset valid = new Dataset().copyValid(source, pair);
            if (valid.contains(pair[0])) {
                target.put(Tag.ContentDate, valid.require(pair[0]));
                valid.string(pair[1]).ifPresent(time -> target.put(Tag.ContentTime, time));
                return;
            }
        }
    }

    private static void directions(Dataset source, Frame frame, Dataset target) throws DicomException {
        FunctionalGroups groups = FunctionalGroups.of(source, frame.reference().frameNumber());
        frame.spacing()
                .ifPresent(spacing -> target.put(
                        Tag.PixelSpacing,
                        SegmentationFrames.decimals(spacing.betweenRows(), spacing.betweenColumns())));
        target.copyValid(groups.macro(Tag.PixelMeasuresSequence), Tag.PixelSpacing);
        BodySide.laterality(source, frame.reference().frameNumber(), target);
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
        target.copyValid(groups.macro(Tag.PlanePositionSequence), Tag.ImagePositionPatient)
                .copyValid(groups.macro(Tag.PlaneOrientationSequence), Tag.ImageOrientationPatient)
                .putEmpty(Tag.SliceThickness)
                .copyValid(groups.macro(Tag.PixelMeasuresSequence), Tag.SliceThickness, Tag.SpacingBetweenSlices)
                .copyValid(source, Tag.SliceLocation);
        double[] position = frame.plane().get().position();
        if (!Arrays.equals(target.doubles(Tag.ImagePositionPatient), position)) {
            target.put(Tag.ImagePositionPatient, SegmentationFrames.decimals(position));
        }
        double[] orientation = frame.plane().get().orientation();
        if (!Arrays.equals(target.doubles(Tag.ImageOrientationPatient), orientation)) {
            target.put(Tag.ImageOrientationPatient, SegmentationFrames.decimals(orientation));
        }
        if (!frame.plane().get().frameOfReferenceUid().isEmpty()) {
            frameOfReference(source, target);
        }
    }

    /** Frame of Reference (PS3.3 C.7.4.1): its UID as it is, since it names what other objects name. */
    static void frameOfReference(Dataset source, Dataset target) {
        target.putEmpty(Tag.PositionReferenceIndicator)
                .copy(source, Tag.FrameOfReferenceUID)
                .copyValid(source, Tag.PositionReferenceIndicator);
    }
}
