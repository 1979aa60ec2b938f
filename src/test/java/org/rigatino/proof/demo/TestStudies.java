package org.rigatino.proof.demo;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.TransferSyntax;
import org.rigatino.dicom.Uids;
import org.rigatino.proof.demo.DicomFiles.DicomFile;

/** Studies to send: the head of mricron-data, and real images of ../shared/data wrapped into DICOM. */
public final class TestStudies {
    static final Path SHARED = Path.of("../shared/data");
    private static final Path VOLUME = Path.of("/usr/share/mricron/templates/ch2.nii.gz");
    private static final int FIRST_SLICE_WITH_LESION = 8;

    private TestStudies() {}

    static void assumeVolume() {
        assumeTrue(Files.exists(VOLUME), "skipped: Debian package mricron-data is missing");
    }

    /** Slices through the lesion, of a patient of their own. */
    public static List<DicomFile> head(Path folder, String patientId, int slices) throws IOException {
        assumeVolume();
        NiftiVolume volume = NiftiVolume.read(VOLUME);
        FlairLikeHead head = new FlairLikeHead(volume, FlairLikeHead::rightFrontoparietal);
        new HeadStudy("Rigatino^Test", patientId, "AX T1 REMAPPED FLAIR-LIKE, LESION (SIMULATED)", head).write(folder);
        int first = slices > FlairLikeHead.SLICES - FIRST_SLICE_WITH_LESION ? 0 : FIRST_SLICE_WITH_LESION;
        return DicomFiles.under(folder).files().subList(first, first + slices);
    }

    /** A slice of {@link #head} with another value of an attribute, as a new instance of its series. */
    static DicomFile changed(DicomFile slice, Path as, int tag, String value) throws IOException {
        Dataset dataset = Dataset.readHeader(slice.path());
        dataset.put(Tag.SOPInstanceUID, Uids.nameBased(dataset.require(Tag.SOPInstanceUID), as.toString()))
                .put(tag, value)
                .putPixels(pixels(slice));
        return write(dataset, as);
    }

    /** The same slices on another day: another study, and series, of the same patient. */
    public static List<DicomFile> again(List<DicomFile> slices, Path folder, String date, String frameOfReference)
            throws IOException {
        List<DicomFile> files = new ArrayList<>();
        for (DicomFile slice : slices) {
            Dataset dataset = Dataset.readHeader(slice.path())
                    .put(Tag.StudyDate, date)
                    .put(Tag.FrameOfReferenceUID, frameOfReference);
            for (int tag : new int[] {Tag.StudyInstanceUID, Tag.SeriesInstanceUID, Tag.SOPInstanceUID}) {
                dataset.put(tag, Uids.nameBased(dataset.require(tag), "again", date));
            }
            dataset.putPixels(pixels(slice));
            files.add(write(dataset, folder.resolve(slice.path().getFileName())));
        }
        return files;
    }

    private static short[] pixels(DicomFile slice) throws IOException {
        ShortBuffer pixels = ByteBuffer.wrap(Files.readAllBytes(slice.path()))
                .order(ByteOrder.LITTLE_ENDIAN)
                .position((int) Files.size(slice.path()) - 2 * FlairLikeHead.MATRIX * FlairLikeHead.MATRIX)
                .asShortBuffer();
        short[] values = new short[pixels.remaining()];
        pixels.get(values);
        return values;
    }

    /** Images of one dataset of ../shared/data below a folder of it, by name. */
    static List<Path> sharedImages(String folder, String namePart, int count) throws IOException {
        Path images = SHARED.resolve(folder);
        assumeTrue(Files.isDirectory(images), "skipped: " + images + " is not there");
        try (Stream<Path> files = Files.walk(images)) {
            return files.filter(file -> file.getFileName().toString().contains(namePart))
                    .sorted()
                    .limit(count)
                    .toList();
        }
    }

