package org.rigatino.dicom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Small DICOM files made for one test: a complete classic instance around the given pixels. */
public final class PixelFiles {
    private PixelFiles() {}

    /** A 16-bit unsigned MONOCHROME2 instance without its pixels. */
    public static Dataset header(int rows, int columns) {
        return new Dataset()
                .put(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.4")
                .put(Tag.SOPInstanceUID, "2.25.3")
                .put(Tag.StudyInstanceUID, "2.25.1")
                .put(Tag.SeriesInstanceUID, "2.25.2")
                .put(Tag.Modality, "MR")
                .put(Tag.SamplesPerPixel, 1)
                .put(Tag.PhotometricInterpretation, "MONOCHROME2")
                .put(Tag.Rows, rows)
                .put(Tag.Columns, columns)
                .put(Tag.BitsAllocated, 16)
                .put(Tag.BitsStored, 16)
                .put(Tag.HighBit, 15)
                .put(Tag.PixelRepresentation, 0);
    }

    /** An axial FLAIR slice of a head, 12 bits of {@code side*side} pixels, that a PACS would take. */
    public static Dataset flair(String sopInstanceUid, int side, short[] pixels) {
        return header(side, side)
                .put(Tag.SOPInstanceUID, sopInstanceUid)
                .put(Tag.StudyInstanceUID, "2.25.2")
                .put(Tag.SeriesInstanceUID, "2.25.3")
                .put(Tag.ImageType, "ORIGINAL", "PRIMARY")
                .put(Tag.PatientID, "T-1")
                .put(Tag.BodyPartExamined, "HEAD")
                .put(Tag.SeriesDescription, "AX FLAIR")
                .put(Tag.SeriesNumber, 1)
                .put(Tag.InstanceNumber, 1)
                .put(Tag.ImagePositionPatient, "0", "0", "0")
                .put(Tag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0")
                .put(Tag.PixelSpacing, "1", "1")
                .put(Tag.FrameOfReferenceUID, "2.25.4")
                .put(Tag.BitsStored, 12)
                .put(Tag.HighBit, 11)
                .putPixels(pixels);
    }

    /**
     * An Enhanced MR Image of the patient, study and series of a classic one, with pixels of a spacing of 1 mm.
     *
     * @param groups functional groups of each frame, one as {@link #frame}
     * @param pixels of all frames, one after another
     */
    public static Dataset enhanced(Dataset classic, int side, List<Dataset> groups, short[] pixels) {
        return header(side, side)
                .copy(
                        classic,
                        Tag.SOPInstanceUID,
                        Tag.StudyInstanceUID,
                        Tag.SeriesInstanceUID,
                        Tag.PatientID,
                        Tag.BodyPartExamined,
                        Tag.SeriesDescription,
                        Tag.FrameOfReferenceUID)
                .put(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.4.1")
                .put(Tag.ImageType, "MIXED", "PRIMARY", "MIXED", "MIXED")
                .put(Tag.NumberOfFrames, groups.size())
                .putItems(
                        Tag.SharedFunctionalGroupsSequence,
                        List.of(new Dataset()
                                .putItems(
                                        Tag.PixelMeasuresSequence,
                                        List.of(new Dataset()
                                                .put(Tag.SliceThickness, "4")
                                                .put(Tag.PixelSpacing, "1", "1")))))
                .putItems(Tag.PerFrameFunctionalGroupsSequence, groups)
                .putPixels(pixels);
    }

    /** @param orientation six values, with backslashes between them @param place in mm along z */
    public static Dataset frame(String frameType, String orientation, int place) {
        return new Dataset()
                .putItems(
                        Tag.MRImageFrameTypeSequence,
                        List.of(new Dataset().put(Tag.FrameType, frameType.split("\\\\"))))
                .putItems(
                        Tag.PlanePositionSequence,
                        List.of(new Dataset().put(Tag.ImagePositionPatient, "0", "0", Integer.toString(place))))
                .putItems(
                        Tag.PlaneOrientationSequence,
                        List.of(new Dataset().put(Tag.ImageOrientationPatient, orientation.split("\\\\"))));
    }

    /** A colour photograph of a left fundus, without spacing or plane (Ophthalmic Photography 8 Bit Image). */
    public static Dataset fundus(String sopInstanceUid, int side, byte[] rgb) {
        return header(side, side)
                .put(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.77.1.5.1")
                .put(Tag.SOPInstanceUID, sopInstanceUid)
                .put(Tag.Modality, "OP")
                .put(Tag.ImageType, "ORIGINAL", "PRIMARY")
                .put(Tag.PatientID, "T-1")
                .put(Tag.StudyDate, "20260102")
                .put(Tag.SeriesDescription, "Fundus 45 degrees")
                .put(Tag.SeriesNumber, 1)
                .put(Tag.InstanceNumber, 1)
                .put(Tag.ImageLaterality, "L")
                .put(Tag.BurnedInAnnotation, "NO")
                .put(Tag.SamplesPerPixel, 3)
                .put(Tag.PhotometricInterpretation, "RGB")
                .put(Tag.PlanarConfiguration, 0)
                .put(Tag.BitsAllocated, 8)
                .put(Tag.BitsStored, 8)
                .put(Tag.HighBit, 7)
                .putPixels(rgb);
    }

    public static Path write(Path folder, Dataset dataset) throws IOException {
        return write(folder, dataset, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
    }

    public static Path write(Path folder, Dataset dataset, String transferSyntaxUid) throws IOException {
        Path file = Files.createTempFile(folder, "made", ".dcm");
        Files.write(file, dataset.encode(transferSyntaxUid, "TEST"));
        return file;
    }

    /** @param values lower 16 bits count */
    public static short[] words(int... values) {
        short[] words = new short[values.length];
        for (int i = 0; i < values.length; i++) {
            words[i] = (short) values[i];
        }
        return words;
    }
}
