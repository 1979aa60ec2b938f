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

/** One generated study of CT Image Storage: 512x512, 16 bits allocated, Explicit VR Little Endian, nobody's anatomy. */
final class CtStudy {
    static final int SIDE = 512;
    private static final String CT_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.2";
    private static final int NOISE = 64;

    private final String name;
    private final Dataset dataset = new Dataset();

    /** @param name the same name gives the same UIDs and bytes */
    CtStudy(String name) {
        this.name = name;
        dataset.put(Tag.SOPClassUID, CT_IMAGE_STORAGE)
                .put(Tag.StudyInstanceUID, Uids.nameBased("bench study", name))
                .put(Tag.SeriesInstanceUID, Uids.nameBased("bench series", name))
                .put(Tag.Modality, "CT")
                .put(Tag.Manufacturer, "Benchmark")
                .put(Tag.PatientName, "Bench^Mark")
                .put(Tag.PatientID, name)
                .put(Tag.StudyDate, "20260101")
                .put(Tag.StudyDescription, "Generated")
                .put(Tag.SeriesNumber, 1)
                .put(Tag.SliceThickness, "1.5")
                .put(Tag.PixelSpacing, "0.5", "0.5")
                .put(Tag.SamplesPerPixel, 1)
                .put(Tag.PhotometricInterpretation, "MONOCHROME2")
                .put(Tag.Rows, SIDE)
                .put(Tag.Columns, SIDE)
                .put(Tag.BitsAllocated, 16)
                .put(Tag.BitsStored, 12)
                .put(Tag.HighBit, 11)
                .put(Tag.PixelRepresentation, 0)
                .put(Tag.RescaleIntercept, "-1024")
                .put(Tag.RescaleSlope, "1");
    }

    /** Writes the study's instances 1 to {@code count} as files of a folder. */
    void write(Path folder, int count) throws IOException {
        Files.createDirectories(folder);
        try {
            dataset.putPixels(pixels());
            for (int number = 1; number <= count; number++) {
                dataset.put(Tag.SOPInstanceUID, Uids.nameBased("bench instance", name, Integer.toString(number)))
                        .put(Tag.InstanceNumber, number);
                byte[] file = dataset.encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "BENCH");
                Files.write(folder.resolve(number + ".dcm"), file);
            }
        } catch (DicomException e) {
            throw new IOException("cannot generate a CT instance: " + e.getMessage(), e);
        }
    }

    private short[] pixels() {
        Random random = new Random(name.hashCode());
        short[] pixels = new short[SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (short) (1000 + i % SIDE + random.nextInt(NOISE));
        }
        return pixels;
    }
}
