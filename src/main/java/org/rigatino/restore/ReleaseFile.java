package org.rigatino.restore;

import java.util.List;
import java.util.Map;
import org.rigatino.image.Framing;

/**
 * {@code release.json}: everything about a release that is not an array.
 *
 * @param method of the network: {@code sagan}
 * @param purpose one sentence: what is looked at, for what
 * @param grid what the network sees of a frame
 * @param network what fixes its parameters
 * @param training how the weights came to be
 * @param metrics what {@code evaluate} said, by name; empty until it was run
 * @param limits what the release is known not to do
 */
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
        Map<String, Object> metrics,
        List<String> limits) {

    /** @param size side of the grid in cells */
    public record Grid(Framing framing, int size) {}

    /**
     * @param width channels after the stem
     * @param patch side of the patches that the grid is cut into
     */
    public record Network(int width, int patch) {}

    /**
     * @param command that made the release
     * @param data name of the data set
     * @param split which of its images were learnt from, and which held back for calibration
     * @param trainedImages how many images were learnt from
     * @param calibrationImages how many were held back
     */
    public record Training(
            String command,
            String data,
            String split,
            long seed,
            int iterations,
            int trainedImages,
            int calibrationImages,
            Map<String, Object> recipe) {}

    public ReleaseFile withMetrics(Map<String, Object> measured) {
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
                measured,
                limits);
    }
}
