package org.rigatino.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
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
import org.rigatino.restore.ModelRelease;
import org.rigatino.restore.ModelReleases;
import org.rigatino.restore.Refusal;
import org.rigatino.restore.RestoreConfiguration;
import org.rigatino.restore.RestoredFrame;
import org.rigatino.restore.Restorer;
import org.rigatino.result.AlgorithmIdentification;
import org.rigatino.result.EncodedObject;
import org.rigatino.result.ObjectKind;
import org.rigatino.result.Overlay;
import org.rigatino.result.ResultConfiguration;

/** Single files restored outside a study. Models are opened when first needed and stay warm until closed. */
final class FileRestoration implements AutoCloseable {
    /** Of the overlay's UID, so that files of one name from two folders do not share an overlay's. */
    private static final int UID_DIGITS = 8;

    /**
     * What a file came to.
     *
     * @param text its line
     * @param readable false where the file, or a frame that a model takes, could not be read
     */
    record Line(String text, boolean readable) {}

    private final RestoreConfiguration configuration;
    private final ResultConfiguration resultConfiguration;
    private final EligibleFrames eligible;
    private final Map<String, Restorer> restorers = new HashMap<>();
    private final FrameObjects objects;
    private final Optional<OffsetDateTime> contentTime;
    private final StudySeries series;

    /**
     * @param kinds of objects that are made besides the overlays
     * @param contentTime of all objects; empty for the time that each source has
     */
    FileRestoration(
            RestoreConfiguration configuration,
            ResultConfiguration resultConfiguration,
            Set<ObjectKind> kinds,
            Optional<OffsetDateTime> contentTime)
            throws IOException {
        this.configuration = configuration;
        this.resultConfiguration = resultConfiguration;
        this.contentTime = contentTime.map(time -> time.truncatedTo(ChronoUnit.SECONDS));
        this.objects = new FrameObjects(kinds, resultConfiguration);
        this.series = new StudySeries(kinds, resultConfiguration);
        this.eligible = new EligibleFrames(ModelReleases.load(configuration.models()), StageTimes.unwatched());
    }

    /**
     * Writes an overlay, as DICOM object and as PNG, for every frame that is not refused: {@code NAME-FRAME-UID.dcm},
     * with the source file's name and the last digits of the overlay's UID. A file of which a frame cannot be read leaves
     * nothing.
     *
     * @return {@code image N score S percentile P} of the frame that ranks highest, N its number in the file, and which
     *     frames were refused besides; or {@code refused: RULE} with an explanation where the rule alone does not tell
     * @throws IOException where an overlay cannot be written
     */
    Line restore(Path file, Path out) throws IOException {
        FileFrames frames = new FileFrames(stem(file), out);
        try {
            eligible.read(file, frames);
            return new Line(frames.outcome(), true);
        } catch (DicomException e) {
            frames.takeBack();
            return new Line("refused: unreadable: " + e.getMessage(), false);
        }
    }

    /** Of one file: what is written of them and what is told. */
    private final class FileFrames implements EligibleFrames.Sink<IOException> {
        private final String stem;
        private final Path out;
        private final FrameRefusals refusals = new FrameRefusals();
        private final List<Path> written = new ArrayList<>();
        private ImageFinding highest;

        FileFrames(String stem, Path out) {
            this.stem = stem;
            this.out = out;
        }

        @Override
        public void refused(int first, int last, Refusal refusal) {
            refusals.add(first, last, refusal);
        }

        @Override
        public void eligible(ModelRelease release, Dataset header, Frame frame) throws IOException {
            RestoredFrame restored = restorer(release).restore(List.of(frame)).get(0);
            ImageFinding finding = Findings.of(restored, release);
            AlgorithmIdentification algorithm =
                    new AlgorithmIdentification(release.name(), release.version(), release.digest(), contentTime);
            List<EncodedObject> made = objects.encode(header, restored, finding, algorithm);
            Map<ObjectKind, Path> files = new EnumMap<>(ObjectKind.class);
            for (EncodedObject object : made) {
                files.put(
                        object.kind(),
                        write(object, path(object, frame.reference().frameNumber())));
            }
            Path overlay = files.get(ObjectKind.SECONDARY_CAPTURE);
            Path picture = overlay.resolveSibling(stem(overlay) + ".png");
            written.add(picture);
            ImageIO.write(
                    Overlay.draw(header, frame, finding, algorithm, resultConfiguration)
                            .toBufferedImage(),
                    "png",
                    picture.toFile());
            series.add(header, frame, finding, algorithm, files);
            highest = highest == null || finding.score() > highest.score() ? finding : highest;
        }

        private Path path(EncodedObject object, int frameNumber) {
            return object.kind() == ObjectKind.SECONDARY_CAPTURE
                    ? out.resolve(stem + "-" + frameNumber + "-" + lastDigits(object) + ".dcm")
                    : out.resolve(name(object));
        }

        private Path write(EncodedObject object, Path file) throws IOException {
            written.add(file);
            return Files.write(file, object.bytes());
        }

        String outcome() {
            if (highest == null) {
                return "refused: "
                        + (refusals.alike()
                                ? refusals.first()
                                : refusals.detail(true).orElseThrow());
            }
            return String.format(
                            Locale.ROOT,
                            "image %d score %.3f percentile %.1f",
                            highest.reference().frameNumber(),
                            highest.score(),
                            highest.percentile())
                    + refusals.detail(false)
                            .map(detail -> "; refused: " + detail)
                            .orElse("");
        }

        void takeBack() throws IOException {
            for (Path file : written) {
                Files.deleteIfExists(file);
            }
            if (highest != null) {
                series.leaveOut(highest.reference().sopInstanceUid());
            }
        }
    }

    /** Writes the objects of whole series: {@code KIND-UID.dcm}. */
    void writeSeriesObjects(Path out) throws IOException {
        series.encode((object, frames) -> Files.write(out.resolve(name(object)), object.bytes()));
    }

    private static String name(EncodedObject object) {
        return object.kind().configurationName() + "-" + lastDigits(object) + ".dcm";
    }

    private static String lastDigits(EncodedObject object) {
        String uid = object.sopInstanceUid();
        return uid.substring(uid.length() - UID_DIGITS);
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
