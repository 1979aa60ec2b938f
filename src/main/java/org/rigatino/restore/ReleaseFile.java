package org.rigatino.restore;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.rigatino.image.Framing;

/**
 * {@code release.json}: everything about a release that is not an array. Metrics, which early releases hold here, are
 * passed over: {@link ReleaseMetrics}.
 *
 * @param method of the network, as {@link Networks} lists them
 * @param purpose one sentence: what is looked at, for what
 * @param grid what the network sees of a frame
 * @param network what fixes its parameters
 * @param training how the weights came to be
 * @param limits what the release is known not to do
 * @param redrawing null where what departs from health is drawn once
 * @param likeness null where an image is refused by its attributes alone, however unlike the normals it is
 * @param reader null, and not written, where the release has none: its map is then of differences alone
 * @param studies null where the release knows no normal studies: a study is then judged by its highest image
 */
@JsonIgnoreProperties("metrics")
public record ReleaseFile(
        String name,
        String version,
        String method,
        String purpose,
        Grid grid,
        Network network,
        Normalisation normalisation,
        Scoring scoring,
        Eligibility eligibility,
        Calibration calibration,
        Training training,
        List<String> limits,
        NormalStudies studies,
        Redrawing redrawing,
        Likeness likeness,
        @JsonInclude(JsonInclude.Include.NON_NULL) Reader reader) {
    /** Where the threshold is no level of the map. */
    static final double MARK_LEVEL = 3;

    /** As little as a site may set. */
    private static final double LEAST_MARK_LEVEL = 0.1;

    /** Largest share of the map of which a mean tells of places, not of the whole image. */
    private static final double HIGHEST = 0.1;

    public ReleaseFile {
        if (scoring != null && calibration != null && scoring.ownLevel() > 0 && !(calibration.usualLevel() > 0)) {
            throw new IllegalArgumentException("scoring has own level " + scoring.ownLevel()
                    + ", and calibration no usual level to set it against: calibrate again");
        }
    }

    /**
     * Departure, in units of the normals' spread, from which on results mark what departs, where a site sets none; whole
     * hundredths. Where a score is the mean of the map's highest values, it is the score's threshold, so that a flagged image
     * departs by as much somewhere. A threshold of what departs throughout, or of what a critic says, is reached somewhere in
     * most normal images, or is of another unit: {@link #MARK_LEVEL} then.
     */
    public double markLevel() {
        boolean ofHighest = scoring.criticWeight() == 0 && scoring.topShare() <= HIGHEST;
        return ofHighest ? Math.max(LEAST_MARK_LEVEL, Math.floor(100 * calibration.threshold()) / 100) : MARK_LEVEL;
    }

    /** Without normal studies and reader, drawn once, and refusing by attributes alone. */
    public ReleaseFile(
            String name,
            String version,
            String method,
            String purpose,
            Grid grid,
            Network network,
            Normalisation normalisation,
            Scoring scoring,
            Eligibility eligibility,
            Calibration calibration,
            Training training,
            List<String> limits) {
        this(
                name,
                version,
                method,
                purpose,
                grid,
                network,
                normalisation,
                scoring,
                eligibility,
                calibration,
                training,
                limits,
                null,
                null,
                null,
                null);
    }

    /** @param size side of the grid in cells */
    public record Grid(Framing framing, int size) {}

    /** In which weights are stored; what is computed with them is float32. */
    public enum Precision {
        FLOAT32,
        FLOAT16
    }

    /**
     * @param sizes the method's own, by name, as {@link Networks} lists them
     * @param members networks of these sizes, one after another in the weights; their restorations are averaged
     */
    public record Network(Map<String, Integer> sizes, int members, Precision precision) {
        public Network {
            if (sizes == null || members < 1 || precision == null) {
                throw new IllegalArgumentException("network has sizes " + sizes + ", members " + members
                        + ", precision " + precision + ": needs sizes, one member at least, FLOAT32 or FLOAT16");
            }
            sizes = Collections.unmodifiableMap(new TreeMap<>(sizes));
        }

        /** As training leaves it. */
        public static Network single(Map<String, Integer> sizes) {
            return new Network(sizes, 1, Precision.FLOAT32);
        }

        /** @throws IllegalArgumentException where there is none of this name */
        public int size(String name) {
            if (!sizes.containsKey(name)) {
                throw new IllegalArgumentException("network has no size " + name + " among " + sizes);
            }
            return sizes.get(name);
        }
    }

    /**
     * @param command that made the release
     * @param data name of the data set
     * @param split which of its images were learnt from, and which held back for calibration
     * @param splitSeed which patients those were; the same for all that is to be compared or averaged
     * @param seed of everything else
     * @param trainedImages how many images were learnt from
     * @param calibrationImages how many were held back
     */
    public record Training(
            String command,
            String data,
            String split,
            long splitSeed,
            long seed,
            int iterations,
            int trainedImages,
            int calibrationImages,
            Map<String, Object> recipe) {
        public Training withRecipe(Map<String, Object> other) {
            return new Training(
                    command, data, split, splitSeed, seed, iterations, trainedImages, calibrationImages, other);
        }
    }

    /**
     * What reads image and drawing together.
     *
     * @param network what fixes its parameters: {@code width}, {@code patch}, {@code position} and {@code gate}, as of a
     *     network that draws by the method {@code sagan}
     * @param training how its weights came to be
     */
    public record Reader(Network network, Training training) {
        public Reader {
            if (network == null || training == null) {
                throw new IllegalArgumentException(
                        "reader has network " + network + " and training " + training + ": needs both");
            }
        }
    }

    /** The same but for what a change of its draft makes other. */
    public ReleaseFile but(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.file();
    }

    /** @param other null for none */
    public ReleaseFile withStudies(NormalStudies other) {
        return but(draft -> draft.studies = other);
    }

    /** @param other null for none */
    public ReleaseFile withLikeness(Likeness other) {
        return but(draft -> draft.likeness = other);
    }

    /** @param other null for none */
    public ReleaseFile withReader(Reader other) {
        return but(draft -> draft.reader = other);
    }

    /** What a file is made from; each field as of the file. */
    public static final class Draft {
        public String name;
        public String version;
        public String method;
        public String purpose;
        public Grid grid;
        public Network network;
        public Normalisation normalisation;
        public Scoring scoring;
        public Eligibility eligibility;
        public Calibration calibration;
        public Training training;
        public List<String> limits;
        public NormalStudies studies;
        public Redrawing redrawing;
        public Likeness likeness;
        public Reader reader;

        private Draft(ReleaseFile file) {
            name = file.name;
            version = file.version;
            method = file.method;
            purpose = file.purpose;
            grid = file.grid;
            network = file.network;
            normalisation = file.normalisation;
            scoring = file.scoring;
            eligibility = file.eligibility;
            calibration = file.calibration;
            training = file.training;
            limits = file.limits;
            studies = file.studies;
            redrawing = file.redrawing;
            likeness = file.likeness;
            reader = file.reader;
        }

        private ReleaseFile file() {
            return new ReleaseFile(
                    name,
                    version,
                    method,
                    purpose,
                    grid,
                    network,
                    normalisation,
                    scoring,
                    eligibility,
                    calibration,
                    training,
                    limits,
                    studies,
                    redrawing,
                    likeness,
                    reader);
        }
    }
}
