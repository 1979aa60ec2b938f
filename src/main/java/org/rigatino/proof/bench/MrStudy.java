package org.rigatino.proof.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.TransferSyntax;
import org.rigatino.dicom.Uids;

/**
 * One generated study of MR Image Storage that the releases for heads are eligible for: axial slices with a bright
 * ellipse, nobody's anatomy.
 *
 * @param name the same name gives the same UIDs and bytes
 * @param side rows and columns
 */
record MrStudy(String name, int side) {
    private static final String MR_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.4";
    /** Multi-frame Grayscale Word Secondary Capture Image Storage. */
    private static final String MULTI_FRAME_GRAYSCALE_WORD = "1.2.840.10008.5.1.4.1.1.7.3";

    private static final int NOISE = 200;

    String uid() {
        return Uids.nameBased("bench study", name);
    }

    void write(Path folder, int slices) throws IOException {
        Files.createDirectories(folder);
        Dataset dataset = dataset();
        Random random = new Random(name.hashCode());
        try {
            for (int number = 1; number <= slices; number++) {
                dataset.put(Tag.SOPInstanceUID, Uids.nameBased("bench instance", name, Integer.toString(number)))
                        .put(Tag.InstanceNumber, number)
                        .put(Tag.ImagePositionPatient, "0", "0", Integer.toString(number))
                        .putPixels(pixels(random));
                byte[] file = dataset.encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "BENCH");
                Files.write(folder.resolve(number + ".dcm"), file);
            }
        } catch (DicomException e) {
            throw new IOException("cannot generate an MR instance: " + e.getMessage(), e);
        }
    }

    /** One multi-frame object, read no more than a frame at a time by whoever is careful. */
    void writeFrames(Path folder, int frames) throws IOException {
        Files.createDirectories(folder);
        Random random = new Random(name.hashCode());
        short[] one = pixels(random);
        short[] all = new short[frames * one.length];
        for (int frame = 0; frame < frames; frame++) {
            System.arraycopy(one, 0, all, frame * one.length, one.length);
        }
        try {
            byte[] file = dataset()
                    .put(Tag.SOPClassUID, MULTI_FRAME_GRAYSCALE_WORD)
                    .put(Tag.SOPInstanceUID, Uids.nameBased("bench object", name))
                    .put(Tag.InstanceNumber, 1)
                    .put(Tag.NumberOfFrames, frames)
                    .putPixels(all)
                    .encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "BENCH");
            Files.write(folder.resolve("frames.dcm"), file);
        } catch (DicomException e) {
            throw new IOException("cannot generate a multi-frame object: " + e.getMessage(), e);
        }
    }

    private Dataset dataset() {
        return new Dataset()
                .put(Tag.SOPClassUID, MR_IMAGE_STORAGE)
                .put(Tag.StudyInstanceUID, uid())
                .put(Tag.SeriesInstanceUID, Uids.nameBased("bench series", name))
                .put(Tag.FrameOfReferenceUID, Uids.nameBased("bench frame of reference", name))
                .put(Tag.PatientName, "Bench^Mark")
                .put(Tag.PatientID, name)
                .put(Tag.PatientBirthDate, "19700101")
                .put(Tag.PatientSex, "O")
                .put(Tag.StudyDate, "20260102")
                .put(Tag.StudyTime, "101500")
                .put(Tag.StudyID, "1")
                .put(Tag.AccessionNumber, "")
                .put(Tag.ReferringPhysicianName, "")
                .put(Tag.Modality, "MR")
                .put(Tag.Manufacturer, "Benchmark")
                .put(Tag.ImageType, "ORIGINAL", "PRIMARY", "M")
                .put(Tag.BodyPartExamined, "HEAD")
                .put(Tag.SeriesDescription, "AX FLAIR, GENERATED")
                .put(Tag.SeriesNumber, 1)
                .put(Tag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0")
                .put(Tag.PixelSpacing, "1", "1")
                .put(Tag.SliceThickness, "1")
                .put(Tag.SamplesPerPixel, 1)
                .put(Tag.PhotometricInterpretation, "MONOCHROME2")
                .put(Tag.Rows, side)
                .put(Tag.Columns, side)
                .put(Tag.BitsAllocated, 16)
                .put(Tag.BitsStored, 12)
                .put(Tag.HighBit, 11)
                .put(Tag.PixelRepresentation, 0);
    }

    private short[] pixels(Random random) {
        short[] pixels = new short[side * side];
        for (int i = 0; i < pixels.length; i++) {
            double x = 2.0 * (i % side) / side - 1;
            double y = 2.0 * (i / side) / side - 1;
            pixels[i] = (short) (x * x / 0.5 + y * y / 0.7 < 1 ? 600 + 200 * x + random.nextInt(NOISE) : 0);
        }
        return pixels;
    }
}
