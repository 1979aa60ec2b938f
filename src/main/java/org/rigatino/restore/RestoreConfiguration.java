package org.rigatino.restore;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Which releases serve, and on what. */
@ConfigMapping(prefix = "rigatino.restore")
public interface RestoreConfiguration {
    /** Folder of the model releases that there are, {@code NAME/VERSION} each. Which of them serve the record says. */
    @WithDefault("models")
    Path models();

    /**
     * Releases that are in shadow, {@code NAME/VERSION}, where the record does not know them yet; {@code restore} leaves
     * them out.
     */
    Optional<Set<String>> shadow();

    /** {@code auto}, {@code cpu} or {@code gpu:N}; a GPU asked for and missing stops the start. */
    @WithDefault("auto")
    @Pattern(regexp = "auto|cpu|gpu:\\d{1,3}", message = "is auto, cpu or gpu:N, as in gpu:0") String device();

    /**
     * Frames that the network sees at once; more need more memory. Results of another number than the default have other UIDs,
     * since their last bits may differ: set the same on all workers.
     */
    @WithDefault("" + Restorer.BATCH)
    @Min(1) @Max(256) int batch();
}
