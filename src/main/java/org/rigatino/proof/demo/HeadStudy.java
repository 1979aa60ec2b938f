package org.rigatino.proof.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.TransferSyntax;
import org.rigatino.dicom.Uids;

/**
 * One axial series of a {@link FlairLikeHead} as MR Image Storage objects (PS3.3 A.4) of a fictitious patient. The same
 * patient ID gives the same UIDs and bytes always.
 *
 * @param patientId fictitious; UIDs derive from it
 * @param seriesDescription says that the images are simulated
 */
record HeadStudy(String patientName, String patientId, String seriesDescription, FlairLikeHead head) {
    private static final String MR_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.4";
    private static final String DATE = "20260102";
    private static final String TIME = "101500";

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (int slice = 0; slice < FlairLikeHead.SLICES; slice++) {
            byte[] file = instance(slice).encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "DEMO");
            Files.write(folder.resolve(String.format("MR%03d.dcm", slice + 1)), file);
        }
    }

    private Dataset instance(int slice) {
        Dataset instance = new Dataset();
        patientAndStudy(instance);
        series(instance);
        acquisition(instance, slice);
        plane(instance, slice);
        pixels(instance, slice);
        return instance;
    }

    private void patientAndStudy(Dataset instance) {
        instance.put(Tag.SpecificCharacterSet, "ISO_IR 100")
                .put(Tag.PatientName, patientName)
                .put(Tag.PatientID, patientId)
                .put(Tag.PatientBirthDate, "19700101")
                .put(Tag.PatientSex, "O")
                .put(Tag.StudyInstanceUID, uid("study"))
                .put(Tag.StudyDate, DATE)
                .put(Tag.StudyTime, TIME)
                .put(Tag.StudyID, "1")
                .put(Tag.AccessionNumber, "A-" + patientId)
                .put(Tag.ReferringPhysicianName, "")
                .put(Tag.StudyDescription, "DEMONSTRATION, SIMULATED");
    }

    private void series(Dataset instance) {
        instance.put(Tag.SeriesInstanceUID, uid("series"))
                .put(Tag.SeriesNumber, 1)
                .put(Tag.SeriesDescription, seriesDescription)
                .put(Tag.SeriesDate, DATE)
                .put(Tag.SeriesTime, TIME)
                .put(Tag.Modality, "MR")
                .put(Tag.BodyPartExamined, "BRAIN")
                .put(Tag.PatientPosition, "HFS")
                .put(Tag.FrameOfReferenceUID, uid("frame of reference"))
                .put(Tag.PositionReferenceIndicator, "")
                .put(Tag.Manufacturer, "SIMULATED")
                .put(Tag.ManufacturerModelName, "MRIcron ch2, remapped");
    }

    /** Research mode: no real pulse sequence is claimed, so its times are empty. */
    private void acquisition(Dataset instance, int slice) {
        instance.put(Tag.SOPClassUID, MR_IMAGE_STORAGE)
                .put(Tag.SOPInstanceUID, uid("slice " + (slice + 1)))
                .put(Tag.InstanceNumber, slice + 1)
                .put(Tag.AcquisitionNumber, 1)
                .put(Tag.AcquisitionDate, DATE)
                .put(Tag.AcquisitionTime, TIME)
                .put(Tag.ContentDate, DATE)
                .put(Tag.ContentTime, TIME)
                .put(Tag.ImageType, "DERIVED", "PRIMARY", "OTHER")
                .put(Tag.ScanningSequence, "RM")
                .put(Tag.SequenceVariant, "NONE")
                .put(Tag.ScanOptions, "")
                .put(Tag.MRAcquisitionType, "2D")
                .put(Tag.RepetitionTime, "")
                .put(Tag.EchoTime, "")
                .put(Tag.EchoTrainLength, "")
                .put(Tag.LossyImageCompression, "00")
                .put(Tag.BurnedInAnnotation, "NO");
    }

    private static void plane(Dataset instance, int slice) {
        double[] position = FlairLikeHead.position(slice);
        String spacing = Double.toString(FlairLikeHead.SPACING);
        instance.put(
                        Tag.ImagePositionPatient,
                        Double.toString(position[0]),
                        Double.toString(position[1]),
                        Double.toString(position[2]))
                .put(Tag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0")
                .put(Tag.PixelSpacing, spacing, spacing)
                .put(Tag.SliceThickness, Double.toString(FlairLikeHead.THICKNESS))
                .put(Tag.SpacingBetweenSlices, Double.toString(FlairLikeHead.THICKNESS))
                .put(Tag.SliceLocation, Double.toString(position[2]));
    }

    private void pixels(Dataset instance, int slice) {
        instance.put(Tag.Rows, FlairLikeHead.MATRIX)
                .put(Tag.Columns, FlairLikeHead.MATRIX)
                .put(Tag.SamplesPerPixel, 1)
                .put(Tag.PhotometricInterpretation, "MONOCHROME2")
                .put(Tag.BitsAllocated, 16)
                .put(Tag.BitsStored, 12)
                .put(Tag.HighBit, 11)
                .put(Tag.PixelRepresentation, 0)
                .put(Tag.WindowCenter, FlairLikeHead.BRIGHTEST / 2)
                .put(Tag.WindowWidth, FlairLikeHead.BRIGHTEST)
                .putPixels(head.slice(slice));
    }

    private String uid(String kind) {
        return Uids.nameBased("demo", patientId, kind);
    }
}
