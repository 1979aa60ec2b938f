package org.rigatino.export;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferUShort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;
import org.rigatino.image.Frame;
import org.rigatino.image.InstanceFrames;

/** The pixels of one frame as a picture that says nothing else. */
record Pixels(byte[] png, int width, int height) {
    private static final int FULL = 0xFFFF;

    /** CT and MR, also enhanced: what a scanner measured, where nobody writes into the pixels unless the header says so. */
    private static final Set<String> MEASURED = Set.of(
            "1.2.840.10008.5.1.4.1.1.2",
            "1.2.840.10008.5.1.4.1.1.2.1",
            "1.2.840.10008.5.1.4.1.1.4",
            "1.2.840.10008.5.1.4.1.1.4.1");

    private static final Pattern DRAWN =
            Pattern.compile(".*(LOCALIZER|SCOUT|TOPOGRAM|SCREEN|CAPTURE|REPORT|PROTOCOL|DOSE).*");

    /**
     * As models see it: turned to their direction, since a picture cannot say how it lies, and from the smallest value,
     * black, to the largest, since normalisations measure from the image's own spread.
     *
     * @return empty where the pixels may show whose they are
     */
    static Optional<Pixels> of(Path file, int frameNumber) throws IOException {
        try (InstanceFrames frames = InstanceFrames.open(file)) {
            return mayNameSomebody(frames.header())
                    ? Optional.empty()
                    : Optional.of(of(frames.frame(frameNumber).turned()));
        }
    }

    /** Burned In Annotation (0028,0301), Recognizable Visual Features (0028,0302). */
    private static boolean mayNameSomebody(Dataset header) {
        if (header.string(Tag.RecognizableVisualFeatures).filter("YES"::equals).isPresent()) {
            return true;
        }
        return header.string(Tag.BurnedInAnnotation)
                .filter(said -> !said.isEmpty())
                .map(said -> !said.equals("NO"))
                .orElseGet(() -> !isAsMeasured(header));
    }

    /** Image Type (0008,0008): ORIGINAL and PRIMARY, and no localizer, on which others draw; no Conversion Type (0008,0064). */
    private static boolean isAsMeasured(Dataset header) {
        List<String> type = header.strings(Tag.ImageType);
        return MEASURED.contains(header.string(Tag.SOPClassUID).orElse(""))
                && type.size() >= 2
                && type.get(0).equals("ORIGINAL")
                && type.get(1).equals("PRIMARY")
                && type.stream().noneMatch(value -> DRAWN.matcher(value).matches())
                && header.string(Tag.ConversionType).isEmpty();
    }

    private static Pixels of(Frame frame) throws IOException {
        float smallest = Float.POSITIVE_INFINITY;
        float largest = Float.NEGATIVE_INFINITY;
        for (float value : frame.values()) {
            smallest = Math.min(smallest, value);
            largest = Math.max(largest, value);
        }
        BufferedImage picture = new BufferedImage(frame.columns(), frame.rows(), BufferedImage.TYPE_USHORT_GRAY);
        short[] gray = ((DataBufferUShort) picture.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < gray.length; i++) {
            gray[i] = (short)
                    (largest > smallest
                            ? Math.round((double) FULL * (frame.values()[i] - smallest) / ((double) largest - smallest))
                            : 0);
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", png);
        return new Pixels(png.toByteArray(), frame.columns(), frame.rows());
    }
}