    /** Real FLAIR slices as an axial MR series. */
    static List<DicomFile> flair(List<Path> images, Path folder, String patientId) throws IOException {
        List<DicomFile> files = new ArrayList<>();
        for (Path image : images) {
            int number = files.size() + 1;
            Dataset instance = wrapped(image, patientId, number, "1.2.840.10008.5.1.4.1.1.4")
                    .put(Tag.Modality, "MR")
                    .put(Tag.ImageType, "ORIGINAL", "PRIMARY", "M", "IR")
                    .put(Tag.SeriesDescription, "AX FLAIR")
                    .put(Tag.BodyPartExamined, "HEAD")
                    .put(Tag.PatientPosition, "HFS")
                    .put(Tag.FrameOfReferenceUID, Uids.nameBased("test", patientId, "frame of reference"))
                    .put(Tag.PositionReferenceIndicator, "")
                    .put(Tag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0")
                    .put(Tag.ImagePositionPatient, "-110", "-110", Integer.toString(6 * number))
                    .put(Tag.PixelSpacing, "0.859375", "0.859375")
                    .put(Tag.SliceThickness, "5")
                    .put(Tag.ScanningSequence, "SE", "IR")
                    .put(Tag.SequenceVariant, "SK")
                    .put(Tag.ScanOptions, "")
                    .put(Tag.MRAcquisitionType, "2D")
                    .put(Tag.RepetitionTime, "10000")
                    .put(Tag.EchoTime, "140")
                    .put(Tag.InversionTime, "2200")
                    .put(Tag.EchoTrainLength, "");
            files.add(write(instance, folder.resolve("MR" + number + ".dcm")));
        }
        return files;
    }

    /**
     * Real chest radiographs as Computed Radiography.
     *
     * @param age Patient's Age
     */
    static List<DicomFile> chest(List<Path> images, Path folder, String patientId, String age) throws IOException {
        List<DicomFile> files = new ArrayList<>();
        for (Path image : images) {
            int number = files.size() + 1;
            Dataset instance = wrapped(image, patientId, number, "1.2.840.10008.5.1.4.1.1.1")
                    .put(Tag.Modality, "CR")
                    .put(Tag.ImageType, "ORIGINAL", "PRIMARY")
                    .put(Tag.PatientAge, age)
                    .put(Tag.SeriesDescription, "CHEST AP")
                    .put(Tag.BodyPartExamined, "CHEST")
                    .put(Tag.ViewPosition, "AP")
                    .put(Tag.PatientOrientation, "L", "F");
            files.add(write(instance, folder.resolve("CR" + number + ".dcm")));
        }
        return files;
    }

    private static Dataset wrapped(Path image, String patientId, int number, String sopClass) throws IOException {
        Raster raster = ImageIO.read(image.toFile()).getRaster();
        byte[] pixels = new byte[raster.getWidth() * raster.getHeight()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) raster.getSample(i % raster.getWidth(), i / raster.getWidth(), 0);
        }
        return new Dataset()
                .put(Tag.SOPClassUID, sopClass)
                .put(Tag.SOPInstanceUID, Uids.nameBased("test", patientId, "instance", Integer.toString(number)))
                .put(Tag.StudyInstanceUID, Uids.nameBased("test", patientId, "study"))
                .put(Tag.SeriesInstanceUID, Uids.nameBased("test", patientId, "series"))
                .put(Tag.PatientID, patientId)
                .put(Tag.PatientName, "Rigatino^Test")
                .put(Tag.PatientBirthDate, "")
                .put(Tag.PatientSex, "")
                .put(Tag.StudyDate, "20260102")
                .put(Tag.StudyTime, "101500")
                .put(Tag.StudyID, "1")
                .put(Tag.AccessionNumber, "")
                .put(Tag.ReferringPhysicianName, "")
                .put(Tag.SeriesNumber, 1)
                .put(Tag.InstanceNumber, number)
                .put(Tag.Manufacturer, "TEST")
                .put(Tag.SamplesPerPixel, 1)
                .put(Tag.PhotometricInterpretation, "MONOCHROME2")
                .put(Tag.Rows, raster.getHeight())
                .put(Tag.Columns, raster.getWidth())
                .put(Tag.BitsAllocated, 8)
                .put(Tag.BitsStored, 8)
                .put(Tag.HighBit, 7)
                .put(Tag.PixelRepresentation, 0)
                .putPixels(pixels);
    }

    private static DicomFile write(Dataset instance, Path file) throws IOException {
        Files.write(file, instance.encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "TEST"));
        return new DicomFile(
                file,
                instance.require(Tag.StudyInstanceUID),
                instance.require(Tag.SOPClassUID),
                TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
    }
}
