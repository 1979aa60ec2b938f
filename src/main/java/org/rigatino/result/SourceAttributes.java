package org.rigatino.result;

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
        Tag.BodyPartExamined,
        Tag.PatientPosition,
        Tag.ViewPosition,
        Tag.Laterality,
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

    private SourceAttributes() {}

    static void copy(Dataset source, Frame frame, Dataset target) throws DicomException {
        source.require(Tag.StudyInstanceUID);
        target.putEmpty(PATIENT_AND_STUDY).copy(source, PATIENT_AND_STUDY).copy(source, WHERE_PRESENT);
        content(source, target);
        geometry(source, frame, target);
        if (!source.contains(Tag.LossyImageCompression)
                && LOSSY.contains(source.string(Tag.TransferSyntaxUID).orElse(""))) {
            target.put(Tag.LossyImageCompression, "01");
        }
    }

    /** Content Date and Time from the first pair that the source has: the clock would make every encoding differ. */
    private static void content(Dataset source, Dataset target) {
        int[][] pairs = {
            {Tag.ContentDate, Tag.ContentTime},
            {Tag.AcquisitionDate, Tag.AcquisitionTime},
            {Tag.SeriesDate, Tag.SeriesTime},
            {Tag.StudyDate, Tag.StudyTime},
        };
        target.putEmpty(Tag.ContentDate, Tag.ContentTime);
        for (int[] pair : pairs) {
            if (source.string(pair[0]).isPresent()) {
                target.put(Tag.ContentDate, source.string(pair[0]).get());
                source.string(pair[1]).ifPresent(time -> target.put(Tag.ContentTime, time));
                return;
            }
        }
    }

    private static void geometry(Dataset source, Frame frame, Dataset target) {
        FunctionalGroups groups = FunctionalGroups.of(source, frame.reference().frameNumber());
        target.copy(groups.macro(Tag.PixelMeasuresSequence), Tag.PixelSpacing);
        Overlay.laterality(source, frame.reference().frameNumber())
                .filter(side -> groups.present())
                .ifPresent(side -> target.put(Tag.ImageLaterality, side));
        target.putEmpty(Tag.PatientOrientation).copy(source, Tag.PatientOrientation);
        if (frame.plane().isEmpty()) {
            return;
        }
        if (source.string(Tag.PatientOrientation).isEmpty()) {
            OrientationMarkers.of(source, frame)
                    .ifPresent(markers -> target.put(Tag.PatientOrientation, markers.row(), markers.column()));
        }
        target.copy(groups.macro(Tag.PlanePositionSequence), Tag.ImagePositionPatient)
                .copy(groups.macro(Tag.PlaneOrientationSequence), Tag.ImageOrientationPatient)
                .copy(groups.macro(Tag.PixelMeasuresSequence), Tag.SliceThickness, Tag.SpacingBetweenSlices)
                .copy(source, Tag.SliceLocation);
        if (!frame.plane().get().frameOfReferenceUid().isEmpty()) {
            target.putEmpty(Tag.PositionReferenceIndicator)
                    .copy(source, Tag.FrameOfReferenceUID, Tag.PositionReferenceIndicator);
        }
    }
}
