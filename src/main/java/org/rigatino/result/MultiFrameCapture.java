package org.rigatino.result;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.dicom.Tag;

/**
 * The captures of one series as frames of one Multi-frame True Color Secondary Capture Image (PS3.3 A.8.5), in
 * {@link SliceOrder}. Pixels are read back from the single captures one at a time; frames that are lower than the highest
 * are black below.
 */
final class MultiFrameCapture {
    /** Of an object's pixels, one frame at least: a series that needs more is divided along the slices. */
    static final int MOST_BYTES = 64 << 20;

    private MultiFrameCapture() {}

    /**
     * Frames by object: those that differ in size, direction or scale are not frames of one image.
     *
     * @param ordered frames of one series, each with a capture of the kind's frames
     * @param mostBytes {@link #MOST_BYTES}
     */
    static List<List<KeptCapture>> parts(ObjectKind kind, List<JudgedFrame> ordered, int mostBytes)
            throws DicomException {
        List<KeptCapture> captures = new ArrayList<>();
        Directions directions = new Directions();
        for (JudgedFrame frame : ordered) {
            captures.add(KeptCapture.of(kind.frames(), frame, directions));
        }
        Collection<List<KeptCapture>> groups = captures.stream()
                .collect(Collectors.groupingBy(KeptCapture::alike, LinkedHashMap::new, Collectors.toList()))
                .values();
        List<List<KeptCapture>> parts = new ArrayList<>();
        for (List<KeptCapture> alike : groups) {
            parts.addAll(SeriesObjects.parts(alike, (int) Math.max(1, mostBytes / frameBytes(alike))));
        }
        return parts;
    }

    private static int rows(List<KeptCapture> captures) {
        return captures.stream().mapToInt(KeptCapture::rows).max().orElseThrow();
    }

    private static long frameBytes(List<KeptCapture> captures) {
        return 3L * rows(captures) * captures.get(0).columns();
    }

    /**
     * @param source header of one of the instances that the frames are from
     * @param captures one of {@link #parts}
     */
    static EncodedObject encode(
            ObjectKind kind,
            Dataset source,
            List<KeptCapture> captures,
            AlgorithmIdentification algorithm,
            ResultConfiguration configuration)
            throws DicomException {
        List<JudgedFrame> frames = captures.stream().map(KeptCapture::frame).toList();
        Dataset first = Dataset.readHeader(captures.get(0).file());
        Dataset object = kind.begin(source, JudgedFrame.named(frames), algorithm, configuration);
        object.put(Tag.Modality, SecondaryCapture.modality(source, configuration))
                .put(Tag.ConversionType, "WSD")
                .put(Tag.InstanceNumber, JudgedFrame.lowestInstanceNumber(frames))
                .copy(
                        first,
                        Tag.ImageType,
                        Tag.DerivationDescription,
                        Tag.LossyImageCompressionRatio,
                        Tag.LossyImageCompressionMethod)
                .copy(first, KeptCapture.OF_IMAGE);
        multiFrame(object, first, captures.size());
        SecondaryCapture.pixels(object, rows(captures), captures.get(0).columns());
        Segmentation.references(object, frames);
        MultiFrameCaptureGroups.put(object, kind, first, frames);
        int length = Math.toIntExact(frameBytes(captures) * captures.size());
        byte[] file = object.encodeWithRoom(Equipment.AE_TITLE, length + (length & 1));
        int at = file.length - length - (length & 1);
        for (KeptCapture capture : captures) {
            byte[] rgb = RgbImage.read(capture.file()).rgb();
            System.arraycopy(rgb, 0, file, at, rgb.length);
            at += length / captures.size();
        }
        return kind.encoded(object, file);
    }

    /** Multi-frame, SC Multi-frame Image and Vector (PS3.3 C.7.6.6, C.8.6.3, C.8.6.4): several frames are pages. */
    private static void multiFrame(Dataset object, Dataset first, int frames) {
        object.put(Tag.NumberOfFrames, frames);
        if (frames > 1) {
            object.putTag(Tag.FrameIncrementPointer, Tag.PageNumberVector)
                    .put(Tag.PageNumberVector, IntStream.rangeClosed(1, frames).toArray());
        }
        if (first.string(Tag.BurnedInAnnotation).isEmpty()) {
            // Type 1 here; what nobody vouches for is taken for the worse.
            object.put(Tag.BurnedInAnnotation, "YES");
        }
    }
}
