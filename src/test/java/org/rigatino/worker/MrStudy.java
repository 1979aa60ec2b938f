package org.rigatino.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.RemoteNode;
import org.rigatino.dicom.StorageScu;
import org.rigatino.dicom.StoreStatus;
import org.rigatino.dicom.Tag;
import org.rigatino.dicom.TransferSyntax;
import org.rigatino.dicom.Uids;

/** A small study of a fictitious patient, made for a test. Same name, same UIDs. */
public final class MrStudy {
    private static final String MR_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.4";
    private static final int SIDE = 64;

    private final String name;
    private final Path folder;
    private final List<Path> files = new ArrayList<>();

    public MrStudy(Path folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    public String uid() {
        return Uids.nameBased("study", name);
    }

    List<Path> files() {
        return files;
    }

    public MrStudy slice() throws IOException {
        return write(slice(files.size() + 1), pixels(SIDE * SIDE));
    }

    public MrStudy sliceOfAnotherPatient() throws IOException {
        return write(slice(files.size() + 1).put(Tag.PatientID, "ANOTHER"), pixels(SIDE * SIDE));
    }

    public MrStudy sliceOfAnotherModality() throws IOException {
        return write(slice(files.size() + 1).put(Tag.Modality, "CT"), pixels(SIDE * SIDE));
    }

    /** @param change of the dataset before its pixels are added */
    MrStudy slice(UnaryOperator<Dataset> change) throws IOException {
        return write(change.apply(slice(files.size() + 1)), pixels(SIDE * SIDE));
    }

    /** With a bright square of 8 x 8 pixels in its disc, whose first pixel is the given one. */
    MrStudy sliceWithLesion(int row, int column) throws IOException {
        short[] pixels = pixels(SIDE * SIDE);
        for (int i = 0; i < 64; i++) {
            pixels[(row + i / 8) * SIDE + column + i % 8] = 3000;
        }
        return write(slice(files.size() + 1), pixels);
    }

    /** Made beside it. */
    MrStudy add(Path file) {
        files.add(file);
        return this;
    }

    /** Of that SOP class, and without pixels. */
    MrStudy withoutImage(String sopClassUid, String modality) throws IOException {
        Dataset object =
                slice(files.size() + 1).put(Tag.SOPClassUID, sopClassUid).put(Tag.Modality, modality);
        Path file = folder.resolve(name + "-" + files.size() + ".dcm");
        return add(Files.write(file, object.encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "TEST")));
    }

    Path folder() {
        return folder;
    }

    MrStudy truncatedSlice() throws IOException {
        return write(slice(files.size() + 1), pixels(SIDE));
    }

    private MrStudy write(Dataset slice, short[] pixels) throws IOException {
        Path file = folder.resolve(name + "-" + files.size() + ".dcm");
        Files.write(file, slice.putPixels(pixels).encode(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, "TEST"));
        files.add(file);
        return this;
    }

    private Dataset slice(int number) {
        return new Dataset()
                .put(Tag.SOPClassUID, MR_IMAGE_STORAGE)
                .put(Tag.SOPInstanceUID, Uids.nameBased("instance", name, Integer.toString(number)))
                .put(Tag.StudyInstanceUID, uid())
                .put(Tag.SeriesInstanceUID, Uids.nameBased("series", name))
                .put(Tag.FrameOfReferenceUID, Uids.nameBased("frame of reference", name))
                .put(Tag.PatientName, "TEST^" + name.toUpperCase(Locale.ROOT))
                .put(Tag.PatientID, name)
                .put(Tag.PatientBirthDate, "19700101")
                .put(Tag.PatientSex, "O")
                .put(Tag.StudyDate, "20260102")
                .put(Tag.StudyTime, "101500")
                .put(Tag.AccessionNumber, "")
                .put(Tag.StudyID, "1")
                .put(Tag.ReferringPhysicianName, "")
                .put(Tag.Modality, "MR")
                .put(Tag.Manufacturer, "SIMULATED")
                .put(Tag.ImageType, "ORIGINAL", "PRIMARY", "M")
                .put(Tag.BodyPartExamined, "HEAD")
                .put(Tag.SeriesNumber, 1)
                .put(Tag.InstanceNumber, number)
                .put(Tag.ContentDate, "20260102")
                .put(Tag.ContentTime, "101500")
                .put(Tag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0")
                .put(Tag.ImagePositionPatient, "0", "0", Integer.toString(number))
                .put(Tag.PixelSpacing, "1", "1")
                .put(Tag.SliceThickness, "1")
                .put(Tag.SamplesPerPixel, 1)
                .put(Tag.PhotometricInterpretation, "MONOCHROME2")
                .put(Tag.Rows, SIDE)
                .put(Tag.Columns, SIDE)
                .put(Tag.BitsAllocated, 16)
                .put(Tag.BitsStored, 12)
                .put(Tag.HighBit, 11)
                .put(Tag.PixelRepresentation, 0);
    }

    /** A bright disc. */
    private static short[] pixels(int length) {
        short[] pixels = new short[length];
        for (int i = 0; i < length; i++) {
            double x = i % SIDE - SIDE / 2.0;
            double y = i / SIDE - SIDE / 2.0;
            pixels[i] = (short) (x * x + y * y < SIDE * SIDE / 6.0 ? 800 + 10 * (i % 7) : 0);
        }
        return pixels;
    }

    public void send(RemoteNode node) throws IOException {
        try (StorageScu scu = StorageScu.open(node, files)) {
            for (Path file : files) {
                StoreStatus status = scu.store(file);
                if (!status.isSuccess() && !status.isWarning()) {
                    throw new IOException(file + " was answered " + status);
                }
            }
        }
    }
}
