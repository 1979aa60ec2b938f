package org.rigatino.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.rigatino.finding.Findings;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.FrameReference;
import org.rigatino.result.EncodedObject;
import org.rigatino.result.ObjectKind;
import org.rigatino.result.RgbImage;

/**
 * Objects as files of one folder, and a line for each source file, in their order. Overlays are there twice, as DICOM object
 * and as PNG: {@code NAME-FRAME-UID.dcm}, with the source file's name, as much of it as a file's name has room for, and the overlay's UID. Other objects are
 * {@code KIND-UID.dcm}. A file of which a frame cannot be read leaves nothing.
 */
final class FolderSink implements Sink {
    /** In bytes (NAME_MAX of Linux). */
    private static final int LONGEST_NAME = 255;

    private final List<Path> files;
    private final Path folder;
    private final Consumer<String> console;
    private final String[] lines;
    private int told;
    private boolean allRead = true;

    /** @param files whose places are the ids of {@link SourceFile}s */
    FolderSink(List<Path> files, Path folder, Consumer<String> console) {
        this.files = files;
        this.folder = folder;
        this.console = console;
        this.lines = new String[files.size()];
    }

    /** Whether so far no file was unreadable, and no study failed. */
    synchronized boolean allRead() {
        return allRead;
    }

    @Override
    public Path keep(SourceFile file, FrameReference frame, EncodedObject object) throws IOException {
        if (object.kind() != ObjectKind.SECONDARY_CAPTURE) {
            return write(object);
        }
        String end = "-" + frame.frameNumber() + "-" + object.sopInstanceUid() + ".dcm";
        Path overlay = Files.write(
                folder.resolve(shortened(stem(file.path()), LONGEST_NAME - end.length()) + end), object.bytes());
        ImageIO.write(
                RgbImage.read(overlay).toBufferedImage(), "png", png(overlay).toFile());
        return overlay;
    }

    @Override
    public void keepOfSeries(List<FrameReference> frames, EncodedObject object) throws IOException {
        write(object);
    }

    private Path write(EncodedObject object) throws IOException {
        String name = object.kind().configurationName() + "-" + object.sopInstanceUid() + ".dcm";
        return Files.write(folder.resolve(name), object.bytes());
    }

    private static Path png(Path overlay) {
        return overlay.resolveSibling(stem(overlay) + ".png");
    }

    static String shortened(String name, int bytes) {
        String shortened = name;
        while (shortened.getBytes(StandardCharsets.UTF_8).length > bytes) {
            shortened = shortened.substring(0, shortened.offsetByCodePoints(shortened.length(), -1));
        }
        return shortened;
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        return name.toLowerCase(Locale.ROOT).endsWith(".dcm") ? name.substring(0, name.length() - 4) : name;
    }

    @Override
    public void done(FileResult result) throws IOException {
        if (result.cause().isPresent()) {
            for (Path file : result.kept()) {
                Files.deleteIfExists(file);
                Files.deleteIfExists(png(file));
            }
            unreadable(result.file(), result.cause().get());
        } else {
            tell(result.file(), result.frames().isEmpty() ? refused(result.refusals()) : restored(result));
        }
    }

    private static String refused(FrameRefusals refusals) {
        return "refused: "
                + (refusals.alike() ? refusals.first() : refusals.detail(true).orElseThrow());
    }

    /** Of the frame that ranks highest, and which frames were refused besides. */
    private static String restored(FileResult result) {
        List<ImageFinding> findings =
                result.frames().stream().map(FrameResult::finding).toList();
        ImageFinding highest = Findings.ofStudy(findings).orElseThrow().highest();
        return String.format(
                        Locale.ROOT,
                        "image %d score %.3f percentile %.1f",
                        highest.reference().frameNumber(),
                        highest.score(),
                        highest.percentile())
                + result.refusals()
                        .detail(false)
                        .map(detail -> "; refused: " + detail)
                        .orElse("");
    }

    private synchronized void unreadable(SourceFile file, String cause) {
        allRead = false;
        tell(file, "refused: unreadable: " + cause);
    }

    /** Of those files of a study that were not through. @return why nothing became of them */
    synchronized String failed(SourceStudy study, StageException failure) {
        allRead = false;
        Throwable cause = failure.getCause();
        String why = cause == null || cause.getMessage() == null ? failure.getMessage() : cause.getMessage();
        for (SourceFile file : study.files()) {
            if (lines[(int) file.id()] == null) {
                tell(file, "failed: " + failure.stage() + ": " + why);
            }
        }
        return why;
    }

    /** What became of a file, told once what became of all before it is. */
    synchronized void tell(SourceFile file, String line) {
        lines[(int) file.id()] = line;
        while (told < lines.length && lines[told] != null) {
            console.accept(files.get(told) + ": " + lines[told]);
            told++;
        }
    }
}
