package org.rigatino.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;
import org.rigatino.finding.Findings;
import org.rigatino.finding.ImageFinding;
import org.rigatino.image.Frame;
import org.rigatino.image.InstanceFrames;
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.ModelReleases;
import org.rigatino.restore.RestoreConfiguration;
import org.rigatino.restore.RestoredFrame;
import org.rigatino.restore.Restorer;
import org.rigatino.result.AlgorithmIdentification;
import org.rigatino.result.EncodedObject;
import org.rigatino.result.ObjectKind;
import org.rigatino.result.Overlay;
import org.rigatino.result.RestoredImage;
import org.rigatino.result.ResultConfiguration;
import org.rigatino.result.SecondaryCapture;
import org.rigatino.result.TriptychCapture;

/** Single files restored outside a study. Models are opened when first needed and stay warm until closed. */
final class FileRestoration implements AutoCloseable {
    /** Of the overlay's UID, so that files of one name from two folders do not share an overlay's. */
    private static final int UID_DIGITS = 8;

    private final RestoreConfiguration configuration;
    private final ResultConfiguration resultConfiguration;
    private final ModelReleases releases;
    private final Map<String, Restorer> restorers = new HashMap<>();
    private final Set<ObjectKind> kinds;
    private final StudySeries series;

    /** @param kinds of objects that are made besides the overlays */
    FileRestoration(RestoreConfiguration configuration, ResultConfiguration resultConfiguration, Set<ObjectKind> kinds)
            throws IOException {
        this.configuration = configuration;
        this.resultConfiguration = resultConfiguration;
        this.kinds = kinds;
        this.series = new StudySeries(kinds, resultConfiguration);
        releases = ModelReleases.load(configuration.models());
    }

    /**
     * Writes an overlay, as DICOM object and as PNG, for every frame that is not refused: {@code NAME-FRAME-UID.dcm},
     * with the source file's name and the last digits of the overlay's UID.
     *
     * @return {@code image N score S percentile P} of the frame that ranks highest, N its number in the file, or
     *     {@code refused: RULE} with an explanation where the rule alone does not tell
     * @throws IOException where an overlay cannot be written
     */
    String restore(Path file, Path out) throws IOException {
        Dataset header;
        try {
            header = Dataset.readHeader(file);
        } catch (DicomException e) {
            return "refused: unreadable: " + e.getMessage();
        }
        ModelReleases.Choice choice = releases.choose(header);
        if (choice.refusalRule() != null) {
            return "refused: " + choice.refusalRule();
        }
        try (InstanceFrames frames = InstanceFrames.open(file)) {
            return restore(frames, restorer(choice.release()), stem(file), out);
        } catch (DicomException e) {
            return "refused: unreadable: " + e.getMessage();
        }
    }

    private String restore(InstanceFrames frames, Restorer restorer, String stem, Path out) throws IOException {
        ImageFinding highest = null;
        Optional<String> refusal = Optional.empty();
        for (int number = 1; number <= frames.count(); number++) {
            Frame frame = frames.frame(number);
            Optional<String> refused = restorer.release().refusal(frame);
            if (refused.isPresent()) {
                refusal = refused;
                continue;
            }
            RestoredFrame restored = restorer.restore(List.of(frame)).get(0);
            ImageFinding finding = Findings.of(restored, restorer.release());
            write(frames.header(), restored, finding, restorer.release(), stem, out);
            highest = highest == null || finding.score() > highest.score() ? finding : highest;
        }
        if (highest == null) {
            return "refused: " + refusal.orElse("no frames");
        }
        int number = highest.reference().frameNumber();
        return String.format(
                Locale.ROOT, "image %d score %.3f percentile %.1f", number, highest.score(), highest.percentile());
    }

    private void write(
            Dataset header, RestoredFrame restored, ImageFinding finding, ModelRelease release, String stem, Path out)
            throws IOException {
        Frame frame = restored.frame();
        AlgorithmIdentification algorithm =
                new AlgorithmIdentification(release.name(), release.version(), release.digest());
        Map<ObjectKind, Path> files = new EnumMap<>(ObjectKind.class);
        EncodedObject overlay = SecondaryCapture.encode(header, frame, finding, algorithm, resultConfiguration);
        String uid = overlay.sopInstanceUid();
        String name = stem + "-" + frame.reference().frameNumber() + "-" + uid.substring(uid.length() - UID_DIGITS);
        files.put(overlay.kind(), Files.write(out.resolve(name + ".dcm"), overlay.bytes()));
        ImageIO.write(
                Overlay.draw(header, frame, finding, algorithm, resultConfiguration)
                        .toBufferedImage(),
                "png",
                out.resolve(name + ".png").toFile());
        for (EncodedObject object : besides(header, restored, finding, algorithm)) {
            files.put(object.kind(), write(object, out));
        }
        series.add(header, frame, finding, algorithm, files);
    }

    private List<EncodedObject> besides(
            Dataset header, RestoredFrame restored, ImageFinding finding, AlgorithmIdentification algorithm)
            throws DicomException {
        Frame frame = restored.frame();
        List<EncodedObject> objects = new ArrayList<>();
        if (kinds.contains(ObjectKind.RESTORED_IMAGE)) {
            objects.add(RestoredImage.encode(header, frame, restored.onSource(), algorithm, resultConfiguration));
        }
        if (series.needs(ObjectKind.TRIPTYCH)) {
            objects.add(TriptychCapture.encode(
                    header, frame, restored.onSource(), finding, algorithm, resultConfiguration));
        }
        return objects;
    }

    /** Writes the objects of whole series: {@code KIND-UID.dcm}. */
    void writeSeriesObjects(Path out) throws IOException {
        series.encode((object, frames) -> write(object, out));
    }

    private static Path write(EncodedObject object, Path out) throws IOException {
        String kind = object.kind().configurationName();
        String uid = object.sopInstanceUid();
        return Files.write(out.resolve(kind + "-" + uid.substring(uid.length() - UID_DIGITS) + ".dcm"), object.bytes());
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        return name.toLowerCase(Locale.ROOT).endsWith(".dcm") ? name.substring(0, name.length() - 4) : name;
    }

    private Restorer restorer(ModelRelease release) {
        return restorers.computeIfAbsent(
                release.digest(), digest -> Restorer.open(release, configuration.device(), configuration.batch()));
    }

    @Override
    public void close() {
        restorers.values().forEach(Restorer::close);
    }
}
