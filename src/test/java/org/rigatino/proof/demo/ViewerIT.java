package org.rigatino.proof.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.Tag;
import org.rigatino.embedded.Ports;
import org.rigatino.proof.demo.DicomFiles.DicomFile;

/**
 * What a person sees of our objects in OHIF, which nobody here wrote: a head with a lesion in its right hemisphere, which
 * is the picture's left, and the objects that {@code restore} makes of it, in an Orthanc with DICOMweb.
 */
class ViewerIT {
    /** Share of pixels whose gray differs by no more than viewers' interpolation of another source. */
    private static final double ALIKE = 0.95;
    /** Pixels of the source: one and a half standard deviations of the smoothing of what departs. */
    private static final int BLURRED = 15;

    @TempDir
    static Path folder;

    private static List<DicomFile> sources;
    private static Orthanc pacs;
    private static Viewer viewer;

    private static Ohif ohif;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Deployment.assumeTools();
        TestStudies.assumeVolume();
        Ohif.assumeViewer();
        sources = TestStudies.head(folder.resolve("head"), "IT-VIEWER", FlairLikeHead.SLICES);
        Path made = restore();
        int[] ports = Ports.free(2);
        pacs = Orthanc.start(
                folder.resolve("orthanc"), ports[0], ports[1], Map.of(Deployment.SENDER, 104), Orthanc.dicomWeb());
        send(sources, folder.resolve("sources"), ports[0]);
        send(DicomFiles.under(made).files(), folder.resolve("objects"), ports[0]);
        viewer = Viewer.start(Ohif.FILES, pacs);
        ohif = Ohif.open(viewer.study(sources.get(0).studyInstanceUid()));
    }

    private static Path restore() throws IOException, InterruptedException {
        Path made = Files.createDirectories(folder.resolve("made"));
        List<String> command = new ArrayList<>(Deployment.java());
        command.add("restore");
        sources.forEach(source -> command.add(source.path().toString()));
        command.addAll(List.of(
                "--out",
                made.toString(),
                "--also",
                "segmentation,measurement-report,key-object-selection,restored-image,triptych"));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        return made;
    }

    private static void send(List<DicomFile> files, Path workspace, int port) throws IOException {
        assertThat(StoreScu.send(files, Deployment.SENDER, Orthanc.AE_TITLE, port, workspace))
                .isEqualTo(files.size());
    }

    @AfterAll
    static void stop() {
        if (ohif != null) {
            ohif.close();
        }
        if (viewer != null) {
            viewer.close();
        }
        if (pacs != null) {
            pacs.close();
        }
    }

    @AfterEach
    void noScriptHasFailed() {
        ohif.photograph("ohif-last");
        assertThat(ohif.errors()).as("errors of the viewer's scripts").isEmpty();
        ohif.again();
    }

    @Test
    void theSegmentationLiesOnTheLesion() throws IOException {
        ohif.show("Segmentation brain");
        BufferedImage shown = ohif.until("a coloured region", picture -> where(picture, ViewerIT::isColour).width > 4);
        ohif.photograph("ohif-segmentation");

        Rectangle drawn = where(shown, ViewerIT::isColour);
        Rectangle lesion = onCanvas(lesion(ohif.instanceNumber()), shown);
        assertThat(lesion.contains(drawn.getCenterX(), drawn.getCenterY()))
                .as("centre of " + drawn + " in " + lesion)
                .isTrue();
        assertThat(drawn.getCenterX())
                .as("the patient's right is the picture's left")
                .isLessThan(shown.getWidth() / 2.0);
    }

    @Test
    void theReportOutlinesTheLesionOnTheImageThatItMeasures() throws IOException {
        ohif.show("Report brain");
        BufferedImage shown = ohif.until(
                "an outline on an image",
                picture -> where(picture, ViewerIT::isBright).width > 100
                        && !ohif.outlined().isEmpty());
        ohif.photograph("ohif-report");

        Rectangle outlined = ohif.outlined();
        Rectangle lesion = onCanvas(lesion(ohif.instanceNumber()), shown);
        assertThat(lesion.contains(outlined.getCenterX(), outlined.getCenterY()))
                .as("centre of " + outlined + " in " + lesion)
                .isTrue();
        Rectangle about = lesion(ohif.instanceNumber());
        about.grow(BLURRED, BLURRED);
        assertThat(onCanvas(about, shown).contains(outlined))
                .as(outlined + " about " + lesion)
                .isTrue();
        assertThat(outlined.height).as("height, of the lesion's").isGreaterThan(lesion.height / 2);
        assertThat(outlined.getMaxX())
                .as("the patient's right is the picture's left")
                .isLessThan(shown.getWidth() / 2.0);
    }

    @Test
    void theOverlayShowsTheHeadAsLargeAsItsSource() {
        BufferedImage source = ohif.until("the source", picture -> where(picture, ViewerIT::isBright).width > 100);
        int image = ohif.instanceNumber();
        ohif.show("Overlay brain");
        ohif.until(
                "the overlay, its head as large as the source's",
                picture -> differs(picture, source) && alike(source, picture) > ALIKE);
        ohif.photograph("ohif-overlay");

        assertThat(ohif.instanceNumber()).isEqualTo(image);
    }

    /** In the other half of the head, where there are neither colour nor letters nor legend. */
    private static double alike(BufferedImage one, BufferedImage other) {
        int alike = 0;
        int all = 0;
        for (int y = one.getHeight() / 4; y < one.getHeight() * 3 / 4; y++) {
            for (int x = one.getWidth() / 2; x < one.getWidth() * 5 / 6; x++) {
                int difference = new Color(one.getRGB(x, y)).getGreen() - new Color(other.getRGB(x, y)).getGreen();
                alike += Math.abs(difference) < 40 ? 1 : 0;
                all++;
            }
        }
        return (double) alike / all;
    }

    private static boolean differs(BufferedImage one, BufferedImage other) {
        for (int y = 0; y < one.getHeight(); y += 4) {
            for (int x = 0; x < one.getWidth(); x += 4) {
                if (one.getRGB(x, y) != other.getRGB(x, y)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Columns and rows of the source where the phantom's lesion adds at least half of its signal. */
    private static Rectangle lesion(int instanceNumber) throws IOException {
        double[] first = position(instanceNumber);
        Rectangle lesion = null;
        for (int row = 0; row < FlairLikeHead.MATRIX; row++) {
            for (int column = 0; column < FlairLikeHead.MATRIX; column++) {
                double added = FlairLikeHead.rightFrontoparietal(
                        first[0] + column * FlairLikeHead.SPACING, first[1] + row * FlairLikeHead.SPACING, first[2]);
                if (added > 0.2) {
                    Rectangle pixel = new Rectangle(column, row, 1, 1);
                    lesion = lesion == null ? pixel : lesion.union(pixel);
                }
            }
        }
        assertThat(lesion).as("lesion of image " + instanceNumber).isNotNull();
        return lesion;
    }

    private static double[] position(int instanceNumber) throws IOException {
        for (DicomFile source : sources) {
            Dataset header = Dataset.readHeader(source.path());
            if (header.integer(Tag.InstanceNumber, 0) == instanceNumber) {
                return header.doubles(Tag.ImagePositionPatient);
            }
        }
        throw new IOException("no image " + instanceNumber);
    }

    /** A square image fits into the canvas by its shorter side and lies in its middle. */
    private static Rectangle onCanvas(Rectangle pixels, BufferedImage canvas) {
        double side = Math.min(canvas.getWidth(), canvas.getHeight());
        double scale = side / FlairLikeHead.MATRIX;
        double left = (canvas.getWidth() - side) / 2;
        double top = (canvas.getHeight() - side) / 2;
        return new Rectangle(
                (int) (left + pixels.x * scale), (int) (top + pixels.y * scale), (int) (pixels.width * scale), (int)
                        (pixels.height * scale));
    }

    private static Rectangle where(BufferedImage picture, IntPredicate pixel) {
        Rectangle found = new Rectangle();
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                if (pixel.test(picture.getRGB(x, y))) {
                    Rectangle here = new Rectangle(x, y, 1, 1);
                    found = found.isEmpty() ? here : found.union(here);
                }
            }
        }
        return found;
    }

    private static boolean isColour(int rgb) {
        return saturation(rgb) > 0.3 && new Color(rgb).getRed() > 120;
    }

    private static boolean isBright(int rgb) {
        return new Color(rgb).getGreen() > 120;
    }

    private static float saturation(int rgb) {
        Color color = new Color(rgb);
        return Color.RGBtoHSB(color.getRed(), color.getGreen(), color.getBlue(), null)[1];
    }
}
